//! Titles of conversations: the opening message's subject, else how its own words begin.

use archive::{Manifest, Tables};
use model::Id;
use model::tables::{CONVERSATIONS, MESSAGES, SIGNALS};
use rustc_hash::FxHashMap;

use crate::columns::{Reading, some};
use crate::conversations::Conversations;
use crate::error::Result;
use crate::links::{Links, NONE};
use crate::load::{batches, files};

/// The longest title, in characters.
const LONGEST: usize = 120;

/// The title of every conversation that has one, by the conversation's number. Those of openings that
/// did not change are taken from the tables of before; the rest is read from `manifest`'s messages.
pub fn read(
    tables: &Tables,
    before: &Manifest,
    manifest: &Manifest,
    links: &Links,
    conversations: &Conversations,
) -> Result<Vec<Option<String>>> {
    let mut titles = vec![None; conversations.all.len()];
    let mut wanted: FxHashMap<u64, u32> = FxHashMap::default();
    let mut fresh: std::collections::BTreeSet<&str> = Default::default();
    let mut known = FxHashMap::default();
    for (number, conversation) in conversations.all.iter().enumerate() {
        let opening = &links.all[conversation.opening as usize];
        let unchanged = opening.batch == NONE && opening.before == opening.id.short();
        let wanted = if unchanged { &mut known } else { &mut wanted };
        wanted.insert(opening.id.short(), number as u32);
        if !unchanged {
            fresh.insert(links.partitions.text(opening.partition));
        }
    }
    from_before(tables, before, &known, &mut titles)?;
    for (messages, signals) in files(manifest, &MESSAGES).iter().zip(files(manifest, &SIGNALS)) {
        if fresh.contains(crate::load::partition_name(messages).as_str()) {
            let mut leads = Vec::new();
            batches(tables, signals, Some(&["lead"]), |batch| {
                let column = Reading { table: &SIGNALS, batch: &batch }.text("lead")?.clone();
                leads.extend(column.iter().map(|lead| lead.unwrap_or_default().to_owned()));
                Ok(())
            })?;
            let mut leads = leads.into_iter();
            batches(tables, messages, Some(&["message_id", "subject"]), |batch| {
                let reading = Reading { table: &MESSAGES, batch: &batch };
                let (ids, subjects) = (reading.text("message_id")?, reading.text("subject")?);
                for row in 0..batch.num_rows() {
                    let lead = leads.next().unwrap_or_default();
                    let number = Id::parse(ids.value(row)).and_then(|id| wanted.get(&id.short()));
                    if let Some(number) = number {
                        titles[*number as usize] = title(some(subjects, row), &lead);
                    }
                }
                Ok(())
            })?;
        }
    }
    Ok(titles)
}

fn from_before(
    tables: &Tables,
    before: &Manifest,
    known: &FxHashMap<u64, u32>,
    titles: &mut [Option<String>],
) -> Result<()> {
    for entry in files(before, &CONVERSATIONS) {
        batches(tables, entry, Some(&["conversation_id", "title"]), |batch| {
            let reading = Reading { table: &CONVERSATIONS, batch: &batch };
            let (ids, old) = (reading.text("conversation_id")?, reading.text("title")?);
            for row in 0..batch.num_rows() {
                let number = Id::parse(ids.value(row)).and_then(|id| known.get(&id.short()));
                if let Some(number) = number {
                    titles[*number as usize] = some(old, row).map(str::to_owned);
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn title(subject: Option<&str>, lead: &str) -> Option<String> {
    let subject = subject.map(str::trim).filter(|subject| !subject.is_empty());
    let title = text::lead(subject.map_or(lead, without_list), LONGEST);
    (!title.is_empty()).then_some(title)
}

/// A subject without the tag that a list puts before all of them: `[project-users] …`. One without a
/// hyphen may be the topic (`[storage] …`), one in capitals says what the mail is (`[ANN-2] …`).
fn without_list(subject: &str) -> &str {
    let rest = || {
        let (tag, rest) = subject.strip_prefix('[')?.split_once(']')?;
        let of_list = tag.contains('-')
            && tag.chars().any(char::is_lowercase)
            && tag.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'));
        Some(rest.trim_start()).filter(|rest| of_list && !rest.is_empty())
    };
    rest().unwrap_or(subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_of_a_list_is_left_out() {
        for (subject, wanted) in [
            ("[Project-Users] [storage] How to stop?", "[storage] How to stop?"),
            ("[storage] How to stop?", "[storage] How to stop?"),
            ("[VOTE-2] Release", "[VOTE-2] Release"),
            ("[project-users]", "[project-users]"),
            ("[not-closed How", "[not-closed How"),
            ("[a-b c] How", "[a-b c] How"),
        ] {
            assert_eq!(title(Some(subject), "").as_deref(), Some(wanted));
        }
    }
}
