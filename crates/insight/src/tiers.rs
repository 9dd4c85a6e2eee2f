//! Support tiers: what a conversation asks for and takes, and where channels promise one thing and get another.

use std::collections::BTreeMap;

use model::tables::CHANNELS;

use crate::columns::{each_batch, files};
use crate::details::Details;
use crate::moment::Moment;
use crate::views::{ChannelTiers, TierView};
use crate::{Community, Result};

/// Examples of a channel's mismatch.
const EXAMPLES: usize = 3;
/// Why a tier is what it is where a person said so.
const BY_A_PERSON: &str = "a person said so";

impl Community {
    /// The tier that a conversation asks for: a person's word first.
    pub(crate) fn asked_tier(&self, row: u32, moment: &Moment) -> Option<u8> {
        let id = self.conversations.ids[row as usize];
        moment.asked.get(id.as_str()).copied().unwrap_or(self.conversations.asked[row as usize])
    }

    /// The tier that a conversation took: a person's word first.
    pub(crate) fn observed_tier(&self, row: u32, moment: &Moment) -> Option<u8> {
        let id = self.conversations.ids[row as usize];
        moment.observed.get(id.as_str()).copied().unwrap_or(self.conversations.observed[row as usize])
    }

    pub(crate) fn asked_view(&self, row: u32, details: &Details<'_>, moment: &Moment) -> Option<TierView> {
        let decided = moment.asked.contains_key(self.conversations.ids[row as usize].as_str());
        let why = details.get(row).map(|detail| detail.asked.clone());
        self.tier_view(self.asked_tier(row, moment)?, why.unwrap_or_default(), decided)
    }

    pub(crate) fn observed_view(&self, row: u32, details: &Details<'_>, moment: &Moment) -> Option<TierView> {
        let decided = moment.observed.contains_key(self.conversations.ids[row as usize].as_str());
        let why = details.get(row).map(|detail| detail.observed.clone());
        self.tier_view(self.observed_tier(row, moment)?, why.unwrap_or_default(), decided)
    }

    fn tier_view(&self, tier: u8, (confidence, why): (f64, Vec<String>), decided: bool) -> Option<TierView> {
        let offer = self.settings.support.tiers.get(usize::from(tier))?;
        let (confidence, why) = if decided { (1.0, vec![BY_A_PERSON.to_owned()]) } else { (confidence, why) };
        Some(TierView { tier, name: offer.name.clone(), confidence, why })
    }

    /// What every channel offers, and which tiers its questions ask for and take; by source and channel.
    /// Channels without a question are left out.
    pub fn channel_tiers(&self) -> Result<Vec<ChannelTiers>> {
        self.settle(self.moment().and_then(|moment| {
            let made = self.channel_tiers.get(moment.stamp(), (), || self.read_channel_tiers(&moment))?;
            Ok(made.to_vec())
        }))
    }

    fn read_channel_tiers(&self, moment: &Moment) -> Result<Vec<ChannelTiers>> {
        let mut by_place = vec![Vec::<u32>::new(); self.conversations.places.len()];
        for row in (0..self.conversations.len()).filter(|row| self.asked_tier(*row, moment).is_some()) {
            by_place[self.conversations.place[row as usize] as usize].push(row);
        }
        let rows: BTreeMap<(&str, &str), Vec<u32>> = self.conversations.places.all().zip(by_place).collect();
        let offered = self.offered()?;
        let mut channels = Vec::new();
        for ((source, channel), mut rows) in rows.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let (tier, why) = offered.get(&(source.to_owned(), channel.to_owned())).cloned().unwrap_or_default();
            let (mut asked, mut observed) = ([0; 5], [0; 5]);
            for row in &rows {
                let count = |counts: &mut [u64; 5], tier: Option<u8>| {
                    tier.and_then(|tier| counts.get_mut(usize::from(tier))).into_iter().for_each(|count| *count += 1);
                };
                count(&mut asked, self.asked_tier(*row, moment));
                count(&mut observed, self.observed_tier(*row, moment));
            }
            let most = (0..).zip(&asked).filter(|(other, _)| *other != tier).max_by_key(|(_, count)| **count);
            let other: Option<u8> = most.map(|(other, _)| other);
            rows.retain(|row| self.asked_tier(*row, moment) == other);
            rows.sort_by_key(|row| std::cmp::Reverse(self.conversations.opened[*row as usize]));
            rows.truncate(EXAMPLES);
            let details = self.details(rows.iter().copied())?;
            channels.push(ChannelTiers {
                source: source.to_owned(),
                channel: channel.to_owned(),
                offered: tier,
                offered_why: why,
                asked,
                observed,
                examples: rows.iter().map(|row| details.conversation(*row)).collect(),
            });
        }
        Ok(channels)
    }

    fn offered(&self) -> Result<BTreeMap<(String, String), (u8, String)>> {
        let mut offered = BTreeMap::new();
        let columns = ["source", "channel", "offered_tier", "offered_why"];
        each_batch(&self.tables, &CHANNELS, files(&self.manifest, &CHANNELS), &columns, |batch| {
            let (sources, channels, why) =
                (batch.texts("source")?, batch.texts("channel")?, batch.texts("offered_why")?);
            for row in 0..batch.rows() {
                let tier = u8::try_from(batch.ints("offered_tier")?.value(row)).unwrap_or_default();
                let place = (sources.value(row).to_owned(), channels.value(row).to_owned());
                offered.insert(place, (tier, why.value(row).to_owned()));
            }
            Ok(())
        })?;
        Ok(offered)
    }

    /// The conversations that belong with one.
    pub(crate) fn related(&self, row: u32) -> Result<Vec<u32>> {
        let details = self.details([row])?;
        let ids = details.get(row).map(|detail| detail.related.clone()).unwrap_or_default();
        Ok(ids.iter().filter_map(|id| self.conversations.find(id)).collect())
    }
}
