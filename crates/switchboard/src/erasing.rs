//! Erasing a person: what would go, and the whole way of it.
//!
//! It begins in the desk ([`begin`]), in one transaction. From then on it is unfinished until the archive is written anew
//! and tables and full text are made again from it ([`finish`]), which every sync and rebuild goes on with, whatever was
//! killed in between.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use archive::Archive;
use desk::{Desk, Erasing};
use engine::Engine;
use model::{Id, Mark, Of, mark};
use serde::{Deserialize, Serialize};
use source::erase::{self, Erased, Place, Words};

use crate::commands::output;
use crate::commands::people::export::rows;
use crate::commands::people::who::{self, Identity};
use crate::pipeline::{Derived, Pipeline};
use crate::session;

/// What would go.
#[derive(Debug, Serialize)]
pub struct Plan {
    /// The person's id.
    pub person_id: String,
    /// The name they go by.
    pub name: String,
    /// Their identities.
    pub identities: Vec<Identity>,
    /// By source, how much of theirs is there.
    pub sources: BTreeMap<String, Theirs>,
    /// People who look like them: if they are the same, they are to be merged first, or they stay.
    pub alike: Vec<Alike>,
    /// Conversations in which they wrote.
    #[serde(skip)]
    conversations: Vec<String>,
}

/// How much of somebody's is in one source.
#[derive(Debug, Default, Serialize)]
pub struct Theirs {
    /// Messages.
    pub messages: u64,
    /// Other things that they did.
    pub activities: u64,
}

/// Somebody who may be the same person.
#[derive(Debug, Serialize, Deserialize)]
pub struct Alike {
    /// Their id.
    pub person_id: String,
    /// What they are called.
    pub name: Option<String>,
}

/// What erasing did.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Items of the archive that were written anew.
    pub items: u64,
    /// The tables now.
    pub tables: Derived,
    /// Messages in the full text now.
    pub indexed: u64,
    /// Whether the desk's file holds nothing any more of what was deleted in it.
    pub desk_is_clean: bool,
}

#[derive(Deserialize)]
struct Counted {
    source: String,
    kind: String,
    count: u64,
}

#[derive(Deserialize)]
struct ConversationId {
    conversation_id: String,
}

/// What would go of the person whom `text` means.
pub fn plan(engine: &Engine, text: &str) -> Result<Plan> {
    let person_id = who::find(engine, text)?.identity.person_id;
    let identities = who::identities(engine, &person_id)?;
    let ids: Vec<String> = identities.iter().map(|one| format!("'{}'", one.identity_id)).collect();
    let ids = ids.join(", ");
    let query = format!(
        "SELECT source, 'message' AS kind, count(*) AS count FROM messages WHERE identity_id IN ({ids}) GROUP BY source \
         UNION ALL SELECT source, 'activity' AS kind, count(*) AS count FROM activities WHERE identity_id IN ({ids}) \
         GROUP BY source"
    );
    let mut sources: BTreeMap<String, Theirs> =
        identities.iter().map(|one| (one.source.clone(), Theirs::default())).collect();
    for Counted { source, kind, count } in rows(engine, &query)? {
        let theirs = sources.entry(source).or_default();
        if kind == "message" { theirs.messages = count } else { theirs.activities = count }
    }
    let query = format!("SELECT DISTINCT conversation_id FROM messages WHERE identity_id IN ({ids})");
    let conversations = rows(engine, &query)?.into_iter().map(|one: ConversationId| one.conversation_id).collect();
    let query = format!(
        "SELECT DISTINCT p.person_id, p.name FROM suggestions s JOIN people p ON p.person_id = \
         CASE WHEN s.person_id = '{person_id}' THEN s.other_id ELSE s.person_id END \
         WHERE s.person_id = '{person_id}' OR s.other_id = '{person_id}' ORDER BY 1"
    );
    let alike = rows(engine, &query)?;
    let name = identities.iter().rev().find(|one| one.name.is_some()).or(identities.first());
    let name = name.map(who::called).unwrap_or_default();
    Ok(Plan { person_id, name, identities, sources, alike, conversations })
}

/// Begins to erase them: what the desk holds about them is gone when this returns.
pub fn begin(desk: &mut Desk, plan: &Plan, who: &str) -> Result<()> {
    let mut fresh = [0; 32];
    getrandom::fill(&mut fresh).context("the system gives no randomness; try again")?;
    let key = desk.erasing_key(fresh)?;
    let marks: Vec<_> = plan.identities.iter().flat_map(|one| marks(&key, one)).collect();
    let identities: Vec<String> = plan.identities.iter().map(|one| one.identity_id.clone()).collect();
    let erased = Erased::new(key, marks.iter().copied());
    let words = Words::new(plan.identities.iter().flat_map(words));
    let without = |text: &str| words.without_in(&erased, text);
    let conversations = &plan.conversations;
    let at = session::now();
    let erasing = Erasing { at, who, marks: &marks, identities: &identities, conversations, without: &without };
    desk.begin_erasure(&erasing)?;
    Ok(())
}

/// Everybody who was erased, for whoever collects.
pub fn erased(desk: &Desk) -> Result<Erased> {
    Ok(desk.erased()?.map_or_else(Erased::default, |erased| Erased::new(erased.key, erased.marks)))
}

/// Adds ids of people who were erased, which a source gave. What they did by these is to be erased next ([`finish`]).
pub fn recognize(desk: &Path, ids: &BTreeSet<Id>) -> Result<()> {
    let mut desk = Desk::open(desk)?;
    if let Some(erased) = desk.erased()? {
        let marks: Vec<Mark> = ids.iter().map(|id| mark(&erased.key, Of::Id, id.as_str())).collect();
        desk.recognize_erased(&marks, "switchboard", session::now())?;
    }
    Ok(())
}

/// Ends what began and was not done; `None` if there is nothing.
pub fn finish(pipeline: &Pipeline<'_>) -> Result<Option<Outcome>> {
    let path = pipeline.workspace.desk();
    if !path.exists() {
        return Ok(None);
    }
    let mut desk = Desk::open(&path)?;
    let unfinished = desk.unfinished_erasures()?;
    if unfinished.is_empty() {
        return Ok(None);
    }
    let archive = pipeline.archive()?;
    let items = rewrite(pipeline, &archive, &erased(&desk)?)?;
    let tables = pipeline.rebuild()?;
    pipeline.forget_index()?;
    let indexed = pipeline.index()?;
    for number in unfinished {
        desk.finish_erasure(number, session::now(), items)?;
    }
    for copy in Desk::copies_before(&path) {
        std::fs::remove_file(&copy)
            .with_context(|| format!("cannot remove {}; check its permissions", copy.display()))?;
    }
    let desk_is_clean = desk.leave_nothing_deleted()?;
    Ok(Some(Outcome { items, tables, indexed, desk_is_clean }))
}

/// Writes the archive anew without them; gives how many items changed.
fn rewrite(pipeline: &Pipeline<'_>, archive: &Archive, erased: &Erased) -> Result<u64> {
    let sources = &pipeline.config.sources;
    let places: Vec<Place<'_>> =
        sources.iter().map(|source| Place { context: &source.context, source: source.source }).collect();
    for source in archive.sources()?.iter().filter(|id| !sources.iter().any(|source| source.name() == id.as_str())) {
        pipeline.printer.warn(format_args!(
            "`{source}` is in the archive and not in switchboard.toml: what it holds cannot be read, so nobody is erased \
             from it; configure it again and run `switchboard erase` once more, or remove archive/{source}"
        ));
    }
    let known = Words::new(known(pipeline, erased));
    let mut line = pipeline.printer.progress("erasing");
    let mut reading = |done, total| line.set(done, total, || "reading".to_owned());
    let plan = erase::plan(archive, &places, erased, &known, &mut reading)?;
    let mut writing = |done, total| line.set(done, total, || "writing".to_owned());
    Ok(erase::rewrite(archive, &places, erased, &plan, &mut writing)?)
}

/// What they are called by the tables, if there are any: those are made again after this.
fn known(pipeline: &Pipeline<'_>, erased: &Erased) -> Vec<String> {
    let all = output::engine(pipeline.workspace).and_then(|engine| who::everybody(&engine));
    let all = all.unwrap_or_default();
    all.iter().filter(|one| erased.has(Of::Id, &one.identity_id)).flat_map(words).collect()
}

/// An identity as a source gives it.
fn given(one: &Identity) -> model::Identity {
    let kind = model::IdentityKind::parse(&one.kind).unwrap_or(model::IdentityKind::Name);
    let Identity { source, value, name, email, account, .. } = one.clone();
    model::Identity { name, email, account, ..model::Identity::new(&source, kind, value) }
}

fn words(one: &Identity) -> Vec<String> {
    Words::of(&given(one))
}

/// What an identity is recognized by. An address that many share is none of it.
fn marks(key: &[u8; 32], one: &Identity) -> Vec<Mark> {
    let plain = people::Identity { email: one.email.as_deref(), account: one.account.as_deref(), ..Default::default() };
    let (address, account) = (people::proof(&plain), people::account(&plain));
    let nick = matches!(one.kind.as_str(), "nick" | "account").then_some(one.value.as_str());
    let of_account = account.as_deref().and_then(|account| account.rsplit('/').next());
    let is_nick = |nick: &&str| nick.len() > 2 && nick.chars().any(char::is_alphabetic);
    let nicks = nick.into_iter().chain(of_account).filter(is_nick).map(|nick| (Of::Nick, nick));
    let all = [(Of::Id, one.identity_id.as_str())].into_iter();
    let all = all.chain(address.map(|address| (Of::Address, address)));
    let all = all.chain(account.as_deref().map(|account| (Of::Account, account))).chain(nicks);
    all.map(|(of, text)| mark(key, of, text)).collect()
}
