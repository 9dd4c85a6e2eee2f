//! Killed at any moment, a sync loses nothing and damages nothing: killed a hundred times at random
//! moments, with the lists growing whenever one got through, a workspace ends up the same as one whose
//! syncs were left alone.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Place, Run};
use archive::{Archive, Manifest, Tables};
use model::Item;

const KILLS: u32 = 100;
const LISTS: [&str; 4] = ["alpha", "beta", "gamma", "delta"];
/// Mails that every list begins with: enough for a sync to take a while.
const FIRST: u32 = 300;
/// Mails that every list grows by.
const MORE: u32 = 20;

/// A workspace of lists that grow.
struct Ground {
    place: Place,
    mails: u32,
}

impl Ground {
    fn new() -> Ground {
        let place = Place::new();
        place.run(&["init", "w"]).ok();
        let mut ground = Ground { place, mails: 0 };
        ground.grow(FIRST);
        for list in LISTS {
            let path = format!("mail/{list}.mbox");
            ground.place.w(&["add", "mbox", list, "--path", &path]);
        }
        ground
    }

    fn grow(&mut self, by: u32) {
        for list in LISTS {
            let path = self.place.path().join("mail").join(format!("{list}.mbox"));
            std::fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("a file");
            let mails: String = (self.mails..self.mails + by).map(|number| mail(list, number)).collect();
            file.write_all(mails.as_bytes()).expect("written");
        }
        self.mails += by;
    }

    fn manifest(&self) -> Manifest {
        Tables::new(&self.place.path().join("w/tables")).manifest().expect("readable").expect("derived")
    }

    /// Every item of every list, in order, wherever the segments end.
    fn items(&self) -> Vec<Item> {
        let archive = Archive::open_existing(&self.place.path().join("w/archive")).expect("there");
        let mut items = Vec::new();
        for list in LISTS {
            for number in archive.numbers(list).expect("listed") {
                let mut reader = archive.segment(list, number).expect("whole").items().expect("readable");
                let mut item = Item::default();
                while reader.read(&mut item).expect("whole").is_some() {
                    items.push(item.clone());
                }
            }
        }
        items
    }

    /// The archive must be whole at any moment; tables and index may be one sync behind each other.
    fn check_archive(&self) {
        let run = self.place.run(&["-C", "w", "--json", "doctor"]);
        let checks: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        for check in checks.as_array().expect("a list") {
            let what = check["what"].as_str().expect("text");
            assert!(!what.starts_with("archive") || check["wrong"] == serde_json::json!([]), "{check}");
        }
    }
}

/// A mail that answers an earlier one of its list, now and then, and is as long as mails are.
fn mail(list: &str, number: u32) -> String {
    let (day, hour, minute) = (number / 1_440 % 28 + 1, number / 60 % 24, number % 60);
    let mut text = format!("From a@example.org Sat Feb {day:2} {hour:02}:{minute:02}:00 2020\n");
    let _ = writeln!(text, "From: Person {0} <person{0}@example.org>", number % 37);
    let _ = writeln!(text, "Date: {day} Feb 2020 {hour:02}:{minute:02}:00 +0000");
    let _ = writeln!(text, "Message-ID: <{number}.{list}@example.org>");
    if !number.is_multiple_of(3) {
        let _ = writeln!(text, "In-Reply-To: <{}.{list}@example.org>", number - 1);
    }
    let _ = writeln!(text, "Subject: Question {} about {list}\n", number / 3);
    for line in 0..20 {
        let _ = writeln!(text, "How does part {} of {list} do what part {line} of it does, and why?", number % 11);
    }
    text.push('\n');
    text
}

/// Numbers that look like chance (xorshift, Marsaglia 2003), the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        limit.mul_f64((self.0 >> 11) as f64 / (1u64 << 53) as f64)
    }
}

#[test]
fn a_hundred_kills_change_nothing() {
    let mut wild = Ground::new();
    let mut grown = 0;
    let mut chance = Chance(0x5_1713_4B0A_12D5);
    // How long a sync takes that is left alone, so that kills fall anywhere within it.
    let calm_start = Instant::now();
    let mut calm = Ground::new();
    calm.place.w(&["sync"]);
    let mut usual = calm_start.elapsed();

    let mut kills = 0;
    let mut ended = false;
    while kills < KILLS || !ended {
        let start = Instant::now();
        let mut sync = wild.place.command(&["-C", "w", "--quiet", "sync"]);
        let mut sync = sync.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let until = if kills < KILLS { chance.below(usual) } else { Duration::from_secs(600) };
        while start.elapsed() < until && sync.try_wait().expect("known").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        ended = sync.try_wait().expect("known").is_some();
        if !ended {
            sync.kill().expect("ours");
            sync.wait().expect("it ends");
            kills += 1;
            if kills % 10 == 0 {
                wild.check_archive();
            }
            continue;
        }
        Run::from(sync.wait_with_output().expect("it ended")).ok();
        usual = usual.min(start.elapsed() * 2);
        if kills < KILLS {
            wild.grow(MORE);
            grown += 1;
        }
    }

    for _ in 0..grown {
        calm.grow(MORE);
        calm.place.w(&["sync"]);
    }
    assert_eq!(wild.items().len(), calm.items().len());
    assert!(wild.items() == calm.items());
    // Not what they were made from: that names the folders.
    assert_eq!(wild.manifest().tables, calm.manifest().tables);
    assert_eq!(wild.place.json(&["rebuild"])["same"], true);
    wild.place.w(&["doctor"]);
}
