//! What is asked about people, of the latest snapshot.

use insight::Community;
use insight::care::FirstsAsk;
use insight::people::{PeopleAsk, PersonAsk, SuggestionAsk};
use insight::views::{
    ApproachList, CareView, Firsts, LevelsView, OrganizationLine, PeopleList, PersonFile, PersonRef, SuggestionQueue,
    UnheardView,
};

use super::Latest;
use crate::answers::{AboutPeople, AnswerError};

impl AboutPeople for Latest<Community> {
    fn people_list(&self, ask: &PeopleAsk) -> Result<PeopleList, AnswerError> {
        self.ask(|community| community.people_list(ask))
    }

    fn person_file(&self, id: &str, ask: &PersonAsk) -> Result<Option<PersonFile>, AnswerError> {
        self.ask(|community| community.person_file(id, ask))
    }

    fn people_by_address(&self, address: &str) -> Result<Vec<PersonRef>, AnswerError> {
        self.ask(|community| community.people_by_address(address))
    }

    fn suggestion_queue(&self, ask: &SuggestionAsk) -> Result<SuggestionQueue, AnswerError> {
        self.ask(|community| community.suggestion_queue(ask))
    }

    fn organizations(&self) -> Result<Vec<OrganizationLine>, AnswerError> {
        self.ask(Community::organizations)
    }

    fn approach(&self) -> Result<ApproachList, AnswerError> {
        self.ask(Community::approach)
    }

    fn firsts(&self, ask: &FirstsAsk) -> Result<Firsts, AnswerError> {
        self.ask(|community| community.firsts(ask))
    }

    fn levels(&self) -> Result<LevelsView, AnswerError> {
        self.ask(Community::levels)
    }

    fn care(&self) -> Result<CareView, AnswerError> {
        self.ask(Community::care)
    }

    fn unheard(&self) -> Result<UnheardView, AnswerError> {
        self.ask(Community::unheard)
    }
}
