//! Every page there is: one line each. The navigation, the routes, the rights, the screenshots and the browser's tests
//! are loops over this list.

use axum::Router;
use axum::routing::MethodRouter;
use desk::Role;

use crate::pages::*;
use crate::router::App;

/// A page.
pub(crate) struct Place {
    /// Its address; a last part `{id}` stands for an id.
    pub path: &'static str,
    /// What it is called, in the navigation and in the browser's list of tabs.
    pub title: &'static str,
    /// The entry of the navigation that it belongs to.
    pub section: Section,
    /// Who may see it: at least this role.
    pub least: Role,
    /// Whether it has nothing personal in it, so that it may be switched on for everybody.
    pub publishable: bool,
    /// The list of its twin that is its table (see [`crate::sheet::csv`]); `None` if it has none.
    pub table: Option<&'static str>,
    /// What answers there.
    pub route: fn() -> MethodRouter<App>,
}

/// The entries of the navigation, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Today,
    Conversations,
    People,
    Support,
    Channels,
    Topics,
    Goals,
    Growth,
    Stories,
    Events,
    Reports,
    Sources,
    Settings,
    /// In no entry.
    Aside,
}

impl Place {
    /// The first word of its address: what switches it on for everybody.
    pub(crate) fn name(&self) -> &'static str {
        self.path.split('/').nth(1).filter(|word| !word.is_empty()).unwrap_or("today")
    }
}

/// The names of the pages that may be switched on for everybody, sorted: what `[server] public` may list.
pub fn publishable() -> Vec<&'static str> {
    let open = PLACES.iter().filter(|place| place.publishable);
    let mut names: Vec<&str> = open.map(|place| place.name()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every page, by address.
pub(crate) static PLACES: &[&Place] = &[
    &today_show::PLACE,
    &account_edit::PLACE,
    &factor_edit::PLACE,
    &actions_list::PLACE,
    &announcements_list::PLACE,
    &announcement_show::PLACE,
    &question_ask::PLACE,
    &channels_list::PLACE,
    &peers_list::PLACE,
    &channel_show::PLACE,
    &conversations_list::PLACE,
    &conversation_show::PLACE,
    &draft_show::PLACE,
    &design_show::PLACE,
    &events_list::PLACE,
    &event_show::PLACE,
    &goals_list::PLACE,
    &goal_show::PLACE,
    &growth_show::PLACE,
    &approach_list::PLACE,
    &care_show::PLACE,
    &firsts_list::PLACE,
    &levels_show::PLACE,
    &unheard_show::PLACE,
    &message_explain::PLACE,
    &metrics_list::PLACE,
    &metric_show::PLACE,
    &people_list::PLACE,
    &organizations_list::PLACE,
    &suggestions_show::PLACE,
    &person_show::PLACE,
    &person_erase::PLACE,
    &person_merge::PLACE,
    &reports_list::PLACE,
    &report_show::PLACE,
    &saved_list::PLACE,
    &search_show::PLACE,
    &settings_show::PLACE,
    &settings_alerts::PLACE,
    &audit_list::PLACE,
    &settings_export::PLACE,
    &team_list::PLACE,
    &token_list::PLACE,
    &section_edit::PLACE,
    &session_begin::PLACE,
    &sources_list::PLACE,
    &source_new::PLACE,
    &sync_show::PLACE,
    &source_show::PLACE,
    &source_edit::PLACE,
    &stories_list::PLACE,
    &support_show::PLACE,
    &topics_list::PLACE,
];

impl Section {
    /// All that stand in the navigation.
    pub(crate) const ALL: &'static [Section] = &[
        Section::Today,
        Section::Conversations,
        Section::People,
        Section::Support,
        Section::Channels,
        Section::Topics,
        Section::Goals,
        Section::Growth,
        Section::Stories,
        Section::Events,
        Section::Reports,
        Section::Sources,
        Section::Settings,
    ];

    /// Whether a group of entries begins with it: the day's work, the whole, what grows, the workspace.
    pub(crate) fn begins_group(self) -> bool {
        matches!(self, Section::Support | Section::Goals | Section::Sources)
    }

    /// Its page, if there is one: that which is called as the section is.
    pub(crate) fn place(self) -> Option<&'static Place> {
        let name = format!("{self:?}");
        PLACES.iter().copied().find(|place| place.section == self && place.title == name)
    }
}

/// The address of every page, with its parts in braces: what tests and pictures of all pages loop over.
pub fn addresses() -> Vec<&'static str> {
    PLACES.iter().map(|place| place.path).collect()
}

/// The routes of every page and its twins.
pub(crate) fn routes() -> Router<App> {
    PLACES.iter().fold(Router::new(), |router, place| {
        let router = router.route(place.path, (place.route)());
        // Where the address ends with an id, the id takes the extension with it.
        let stem = match place.path {
            path if path.ends_with('}') => return router,
            "/" => "/today",
            path => path,
        };
        let router = router.route(&format!("{stem}.json"), (place.route)());
        match place.table {
            Some(_) => router.route(&format!("{stem}.csv"), (place.route)()),
            None => router,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_stands_once_and_in_order() {
        let paths: Vec<&str> = PLACES.iter().map(|place| place.path).collect();
        let mut sorted = paths.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(paths, sorted);
    }

    #[test]
    fn each_entry_of_the_navigation_leads_to_the_page_of_its_name() {
        let paths: Vec<&str> = Section::ALL.iter().map(|section| section.place().expect("it has one").path).collect();
        let expected = [
            "/",
            "/conversations",
            "/people",
            "/support",
            "/channels",
            "/topics",
            "/goals",
            "/growth",
            "/stories",
            "/events",
            "/reports",
            "/sources",
            "/settings",
        ];
        assert_eq!(paths, expected);
    }
}
