//! The directory of channels: ours, and those of peers, with what they use that we do not and how hard it is to get in.
//!
//! What ships is `peers/channels.csv` (see the README beside it); what the team wrote down about a channel since takes the
//! place of its row.

use std::collections::{BTreeMap, BTreeSet};

use desk::{Desk, PeerChannel};

use crate::views::{Directory, KindUse, PeerView};
use crate::{Community, Result};

/// What ships.
const SHIPPED: &str = include_str!("../peers/channels.csv");
/// When it was published.
pub const SHIPPED_OF: &str = "2023-04";
/// A kind of channel that so many of the projects offer is usual.
const USUAL: f64 = 1.0 / 3.0;

/// Kinds of channels that are one for whoever compares: how a kind begins, and what it is called.
const ALIKE: &[(&str, &str)] = &[
    ("askbot", "questions and answers"),
    ("forum", "forum"),
    ("github-discussions", "GitHub Discussions"),
    ("github-issues", "issues"),
    ("google-group", "mailing list"),
    ("irc", "chat"),
    ("mailing-list", "mailing list"),
    ("portal", "customers' portal"),
    ("serverfault", "questions and answers"),
    ("slack", "chat"),
    ("stackoverflow", "questions and answers"),
    ("twitter", "social media"),
    ("wechat", "chat"),
];

/// Our kinds of channels (`channels.kind`) as peers' are called.
const OURS: &[(&str, &str)] = &[
    ("chat", "chat"),
    ("list", "mailing list"),
    ("repository", "issues"),
    ("site", "questions and answers"),
    ("site", "forum"),
    ("feed", "social media"),
];

impl Community {
    /// The directory of channels.
    pub fn directory(&self) -> Result<Directory> {
        let kept = match self.desk_file.exists() {
            true => Desk::open_read_only(&self.desk_file)?.records::<PeerChannel>()?,
            false => BTreeMap::new(),
        };
        let channels = self.channels()?;
        let ours: BTreeSet<&str> = channels.iter().flat_map(|channel| ours(&channel.kind)).collect();
        let kept = kept.into_iter().map(|(name, kept)| (name, kept.record));
        Ok(directory(merged(shipped(), kept), &ours))
    }
}

fn ours(kind: &str) -> impl Iterator<Item = &'static str> {
    OURS.iter().filter(move |(own, _)| *own == kind).map(|(_, name)| *name)
}

/// What a kind is called in comparisons: its own name if it is like no other.
fn group(kind: &str) -> String {
    ALIKE.iter().find(|(start, _)| kind.starts_with(start)).map_or(kind, |(_, name)| name).to_owned()
}

fn shipped() -> Vec<PeerView> {
    let mut rows = Vec::new();
    for line in SHIPPED.lines().skip(1) {
        let fields = fields(line);
        let [project, vendor, channel, kind, address, run_by, access, status, covers, note] = &fields[..] else {
            continue;
        };
        rows.push(PeerView {
            record: None,
            project: project.clone(),
            vendor: vendor.clone(),
            channel: channel.clone(),
            group: group(kind),
            kind: kind.clone(),
            address: address.clone(),
            run_by: run_by.clone(),
            access: access.clone(),
            status: status.clone(),
            covers: covers.clone(),
            note: note.clone(),
            looked: SHIPPED_OF.to_owned(),
            ..PeerView::default()
        });
    }
    rows
}

/// The fields of a line of our own table, which holds no line breaks (RFC 4180 otherwise).
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    fields.push(field);
    fields
}

fn merged(mut rows: Vec<PeerView>, kept: impl Iterator<Item = (String, PeerChannel)>) -> Vec<PeerView> {
    for (name, own) in kept {
        rows.retain(|row| row.project != own.project || row.channel != own.channel);
        if !own.hidden {
            rows.push(PeerView::of(name, own));
        }
    }
    rows.sort_by(|a, b| (&a.project, &a.channel).cmp(&(&b.project, &b.channel)));
    rows
}

impl PeerView {
    fn of(name: String, own: PeerChannel) -> PeerView {
        let said = |text: Option<String>| text.unwrap_or_default();
        PeerView {
            record: Some(name),
            group: group(&own.kind),
            project: own.project,
            vendor: said(own.vendor),
            channel: own.channel,
            kind: own.kind,
            address: said(own.address),
            run_by: said(own.run_by),
            access: said(own.access),
            status: said(own.status),
            covers: said(own.covers),
            archived: own.archived,
            searchable: own.searchable,
            note: said(own.note),
            looked: said(own.looked),
        }
    }
}

fn directory(rows: Vec<PeerView>, ours: &BTreeSet<&str>) -> Directory {
    let projects: BTreeSet<&str> = rows.iter().map(|row| row.project.as_str()).collect();
    let mut by_group: BTreeMap<&str, Vec<&PeerView>> = BTreeMap::new();
    rows.iter().for_each(|row| by_group.entry(&row.group).or_default().push(row));
    let mut kinds: Vec<KindUse> = by_group
        .into_iter()
        .map(|(kind, rows)| {
            let offering = |wanted: &dyn Fn(&PeerView) -> bool| {
                let own: BTreeSet<&str> =
                    rows.iter().filter(|row| wanted(row)).map(|row| row.project.as_str()).collect();
                own.len() as u64
            };
            KindUse {
                kind: kind.to_owned(),
                projects: offering(&|_| true),
                by_company: offering(&|row| row.run_by == "company"),
                closed: offering(&|row| !matches!(row.access.as_str(), "open" | "")),
                ours: ours.contains(kind),
            }
        })
        .collect();
    kinds.sort_by(|a, b| b.projects.cmp(&a.projects).then_with(|| a.kind.cmp(&b.kind)));
    let count = projects.len() as u64;
    let usual = |kind: &&KindUse| kind.projects as f64 >= USUAL * count as f64;
    let lacking = kinds.iter().filter(usual).filter(|kind| !kind.ours).map(|kind| kind.kind.clone()).collect();
    let names = |group: &str| {
        let mut names: Vec<String> =
            rows.iter().filter(|row| row.group == group).map(|row| row.project.clone()).collect();
        names.dedup();
        names
    };
    let only = kinds.iter().filter(|kind| kind.projects == 1).map(|kind| (kind.kind.clone(), names(&kind.kind)));
    Directory { projects: count, only: only.collect(), kinds, lacking, channels: rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_whole() {
        let rows = shipped();
        assert_eq!(rows.len(), SHIPPED.lines().count() - 1);
        for row in &rows {
            assert!(ALIKE.iter().any(|(start, _)| row.kind.starts_with(start)), "{}", row.kind);
            assert!(matches!(row.run_by.as_str(), "community" | "company"), "{}", row.run_by);
        }
        let directory = directory(rows, &BTreeSet::from(["mailing list", "issues"]));
        assert_eq!(directory.projects, 21);
        let most: Vec<_> = directory.kinds.iter().take(3).map(|kind| (kind.kind.as_str(), kind.projects)).collect();
        assert_eq!(most, [("mailing list", 19), ("chat", 16), ("questions and answers", 12)]);
        assert_eq!(directory.lacking, ["chat", "questions and answers", "forum"]);
    }

    #[test]
    fn what_the_team_wrote_down_counts() {
        let own = |project: &str, channel: &str, hidden| PeerChannel {
            project: project.to_owned(),
            channel: channel.to_owned(),
            kind: "slack".to_owned(),
            hidden,
            ..PeerChannel::default()
        };
        let kept =
            [own("Apache Arrow", "user list", true), own("Apache Solr", "Slack", false), own("New", "chat", false)];
        let rows = merged(shipped(), kept.into_iter().map(|own| (own.project.clone(), own)));
        assert!(!rows.iter().any(|row| row.project == "Apache Arrow"));
        let solr: Vec<_> = rows.iter().filter(|row| row.project == "Apache Solr" && row.channel == "Slack").collect();
        assert!(solr.len() == 1 && solr[0].access.is_empty() && solr[0].record.is_some());
        assert!(rows.iter().any(|row| row.project == "New"));
    }

    fn check(line: &str, expected: &[&str]) {
        assert_eq!(fields(line), expected);
    }

    #[test]
    fn lines() {
        check("a,,b", &["a", "", "b"]);
        check(r#"a,"b, ""c""",d"#, &["a", r#"b, "c""#, "d"]);
        check("", &[""]);
    }
}
