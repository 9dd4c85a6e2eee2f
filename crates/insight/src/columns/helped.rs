//! When each helper first wrote in each conversation: what somebody knew at a time, and how long ago they helped.

use archive::{Manifest, Tables};

use super::{Conversations, NEVER, People, each_message};
use crate::Result;

/// One time for each helper of each conversation, as [`Conversations::helper_places`] counts them.
#[derive(Debug, Default)]
pub(crate) struct Helped(Vec<i64>);

impl Helped {
    pub(crate) fn read(
        tables: &Tables,
        manifest: &Manifest,
        people: &People,
        conversations: &Conversations,
    ) -> Result<Helped> {
        let all = conversations.len().checked_sub(1).map_or(0, |last| conversations.helper_places(last).end);
        let mut helped = Helped(vec![NEVER; all]);
        each_message(tables, manifest, people, conversations, |conversation, person, time| {
            if time != NEVER {
                helped.add(conversations, conversation, person, time);
            }
        })?;
        Ok(helped)
    }

    fn add(&mut self, conversations: &Conversations, row: u32, person: u32, time: i64) {
        let places = conversations.helper_places(row);
        for (helper, known) in conversations.helpers(row).iter().zip(self.0.get_mut(places).unwrap_or_default()) {
            if *helper == person && (*known == NEVER || time < *known) {
                *known = time;
            }
        }
    }

    /// The helpers of a conversation, in order of their first message, with the time of that; [`NEVER`] if unknown.
    pub(crate) fn of<'a>(
        &'a self,
        conversations: &'a Conversations,
        row: u32,
    ) -> impl Iterator<Item = (u32, i64)> + 'a {
        let times = self.0.get(conversations.helper_places(row)).unwrap_or_default();
        conversations.helpers(row).iter().copied().zip(times.iter().copied())
    }
}
