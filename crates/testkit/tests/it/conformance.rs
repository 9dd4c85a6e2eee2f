//! What every source must do, as loops over the list of sources. A new source says in [`prepare`]
//! where example input lies; nothing else is written for it here.

use std::path::Path;

use model::Item;
use source::{Context, Source};
use sources::SOURCES;
use testkit::{MemorySink, TestInbox, TestRepository};

/// A configured source with enough input for several safe points. `folder` is empty and its own.
fn prepare(source: &Source, folder: &Path) -> Context {
    let data = testkit::shared_data();
    match source.kind {
        "calendar" => {
            for number in 10..60 {
                let event =
                    format!("UID:{number}@example.org\r\nDTSTART:202403{}T100000Z\r\nSUMMARY:Meeting", number / 2);
                let text = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
                std::fs::write(folder.join(format!("{number}.ics")), text).expect("written");
            }
            testkit::context(folder, "path = '.'")
        }
        "discord-export" => {
            let said = |number: u32| {
                format!(
                    r#"{{"id":"12{number:017}","type":"Default","content":"line {number}","author":{{"id":"{}"}}}}"#,
                    number % 7
                )
            };
            let lines: Vec<String> = (0..1_500).map(said).collect();
            let export = format!(
                r#"{{"guild":{{"id":"1"}},"channel":{{"id":"2","name":"help"}},"messages":[{}]}}"#,
                lines.join(",\n")
            );
            std::fs::write(folder.join("help.json"), export).expect("written");
            testkit::context(folder, "path = '.'")
        }
        "discourse-export" => {
            let categories = r#"{"categories":[{"id":5,"name":"Support","slug":"support"}]}"#;
            std::fs::write(folder.join("site.json"), categories).expect("written");
            for topic in 1..=3 {
                let post = |number: u32| {
                    format!(
                        r#"{{"id":{number},"topic_id":{topic},"post_number":{number},"username":"u{}","created_at":"2024-03-0{topic}T08:00:00Z","cooked":"<p>line {number}</p>"}}"#,
                        number % 7
                    )
                };
                let posts: Vec<String> = (1..=700).map(post).collect();
                let whole = format!(
                    r#"{{"post_stream":{{"posts":[{}]}},"id":{topic},"title":"How?","category_id":5}}"#,
                    posts.join(",\n")
                );
                std::fs::write(folder.join(format!("{topic}.json")), whole).expect("written");
            }
            let raw = "ada | 2024-03-01 08:00:00 UTC | #1\n\nHow?\n\n-------------------------\n\n";
            std::fs::write(folder.join("raw-9.txt"), raw).expect("written");
            testkit::context(folder, "path = '.'")
        }
        "feed" => {
            for file in 1..=3 {
                let entry = |number: u32| {
                    format!(
                        "<item><title>entry {number}</title><guid>https://example.org/{file}/{number}</guid></item>\n"
                    )
                };
                let entries: String = (1..=700).map(entry).collect();
                let feed = format!("<rss><channel><title>Blog</title>{entries}</channel></rss>");
                std::fs::write(folder.join(format!("{file}.xml")), feed).expect("written");
            }
            testkit::context(folder, "path = '.'")
        }
        "documents" => testkit::context(data, "path = 'rdo/newsletters'"),
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
        "matrix-export" => {
            let said = |number: u32| {
                format!(
                    r#"{{"type":"m.room.message","event_id":"${number}","room_id":"!a:example.org","sender":"@u{}:example.org",
                    "origin_server_ts":17092000{number:05},"content":{{"msgtype":"m.text","body":"line {number}"}}}}"#,
                    number % 7
                )
            };
            let lines: Vec<String> = (0..1_500).map(said).collect();
            std::fs::write(folder.join("events.json"), format!("[{}]", lines.join(",\n"))).expect("written");
            testkit::context(folder, "path = '.'")
        }
        "mattermost-export" => {
            let version = r#"{"type":"version","version":1,"info":{"created":"2024-03-01T00:00:00Z"}}"#.to_owned();
            let post = |number: u32| {
                // Every seventh is said in the same millisecond as the one before.
                let time = 1_709_200_000_000_u64 + u64::from(number - u32::from(number % 7 == 1)) * 1_000;
                let said = format!(r#""user":"u{}","message":"line {number}","create_at":{time}"#, number % 5);
                let reply = format!(r#"{{"user":"u9","message":"yes","create_at":{}}}"#, time + 1);
                let post = format!(r#"{{"team":"t","channel":"c",{said},"replies":[{reply}]}}"#);
                format!(r#"{{"type":"post","post":{post}}}"#)
            };
            let lines: Vec<String> = std::iter::once(version).chain((1..4_000).map(post)).collect();
            std::fs::write(folder.join("import.jsonl"), lines.join("\n")).expect("written");
            testkit::context(folder, "path = '.'")
        }
        "mbox" => testkit::context(data.join("mail/twisted-python"), "path = '.'"),
        "people" => {
            for number in 0..40 {
                let line = format!("Jo {number} <jo{number}@example.org> <jo{number}@example.com>\n");
                std::fs::write(folder.join(format!("{number}.mailmap")), line).expect("written");
            }
            testkit::context(folder, "path = '.'")
        }
        "perceval" => {
            let lines: Vec<String> = (0..1_500)
                .map(|number| {
                    format!(
                        r#"{{"backend_name":"Gitter","category":"message","origin":"https://gitter.im/a/b","uuid":"{number:040}",
                        "data":{{"id":"{number}","text":"line {number}","sent":"2017-07-14T02:40:00Z","fromUser":{{"username":"u{}"}}}}}}"#,
                        number % 7
                    )
                })
                .collect();
            std::fs::write(folder.join("gitter.json"), lines.join("\n")).expect("written");
            testkit::context(folder, "path = '.'")
        }
        "public-inbox" => {
            let mut inbox = TestInbox::v2(folder.join("git/0.git"));
            for number in 0..600 {
                inbox.add("", &testkit::inbox_mail(number, "Jo <jo@example.org>", "hello", None));
            }
            inbox.remove("", &testkit::inbox_mail(7, "Jo <jo@example.org>", "hello", None));
            testkit::context(folder, "path = '.'")
        }
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
        "table" => {
            for file in ["a.csv", "b.csv", "c.csv"] {
                let line = |number: u32| format!("{file}{number},{},\"said, {number}\"\n", 1_709_280_000 + number);
                let lines: String = (0..2_500).map(line).collect();
                std::fs::write(folder.join(file), format!("id,time,text\n{lines}")).expect("written");
            }
            let columns = "id = 'id'\ntime = 'time'\nbody = 'text'";
            testkit::context(folder, &format!("path = '.'\nrows = 'messages'\n[columns]\n{columns}"))
        }
        "telegram-export" => {
            let said = |number: u32| {
                format!(
                    r#"{{"id":{number},"type":"message","date_unixtime":"17092{number:05}","from_id":"user{}","text":"line {number}"}}"#,
                    number % 7
                )
            };
            let lines: Vec<String> = (1..1_500).map(said).collect();
            let export =
                format!(r#"{{"name":"Users","type":"public_supergroup","id":9,"messages":[{}]}}"#, lines.join(",\n"));
            std::fs::write(folder.join("result.json"), export).expect("written");
            testkit::context(folder, "path = '.'")
        }
        "zulip-export" => {
            let message = |number: u32| {
                let topic = number % 9;
                format!(
                    r#"{{"id":{number},"sender":{},"recipient":20,"subject":"topic {topic}","content":"line {number}","date_sent":17092{number:05}.5}}"#,
                    number % 7
                )
            };
            let reaction = |number: u32| {
                format!(r#"{{"id":{number},"user_profile":1,"message":{},"emoji_name":"+1"}}"#, number + 1_000)
            };
            let reactions: Vec<String> = (1..900).map(reaction).collect();
            let realm = format!(
                r#"{{"zerver_stream":[{{"id":5,"name":"c"}}],"zerver_recipient":[{{"id":20,"type":2,"type_id":5}}],"zerver_reaction":[{}]}}"#,
                reactions.join(",")
            );
            std::fs::write(folder.join("realm.json"), realm).expect("written");
            for file in 1..=3 {
                let messages: Vec<String> = (file * 1_000..(file + 1) * 1_000).map(message).collect();
                let text = format!(r#"{{"zerver_message":[{}],"zerver_usermessage":[]}}"#, messages.join(",\n"));
                std::fs::write(folder.join(format!("messages-00000{file}.json")), text).expect("written");
            }
            testkit::context(folder, "path = '.'")
        }
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
fn worked_examples_are_recognised_and_whole() {
    for source in SOURCES {
        let scratch = tempfile::tempdir().expect("a folder");
        let context = testkit::example(source, scratch.path());
        let path = Path::new(context.options["path"].as_str().expect("a path")).to_owned();
        let candidates = sources::recognize(&path).expect("there");
        let first = candidates.first().map(|candidate| candidate.kind);
        assert_eq!(first, Some(source.kind), "{candidates:?}");
        // What reads anything is never sure.
        assert!(candidates[0].seen.sure >= 60 || source.place == source::Place::Any, "{candidates:?}");
        let mut sink = MemorySink::new();
        assert!(sink.collect(source, &context).expect("it can be read") > 0, "{}", source.kind);
        assert!(testkit::normalize(source, &context, sink.items()) != model::Rows::default(), "{}", source.kind);
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
