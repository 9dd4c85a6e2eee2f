//! The old one serves until the new one is ready.

use std::sync::atomic::AtomicU32;
use std::time::Instant;

use super::*;

/// The latest number published, and how often it was opened.
#[derive(Default)]
struct Shelf {
    published: AtomicU32,
    opened: AtomicU32,
    broken: AtomicBool,
}

struct Number(u32, Arc<Shelf>);

impl Snapshot for Number {
    fn is_stale(&self) -> bool {
        self.1.published.load(Ordering::SeqCst) != self.0
    }

    fn warm(&self) -> insight::Result<()> {
        if self.1.broken.load(Ordering::SeqCst) { Err(InsightError::NothingYet) } else { Ok(()) }
    }
}

fn latest() -> (Arc<Shelf>, Latest<Number>) {
    let shelf = Arc::new(Shelf::default());
    let open = {
        let shelf = shelf.clone();
        move || {
            shelf.opened.fetch_add(1, Ordering::SeqCst);
            Ok(Number(shelf.published.load(Ordering::SeqCst), shelf.clone()))
        }
    };
    (shelf, Latest::open(open).unwrap())
}

#[test]
fn the_old_one_serves_until_the_new_one_is_ready() {
    let (shelf, latest) = latest();
    assert_eq!(latest.ask(|number| Ok(number.0)).unwrap(), 0);
    shelf.published.store(7, Ordering::SeqCst);
    let start = Instant::now();
    let mut last = latest.ask(|number| Ok(number.0)).unwrap();
    while last == 0 && start.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(1));
        last = latest.ask(|number| Ok(number.0)).unwrap();
    }
    assert_eq!((last, shelf.opened.load(Ordering::SeqCst)), (7, 2));
}

#[test]
fn newer_tables_that_cannot_be_opened_do_no_harm() {
    let (shelf, latest) = latest();
    shelf.broken.store(true, Ordering::SeqCst);
    shelf.published.store(7, Ordering::SeqCst);
    for _ in 0..100 {
        assert_eq!(latest.ask(|number| Ok(number.0)).unwrap(), 0);
    }
    assert!(shelf.opened.load(Ordering::SeqCst) <= 2);
}

#[test]
fn a_question_whose_files_are_gone_is_asked_again() {
    let (shelf, latest) = latest();
    shelf.published.store(7, Ordering::SeqCst);
    let question = |number: &Number| if number.0 == 0 { Err(InsightError::Stale) } else { Ok(number.0) };
    assert_eq!(latest.ask(question).unwrap(), 7);
    assert_eq!(shelf.opened.load(Ordering::SeqCst), 2);
}
