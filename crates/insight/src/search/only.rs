//! The filters of a query that are about messages, as the index takes them.

use index::{Fact, Holds, Only};
use rustc_hash::FxHashSet;

use crate::query::{Clause, Filter, Has, What};
use crate::{Community, Result};

/// Whether a filter is about one message, not about its conversation.
pub(super) fn of_messages(what: &What) -> bool {
    matches!(what, What::From(_) | What::In(_) | What::Before(_) | What::After(_) | What::Has(_))
}

impl Community {
    /// What must hold of a message for it to pass those filters that are about messages.
    pub(super) fn only(&self, filter: &Filter) -> Result<Only> {
        let mut only = self.seen()?;
        for clause in &filter.clauses {
            match clause.any.first() {
                Some(What::Before(_) | What::After(_)) => only.times.push(times(clause)),
                Some(what) if of_messages(what) => only.facts.push((clause.not, self.facts(&clause.any)?)),
                _ => {}
            }
        }
        Ok(only)
    }

    /// What holds of every message that is seen: it is in no place that is left out. (The index holds them all.)
    pub(crate) fn seen(&self) -> Result<Only> {
        let hidden = self.hidden_places()?;
        let facts = if hidden.is_empty() { Vec::new() } else { vec![(true, hidden.clone())] };
        Ok(Only { facts, ..Only::default() })
    }

    fn facts(&self, any: &[What]) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        for what in any {
            match what {
                What::From(name) => {
                    let people: FxHashSet<u32> = self.called(name)?.into_iter().collect();
                    facts.extend(self.people.identities(&people).map(|id| Fact::Author(id.to_string())));
                }
                What::In(name) => {
                    let places = self.places_called(name).into_iter().map(|place| self.conversations.places.get(place));
                    facts.extend(places.map(|(source, place)| Fact::Place(source.to_owned(), place.to_owned())));
                }
                What::Has(has) => facts.push(Fact::Has(holds(*has))),
                _ => {}
            }
        }
        Ok(facts)
    }

    /// The conversations with a message that holds something.
    pub(crate) fn rows_with(&self, has: Has) -> Result<FxHashSet<u32>> {
        let mut only = self.seen()?;
        only.facts.push((false, vec![Fact::Has(holds(has))]));
        let keys = self.index.conversations(&only)?;
        Ok((0..).zip(self.keys()).filter(|(_, key)| keys.contains(key)).map(|(row, _)| row).collect())
    }
}

/// Of several instants to be before the last counts, of several to be after the first: any of them may hold.
fn times(clause: &Clause) -> (bool, Option<i64>, Option<i64>) {
    let before =
        clause.any.iter().filter_map(|what| if let What::Before(time) = what { Some(*time) } else { None }).max();
    let after =
        clause.any.iter().filter_map(|what| if let What::After(time) = what { Some(*time) } else { None }).min();
    (clause.not, after, before)
}

fn holds(has: Has) -> Holds {
    match has {
        Has::Code => Holds::Code,
        Has::Trace => Holds::Trace,
        Has::Log => Holds::Log,
        Has::Diff => Holds::Diff,
        Has::Link => Holds::Link,
        Has::Attachment => Holds::Attachment,
    }
}
