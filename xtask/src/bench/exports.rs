//! Large exports, made up: how fast they are collected and turned into rows, and in how much memory.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::json;

use super::Setup;
use super::figure::{Figure, Wanted};
use super::process::{Took, run_for_output};
use crate::print;

/// What the example `normalize` of the binary's crate prints.
#[derive(Deserialize)]
struct Measured {
    items: u64,
    collect: f64,
    normalize: f64,
}

type Maker = fn(&Path, u64) -> Result<()>;

/// The kinds that are measured, and what makes an export of so many items for each.
const EXPORTS: [(&str, &str, Maker); 3] = [
    ("slack-export", "a Slack export", slack),
    ("github-archive", "GH Archive's hours, gzip", github),
    ("stackexchange-dump", "a Posts.xml of 1 GB", stackexchange),
];

pub(crate) fn measure(setup: &Setup, figures: &mut Vec<Figure>) -> Result<()> {
    print::note(format_args!("building what measures the exports"));
    let program = super::built(&["--package", "switchboard", "--example", "normalize"], "normalize")?;
    let folder = setup.folder.join("exports");
    for (kind, what, make) in EXPORTS {
        print::note(format_args!("{what} of {} items", setup.items));
        let input = folder.join(kind);
        fs::create_dir_all(&input)?;
        make(&input, setup.items)?;
        let (mut rates, mut peaks, mut steps) = (Vec::new(), Vec::new(), (0.0, 0.0));
        for _ in 0..setup.runs {
            let archive = folder.join("archive");
            let _ = fs::remove_dir_all(&archive);
            let arguments = [kind.as_ref(), input.as_os_str(), archive.as_os_str()];
            let (Took { peak, .. }, said) = run_for_output(&program, &arguments)?;
            let measured: Measured = serde_json::from_str(&said).context("the example prints no such line")?;
            rates.push(measured.items as f64 / (measured.collect + measured.normalize));
            steps = (measured.collect, measured.normalize);
            peaks.extend(peak);
        }
        let rate =
            Figure::new("export", format!("collect and normalize {what}"), "items/s", Wanted::AtLeast(1e5), rates);
        figures.push(
            rate.note(format!("{kind}: the last run collected in {:.1} s, normalized in {:.1} s", steps.0, steps.1)),
        );
        figures.push(Figure::new("memory", "its memory at the peak", "MiB", Wanted::AtMost(500.0), peaks));
        fs::remove_dir_all(&folder).context("cannot remove an export")?;
    }
    Ok(())
}

/// Words and numbers that are the same on every machine.
struct Words(u64);

impl Words {
    fn below(&mut self, limit: u64) -> u64 {
        // Marsaglia's xorshift64, from any number but 0.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn text(&mut self, words: u64) -> String {
        const WORDS: [&str; 24] = [
            "how",
            "do",
            "I",
            "stop",
            "the",
            "server",
            "when",
            "it",
            "hangs?",
            "thanks,",
            "that",
            "worked",
            "see",
            "https://docs.example.org/config",
            "for",
            "version",
            "2.4",
            "after",
            "an",
            "upgrade",
            "my",
            "log",
            "says",
            "connection",
        ];
        let mut text = String::new();
        for at in 0..words {
            text.push_str(if at == 0 { "" } else { " " });
            text.push_str(WORDS[self.below(24) as usize]);
        }
        text
    }
}

/// Days of 2,500 messages in five channels; a third in threads, some with reactions.
fn slack(folder: &Path, items: u64) -> Result<()> {
    let mut words = Words(7);
    let users: Vec<_> = (0..2_000)
        .map(|at| json!({"id": format!("U{at:05}"), "team_id": "T1", "name": format!("user{at}"), "profile": {"real_name": format!("User {at}"), "email": format!("user{at}@example.org")}}))
        .collect();
    fs::write(folder.join("users.json"), serde_json::to_vec(&users)?)?;
    let channels: Vec<_> = (0..5).map(|at| json!({"id": format!("C{at}"), "name": format!("channel{at}")})).collect();
    fs::write(folder.join("channels.json"), serde_json::to_vec(&channels)?)?;
    const DAY: u64 = 2_500;
    for day in 0..items.div_ceil(DAY) {
        let place = folder.join(format!("channel{}", day % 5));
        fs::create_dir_all(&place)?;
        let days = day / 5;
        let name = format!("{}-{:02}-{:02}.json", 2015 + days / 336, days / 28 % 12 + 1, days % 28 + 1);
        let mut root = String::new();
        let mut said = Vec::new();
        for at in 0..DAY.min(items - day * DAY) {
            let ts = format!("{}.{:06}", 1_420_070_400 + days * 86_400 + at * 30, at);
            let (author, about) = (words.below(2_000), 8 + words.below(40));
            let mut one = json!({
                "client_msg_id": format!("{day:08}-{at:04}"), "type": "message", "user": format!("U{author:05}"),
                "text": format!("<@U{:05}> {}", words.below(2_000), words.text(about)), "ts": ts, "team": "T1",
                "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section"}]}],
            });
            if at % 3 == 0 {
                root.clone_from(&ts);
            } else {
                one["thread_ts"] = root.as_str().into();
            }
            if at % 10 == 0 {
                one["reactions"] = json!([{"name": "eyes", "users": ["U00001", "U00002"], "count": 2}]);
            }
            said.push(one);
        }
        let mut out = BufWriter::new(File::create(place.join(name))?);
        serde_json::to_writer_pretty(&mut out, &said)?;
        out.flush()?;
    }
    Ok(())
}

/// Hours of 5,000 events as GH Archive has them: comments on issues, issues, stars and pushes.
fn github(folder: &Path, items: u64) -> Result<()> {
    let mut words = Words(11);
    const HOUR: u64 = 5_000;
    for hour in 0..items.div_ceil(HOUR) {
        let day = hour / 24;
        let name = format!("{}-{:02}-{:02}-{}.json.gz", 2021 + day / 336, day / 28 % 12 + 1, day % 28 + 1, hour % 24);
        let mut out = GzEncoder::new(BufWriter::new(File::create(folder.join(name))?), Compression::fast());
        for at in 0..HOUR.min(items - hour * HOUR) {
            let time = format!(
                "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                2021 + day / 336,
                day / 28 % 12 + 1,
                day % 28 + 1,
                hour % 24,
                at / 84 % 60,
                at % 60
            );
            let line = event(&mut words, hour * HOUR + at, &time);
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
        out.finish()?.flush()?;
    }
    Ok(())
}

fn event(words: &mut Words, number: u64, time: &str) -> serde_json::Value {
    let (who, project, issue) = (words.below(5_000), words.below(40), words.below(2_000));
    let name = format!("demo/project{project}");
    let url = |rest: String| format!("https://api.github.com/repos/{name}/{rest}");
    let page = |rest: String| format!("https://github.com/{name}/{rest}");
    let user = |at: u64| {
        json!({
            "login": format!("user{at}"), "id": at, "node_id": format!("U_{at}"), "type": "User", "site_admin": false,
            "avatar_url": format!("https://avatars.githubusercontent.com/u/{at}?v=4"), "gravatar_id": "",
            "url": format!("https://api.github.com/users/user{at}"), "html_url": format!("https://github.com/user{at}"),
        })
    };
    let asker = words.below(5_000);
    let about = json!({
        "url": url(format!("issues/{issue}")), "html_url": page(format!("issues/{issue}")), "id": 7_000_000 + issue,
        "number": issue, "title": words.text(8), "user": user(asker), "state": "open", "locked": false,
        "labels": [{"id": 1, "name": "bug", "color": "d73a4a"}], "assignees": [], "comments": 3,
        "created_at": "2021-01-01T00:00:00Z", "updated_at": time, "closed_at": null,
        "author_association": "NONE", "body": words.text(60),
    });
    let (kind, payload) = match number % 10 {
        0..=4 => {
            let id = 90_000_000 + number;
            let comment = json!({
                "url": url(format!("issues/comments/{id}")), "html_url": page(format!("issues/{issue}#issuecomment-{id}")),
                "issue_url": url(format!("issues/{issue}")), "id": id, "user": user(who), "created_at": time,
                "updated_at": time, "author_association": "CONTRIBUTOR", "body": words.text(50),
                "reactions": {"total_count": 0, "+1": 0, "-1": 0},
            });
            ("IssueCommentEvent", json!({"action": "created", "issue": about, "comment": comment}))
        }
        5 | 6 => (
            "IssuesEvent",
            json!({"action": if number.is_multiple_of(2) { "opened" } else { "closed" }, "issue": about}),
        ),
        7 => ("WatchEvent", json!({"action": "started"})),
        _ => {
            let commits = [json!({
                "sha": format!("{number:040x}"), "author": {"name": format!("User {who}"), "email": format!("user{who}@example.org")},
                "message": words.text(12), "distinct": true, "url": url(format!("commits/{number:040x}")),
            })];
            (
                "PushEvent",
                json!({"push_id": number, "size": 1, "distinct_size": 1, "ref": "refs/heads/main", "commits": commits}),
            )
        }
    };
    json!({
        "id": (20_000_000_000 + number).to_string(), "type": kind,
        "actor": {"id": who, "login": format!("user{who}"), "display_login": format!("user{who}"), "gravatar_id": "", "url": format!("https://api.github.com/users/user{who}"), "avatar_url": ""},
        "repo": {"id": project, "name": name, "url": url(String::new())}, "payload": payload, "public": true, "created_at": time,
    })
}

/// Questions and their answers, two kilobytes each.
fn stackexchange(folder: &Path, items: u64) -> Result<()> {
    let mut words = Words(13);
    let mut out = BufWriter::new(File::create(folder.join("Posts.xml"))?);
    writeln!(out, "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<posts>")?;
    for id in 1..=items {
        let body: String = (0..4).map(|_| format!("&lt;p&gt;{}&lt;/p&gt;&#xA;", words.text(84))).collect();
        let time = format!(
            "20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}.000",
            10 + id / 40_000,
            id / 3_000 % 12 + 1,
            id / 100 % 28 + 1,
            id / 4 % 24,
            id % 60,
            id % 59
        );
        let owner = words.below(20_000) + 1;
        let (kind, about) = match id % 3 {
            1 => (
                1,
                format!(
                    "Title=\"{}\" Tags=\"|config|server|\" AnswerCount=\"2\" AcceptedAnswerId=\"{}\"",
                    words.text(9),
                    id + 1
                ),
            ),
            _ => (2, format!("ParentId=\"{}\"", id - (id + 2) % 3)),
        };
        writeln!(
            out,
            "  <row Id=\"{id}\" PostTypeId=\"{kind}\" CreationDate=\"{time}\" Score=\"3\" Body=\"{body}\" OwnerUserId=\"{owner}\" LastActivityDate=\"{time}\" {about} CommentCount=\"0\" ContentLicense=\"CC BY-SA 4.0\" />"
        )?;
    }
    writeln!(out, "</posts>")?;
    out.flush().context("cannot write the dump")
}
