//! Where a case stands: what people decided, moved on by what happened in the channel after it.
//!
//! One table: where the conversation stands by its messages, what was decided, and who wrote after that. What a
//! person decided holds until the channel says more: an asker who writes again opens what was resolved, an answer
//! ends what was parked. Only “not a question” holds whatever comes. The decision and what came after it both
//! stay to be seen ([`crate::views::CaseView::trace`]).

use desk::{Case, CaseState};

use crate::columns::State;
use crate::views::Standing;

/// Who wrote in a conversation after a decision: the first and the last time, microseconds UTC. Bots do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct After {
    /// The one who opened it.
    pub(crate) opener: Option<(i64, i64)>,
    /// Anybody else.
    pub(crate) other: Option<(i64, i64)>,
}

impl After {
    pub(crate) fn add(&mut self, by_opener: bool, time: i64) {
        let side = if by_opener { &mut self.opener } else { &mut self.other };
        let (first, last) = side.unwrap_or((time, time));
        *side = Some((first.min(time), last.max(time)));
    }

    /// Whether somebody else wrote after the opener first did.
    fn answered(&self) -> bool {
        self.opener.zip(self.other).is_some_and(|(opener, other)| other.1 >= opener.0)
    }
}

/// Where a conversation stands if nobody decided anything.
pub(crate) fn of_channel(state: State) -> Standing {
    match state {
        State::NotQuestion => Standing::NotQuestion,
        State::Waiting => Standing::Waiting,
        State::AskedBack => Standing::AskedBack,
        State::Abandoned => Standing::Abandoned,
        State::Moved => Standing::Moved,
        State::Answered => Standing::Answered,
        State::Resolved => Standing::Resolved,
    }
}

/// Where a case stands at `now`.
pub(crate) fn standing(channel: State, case: &Case, after: After, now: i64) -> Standing {
    match case.state {
        CaseState::None => of_channel(channel),
        CaseState::NotQuestion => Standing::NotQuestion,
        CaseState::Open => open(channel, after),
        CaseState::Taken => in_hand(channel, after, Standing::Taken),
        CaseState::HandedOver => in_hand(channel, after, Standing::HandedOver),
        CaseState::Parked if case.until.is_some_and(|until| until <= now) => match with(case) {
            Standing::Waiting => of_channel(channel),
            held => in_hand(channel, after, held),
        },
        CaseState::Parked => match (channel, after) {
            (State::Waiting, After { opener: Some(_), .. }) => with(case),
            (State::Resolved, After { opener: Some(_), .. } | After { other: Some(_), .. }) => Standing::Resolved,
            (State::Waiting | State::NotQuestion, _) => Standing::Parked,
            (channel, After { other: Some(_), .. }) => of_channel(channel),
            _ => Standing::Parked,
        },
        CaseState::Resolved => match channel {
            _ if after.opener.is_none() => Standing::Resolved,
            State::Waiting => with(case),
            State::NotQuestion => Standing::Resolved,
            channel if after.answered() => of_channel(channel),
            _ => Standing::Resolved,
        },
    }
}

/// With whom a case is that needs somebody.
fn with(case: &Case) -> Standing {
    match (&case.holder, case.tier) {
        (Some(_), _) => Standing::Taken,
        (None, Some(_)) => Standing::HandedOver,
        (None, None) => Standing::Waiting,
    }
}

/// A person said that it needs somebody: so it does until somebody wrote, or the asker says that it is done.
fn open(channel: State, after: After) -> Standing {
    match channel {
        State::Resolved if after != After::default() => Standing::Resolved,
        State::Waiting | State::Resolved => Standing::Waiting,
        State::NotQuestion if after.other.is_some() => Standing::Answered,
        _ if after.other.is_none() => Standing::Waiting,
        channel => of_channel(channel),
    }
}

/// Somebody has it, or another tier is to: until an answer is there.
fn in_hand(channel: State, after: After, held: Standing) -> Standing {
    match channel {
        State::Resolved if after != After::default() => Standing::Resolved,
        State::Answered | State::AskedBack | State::Abandoned if after.other.is_some() => of_channel(channel),
        _ => held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: [(&str, State); 7] = [
        ("not_question", State::NotQuestion),
        ("waiting", State::Waiting),
        ("asked_back", State::AskedBack),
        ("abandoned", State::Abandoned),
        ("moved", State::Moved),
        ("answered", State::Answered),
        ("resolved", State::Resolved),
    ];

    /// A decision as `taken`, `parked`, `parked+holder`, `parked+past`, `resolved+holder`, `parked+tier`; who wrote
    /// after it, in order, as `asker other`.
    fn stands(channel: &str, decided: &str, after: &str) -> Standing {
        let (state, more) = decided.split_once('+').unwrap_or((decided, ""));
        let mut case = Case { state: CaseState::parse(state).expect("a state"), ..Case::new("m") };
        case.holder = (state == "taken" || more == "holder").then(|| "ada".to_owned());
        case.tier = (state == "handed_over" || more == "tier").then_some(3);
        case.until = (state == "parked").then_some(if more == "past" { 50 } else { 500 });
        let mut wrote = After::default();
        for (time, who) in (20..).zip(after.split_whitespace()) {
            wrote.add(who == "asker", time);
        }
        let channel = CHANNEL.into_iter().find(|(name, _)| *name == channel).expect("a state").1;
        standing(channel, &case, wrote, 100)
    }

    /// One line a row: state by the channel | decision | who wrote after it => where it stands.
    const TABLE: &str = "
        waiting      | none            |             => waiting
        answered     | none            |             => answered
        waiting      | open            |             => waiting
        answered     | open            |             => waiting
        resolved     | open            |             => waiting
        not_question | open            |             => waiting
        not_question | open            | other       => answered
        answered     | open            | other       => answered
        waiting      | open            | other asker => waiting
        resolved     | open            | asker       => resolved
        waiting      | taken           |             => taken
        answered     | taken           |             => taken
        not_question | taken           |             => taken
        waiting      | taken           | asker       => taken
        waiting      | taken           | other asker => taken
        answered     | taken           | other       => answered
        asked_back   | taken           | other       => asked_back
        abandoned    | taken           | other       => abandoned
        resolved     | taken           | other asker => resolved
        resolved     | taken           |             => taken
        moved        | taken           | other       => taken
        waiting      | handed_over     |             => handed_over
        moved        | handed_over     | other       => handed_over
        answered     | handed_over     |             => handed_over
        answered     | handed_over     | other       => answered
        resolved     | handed_over     | asker       => resolved
        waiting      | parked          |             => parked
        waiting      | parked          | other       => parked
        answered     | parked          |             => parked
        answered     | parked          | other       => answered
        asked_back   | parked          | other       => asked_back
        waiting      | parked          | asker       => waiting
        waiting      | parked+holder   | asker       => taken
        waiting      | parked+tier     | asker       => handed_over
        resolved     | parked          | asker       => resolved
        resolved     | parked          |             => parked
        not_question | parked          | other       => parked
        waiting      | parked+past     |             => waiting
        answered     | parked+past     | other       => answered
        waiting      | resolved        |             => resolved
        waiting      | resolved        | other       => resolved
        waiting      | resolved        | asker       => waiting
        waiting      | resolved+holder | asker       => taken
        waiting      | resolved+tier   | asker       => handed_over
        answered     | resolved        | asker       => resolved
        answered     | resolved        | asker other => answered
        answered     | resolved        | other asker => resolved
        asked_back   | resolved        | asker other => asked_back
        resolved     | resolved        | asker       => resolved
        not_question | resolved        | asker       => resolved
        waiting      | not_question    | asker       => not_question
        answered     | not_question    | other       => not_question
    ";

    #[test]
    fn what_was_decided_is_moved_on_by_what_came_after() {
        let lines = TABLE.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines {
            let (given, expected) = line.split_once("=>").expect("an arrow");
            let given: Vec<&str> = given.split('|').map(str::trim).collect();
            assert_eq!(stands(given[0], given[1], given[2]).as_str(), expected.trim(), "{line}");
        }
    }

    #[test]
    fn without_news_a_decision_holds() {
        for (name, _) in CHANNEL {
            for (decided, stands_at) in [
                ("open", Standing::Waiting),
                ("taken", Standing::Taken),
                ("handed_over", Standing::HandedOver),
                ("parked", Standing::Parked),
                ("resolved", Standing::Resolved),
                ("not_question", Standing::NotQuestion),
            ] {
                assert_eq!(stands(name, decided, ""), stands_at, "{name} {decided}");
            }
        }
    }
}
