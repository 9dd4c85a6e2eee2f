//! Who is from where.

use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::columns::Stay;
use crate::views::{AffiliationView, OrganizationLine};
use crate::{Community, Result};

/// Seen within so many days is active.
const ACTIVE_DAYS: i64 = 90;

impl Community {
    /// Every organization that anybody is or was at, bots left out; the one with most people now first.
    pub fn organizations(&self) -> Result<Vec<OrganizationLine>> {
        self.settle(self.all_organizations())
    }

    fn all_organizations(&self) -> Result<Vec<OrganizationLine>> {
        let (roster, now) = (self.roster()?, self.now().time);
        // Whether somebody is there now, by organization and person: of several stays one is enough.
        let mut there = FxHashMap::<(u32, u32), bool>::default();
        let mut lines: Vec<OrganizationLine> = (0..roster.organizations.len() as u32)
            .map(|number| OrganizationLine {
                organization: roster.organizations.get(number).to_owned(),
                people: 0,
                before: 0,
                active: 0,
                helped: 0,
                thanked: 0,
                basis: Vec::new(),
            })
            .collect();
        for stay in roster.stays.iter().filter(|stay| !self.people.is_bot(stay.person)) {
            *there.entry((stay.organization, stay.person)).or_default() |= stay.is_at(now);
            let Some(line) = lines.get_mut(stay.organization as usize) else { continue };
            let basis = roster.bases.get(stay.basis);
            if !line.basis.iter().any(|known| known == basis) {
                line.basis.push(basis.to_owned());
            }
        }
        for ((organization, person), now_there) in there {
            let Some(line) = lines.get_mut(organization as usize) else { continue };
            if !now_there {
                line.before += 1;
                continue;
            }
            let counts = roster.counts.get(person as usize).copied().unwrap_or_default();
            let seen = self.people.last_seen[person as usize] > now.saturating_sub(ACTIVE_DAYS * DAY);
            line.people += 1;
            line.active += u64::from(seen);
            line.helped += u64::from(counts.helped);
            line.thanked += u64::from(counts.thanked);
        }
        lines.retain(|line| line.people + line.before > 0);
        lines.iter_mut().for_each(|line| line.basis.sort());
        lines.sort_by(|a, b| (b.people, b.before, &a.organization).cmp(&(a.people, a.before, &b.organization)));
        Ok(lines)
    }

    /// Where a person is and was, the latest first.
    pub(super) fn affiliations(&self, person: u32) -> Result<Vec<AffiliationView>> {
        let roster = self.roster()?;
        let view = |stay: &Stay| AffiliationView {
            organization: roster.organizations.get(stay.organization).to_owned(),
            from: stay.from,
            until: stay.until,
            basis: roster.bases.get(stay.basis).to_owned(),
        };
        Ok(roster.stays_of(person).iter().map(view).collect())
    }
}
