//! Who may be who, as the tables suggest it.

use archive::{Manifest, Tables};
use model::tables::SUGGESTIONS;

use super::{NOBODY, People, each_batch, files};
use crate::Result;

/// Two people who may be one.
#[derive(Debug, Clone)]
pub(crate) struct Suggested {
    pub(crate) one: u32,
    pub(crate) other: u32,
    pub(crate) score: f32,
    pub(crate) reasons: Box<[Box<str>]>,
    pub(crate) against: Box<[Box<str>]>,
}

/// Every suggestion, the likeliest first.
pub(crate) fn read(tables: &Tables, manifest: &Manifest, people: &People) -> Result<Vec<Suggested>> {
    let mut all = Vec::new();
    let columns = ["person_id", "other_id", "score", "reasons", "against"];
    each_batch(tables, &SUGGESTIONS, files(manifest, &SUGGESTIONS), &columns, |batch| {
        let (ids, others, scores) = (batch.texts("person_id")?, batch.texts("other_id")?, batch.floats("score")?);
        let (reasons, against) = (batch.lists("reasons")?, batch.lists("against")?);
        for row in 0..batch.rows() {
            let (one, other) =
                (people.find_or_nobody(Some(ids.value(row))), people.find_or_nobody(Some(others.value(row))));
            if one != NOBODY && other != NOBODY && one != other {
                let (reasons, against) =
                    (reasons.at(row).map(Into::into).collect(), against.at(row).map(Into::into).collect());
                all.push(Suggested { one, other, score: scores.value(row) as f32, reasons, against });
            }
        }
        Ok(())
    })?;
    all.sort_by(|a: &Suggested, b| b.score.total_cmp(&a.score).then((a.one, a.other).cmp(&(b.one, b.other))));
    Ok(all)
}
