//! Templates: ours work with any facts, the community's win, and what strangers wrote stays what it is.

use super::*;
use crate::facts::{
    Done, Event, First, Goal, GoalQuestion, Number, StoodOut, Story, Talk, Thanks, Theme, Told, Topic, Waiting, Way,
};

/// What somebody could call themselves, a conversation or a place.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/track.png)",
    "<img src=x onerror=alert(1)>",
    "a\r\n# Heading\r\n\r\n- list",
    "| a | b |\n|---|---|",
    "```\ncode",
    "{{ community }}{% include \"x\" %}",
    "--> <b>out</b> <!--",
    "ada@example.org",
    "\u{202e}gpj.exe",
    "**strong** _em_ `code` ~~x~~",
    "&lt;b&gt; &amp;",
    "1. one",
    "- one",
    "===",
    "https://evil.example/<script>",
    "x\u{0}\u{1b}[31m",
];

/// Facts of which every word is `word`.
fn all(word: &str) -> Facts {
    let word = || word.to_owned();
    let told = Told { title: word(), lead: word(), name: word(), channel: word(), day: word(), url: word() };
    let event = Event { title: word(), when: word(), place: word(), url: word() };
    let number = Number {
        title: word(),
        value: word(),
        before: word(),
        target: word(),
        reached: word(),
        caveats: vec![word()],
        doubts: vec![word()],
        known: true,
        ..Number::default()
    };
    Facts {
        community: word(),
        of: word(),
        period: word(),
        ways: vec![Way { name: word(), what: word(), offers: word() }],
        recent_events: vec![event.clone()],
        coming_events: vec![event],
        firsts: vec![First { name: word(), did: word(), title: word(), url: word() }],
        thanked: vec![Thanks { name: word(), times: 1 }, Thanks { name: word(), times: 2 }],
        stories: vec![told.clone()],
        announced: vec![told],
        numbers: vec![number.clone()],
        goals: vec![Goal {
            what: word(),
            why: word(),
            questions: vec![GoalQuestion { text: word(), numbers: vec![number] }],
            ..Goal::default()
        }],
        blips: vec![StoodOut {
            title: word(),
            when: word(),
            was: word(),
            usual: word(),
            step: word(),
            lasted: word(),
            linked: (3, 4),
            links: vec![word(), word()],
            carried: vec![word()],
            happened: vec![word(), word()],
            words: vec![word()],
        }],
        actions: vec![Done { what: word(), who: word(), day: word(), moved: word(), outcome: word() }],
        told_stories: vec![Story { title: word(), quote: word(), text: word(), url: word() }],
        waiting: vec![Waiting { title: word(), channel: word(), day: word(), url: word(), ..Waiting::default() }],
        topics: vec![Topic { topic: word(), questions: 9, before: 1 }],
        busiest: vec![Talk { title: word(), channel: word(), url: word(), ..Talk::default() }],
        changes: crate::Changes {
            commits: 1,
            themes: vec![Theme { name: word(), subjects: vec![word()], more: 3 }],
            people: vec![word(), word()],
            first: vec![word()],
        },
        ..Facts::default()
    }
}

#[test]
fn nothing_and_anything_fill_every_template() {
    for kind in Kind::all() {
        let empty = Templates::shipped().fill(kind, &Facts::default()).unwrap();
        assert!(Document::read(&empty).title().is_some(), "{empty}");
        let full = Templates::shipped().fill(kind, &all("word")).unwrap();
        assert!(full.len() > 100 && !full.contains("{{") && !full.contains("\n\n\n"), "{full}");
    }
}

#[test]
fn what_strangers_wrote_is_obeyed_by_nobody() {
    for kind in Kind::all() {
        let harmless = Document::read(&Templates::shipped().fill(kind, &all("word")).unwrap());
        for hostile in HOSTILE {
            let text = Templates::shipped().fill(kind, &all(hostile)).unwrap();
            let document = Document::read(&text);
            // The same blocks as with a plain word: nothing that was written became a block of its own.
            assert_eq!(shape(&document), shape(&harmless), "{kind:?} {hostile:?}\n{text}");
            let html = document.html().unwrap();
            for bad in
                ["<script", "<img src=x", "<b>", "javascript:alert(1)\"", "evil.example/track.png\"", "ada@example.org"]
            {
                assert!(!html.contains(bad), "{kind:?} {bad} {hostile:?}\n{html}");
            }
            let letter = document.letter("x", jiff::Timestamp::UNIX_EPOCH).unwrap();
            let mail = String::from_utf8(letter.draft().unwrap()).unwrap();
            let head = mail.split("\r\n\r\n").next().unwrap_or_default();
            assert!(!head.contains("ada@example.org") && !head.lines().any(|line| line.starts_with('#')), "{head}");
            assert!(!letter.plain.contains(['\u{202e}', '\u{0}', '\u{1b}']), "{}", letter.plain);
        }
    }
}

/// What blocks a document has, without their words. A story may have several paragraphs: those in a row count once.
fn shape(document: &Document) -> Vec<String> {
    let mut shape: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            crate::Block::List(first, items) => format!("list {first:?} {}", items.len()),
            crate::Block::Table(head, rows) => format!("table {} {}", head.len(), rows.len()),
            crate::Block::Heading(level, _) => format!("heading {level}"),
            crate::Block::Quote(inside) => format!("quote {}", inside.len()),
            other => format!("{other:?}").chars().take(5).collect(),
        })
        .collect();
    shape.dedup_by(|next, before| next == "Parag" && before == "Parag");
    shape
}

fn own(text: &str) -> Result<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("newsletter.md"), text).unwrap();
    Templates::with_folder(folder.path()).fill(Kind::Newsletter, &all("w_o"))
}

#[test]
fn the_communitys_own_template_wins() {
    assert_eq!(
        own("# Hi\n\n{{ firsts[0].name }}\n{% include \"_topics.md\" %}").unwrap().lines().nth(2),
        Some("w\\_o")
    );
    assert_eq!(
        own("{{ 1234 }} {{ 1|things(\"question\") }} {{ 2|things(\"person\", \"people\") }}").unwrap(),
        "1,234 1 question 2 people\n"
    );
    assert_eq!(own("{{ \"a\"|link(\"https://example.org/x\") }}").unwrap(), "[a](<https://example.org/x>)\n");
    assert_eq!(own("{{ \"a\"|link(\"javascript:x\") }}").unwrap(), "a\n");
    assert_eq!(own("{{ \"# x\"|chart }}").unwrap(), "\\# x\n");
    assert_eq!(own("{% autoescape false %}{{ \"<b>\" }}{% endautoescape %}").unwrap(), "\\<b\\>\n");
}

#[test]
fn a_wrong_template_is_named_with_its_line() {
    let check = |text: &str, expected: &str| {
        let said = own(text).unwrap_err().to_string();
        assert!(said.starts_with(expected), "{said}");
    };
    check("a\n{{ comunity }}\n", "newsletter.md:2: ");
    check("a\n\n{% if %}", "newsletter.md:3: ");
    check("{% include \"../../etc/passwd\" %}", "newsletter.md:1: ");
    check("{{ community|safe }}", "newsletter.md:1: ");
    check("{% for x in range(100000000) %}x{% endfor %}", "newsletter.md:1: ");
}

#[test]
fn every_file_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    assert!(Kind::all().all(|kind| Templates::text(&format!("{}.md", kind.as_str())).is_some()));
}
