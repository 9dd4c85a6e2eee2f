//! What happened when people were approached, as the team wrote it down.

use desk::{Approach, Desk};
use rustc_hash::FxHashMap;

use crate::views::ApproachView;
use crate::{Community, Result};

impl Community {
    /// Everything written down, by person, the latest first. Who was merged since has what was said to both.
    pub(crate) fn approaches(&self, desk: Option<&Desk>) -> Result<FxHashMap<u32, Vec<ApproachView>>> {
        let mut all = FxHashMap::<u32, Vec<ApproachView>>::default();
        let Some(desk) = desk else { return Ok(all) };
        for (name, kept) in desk.records::<Approach>()? {
            let Some(person) = self.people.find(&kept.record.person) else { continue };
            let Approach { reason, said, came, note, by, on, .. } = kept.record;
            all.entry(person).or_default().push(ApproachView {
                name,
                at: on,
                by,
                reason,
                said,
                came: came.as_str(),
                note,
            });
        }
        all.values_mut().for_each(|of| of.sort_by(|a, b| (b.at, &b.name).cmp(&(a.at, &a.name))));
        Ok(all)
    }
}
