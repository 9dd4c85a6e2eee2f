//! What is asked about people.

use insight::care::FirstsAsk;
use insight::people::{PeopleAsk, PersonAsk, SuggestionAsk};
use insight::views::{
    ApproachList, CareView, Firsts, LevelsView, OrganizationLine, PeopleList, PersonFile, PersonRef, SuggestionQueue,
    UnheardView,
};

use super::AnswerError;

/// Lists of people, everything about one, who may be who. May take its time.
pub trait AboutPeople: Send + Sync + 'static {
    /// The people that fit, in the order asked for: one page of them.
    fn people_list(&self, ask: &PeopleAsk) -> Result<PeopleList, AnswerError>;

    /// Everything about one person, by the id of any of their identities; `None` if there is none of that id.
    fn person_file(&self, id: &str, ask: &PersonAsk) -> Result<Option<PersonFile>, AnswerError>;

    /// Whose address, account or nick this is, whole and in any case.
    fn people_by_address(&self, address: &str) -> Result<Vec<PersonRef>, AnswerError>;

    /// Who may be who: what waits to be decided, and one pair with all that helps.
    fn suggestion_queue(&self, ask: &SuggestionAsk) -> Result<SuggestionQueue, AnswerError>;

    /// Every organization that anybody is or was at, the one with most people now first.
    fn organizations(&self) -> Result<Vec<OrganizationLine>, AnswerError>;

    /// Whom to approach and why, and what came of it where somebody was.
    fn approach(&self) -> Result<ApproachList, AnswerError>;

    /// First contributions of the last thirty days, and who could be given the keys.
    fn firsts(&self, ask: &FirstsAsk) -> Result<Firsts, AnswerError>;

    /// How far people have come, how they move, and where they get stuck.
    fn levels(&self) -> Result<LevelsView, AnswerError>;

    /// Whom to relieve, and whom to ask how they are.
    fn care(&self) -> Result<CareView, AnswerError>;

    /// Whom discussions and asks keep hearing from, who was never asked, and who is known in one place only.
    fn unheard(&self) -> Result<UnheardView, AnswerError>;
}
