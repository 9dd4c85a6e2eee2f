//! The pages, one file per page named noun_verb: its handler and its typed context.

use askama::Template;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::http::request::Parts;
use model::Id;

use crate::answers::About;
use crate::asking::Asking;
use crate::assets::{ASSETS, Assets};
use crate::failure::Failure;
use crate::pages::promise::Promise;
use crate::places::{Place, Section};
use crate::words;

pub(crate) mod account_edit;
pub(crate) mod actions_list;
pub(crate) mod announcement_show;
pub(crate) mod announcements_list;
pub(crate) mod approach_list;
pub(crate) mod audit_list;
pub(crate) mod care_show;
pub(crate) mod channel_show;
pub(crate) mod channels_list;
pub(crate) mod conversation_show;
pub(crate) mod conversations_list;
pub(crate) mod design_show;
pub(crate) mod draft_show;
pub(crate) mod event_show;
pub(crate) mod events_list;
pub(crate) mod factor_edit;
pub(crate) mod failure_show;
pub(crate) mod figures;
pub(crate) mod firsts_list;
pub(crate) mod goal_show;
pub(crate) mod goals_list;
pub(crate) mod growth_show;
pub(crate) mod levels_show;
pub(crate) mod link_use;
pub(crate) mod message_explain;
pub(crate) mod metric_show;
pub(crate) mod metric_trend;
pub(crate) mod metrics_list;
pub(crate) mod organizations_list;
pub(crate) mod peers_list;
pub(crate) mod people_list;
pub(crate) mod person_erase;
pub(crate) mod person_merge;
pub(crate) mod person_show;
pub(crate) mod promise;
pub(crate) mod question_ask;
pub(crate) mod record_form;
pub(crate) mod report_show;
pub(crate) mod reports_list;
pub(crate) mod saved_list;
pub(crate) mod search_show;
pub(crate) mod section_edit;
pub(crate) mod session_begin;
pub(crate) mod session_confirm;
pub(crate) mod settings_alerts;
pub(crate) mod settings_export;
pub(crate) mod settings_show;
pub(crate) mod source_edit;
pub(crate) mod source_new;
pub(crate) mod source_show;
pub(crate) mod sources_list;
pub(crate) mod stories_list;
pub(crate) mod suggestions_show;
pub(crate) mod support_show;
pub(crate) mod sync_show;
pub(crate) mod team_list;
pub(crate) mod today_show;
pub(crate) mod token_list;
pub(crate) mod topics_list;
pub(crate) mod unheard_show;

/// A page for people, its twin for programs, or its table for spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// HTML.
    Page,
    /// JSON.
    Twin,
    /// CSV.
    Sheet,
}

impl Form {
    pub(crate) fn content_type(self) -> [(HeaderName, &'static str); 1] {
        let value = match self {
            Form::Page => "text/html; charset=utf-8",
            Form::Twin => "application/json",
            Form::Sheet => "text/csv; charset=utf-8",
        };
        [(CONTENT_TYPE, value)]
    }
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(match parts.uri.path() {
            path if path.ends_with(".json") => Form::Twin,
            path if path.ends_with(".csv") => Form::Sheet,
            _ => Form::Page,
        })
    }
}

/// What every page has around it.
pub(crate) struct Frame {
    /// The community, and what “now” is.
    pub about: About,
    /// What stands in the search box.
    pub asked: String,
    /// The files beside the page.
    pub assets: &'static Assets,
    /// Who asks, and what for.
    pub asking: Asking,
    /// The page; `None` for one that says why there is none.
    pub place: Option<&'static Place>,
}

impl Frame {
    pub(crate) fn new(about: About, asking: &Asking, place: Option<&'static Place>, asked: &str) -> Frame {
        Frame { about, asked: asked.to_owned(), assets: &ASSETS, asking: asking.clone(), place }
    }

    /// The entries of the navigation that this visitor may open.
    fn sections(&self) -> Vec<&'static Place> {
        let open = |section: &Section| section.place().filter(|place| self.asking.may_see(place).is_ok());
        Section::ALL.iter().filter_map(open).collect()
    }

    /// Whether the page belongs to an entry of the navigation.
    fn is_at(&self, section: &Section) -> bool {
        self.place.is_some_and(|place| place.section == *section)
    }

    /// Whether the visitor may do what takes at least the role of this name.
    fn may(&self, role: &str) -> bool {
        role.parse().is_ok_and(|role| self.asking.visitor.may(&role))
    }

    /// The community's name, or a stand-in.
    fn community(&self) -> &str {
        match self.about.community.trim() {
            "" => "this community",
            name => name,
        }
    }

    /// Whether times are shown in UTC: then the browser's own are put beside them.
    fn is_utc(&self) -> bool {
        self.asking.visitor.zone == jiff::tz::TimeZone::UTC
    }

    /// An exact time in the reader's zone: `Tue 12 May 2020, 16:03 CEST`.
    fn exact(&self, time: &i64) -> String {
        words::exact_in(time, &self.asking.visitor.zone)
    }

    /// A time among others of about the same day, in the reader's zone: `12 May 2024, 16:03`.
    fn brief(&self, time: &i64) -> String {
        words::brief_in(time, &self.asking.visitor.zone)
    }

    /// A day in the reader's zone: `12 May 2020`.
    fn day(&self, time: &i64) -> String {
        words::day_in(time, &self.asking.visitor.zone)
    }

    /// How a time looks from the page's “now”. In an archive that lies in the past: what was done since, a decision or a
    /// sync, has its day instead of being “in 5 weeks”.
    fn ago(&self, time: &i64) -> String {
        if self.about.as_of_data && *time > self.about.as_of {
            return self.day(time);
        }
        words::ago(&self.about.as_of, time)
    }

    /// How long it has been since a time.
    fn since(&self, time: &i64) -> String {
        words::length(time, &self.about.as_of)
    }

    /// Where a promise made at `since` and due at `due` stands.
    fn promise(&self, since: &i64, due: &i64) -> Promise {
        Promise::new(self.about.as_of, *since, *due)
    }
}

/// The id in the address of a page or its twin. Only what the model made passes: an address or a path
/// never gets as far as a question.
pub(crate) struct Named(Option<Id>);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        // Bytes that are no UTF-8 are no id either.
        let name = Path::<String>::from_request_parts(parts, state).await;
        Ok(Named(name.ok().and_then(|Path(name)| Id::parse(bare(&name)))))
    }
}

/// The name of a source or a section in the address of a page or its twin. Any text: whoever looks it up finds it or not.
pub(crate) struct Called(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Called {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let name = Path::<String>::from_request_parts(parts, state).await;
        Ok(Called(name.map(|Path(name)| bare(&name).to_owned()).unwrap_or_default()))
    }
}

/// The last part of an address without the extension that says the form.
fn bare(name: &str) -> &str {
    [".json", ".csv"].iter().find_map(|extension| name.strip_suffix(extension)).unwrap_or(name)
}

/// Renders a page.
fn render(page: &impl Template) -> Result<String, Failure> {
    page.render().map_err(|_| Failure::Broken)
}
