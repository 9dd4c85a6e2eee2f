//! The people behind the numbers: whom to approach, thank and welcome, whom to relieve, who is not heard.
//!
//! Lists are there to help: nobody is ranked, and nothing is ever sent. Every suggested sentence is for a person to read,
//! change and send, or not. What does not change within a day is made once per snapshot; what the desk knows (who does not
//! want to be asked, who was approached) counts at once.

mod apart;
mod approach;
mod approached;
mod firsts;
mod guides;
mod heard;
mod keys;
mod load;
mod moves;
mod quiet;
mod sayings;
mod thanks;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::kept::Daily;
use crate::moment::Moment;
use crate::people::Marks;
use crate::views::{ApartView, ApproachView, LevelsView};
use crate::{Community, Result};

pub use approach::Reason;
pub use firsts::{FirstKind, FirstsAsk};

/// What is made once a day.
#[derive(Default)]
pub(crate) struct Care {
    apart: Daily<(ApartView, Vec<Vec<u32>>)>,
    approach: Daily<Vec<approach::Found>>,
    firsts: Daily<Vec<firsts::Arrived>>,
    guides: Daily<Vec<guides::Guide>>,
    heard: Daily<heard::Talks>,
    keys: Daily<Vec<keys::Ready>>,
    load: Daily<Vec<load::Heavy>>,
    moves: Daily<LevelsView>,
    quiet: Daily<Vec<quiet::Silent>>,
}

/// What the desk says about whom to talk to.
pub(crate) struct Circle {
    pub(crate) moment: Moment,
    marks: Arc<Marks>,
    /// Who may be somebody else as well.
    unsure: FxHashSet<u32>,
    /// By person, the latest first.
    approaches: FxHashMap<u32, Vec<ApproachView>>,
}

impl Community {
    pub(crate) fn circle(&self) -> Result<Circle> {
        let desk = self.desk()?;
        Ok(Circle {
            moment: self.moment()?,
            marks: self.marks(desk.as_ref())?,
            unsure: self.may_be_others(desk.as_ref())?,
            approaches: self.approaches(desk.as_ref())?,
        })
    }

    /// Whether somebody may be on a list of whom to talk to: no program, not of the team's own, not away, and no word that
    /// they do not want to be asked.
    fn is_open_to(&self, person: u32, circle: &Circle) -> bool {
        !circle.marks.is_staff(person) && self.not_now(person, &circle.moment).is_none()
    }

    /// Makes what the lists are made from.
    pub(crate) fn warm_care(&self) -> Result<()> {
        self.approach().map(drop)?;
        self.firsts(&FirstsAsk { limit: 1, ..FirstsAsk::default() }).map(drop)?;
        self.levels().map(drop)?;
        self.care().map(drop)?;
        self.unheard().map(drop)
    }
}
