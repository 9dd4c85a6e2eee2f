//! Every conversation's title, in memory: looking up those of one page far apart in the table takes longer than all else
//! of it.

use std::sync::Arc;

use model::tables::CONVERSATIONS;

use crate::columns::{each_batch, files, text_at};
use crate::{Community, Result, names};

/// All titles on one line each, one after another, in the order of the conversations' rows.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    text: String,
    ends: Vec<u32>,
}

impl Titles {
    /// The title of a row; empty if it has none.
    pub(crate) fn of(&self, row: u32) -> &str {
        let end = |row: usize| self.ends.get(row).map_or(self.text.len(), |end| *end as usize);
        let start = (row as usize).checked_sub(1).map_or(0, end);
        self.text.get(start..end(row as usize)).unwrap_or_default()
    }

    /// The title of a row in lower case, written into `room`.
    pub(crate) fn lower<'a>(&self, row: u32, room: &'a mut String) -> &'a str {
        let title = self.of(row);
        room.clear();
        if title.is_ascii() {
            room.push_str(title);
            room.make_ascii_lowercase();
        } else {
            *room = title.to_lowercase();
        }
        room
    }
}

impl Community {
    pub(crate) fn titles(&self) -> Result<Arc<Titles>> {
        self.titles_memory.get(|| {
            let mut titles = Titles::default();
            titles.ends.reserve_exact(self.conversations.len() as usize);
            each_batch(&self.tables, &CONVERSATIONS, files(&self.manifest, &CONVERSATIONS), &["title"], |batch| {
                let texts = batch.texts("title")?;
                for row in 0..batch.rows() {
                    titles.text.push_str(&text_at(texts, row).map(names::one_line).unwrap_or_default());
                    titles.ends.push(u32::try_from(titles.text.len()).unwrap_or(u32::MAX));
                }
                Ok(())
            })?;
            titles.text.shrink_to_fit();
            Ok(titles)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_by_row_and_in_lower_case() {
        let mut titles = Titles::default();
        for title in ["How?", "", "Größe ÄNDERN"] {
            titles.text.push_str(title);
            titles.ends.push(titles.text.len() as u32);
        }
        let mut room = String::new();
        assert_eq!([0, 1, 2, 9].map(|row| titles.of(row)), ["How?", "", "Größe ÄNDERN", ""]);
        assert_eq!([0, 1, 2].map(|row| titles.lower(row, &mut room).to_owned()), ["how?", "", "größe ändern"]);
    }
}
