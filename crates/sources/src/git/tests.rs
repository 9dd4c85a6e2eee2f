//! Made-up commits in, people and deeds out.

use std::fmt::Write;

use insta::assert_snapshot;
use model::{Item, Rows};
use proptest::prelude::*;
use testkit::{MemorySink, TestRepository};

use super::SOURCE;

const ADA: &str = "Ada <Ada@Example.org> 1500000000 +0200";
const BOB: &str = "Bob  B. <bob@example.org> 1500000060 -0500";

fn item(bytes: &[u8]) -> Item {
    Item { id: "c0ffee".to_owned(), kind: "commit".to_owned(), bytes: bytes.to_vec(), ..Item::default() }
}

fn rows(bytes: &[u8]) -> Rows {
    testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), &[item(bytes)])
}

/// One line per activity, identity and problem, as a person would tell them.
fn tell(bytes: &[u8]) -> String {
    let rows = rows(bytes);
    let mut out = String::new();
    for activity in &rows.activities {
        let who = rows.identities.iter().find(|identity| Some(identity.id) == activity.who);
        let who = who.map_or("nobody".to_owned(), |who| {
            let bot = if who.bot { " (bot)" } else { "" };
            format!("{} {:?} `{}`{bot}", who.kind.as_str(), who.name.as_deref().unwrap_or("-"), who.value)
        });
        let time = activity.time.map_or("no time".to_owned(), |time| (time / model::time::SECOND).to_string());
        let merge = if activity.merge { " merge" } else { "" };
        let detail = activity.detail.as_deref().unwrap_or("-");
        _ = writeln!(out, "{}{merge} by {who} at {time}: {detail}", activity.kind.as_str());
    }
    for problem in &rows.problems {
        _ = writeln!(out, "problem: {}: {}", problem.what, problem.detail);
    }
    out
}

fn commit(author: &str, committer: &str, message: &str) -> Vec<u8> {
    format!("tree 0\nparent 1\nauthor {author}\ncommitter {committer}\n\n{message}").into_bytes()
}

#[test]
fn an_author_and_another_committer() {
    assert_snapshot!(tell(&commit(ADA, BOB, "Mend the gate\n\nIt was broken.\n")), @r#"
    authored by email "Ada" `ada@example.org` at 1500000000: Mend the gate
    committed by email "Bob B." `bob@example.org` at 1500000060: Mend the gate
    "#);
    assert_snapshot!(tell(&commit(ADA, ADA, "Mend the gate")), @r#"authored by email "Ada" `ada@example.org` at 1500000000: Mend the gate"#);
}

#[test]
fn trailers_of_the_last_paragraph_count_once() {
    let message = "Mend the gate\n\nReviewed-by: not in the last paragraph <no@example.org>\n\n\
        Signed-off-by: Ada <ada@example.org>\nco-authored-by: Cy <cy@example.org>\nCo-authored-by: Ada <ADA@example.org>\n\
        Reviewed-by: Bob <bob@example.org>\nReviewed-By: Bob <bob@example.org>\nAcked-by: dee@example.org\n\
        Reported-by: Eve\nTested-by: Fay <fay@example.org> # on a phone\nTested-by:\nFixes: 12\n";
    assert_snapshot!(tell(&commit(ADA, ADA, message)), @r#"
    authored by email "Ada" `ada@example.org` at 1500000000: Mend the gate
    co_authored by email "Cy" `cy@example.org` at 1500000000: Mend the gate
    reviewed by email "Bob" `bob@example.org` at 1500000000: Mend the gate
    reviewed by email "-" `dee@example.org` at 1500000000: Mend the gate
    reported by name "Eve" `Eve` at 1500000000: Mend the gate
    tested by email "Fay" `fay@example.org` at 1500000000: Mend the gate
    "#);
    assert_snapshot!(tell(&commit(ADA, ADA, "Reviewed-by: a subject <no@example.org>\n")), @r#"authored by email "Ada" `ada@example.org` at 1500000000: Reviewed-by: a subject <no@example.org>"#);
}

#[test]
fn merges_are_marked() {
    let merge = |author, committer| {
        format!("tree 0\nparent 1\nparent 2\nauthor {author}\ncommitter {committer}\n\nMerge\n").into_bytes()
    };
    assert_snapshot!(tell(&merge(ADA, ADA)), @r#"merged merge by email "Ada" `ada@example.org` at 1500000000: Merge"#);
    assert_snapshot!(tell(&merge(ADA, BOB)), @r#"
    authored merge by email "Ada" `ada@example.org` at 1500000000: Merge
    merged merge by email "Bob B." `bob@example.org` at 1500000060: Merge
    "#);
    assert_snapshot!(tell(&merge(ADA, "GitHub <noreply@github.com> 1500000001 +0000")), @r#"merged merge by email "Ada" `ada@example.org` at 1500000001: Merge"#);
}

#[test]
fn addresses_that_prove_nothing_leave_a_name() {
    let people = [
        "Ada <ada@host.(none)> 1500000000 +0000",
        "Ada <root@localhost> 1500000000 +0000",
        "ada <ada@bbbe8e31-12d6-0310-92fd-000000000000> 1500000000 +0000",
        "(no author) <(no author)@bbbe8e31-12d6-0310-92fd-000000000000> 1500000000 +0000",
        " <> 1500000000 +0000",
        " <ada> 1500000000 +0000",
        "Ada <<ada@example.org>> 1500000000 +0000",
        "Ada 1500000000 +0000",
        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com> 1500000000 +0000",
    ];
    let told: String = people.iter().map(|person| tell(&commit(person, person, "x"))).collect();
    assert_snapshot!(told, @r#"
    authored by name "Ada" `Ada` at 1500000000: x
    authored by name "Ada" `Ada` at 1500000000: x
    authored by name "ada" `ada` at 1500000000: x
    authored by nobody at 1500000000: x
    authored by nobody at 1500000000: x
    authored by name "-" `ada` at 1500000000: x
    authored by email "Ada" `ada@example.org` at 1500000000: x
    authored by name "Ada 1500000000 +0000" `Ada 1500000000 +0000` at no time: x
    problem: date cannot be: authored ``
    problem: date cannot be: committed ``
    authored by email "dependabot[bot]" `49699333+dependabot[bot]@users.noreply.github.com` (bot) at 1500000000: x
    "#);
}

#[test]
fn dates_that_cannot_be_are_dropped_and_told() {
    let dates = ["-1 +0000", "0 +0000", "99999999999 +0000", "9223372036854775807 +0000", "soon", ""];
    let told: String =
        dates.iter().map(|date| tell(&commit(&format!("Ada <a@example.org> {date}"), ADA, "x"))).collect();
    assert_snapshot!(told, @r#"
        authored by email "Ada" `a@example.org` at no time: x
        committed by email "Ada" `ada@example.org` at 1500000000: x
        problem: date cannot be: authored `-1 +0000`
        authored by email "Ada" `a@example.org` at no time: x
        committed by email "Ada" `ada@example.org` at 1500000000: x
        problem: date cannot be: authored `0 +0000`
        authored by email "Ada" `a@example.org` at no time: x
        committed by email "Ada" `ada@example.org` at 1500000000: x
        problem: date cannot be: authored `99999999999 +0000`
        authored by email "Ada" `a@example.org` at no time: x
        committed by email "Ada" `ada@example.org` at 1500000000: x
        problem: date cannot be: authored `9223372036854775807 +0000`
        authored by email "Ada" `a@example.org` at no time: x
        committed by email "Ada" `ada@example.org` at 1500000000: x
        problem: date cannot be: authored ``
        authored by email "Ada" `a@example.org` at no time: x
        committed by email "Ada" `ada@example.org` at 1500000000: x
        problem: date cannot be: authored ``
        "#);
    assert_snapshot!(tell(b"tree 0\n\nno people"), @"problem: not a commit: it names no author or no committer");
}

#[test]
fn signatures_and_encodings_are_read_through() {
    let signed = "tree 0\nauthor A <a@example.org> 1500000000 +0000\ncommitter A <a@example.org> 1500000000 +0000\n\
        gpgsig -----BEGIN PGP SIGNATURE-----\n \n author B <b@example.org> 1 +0000\n -----END PGP SIGNATURE-----\n\nSigned\n";
    assert_snapshot!(tell(signed.as_bytes()), @r#"authored by email "A" `a@example.org` at 1500000000: Signed"#);
    let latin = b"tree 0\nauthor J\xf6rg <j@example.org> 1500000000 +0000\ncommitter J\xf6rg <j@example.org> 1500000000 +0000\n";
    assert_snapshot!(tell(&[latin, &b"encoding ISO-8859-1\n\nT\xfcr\n"[..]].concat()), @r#"authored by email "Jörg" `j@example.org` at 1500000000: Tür"#);
    assert_snapshot!(tell(&[latin, &b"\nT\xfcr\n"[..]].concat()), @r#"authored by email "Jörg" `j@example.org` at 1500000000: Tür"#);
}

/// A repository of `count` commits in a row on `main`.
fn chain(folder: &std::path::Path, count: usize) -> (TestRepository, Vec<String>) {
    let repository = TestRepository::new(folder);
    let mut hashes: Vec<String> = Vec::new();
    for number in 0..count {
        let parents: Vec<&str> = hashes.last().map(String::as_str).into_iter().collect();
        hashes.push(repository.commit(&parents, ADA, BOB, &format!("commit {number}\n")));
    }
    hashes.last().into_iter().for_each(|last| repository.branch("main", last));
    (repository, hashes)
}

fn collect(sink: &mut MemorySink, repository: &TestRepository, options: &str) -> Result<usize, String> {
    let path = format!("path = '{}'\n{options}", repository.folder().display());
    sink.collect(&SOURCE, &testkit::context("/", &path)).map_err(|error| error.to_string())
}

#[test]
fn collects_parents_first_and_only_what_is_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let (repository, hashes) = chain(folder.path(), 5);
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, &repository, ""), Ok(5));
    assert_eq!(sink.items().iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), hashes);
    assert!(sink.items()[0].bytes.starts_with(b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor Ada"));
    let before = sink.cursor().clone();
    assert_eq!(collect(&mut sink, &repository, ""), Ok(0));
    assert_eq!(sink.cursor(), &before);

    // A side branch from the middle, merged, with clocks that are off.
    let early = "Eve <eve@example.org> 1000000000 +0000";
    let side = repository.commit(&[&hashes[1]], early, early, "side\n");
    let merge = repository.commit(&[&hashes[4], &side], BOB, BOB, "merge\n");
    repository.branch("main", &merge);
    assert_eq!(collect(&mut sink, &repository, ""), Ok(2));
    assert_eq!(sink.items()[5..].iter().map(|item| item.id.clone()).collect::<Vec<_>>(), [side, merge]);
}

#[test]
fn only_named_branches() {
    let folder = tempfile::tempdir().expect("a folder");
    let (repository, hashes) = chain(folder.path(), 4);
    repository.branch("release-1", &hashes[1]);
    assert_eq!(collect(&mut MemorySink::new(), &repository, "branches = ['release-*']"), Ok(2));
    let none = collect(&mut MemorySink::new(), &repository, "branches = ['nothing']").expect_err("no such branch");
    assert_snapshot!(none, @"no branch of the repository is named in `branches`; `git branch --all` shows them");
    assert!(collect(&mut MemorySink::new(), &repository, "branches = ['{']").is_err());
}

#[test]
fn nothing_there_empty_or_no_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = folder.path();
    let errors = |path: &str| {
        let result = MemorySink::new().collect(&SOURCE, &testkit::context(base, &format!("path = '{path}'")));
        result.map_err(|error| error.to_string().replace(&base.display().to_string(), "BASE"))
    };
    assert!(errors("absent").expect_err("it is absent").starts_with("cannot read BASE/absent"));
    assert!(errors(".").expect_err("it is a plain folder").contains("BASE/. is not a git repository"));
    TestRepository::new(base.join("empty"));
    assert_eq!(errors("empty"), Ok(0));
}

#[test]
fn missing_damaged_and_shallow_commits_are_problems() {
    let folder = tempfile::tempdir().expect("a folder");
    let (repository, hashes) = chain(folder.path(), 4);
    let object = |hash: &str| folder.path().join("objects").join(&hash[..2]).join(&hash[2..]);
    std::fs::remove_file(object(&hashes[1])).expect("it was there");
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, &repository, ""), Ok(2));
    assert_eq!(sink.problems().len(), 1);
    assert_eq!(sink.problems()[0].file, hashes[1]);

    // What was missing comes later.
    std::fs::write(object(&hashes[1]), b"garbage").expect("the folder is there");
    assert_eq!(collect(&mut sink, &repository, ""), Ok(0));
    std::fs::remove_file(object(&hashes[1])).expect("it was there");
    repository.commit(&[&hashes[0]], ADA, BOB, "commit 1\n");
    assert_eq!(collect(&mut sink, &repository, ""), Ok(2));

    std::fs::write(folder.path().join("shallow"), format!("{}\n", hashes[2])).expect("the folder is there");
    repository.branch("main", &hashes[3]);
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, &repository, ""), Ok(2));
    assert_eq!(sink.problems()[0].what, "shallow clone");
    std::fs::remove_file(folder.path().join("shallow")).expect("it was there");
    assert_eq!(collect(&mut sink, &repository, ""), Ok(2));
}

#[test]
fn stopped_and_resumed_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (repository, hashes) = chain(folder.path(), 600);
    let mut sink = MemorySink::new();
    sink.stop_after(Some(1));
    for _ in 0..2 {
        assert!(collect(&mut sink, &repository, "").is_err());
    }
    assert_eq!(collect(&mut sink, &repository, ""), Ok(600 - 512));
    assert_eq!(sink.items().iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), hashes);
}

proptest! {
    #[test]
    fn any_bytes_are_rows_or_problems(bytes: Vec<u8>, text in "(author|committer|encoding|parent)?[ -~\n<>]{0,80}") {
        for bytes in [bytes, text.into_bytes()] {
            prop_assert_eq!(rows(&bytes), rows(&bytes));
        }
    }
}
