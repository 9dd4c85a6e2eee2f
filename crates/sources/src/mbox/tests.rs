//! Made-up archives in, items and rows out.

use std::fs;
use std::io::Write;
use std::path::Path;

use model::{Item, Rows};
use proptest::prelude::*;
use tempfile::TempDir;
use testkit::MemorySink;

use super::SOURCE;

/// A folder with these files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    files.iter().for_each(|(name, bytes)| write(folder.path(), name, bytes));
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("in the folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn mail(number: usize) -> Vec<u8> {
    format!(
        "From jo@example.org Fri Apr  1 18:57:30 2016\nFrom: Jo <jo@example.org>\nMessage-ID: <{number}@x>\n\
         Date: Fri, 1 Apr 2016 18:57:30 +0000\nSubject: no {number}\n\nbody {number}\n\n"
    )
    .into_bytes()
}

fn mails(numbers: std::ops::Range<usize>) -> Vec<u8> {
    numbers.flat_map(mail).collect()
}

fn collect(sink: &mut MemorySink, folder: &TempDir, options: &str) -> usize {
    let context = testkit::context(folder.path(), &format!("path = '.'\n{options}"));
    sink.collect(&SOURCE, &context).expect("the folder can be read")
}

/// Items as `origin`, and problems as `file@offset: what`.
fn found(files: &[(&str, &[u8])], options: &str) -> (Vec<String>, Vec<String>) {
    let mut sink = MemorySink::new();
    collect(&mut sink, &folder(files), options);
    let problem = |problem: &model::Problem| {
        format!("{}@{}: {}", problem.file, problem.offset.map_or("-".to_owned(), |at| at.to_string()), problem.what)
    };
    let origins = sink.items().iter().map(|item| item.origin.clone()).collect();
    (origins, sink.problems().iter().map(problem).collect())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn archives_of_every_kind_are_read() {
    let two = mails(0..2);
    let single = mail(3).split_off(45);
    let (items, problems) = found(
        &[
            ("a.mbox", &two),
            ("b/2016-April.txt.gz", &gzip(&two)),
            ("c.mbox.zst", &zstd::encode_all(two.as_slice(), 1).expect("in memory")),
            ("d.eml", &single),
            ("Maildir/cur/1.host:2,S", &single),
            ("Maildir/new/2.host", &single),
            ("Maildir/tmp/3.host", b"half a ma"),
        ],
        "",
    );
    let expected = [
        r#"{"file":"Maildir/cur/1.host:2,S"}"#,
        r#"{"file":"Maildir/new/2.host"}"#,
        r#"{"file":"a.mbox","offset":0}"#,
        r#"{"file":"a.mbox","offset":149}"#,
        r#"{"file":"b/2016-April.txt.gz","offset":0}"#,
        r#"{"file":"b/2016-April.txt.gz","offset":149}"#,
        r#"{"file":"c.mbox.zst","offset":0}"#,
        r#"{"file":"c.mbox.zst","offset":149}"#,
        r#"{"file":"d.eml"}"#,
    ];
    assert_eq!(items, expected);
    assert_eq!(problems, [""; 0]);
}

#[test]
fn bad_files_are_problems_and_good_neighbours_are_kept() {
    let truncated = gzip(&mails(0..1000));
    let good = mail(0);
    let binary = [&b"\x7fELF\x00\x01\x02\n"[..], &good].concat();
    let (items, problems) = found(
        &[
            ("binary", &binary),
            ("bomb.gz", &gzip(&vec![0; 1_000_000])),
            ("empty.mbox", b""),
            ("good.mbox", &good),
            ("half.mbox.gz", &truncated[..truncated.len() - 9]),
            ("LICENSE", b"You may read this.\n"),
        ],
        "",
    );
    assert!(items.contains(&r#"{"file":"good.mbox","offset":0}"#.to_owned()));
    assert!(items.contains(&r#"{"file":"binary","offset":8}"#.to_owned()));
    assert!(items.iter().filter(|item| item.contains("half")).count() > 900);
    let half = problems.iter().find(|problem| problem.starts_with("half")).expect("a problem");
    assert!(half.ends_with("file is cut short"), "{half}");
    let others: Vec<_> = problems.iter().filter(|problem| !problem.starts_with("half")).collect();
    let expected =
        ["LICENSE@0: not a mail", "binary@0: not a mail", "bomb.gz@0: not a mail", "empty.mbox@0: file is empty"];
    assert_eq!(others, expected);
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let outside = folder(&[("secret.mbox", &mail(0))]);
    let inside = folder(&[("a.mbox", &mail(1))]);
    std::os::unix::fs::symlink(outside.path().join("secret.mbox"), inside.path().join("b.mbox")).expect("a link");
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, &inside, ""), 1);
    assert_eq!(sink.problems()[0].what, "link leads out of the folder");
}

#[test]
fn too_large_mails_are_passed_over() {
    let large = [mail(0), vec![b'x'; 1_000_000], b"\n".to_vec()].concat();
    let folder = folder(&[("a.mbox", &[mail(1), large, mail(2)].concat())]);
    let mut sink = MemorySink::new();
    let context = testkit::context(folder.path(), "path = 'a.mbox'");
    super::collect::collect_up_to(1000, &context, &serde_json::Value::Null, &mut sink).expect("it can be read");
    assert_eq!(sink.items().len(), 2);
    assert_eq!((sink.problems()[0].what.as_str(), sink.problems()[0].offset), ("mail is too large", Some(149)));
}

#[test]
fn a_second_run_adds_only_what_is_new() {
    let folder = folder(&[("a.mbox", &mails(0..3)), ("b.mbox.gz", &gzip(&mails(3..5)))]);
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, &folder, ""), 5);
    let cursor = sink.cursor().clone();
    assert_eq!(collect(&mut sink, &folder, ""), 0);
    assert_eq!(*sink.cursor(), cursor);
    // One file grows, one is written anew with a mail more in front, one is cut off within a mail.
    write(folder.path(), "a.mbox", &mails(0..4));
    write(folder.path(), "b.mbox.gz", &gzip(&mails(2..5)));
    let cut_off = mails(5..7);
    write(folder.path(), "c.mbox", &cut_off[..cut_off.len() - 20]);
    assert_eq!(collect(&mut sink, &folder, ""), 4);
    write(folder.path(), "c.mbox", &cut_off);
    // The mail that was cut off comes once more, whole.
    assert_eq!(collect(&mut sink, &folder, ""), 1);
    assert_eq!(sink.problems(), []);
}

#[test]
fn a_grown_file_is_not_read_from_its_beginning() {
    let folder = folder(&[("a.mbox", &mails(0..3))]);
    let mut sink = MemorySink::new();
    collect(&mut sink, &folder, "");
    // The first mail changes in place: who reads from the beginning would see it.
    let mut grown = mails(0..4);
    grown[150] ^= 1;
    write(folder.path(), "a.mbox", &grown);
    assert_eq!(collect(&mut sink, &folder, ""), 1);
}

#[test]
fn a_mail_that_a_reader_moves_and_flags_stays_one() {
    let folder = folder(&[("new/1.host", b"Subject: x\n\n")]);
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, &folder, ""), 1);
    write(folder.path(), "cur/1.host:2,S", b"Subject: x\n\n");
    fs::remove_file(folder.path().join("new/1.host")).expect("it was there");
    assert_eq!(collect(&mut sink, &folder, ""), 0);
}

#[test]
fn stopped_and_resumed_is_the_same_as_uninterrupted() {
    let folder = folder(&[("a.mbox", &mails(0..700)), ("b.mbox.gz", &gzip(&mails(300..1000)))]);
    let mut whole = MemorySink::new();
    collect(&mut whole, &folder, "");
    let context = testkit::context(folder.path(), "path = '.'");
    for stop in 1..4 {
        let mut sink = MemorySink::new();
        sink.stop_after(Some(stop));
        let mut runs = 0;
        while sink.collect(&SOURCE, &context).is_err() {
            runs += 1;
        }
        assert!(runs > 0);
        assert_eq!((sink.items(), sink.problems()), (whole.items(), whole.problems()), "stopped after {stop}");
    }
}

fn rows(bytes: &[u8], file: &str) -> Rows {
    let origin = serde_json::json!({ "file": file, "offset": 7 }).to_string();
    let item = Item { id: "x".to_owned(), kind: "mail".to_owned(), origin, bytes: bytes.to_vec(), ..Item::default() };
    testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), &[item])
}

/// What a mail becomes, as a person would tell it.
fn tell(mail: &str, file: &str) -> String {
    let rows = rows(mail.as_bytes(), file);
    let time =
        |time: Option<i64>| time.map(|time| jiff::Timestamp::from_microsecond(time).expect("in range").to_string());
    let mut out = String::new();
    for message in &rows.messages {
        out += &format!("id: {}\nsubject: {:?}\n", message.native_id, message.subject);
        out += &format!("time: {:?} guess: {:?}\n", time(message.time), time(message.time_guess));
        out += &format!(
            "parents: {} attachments: {:?} url: {:?}\n",
            message.parents.len(),
            message.attachments,
            message.url
        );
        out += &format!("body: {:?}\n", message.body);
    }
    for identity in &rows.identities {
        out += &format!("{}: {} {:?}\n", identity.kind.as_str(), identity.value, identity.name);
    }
    for problem in &rows.problems {
        out += &format!("problem: {} ({})\n", problem.what, problem.detail);
    }
    out
}

#[test]
fn a_mail_becomes_a_message() {
    let mail = "From dev-return Fri Apr  1 18:57:30 2016\nReceived: from x; Fri, 1 Apr 2016 18:57:29 +0000\n\
        List-Id: \"Dev list\" <dev.example.org>\nArchived-At: <https://lists.example.org/1>\n\
        From: =?utf-8?q?J=C3=B6?= Doe <Jo@Example.org>\nDate: Fri, 1 Apr 2016 20:57:28 +0200\n\
        Subject: Re: [dev]\n long =?utf-8?q?s=C3=BCbject?=\nMessage-ID: <3@x>\nIn-Reply-To: <2@x>\n\
        References: <1@x> <2@x> <3@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
        Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; charset=utf-8\n\
        Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe\n--c\nContent-Type: text/html\n\n<p>x</p>\n--c--\n\
        --b\nContent-Type: text/x-diff; name=\"fix.patch\"\nContent-Disposition: attachment; filename=\"fix.patch\"\n\n\
        diff\n--b--\n\n";
    insta::assert_snapshot!(tell(mail, "dev.mbox"), @r#"
    id: 3@x
    subject: Some("Re: [dev] long sübject")
    time: Some("2016-04-01T18:57:28Z") guess: None
    parents: 2 attachments: ["fix.patch"] url: Some("https://lists.example.org/1")
    body: "Grüße"
    email: jo@example.org Some("Jö Doe")
    "#);
    let rows = rows(mail.as_bytes(), "dev.mbox");
    assert_eq!(rows.messages[0].order, 7);
    assert_eq!(rows.messages[0].author, Some(rows.identities[0].id));
    assert_eq!(rows.channels[0].title.as_deref(), Some("Dev list"));
}

#[test]
fn a_month_of_pipermail_is_mended() {
    let mail = "From jo at example.org  Fri Apr  1 18:57:30 2016\nFrom: jo at example.org (Jo Doe)\n\
        Date: Fri, 1 Apr 2016 20:57:28 +0200\nSubject: [dev] long\n\tsubject\nMessage-ID: <1@x>\n\nhello\n\
        -------------- next part --------------\nA non-text attachment was scrubbed...\nName: fix.patch\n\
        Type: text/x-diff\nURL: <http://example.org/fix.patch>\n\n\n";
    insta::assert_snapshot!(tell(mail, "2016-April.txt"), @r#"
    id: 1@x
    subject: Some("[dev] long subject")
    time: Some("2016-04-01T18:57:28Z") guess: None
    parents: 0 attachments: ["fix.patch"] url: None
    body: "hello\n-------------- next part --------------\nA non-text attachment was scrubbed...\nName: fix.patch\nType: text/x-diff\nURL: <http://example.org/fix.patch>"
    email: jo@example.org Some("Jo Doe")
    "#);
}

#[test]
fn dates_that_cannot_be_are_left_out() {
    let mail = |envelope: &str, date: &str| {
        let head = if envelope.is_empty() { String::new() } else { format!("From x {envelope}\n") };
        let all = tell(&format!("{head}From: jo@example.org\n{date}\n\nhello\n"), "2016-April.txt");
        let lines = all.lines().filter(|line| line.starts_with("time") || line.starts_with("problem"));
        lines.collect::<Vec<_>>().join("; ")
    };
    let good = "Fri Apr  1 18:57:30 2016";
    for (envelope, date, expected) in [
        (good, "Date: Fri, 1 Apr 2016 20:57:28 +0200", "time: Some(\"2016-04-01T18:57:28Z\") guess: None"),
        (
            good,
            "Date: Fri, 1 Apr 2100 20:57:28 +0200",
            "time: None guess: Some(\"2016-04-01T18:57:30Z\"); problem: date cannot be (Fri, 1 Apr 2100 20:57:28 +0200)",
        ),
        (
            good,
            "Date: Fri, 1 Jul 2016 20:57:28 +0200",
            "time: None guess: Some(\"2016-04-01T18:57:30Z\"); problem: date cannot be (Fri, 1 Jul 2016 20:57:28 +0200)",
        ),
        (
            good,
            "Date: yesterday",
            "time: None guess: Some(\"2016-04-01T18:57:30Z\"); problem: date cannot be (yesterday)",
        ),
        (good, "X: y", "time: None guess: Some(\"2016-04-01T18:57:30Z\"); problem: date is missing ()"),
        (
            "Wed Feb  7 20:28:34 1945",
            "Date: Wed, 7 Feb 1945 20:28:34 +0000",
            "time: None guess: Some(\"2016-04-15T12:00:00Z\"); problem: date cannot be (Wed, 7 Feb 1945 20:28:34 +0000)",
        ),
        (
            "Wed Feb  7 20:28:34 1945",
            "Date: Mon, 21 Oct 2002 15:02:34 +50579034",
            "time: None guess: Some(\"2002-10-21T15:02:34Z\"); problem: date cannot be (Mon, 21 Oct 2002 15:02:34 +50579034)",
        ),
        (
            "",
            "Received: x; Fri, 1 Apr 2016 18:57:30 +0000\nDate: x",
            "time: None guess: Some(\"2016-04-01T18:57:30Z\"); problem: date cannot be (x)",
        ),
    ] {
        assert_eq!(mail(envelope, date), expected, "{envelope:?} {date:?}");
    }
}

#[test]
fn a_mail_without_message_id_is_the_same_in_every_archive() {
    let id = |head: &str, tail: &str| {
        let mail =
            format!("{head}From: jo@example.org\nDate: Fri, 1 Apr 2016 20:57:28 +0200\nSubject: x\n\nhello\n{tail}");
        rows(mail.as_bytes(), "a").messages[0].native_id.clone()
    };
    let expected = id("", "");
    assert!(expected.starts_with("no-message-id-"));
    assert_eq!(id("From x Fri Apr  1 18:57:30 2016\n", "\n"), expected);
    assert_eq!(id("From y Fri Apr  1 18:57:31 2016\nReceived: z\n", "\n\n"), expected);
}

#[test]
fn hostile_mails_end_in_a_problem() {
    for kind in ["message/rfc822", "message/Rfc822", "Message/ RFC822", "\n message/rfc822", "message/global"] {
        let nested = format!("Content-Type: {kind}\n\n").repeat(100_000);
        let nested = rows(format!("Subject: deep\n{nested}").as_bytes(), "a");
        assert_eq!(nested.problems[0].what, "MIME of a mail cannot be read", "{kind}");
        assert_eq!(nested.messages[0].subject.as_deref(), Some("deep"));
    }
    let boundaries = "--A\nContent-Type: multipart/x; boundary=zz\n\n\n".repeat(200_000);
    assert_eq!(rows(boundaries.as_bytes(), "a").messages.len(), 1);
    let log = format!("Subject: log\n\n{}", "see src/global.h and doc/digest\n".repeat(300));
    assert_eq!(rows(log.as_bytes(), "a").problems.iter().filter(|one| one.what.contains("MIME")).count(), 0);
    let parts = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(2_000);
    assert_eq!(rows(parts.as_bytes(), "a").messages.len(), 1);
    let latin = rows(b"From: jo@example.org\nDate: 1 Apr 2016 10:00 +0000\n\ngr\xfc\xdfe\n", "a");
    assert_eq!((latin.messages[0].body.as_str(), latin.problems[0].what.as_str()), ("grüße", "charset is wrong"));
}

fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        "(From|Date|Subject|To|References|Message-ID|Received|List-Id): [ -~]{0,40}\n",
        "Content-Type: (multipart/(mixed|alternative|digest); boundary=b|text/(plain|html); charset=[a-z0-9-]{0,9}|message/rfc822)\n",
        "Content-Transfer-Encoding: (base64|quoted-printable)\n",
        "--b(--)?\n",
        "\n",
        "[ -~\u{80}-\u{ff}]{0,40}\n",
    ]
}

proptest! {
    #[test]
    fn no_mail_panics(lines in prop::collection::vec(header(), 0..40)) {
        rows(lines.concat().as_bytes(), "a");
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        rows(&bytes, "a");
    }
}
