//! Every conversation's title in lower case, to look for words in: read when that is first asked for.

use model::tables::CONVERSATIONS;

use crate::columns::{each_batch, files, text_at};
use crate::{Community, Result};

/// All titles, one after another, in the order of the table's rows.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    text: String,
    ends: Vec<u32>,
}

impl Titles {
    /// The title of a row, in lower case; empty if it has none.
    pub(crate) fn of(&self, row: u32) -> &str {
        let end = |row: usize| self.ends.get(row).map_or(self.text.len(), |end| *end as usize);
        let start = (row as usize).checked_sub(1).map_or(0, end);
        self.text.get(start..end(row as usize)).unwrap_or_default()
    }
}

impl Community {
    pub(crate) fn titles_in_memory(&self) -> Result<std::sync::Arc<Titles>> {
        self.titles_memory.get(|| {
            let mut titles = Titles::default();
            each_batch(&self.tables, &CONVERSATIONS, files(&self.manifest, &CONVERSATIONS), &["title"], |batch| {
                let texts = batch.texts("title")?;
                for row in 0..batch.rows() {
                    titles.text.push_str(&text_at(texts, row).unwrap_or_default().to_lowercase());
                    titles.ends.push(u32::try_from(titles.text.len()).unwrap_or(u32::MAX));
                }
                Ok(())
            })?;
            Ok(titles)
        })
    }
}
