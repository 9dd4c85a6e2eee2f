//! A raw commit to activities and identities.

use model::time::is_plausible;
use model::{Activity, ActivityKind, Channel, Id, Identity, Problem, Rows, Stage, Timestamp};
use rustc_hash::FxHashSet;

use super::{Commit, Signature, people, trailers};

/// What a commit's hash is unique in: the world.
const SPACE: &str = "commit";
/// 2100-01-01: no commit can be later. What lies between the day of collection and this is for derive
/// to judge, which knows that day.
const LATEST: Timestamp = 4_102_444_800 * model::time::SECOND;
/// Characters of a subject that are kept.
const DETAIL: usize = 200;

/// Something that somebody did to a commit.
struct Deed {
    kind: ActivityKind,
    who: Option<Identity>,
    time: Option<Timestamp>,
}

/// Reads the raw commit `bytes` of this `hash` into what was done, by whom, in `channel` of the source with the
/// id `source`. A commit is one in every repository that has it: ids are made of the hash.
pub fn read(source: &str, channel: &str, hash: &str, bytes: &[u8], rows: &mut Rows) {
    let commit = Commit::parse(bytes);
    let (Some(author), Some(committer)) = (commit.author, commit.committer) else {
        return rows.problems.push(problem(hash, "not a commit", "it names no author or no committer"));
    };
    let author = signed(source, &commit, author, ActivityKind::Authored, hash, rows);
    let committer = signed(source, &commit, committer, ActivityKind::Committed, hash, rows);
    let message = commit.decode(commit.message);
    let detail = subject(&message);
    let merge = commit.parents.len() > 1;
    let named = named_in_trailers(source, &message, author.who.as_ref(), committer.time);

    for (index, deed) in signers(author, committer, merge).into_iter().chain(named).enumerate() {
        let id = Id::activity(SPACE, &format!("{hash}/{index}"));
        rows.activities.push(Activity {
            who: deed.who.as_ref().map(|who| who.id),
            time: deed.time,
            order: index as i64,
            object: Some(hash.to_owned()),
            detail: detail.clone(),
            merge,
            ..Activity::new(id, deed.kind, channel)
        });
        rows.identities.extend(deed.who);
    }
    // One sighting is enough for all the commits that are normalized in a row.
    if rows.channels.last().is_none_or(|last| last.name != channel) {
        rows.channels.push(Channel { name: channel.to_owned(), kind: "repository".to_owned(), title: None });
    }
}

/// What `author` and `committer` did: wrote and, where it was another person, applied; or merged.
fn signers(author: Deed, committer: Deed, merge: bool) -> Vec<Deed> {
    let id = |deed: &Deed| deed.who.as_ref().map(|who| who.id);
    // A forge's button is not a person who applied something.
    let by_forge = committer.who.as_ref().is_some_and(people::is_forge);
    let applied = id(&author) != id(&committer) && !by_forge;
    match (merge, applied) {
        (false, false) => vec![author],
        (false, true) => vec![author, committer],
        (true, false) => vec![Deed { kind: ActivityKind::Merged, time: committer.time, ..author }],
        (true, true) => vec![author, Deed { kind: ActivityKind::Merged, ..committer }],
    }
}

/// What the trailers say. Tools repeat them, and name an author as a co-author of their own commit.
fn named_in_trailers(source: &str, message: &str, author: Option<&Identity>, time: Option<Timestamp>) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = Vec::new();
    let mut known = FxHashSet::default();
    for (kind, value) in trailers::trailers(message) {
        let Some(who) = people::named(source, value, time) else { continue };
        let own = kind == ActivityKind::CoAuthored && author.is_some_and(|author| author.id == who.id);
        if !own && known.insert((kind, who.id)) {
            deeds.push(Deed { kind, who: Some(who), time });
        }
    }
    deeds
}

fn signed(source: &str, commit: &Commit<'_>, header: &[u8], kind: ActivityKind, hash: &str, rows: &mut Rows) -> Deed {
    let signature = Signature::parse(header);
    let time = signature.time().filter(|time| is_plausible(*time, LATEST));
    if time.is_none() {
        let digits = |byte: &&u8| byte.is_ascii_digit() || b" +-".contains(byte);
        let date: String = signature.date.iter().take_while(digits).take(40).map(|byte| char::from(*byte)).collect();
        rows.problems.push(problem(hash, "date cannot be", &format!("{} `{date}`", kind.as_str())));
    }
    let (name, address) = (commit.decode(signature.name), commit.decode(signature.address));
    Deed { kind, who: people::identity(source, &name, &address, time), time }
}

/// The first line of a message, cut to what a list can show; `None` if there is none.
fn subject(message: &str) -> Option<String> {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(DETAIL).collect())
}

fn problem(hash: &str, what: &str, detail: &str) -> Problem {
    let (file, detail) = (hash.to_owned(), detail.to_owned());
    Problem { stage: Stage::Normalize, what: what.to_owned(), file, offset: None, detail }
}
