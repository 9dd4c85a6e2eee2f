//! Every file is what its format says.

use std::collections::{BTreeMap, BTreeSet};

use super::{Community, demo};

#[test]
fn mails_are_whole() {
    let mut count = 0;
    let mut seen = BTreeSet::new();
    for (file, text) in demo().texts("list") {
        for mail in text.split("\n\nFrom ") {
            count += 1;
            let (head, body) = mail.split_once("\n\n").unwrap_or_else(|| panic!("a mail without a body in {file}"));
            for field in ["From: ", "Date: ", "Subject: ", "Message-ID: <", "X-Simulated: yes"] {
                assert_eq!(head.lines().filter(|line| line.starts_with(field)).count(), 1, "{field} in {file}");
            }
            assert!(!body.trim().is_empty(), "an empty mail in {file}");
            assert!(body.lines().all(|line| !line.starts_with("From ")));
            let month = file.strip_suffix(".mbox").expect("its name");
            let envelope = head.lines().next().expect("an envelope");
            assert!(envelope.ends_with(&month[..4]), "{file}: {envelope}");
            let id = head.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("checked");
            assert!(seen.insert(id.to_owned()), "twice");
            let folded = head.replace("\n ", " ");
            let references =
                folded.lines().filter_map(|line| line.strip_prefix("References: ")).flat_map(str::split_whitespace);
            for reference in references {
                assert!(seen.contains(reference), "a reference to a later mail or none in {file}");
            }
        }
    }
    assert_eq!(count, demo().summary.mails);
}

#[test]
fn logs_are_lines_of_people_who_are_there() {
    let mut count = 0;
    let mut present = BTreeSet::new();
    for (file, text) in demo().texts("chat") {
        for line in text.lines() {
            if let Some(event) = line.strip_prefix("=== ") {
                let nick = event.split(' ').next().expect("a nick").to_owned();
                if event.contains("has joined") {
                    assert!(present.insert(nick), "{file}: {line}");
                } else if let Some((old, new)) = event.split_once(" is now known as ") {
                    assert!(present.remove(old) && present.insert(new.to_owned()), "{file}: {line}");
                } else {
                    assert!(event.contains("has left") && present.remove(&nick), "{file}: {line}");
                }
                continue;
            }
            count += 1;
            let (time, rest) = line.split_once(" <").expect("a nick");
            assert_eq!(time.len(), "[HH:MM]".len());
            let (nick, text) = rest.split_once("> ").expect("a text");
            assert!(present.contains(nick), "{file}: {line}");
            assert!(!text.is_empty() && text.len() < 480, "{file}: {} bytes", text.len());
        }
    }
    assert_eq!(count, demo().summary.chat_lines);
}

#[test]
fn the_dump_is_xml_with_all_tables() {
    let posts = rows(demo(), "Posts.xml");
    assert_eq!(posts.len() as u64, demo().summary.posts);
    assert_eq!(rows(demo(), "Comments.xml").len() as u64, demo().summary.comments);
    let ids: Vec<u32> = posts.iter().map(|row| row["Id"].parse().expect("a number")).collect();
    assert!(ids.is_sorted());
    let ids: BTreeSet<&str> = posts.iter().map(|row| &*row["Id"]).collect();
    let users: Vec<_> = rows(demo(), "Users.xml");
    let users: BTreeSet<&str> = users.iter().map(|row| &*row["Id"]).collect();
    let refers = |file: &str, attribute: &str, to: &BTreeSet<&str>| {
        for row in rows(demo(), file) {
            if let Some(id) = row.get(attribute) {
                assert!(to.contains(&**id), "{file} {attribute} {id}");
            }
        }
    };
    for (file, attribute) in [
        ("Posts.xml", "ParentId"),
        ("Posts.xml", "AcceptedAnswerId"),
        ("Comments.xml", "PostId"),
        ("Votes.xml", "PostId"),
        ("PostLinks.xml", "PostId"),
        ("PostLinks.xml", "RelatedPostId"),
        ("PostHistory.xml", "PostId"),
    ] {
        refers(file, attribute, &ids);
    }
    for (file, attribute) in [
        ("Posts.xml", "OwnerUserId"),
        ("Comments.xml", "UserId"),
        ("Badges.xml", "UserId"),
        ("PostHistory.xml", "UserId"),
    ] {
        refers(file, attribute, &users);
    }
    assert!(rows(demo(), "Tags.xml").iter().any(|row| row["TagName"] == "simulated"));
    let scores: i64 = posts.iter().map(|row| row["Score"].parse::<i64>().expect("a number")).sum();
    let votes = rows(demo(), "Votes.xml");
    let count = |kind: &str| votes.iter().filter(|row| row["VoteTypeId"] == kind).count() as i64;
    assert_eq!(scores, count("2") - count("3"));
    assert_eq!(posts.iter().filter(|row| row.contains_key("AcceptedAnswerId")).count() as i64, count("1"));
}

#[test]
fn the_repository_opens_and_has_all_commits() {
    let commits = commits(demo());
    assert_eq!(commits.len() as u64, demo().summary.commits);
    let repository = gix::open(demo().path("code")).expect("a repository");
    let mut texts = commits.iter().map(|id| {
        let id = gix::ObjectId::from_hex(id.as_bytes()).expect("a hash");
        repository.find_commit(id).expect("a commit").message_raw().expect("a message").to_string()
    });
    assert!(texts.any(|text| text.contains("\nReviewed-by: ")));
}

/// All commits that a reference leads to.
pub(crate) fn commits(community: &Community) -> BTreeSet<String> {
    let repository = gix::open(community.path("code")).expect("a repository");
    let references = repository.references().expect("references");
    let tips: Vec<_> =
        references.all().expect("references").map(|tip| tip.expect("a reference").id().detach()).collect();
    let walk = repository.rev_walk(tips).all().expect("a walk");
    walk.map(|commit| commit.expect("a commit").id.to_string()).collect()
}

/// The rows of a table of the dump.
pub(crate) fn rows(community: &Community, file: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(community.path("forum").join(file)).expect("a table");
    let mut reader = quick_xml::Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut rows = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Empty(row) => rows.push(attributes(&row)),
            quick_xml::events::Event::Eof => return rows,
            _ => {}
        }
    }
}

fn attributes(row: &quick_xml::events::BytesStart<'_>) -> BTreeMap<String, String> {
    row.attributes()
        .map(|attribute| {
            let attribute = attribute.expect("an attribute");
            (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
        })
        .collect()
}
