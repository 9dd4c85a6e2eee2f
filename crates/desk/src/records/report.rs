//! Reports: drafts that are edited, and what was sent.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Record, says_something};
use crate::{DeskError, Result, SavedKind};

/// Characters of a report's text.
const LONGEST: usize = 200_000;

/// A report as it stands: a draft, or what was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Which kind: `newsletter`.
    pub kind: String,
    /// When it is about: `2019-05`.
    pub period: String,
    /// What of: a source, `source/channel`, the names of two releases; empty for everything.
    pub of: String,
    /// Its first heading.
    pub title: String,
    /// Its text.
    pub markdown: String,
    /// When it was sent, microseconds UTC; `None` for a draft.
    pub sent: Option<Timestamp>,
    /// To whom, in the words of whoever sent it: lists, addresses, a blog.
    pub to: Vec<String>,
}

impl Report {
    /// Whether it was sent: then it stays as it is.
    pub fn is_sent(&self) -> bool {
        self.sent.is_some()
    }
}

impl Record for Report {
    const KIND: SavedKind = SavedKind::Report;

    fn check(&self) -> Result<()> {
        says_something("the kind of a report", &self.kind, 40)?;
        says_something("the period of a report", &self.period, 60)?;
        says_something("the text of a report", &self.markdown, LONGEST)?;
        if self.is_sent() && self.to.iter().all(|to| to.trim().is_empty()) {
            return Err(DeskError::Wrong("a report is sent to somebody; say to whom".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Desk;

    #[test]
    fn a_report_is_a_draft_until_it_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        let draft = Report {
            kind: "newsletter".to_owned(),
            period: "2019-05".to_owned(),
            markdown: "# May".to_owned(),
            ..Report::default()
        };
        let name = desk.keep_new("newsletter 2019-05", &draft, "ada", 1).unwrap();
        assert_eq!(name, "newsletter-2019-05");
        let sent = Report { sent: Some(2), ..draft };
        assert!(desk.keep(&name, &sent, "ada", 2).unwrap_err().to_string().contains("to whom"));
        desk.keep(&name, &Report { to: vec!["the list".to_owned()], ..sent }, "ada", 2).unwrap();
        assert!(desk.record::<Report>(&name).unwrap().record.is_sent());
        assert!(desk.keep("x", &Report::default(), "ada", 3).is_err());
    }
}
