//! What every source must do, as loops over the list of sources. A new source says in [`prepare`]
//! where example input lies; nothing else is written for it here.

use std::path::Path;

use model::Item;
use source::{Context, Source};
use sources::SOURCES;
use testkit::{MemorySink, TestRepository};

/// A configured source with enough input for several safe points. `folder` is empty and its own.
fn prepare(source: &Source, folder: &Path) -> Context {
    let data = testkit::shared_data();
    match source.kind {
        "git" => {
            let repository = TestRepository::new(folder.join("repository"));
            let mut last = String::new();
            for number in 0..600 {
                let who = format!("Jo <jo@example.org> {} +0000", 1_500_000_000 + number);
                let parents: Vec<&str> = if last.is_empty() { Vec::new() } else { vec![last.as_str()] };
                last = repository.commit(&parents, &who, &who, &format!("change {number}"));
            }
            repository.branch("main", &last);
            testkit::context(folder, "path = 'repository'")
        }
        "github-archive" => testkit::context(data.join("webhooks/github"), "path = '.'"),
        "irc-log" => testkit::context(data.join("irc/ubuntu"), "path = '.'\nglob = '*.raw.txt'"),
        "mbox" => testkit::context(data.join("mail/twisted-python"), "path = '.'"),
        "slack-export" => {
            let channel = folder.join("general");
            std::fs::create_dir(&channel).expect("made");
            for day in 1..=3 {
                let said = |number: u32| {
                    format!(
                        r#"{{"user":"U{}","text":"line {number}","ts":"17092{day}{number:04}.000100"}}"#,
                        number % 7
                    )
                };
                let lines: Vec<String> = (0..1_500).map(said).collect();
                std::fs::write(channel.join(format!("2024-03-0{day}.json")), format!("[{}]", lines.join(",\n")))
                    .expect("written");
            }
            testkit::context(folder, "path = '.'")
        }
        "stackexchange-dump" => testkit::context(data.join("stackexchange/beer"), "path = '.'"),
        kind => panic!("say in `prepare` where example input for `{kind}` lies"),
    }
}

/// Runs `check` on every source with its input.
fn each(check: impl Fn(&Source, &Context)) {
    for source in SOURCES {
        let folder = tempfile::tempdir().expect("a folder");
        check(source, &prepare(source, folder.path()));
    }
}

#[test]
fn the_list_is_in_order_and_says_what_a_user_must_know() {
    assert!(SOURCES.is_sorted_by(|a, b| a.kind < b.kind));
    for source in SOURCES {
        let kind = source.kind;
        assert!(kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{kind}");
        assert!(!source.title.is_empty() && !source.title.ends_with('.'), "{kind}");
        assert!(source.about.len() > 100 && source.version > 0, "{kind}");
        assert!(sources::named(kind).is_some_and(|named| std::ptr::eq(named, *source)), "{kind}");
    }
}

#[test]
fn examples_fit_and_unknown_options_are_refused() {
    for source in SOURCES {
        let fits = |more: &str| {
            let context = testkit::context("/", &format!("{}\n{more}", source.example));
            (source.normalizer)(&context).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(fits(""), Ok(()), "{}", source.kind);
        let refused = fits("frobnicate = 1").expect_err("an unknown option is refused");
        assert!(refused.contains("frobnicate"), "{}: {refused}", source.kind);
    }
}

#[test]
fn a_missing_place_is_an_error_that_names_it() {
    for source in SOURCES {
        let context = testkit::context("/", "path = 'nowhere-at-all'");
        let error = MemorySink::new().collect(source, &context).expect_err("nothing is there");
        assert!(error.to_string().contains("nowhere-at-all"), "{}: {error}", source.kind);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_second_run_adds_nothing() {
    each(|source, context| {
        let mut sink = MemorySink::new();
        assert!(sink.collect(source, context).expect("it can be read") > 30, "{}", source.kind);
        let (cursor, problems) = (sink.cursor().clone(), sink.problems().len());
        assert_eq!(sink.collect(source, context).expect("it can be read"), 0, "{}", source.kind);
        assert_eq!((sink.cursor(), sink.problems().len()), (&cursor, problems), "{}", source.kind);
    });
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn stopped_and_resumed_is_the_same_as_uninterrupted() {
    each(|source, context| {
        let mut whole = MemorySink::new();
        whole.collect(source, context).expect("it can be read");
        for stop in [1, 2, 5] {
            let mut sink = MemorySink::new();
            sink.stop_after(Some(stop));
            while sink.collect(source, context).is_err() {
                assert!(sink.safe_points() > 0, "{} got nowhere", source.kind);
            }
            assert!(sink.items() == whole.items(), "{} stopped after {stop}: other items", source.kind);
            assert_eq!(sink.problems(), whole.problems(), "{} stopped after {stop}", source.kind);
        }
    });
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn damaged_items_do_not_panic_and_ids_do_not_change() {
    each(|source, context| {
        let mut sink = MemorySink::new();
        sink.collect(source, context).expect("it can be read");
        let items: Vec<Item> = sink.items().iter().step_by(sink.items().len() / 100 + 1).cloned().collect();
        assert!(testkit::normalize(source, context, &items) == testkit::normalize(source, context, &items));
        let damaged: Vec<Item> = items.iter().flat_map(damage).collect();
        testkit::normalize(source, context, &damaged);
    });
}

/// The item cut off, turned round, with bits flipped, with zeros and line ends strewn in, and empty.
fn damage(item: &Item) -> Vec<Item> {
    let bytes = &item.bytes;
    let strewn = |byte: u8, step: usize| {
        let mut strewn = bytes.clone();
        strewn.iter_mut().step_by(step).for_each(|at| *at = byte);
        strewn
    };
    let variants = [
        Vec::new(),
        bytes[..bytes.len() / 2].to_vec(),
        bytes.iter().rev().copied().collect(),
        bytes.iter().enumerate().map(|(at, byte)| if at % 7 == 0 { byte ^ 0x80 } else { *byte }).collect(),
        strewn(0, 5),
        strewn(b'\n', 9),
        strewn(b'"', 11),
    ];
    let with = |bytes| Item { bytes, ..item.clone() };
    let mut items: Vec<Item> = variants.into_iter().map(with).collect();
    items.push(Item { origin: "{".to_owned(), ..item.clone() });
    items
}
