//! One item without the people who were erased.

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Activity, Id, Identity, Item, Message, Of, Rows};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Eraser, INSTEAD, Words};
use crate::run::PROBLEM_KIND;

/// The kind of the items that are kept as their rows, without somebody who was erased. Derive reads them; sources never
/// see them.
pub const KIND: &str = "switchboard.erased";
/// Their format.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written {
    format: u32,
    rows: Value,
}

#[derive(Deserialize)]
struct Read {
    format: u32,
    rows: Rows,
}

/// The rows in the bytes of an item of [`KIND`]; `None` where another version of the program wrote them.
pub fn rows(bytes: &[u8]) -> Option<Rows> {
    let read: Read = serde_json::from_slice(bytes).ok()?;
    (read.format == FORMAT).then_some(read.rows)
}

/// What one item has to do with people who were erased.
pub(super) struct Touched {
    /// What the item gives.
    pub rows: Rows,
    /// The ids of theirs that its rows name.
    ids: FxHashSet<Id>,
}

impl Touched {
    /// Whether rows are theirs or name them.
    pub fn is_any(&self) -> bool {
        !self.ids.is_empty()
    }

    /// What they are called in it.
    pub fn words(&self) -> impl Iterator<Item = String> + '_ {
        let theirs = |identity: &&Identity| self.ids.contains(&identity.id);
        self.rows.identities.iter().filter(theirs).flat_map(Words::of)
    }
}

/// Looks at an item; `None` for one that gives no rows.
pub(super) fn touched(eraser: &Eraser<'_>, item: &Item) -> Option<Touched> {
    let rows = match item.kind.as_str() {
        PROBLEM_KIND => return None,
        KIND => rows(&item.bytes)?,
        _ => normalized(eraser, item)?,
    };
    let erased = eraser.erased;
    let mut ids: FxHashSet<Id> =
        rows.identities.iter().filter(|identity| erased.is(identity)).map(|identity| identity.id).collect();
    let who = rows.activities.iter().filter_map(|activity| activity.who);
    let said = rows.messages.iter().filter_map(|message| message.author);
    let nicks = rows.messages.iter().flat_map(|message| &message.mentions);
    let others = said
        .chain(who)
        .chain(rows.affiliations.iter().map(|affiliation| affiliation.who))
        .chain(rows.same.iter().flat_map(|same| [same.0, same.1]))
        .chain(nicks.map(|nick| nick_id(eraser, nick)));
    ids.extend(others.filter(|id| erased.has(Of::Id, id.as_str())));
    Some(Touched { rows, ids })
}

/// The identity that a nick is of, on this source.
fn nick_id(eraser: &Eraser<'_>, nick: &str) -> Id {
    Id::identity(eraser.source, &nick.to_lowercase())
}

/// A normalizer must not panic; of an item with which one does, nothing is known but its bytes.
fn normalized(eraser: &Eraser<'_>, item: &Item) -> Option<Rows> {
    let mut rows = Rows::default();
    catch_unwind(AssertUnwindSafe(|| (eraser.normalizer)(item, &mut rows))).is_ok().then_some(rows)
}

/// See [`Eraser::without`].
pub(super) fn without(eraser: &Eraser<'_>, item: &Item, learned: &mut dyn FnMut(Id)) -> Option<Item> {
    let touched = touched(eraser, item);
    let ids = touched.iter().flat_map(|touched| &touched.ids);
    ids.filter(|id| !eraser.erased.has(Of::Id, id.as_str())).for_each(|id| learned(*id));
    match &touched {
        Some(touched) if touched.is_any() => Some(as_rows(eraser, item, touched)),
        // It can only name them in its text.
        _ => renamed(eraser, item, touched.as_ref()),
    }
}

/// The item with words replaced; `None` where there are none of them in it.
fn renamed(eraser: &Eraser<'_>, item: &Item, touched: Option<&Touched>) -> Option<Item> {
    let Eraser { erased, words, .. } = eraser;
    let decoded = touched.is_some_and(|touched| names(eraser, &touched.rows));
    let bytes = words.without(erased, &item.bytes);
    let origin = words.without_in(erased, &item.origin);
    let id = erased.item_id(&item.id, false);
    if bytes.is_none() && origin.is_none() && id == item.id && !decoded {
        return None;
    }
    let version = if id == item.id { item.version.clone() } else { erased.hashed(&item.version) };
    let kind = item.kind.clone();
    let without = Item {
        id,
        version,
        kind,
        origin: origin.unwrap_or(item.origin.clone()),
        bytes: bytes.unwrap_or(item.bytes.clone()),
    };
    let Some(touched) = touched.filter(|_| item.kind != KIND) else { return Some(without) };
    // Encoded words (of mail, of JSON) are seen only in the rows. And no id may have changed with the words.
    let same =
        normalized(eraser, &without).is_some_and(|rows| !names(eraser, &rows) && ids(&rows) == ids(&touched.rows));
    Some(if same { without } else { as_rows(eraser, item, touched) })
}

/// Whether any text of the rows holds a word that is to be replaced.
pub(super) fn names(eraser: &Eraser<'_>, rows: &Rows) -> bool {
    let has = |text: &str| !eraser.words.find(eraser.erased, text.as_bytes()).is_empty();
    let some = |text: &Option<String>| text.as_deref().is_some_and(has);
    rows.messages.iter().any(|message| {
        has(&message.body) || some(&message.subject) || some(&message.url) || message.tags.iter().any(|tag| has(tag))
    }) || rows.activities.iter().any(|activity| some(&activity.detail))
        || rows.identities.iter().any(|identity| some(&identity.name) || some(&identity.email))
        || rows.events.iter().any(|event| has(&event.title) || some(&event.about))
}

fn ids(rows: &Rows) -> Vec<Id> {
    let messages = rows.messages.iter().map(|message| message.id);
    let activities = rows.activities.iter().map(|activity| activity.id);
    messages.chain(activities).chain(rows.identities.iter().map(|identity| identity.id)).collect()
}

/// The item as its rows.
fn as_rows(eraser: &Eraser<'_>, item: &Item, touched: &Touched) -> Item {
    let mut rows = touched.rows.clone();
    let theirs = |id: &Id| touched.ids.contains(id);
    rows.messages.iter_mut().for_each(|message| match message.author {
        Some(author) if theirs(&author) => blank(message),
        _ => message.mentions.retain(|nick| {
            let keeps = !theirs(&nick_id(eraser, nick));
            if !keeps {
                message.body = without_nick(&message.body, nick);
            }
            keeps
        }),
    });
    let acts = rows.activities.iter_mut();
    acts.filter(|activity| activity.who.is_some_and(|who| theirs(&who))).for_each(anonymous);
    rows.identities.retain(|identity| !theirs(&identity.id));
    rows.affiliations.retain(|affiliation| !theirs(&affiliation.who));
    rows.same.retain(|same| !theirs(&same.0) && !theirs(&same.1));
    let words = Words::new(eraser.words.texts().iter().cloned().chain(touched.words()));
    let mut value = serde_json::to_value(&rows).unwrap_or_default();
    rename(eraser, &words, &mut value);
    let bytes = serde_json::to_vec(&Written { format: FORMAT, rows: value }).unwrap_or_default();
    // What a source gives again must come to the same version, also where another was erased from it since.
    let version = match item.kind.as_str() {
        KIND => item.version.clone(),
        _ => eraser.erased.hashed(&format!("{}\0{}", item.id, item.version)),
    };
    Item { id: eraser.erased.item_id(&item.id, true), version, kind: KIND.to_owned(), origin: String::new(), bytes }
}

/// Takes all out of a message but where it stands.
fn blank(message: &mut Message) {
    let Message { id, channel, time, time_guess, order, kind, parents, threaded, accepted, closed, .. } =
        std::mem::replace(message, Message::new(message.id, INSTEAD, "", INSTEAD));
    // Nobody waits for an answer any more.
    let closed = closed.or_else(|| parents.is_empty().then(|| "closed".to_owned()));
    let blank = Message::new(id, INSTEAD, channel, INSTEAD);
    *message = Message { time, time_guess, order, kind, parents, threaded, accepted, closed, ..blank };
}

/// Leaves of something done only that it was done.
fn anonymous(activity: &mut Activity) {
    (activity.who, activity.detail, activity.object) = (None, None, None);
}

/// A line of chat that begins with the nick of whom it is for, or names it elsewhere.
fn without_nick(body: &str, nick: &str) -> String {
    let words = Words::new([nick.to_owned()]);
    words.without_in(&super::Erased::default(), body).unwrap_or_else(|| body.to_owned())
}

/// Replaces the words in every text below `value`.
fn rename(eraser: &Eraser<'_>, words: &Words, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(without) = words.without_in(eraser.erased, text) {
                *text = without;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| rename(eraser, words, value)),
        Value::Object(fields) => fields.values_mut().for_each(|value| rename(eraser, words, value)),
        _ => {}
    }
}
