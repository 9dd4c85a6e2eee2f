//! A document as a mail: plain text and HTML, with the charts as pictures beside it.

use jiff::Timestamp;
use notify::{Letter, Picture};

use crate::document::Document;
use crate::html::Pictures;
use crate::{Block, ReportError, Result};

impl Document {
    /// The letter; `id` tells it from every other one, letters, digits and `-`.
    ///
    /// # Errors
    ///
    /// If a chart cannot be drawn.
    pub fn letter(&self, id: &str, at: Timestamp) -> Result<Letter> {
        let rest = format!(".{id}@switchboard");
        let picture = |(number, chart): (usize, &crate::Chart)| {
            Ok(Picture { id: format!("chart-{}{rest}", number + 1), png: chart.picture()? })
        };
        Ok(Letter {
            id: id.to_owned(),
            at,
            subject: self.title().unwrap_or_else(|| "Report".to_owned()),
            plain: self.untitled().plain(),
            html: self.whole(&Pictures::Attached(rest.clone()))?,
            pictures: self.charts().enumerate().map(picture).collect::<Result<_>>()?,
        })
    }

    /// A file that mail programs open as a draft of that letter.
    ///
    /// # Errors
    ///
    /// If it cannot be put together.
    pub fn mail_draft(&self, id: &str, at: Timestamp) -> Result<Vec<u8>> {
        self.letter(id, at)?.draft().map_err(|error| ReportError::Ask(error.to_string()))
    }

    /// The same without its title, where that stands above it already.
    pub fn untitled(&self) -> Document {
        let blocks = match self.blocks.split_first() {
            Some((Block::Heading(1, _), rest)) => rest,
            _ => self.blocks.as_slice(),
        };
        Document { blocks: blocks.to_vec() }
    }
}
