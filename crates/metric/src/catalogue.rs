//! Every metric there is: ours, and the community's own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use crate::header::{Metric, MetricError, View};

/// Files by their names, embedded.
macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../", $folder, "/", $name, ".sql")))),*]
    };
}

/// Our metrics, alphabetical.
const METRICS: &[(&str, &str)] = files!("metrics":
    "absence_factor"
    "absence_factor_code"
    "active_people"
    "answered"
    "answered_share"
    "askers_to_helpers"
    "burstiness"
    "came_back"
    "change_acceptance_ratio"
    "change_closure_ratio"
    "change_requests"
    "channel_joins"
    "contribution_types"
    "contributors"
    "contributors_to_maintainers"
    "deflected"
    "downloads"
    "drop_off"
    "elephant_factor"
    "elephant_factor_code"
    "first_response_mean"
    "first_response_median"
    "first_response_p90"
    "gaps"
    "gone_quiet"
    "growing_topics"
    "helpers"
    "helpers_to_contributors"
    "issue_age_median"
    "issues"
    "joins"
    "leavers"
    "mentions"
    "messages"
    "mood"
    "mood_spread"
    "new_askers"
    "new_contributors"
    "new_helpers"
    "new_reporters"
    "new_reviewers"
    "newcomers"
    "organization_spread"
    "organizations"
    "outsider_share"
    "questions"
    "resolution_median"
    "returned"
    "stayed"
    "tier_mismatch"
    "tier_risen"
    "time_to_keys"
    "unanswered"
    "visits"
    "waiting"
    "waiting_age_median"
    "within_promise"
);

/// What they count, alphabetical.
const VIEWS: &[(&str, &str)] = files!("views":
    "answers"
    "arrivals"
    "channel_stays"
    "contributions"
    "deeds"
    "firsts"
    "keys"
    "last_seen_people"
    "missing_pages"
    "moods"
    "newcomers"
    "questions"
    "reach"
    "tickets"
    "trends"
    "written"
);

static SHIPPED: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = Catalogue::default();
    for (name, text) in VIEWS {
        match View::read(name, text) {
            Ok(view) => drop(catalogue.views.insert((*name).to_owned(), view)),
            Err(error) => catalogue.problems.push(error),
        }
    }
    for (name, text) in METRICS {
        catalogue.take(name, text, false);
    }
    catalogue
});

/// Metrics and views, by name.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    metrics: BTreeMap<String, Metric>,
    views: BTreeMap<String, View>,
    problems: Vec<MetricError>,
}

impl Catalogue {
    /// Ours only.
    pub fn shipped() -> &'static Catalogue {
        &SHIPPED
    }

    /// Ours, and those in a folder (`*.sql`), where one of ours is replaced by one of the same name. A folder that is not
    /// there holds none; files that are wrong are left out and stand in [`Catalogue::problems`].
    pub fn with_folder(folder: &Path) -> Catalogue {
        let mut catalogue = Catalogue::shipped().clone();
        let Ok(entries) = std::fs::read_dir(folder) else { return catalogue };
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "sql")) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match std::fs::read_to_string(path) {
                Ok(text) => catalogue.take(&name, &text, true),
                Err(error) => catalogue.problems.push(MetricError {
                    file: format!("{name}.sql"),
                    line: 1,
                    column: 1,
                    what: format!("cannot be read: {error}"),
                }),
            }
        }
        catalogue
    }

    /// The one of this name.
    pub fn named(&self, name: &str) -> Option<&Metric> {
        self.metrics.get(name)
    }

    /// All of them, by name.
    pub fn metrics(&self) -> impl Iterator<Item = &Metric> {
        self.metrics.values()
    }

    /// What they count, by name.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.views.values()
    }

    /// The view of this name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.get(name)
    }

    /// Files that could not be read as a metric, and why.
    pub fn problems(&self) -> &[MetricError] {
        &self.problems
    }

    fn take(&mut self, name: &str, text: &str, own: bool) {
        match Metric::read(name, text, own) {
            Ok(metric) => drop(self.metrics.insert(name.to_owned(), metric)),
            Err(error) => self.problems.push(error),
        }
    }

    /// The views that a query needs, `first` and those that they or it name, each after those it needs.
    pub(crate) fn needed_by(&self, body: &str, first: &str) -> Vec<&View> {
        let mut needed = Vec::new();
        self.need(first, &mut needed);
        self.views.keys().filter(|name| names(body, name)).for_each(|name| self.need(name, &mut needed));
        needed
    }

    fn need<'a>(&'a self, name: &str, needed: &mut Vec<&'a View>) {
        let Some(view) = self.views.get(name) else { return };
        if needed.iter().any(|one| one.name == name) {
            return;
        }
        // A view never names itself, and none names one that names it: a test holds them to it.
        let others = self.views.keys().filter(|other| *other != name && names(&view.body, other));
        others.for_each(|other| self.need(other, needed));
        needed.push(view);
    }
}

/// Whether SQL names a table or view as a whole word.
pub(crate) fn names(sql: &str, name: &str) -> bool {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ask, By};

    #[test]
    fn what_we_ship_is_sound() {
        let catalogue = Catalogue::shipped();
        assert_eq!(catalogue.problems(), []);
        assert!(METRICS.is_sorted_by(|a, b| a.0 < b.0) && VIEWS.is_sorted_by(|a, b| a.0 < b.0));
        let ask = Ask::period(0, 1_700_000_000_000_000);
        for metric in catalogue.metrics() {
            let sql = metric.sql(catalogue, &ask).unwrap();
            assert!(!sql.contains('{'), "{}: {sql}", metric.name);
            assert!(metric.rows_sql(catalogue, &ask).unwrap().contains(&metric.view));
        }
        // Every view comes after those it names: so none names itself in a round.
        for view in catalogue.views() {
            let order: Vec<&str> = catalogue.needed_by("", &view.name).iter().map(|one| one.name.as_str()).collect();
            assert_eq!(order.last(), Some(&view.name.as_str()));
        }
    }

    #[test]
    fn every_file_is_in_the_list() {
        for (folder, list) in [("metrics", METRICS), ("views", VIEWS)] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let mut files: Vec<String> = std::fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".sql", ""))
                .collect();
            files.sort();
            assert_eq!(files, list.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_query_stands_by_itself() {
        let catalogue = Catalogue::shipped();
        let mut ask = Ask::period(0, 1_700_000_000_000_000).by(By::Month);
        ask.only.source = Some("it's".to_owned());
        insta::assert_snapshot!(catalogue.named("questions").unwrap().sql(catalogue, &ask).unwrap(), @"
        WITH questions AS (
        SELECT c.conversation_id, c.opened AS time, c.source, c.channel, c.asked_tier AS tier, c.observed_tier, c.observed_signs,
          c.state, c.opener_person_id AS person_id, c.first_response, c.first_responder_id, c.promised_until, c.waiting_since,
          c.last_time, (extract(epoch FROM c.first_response) - extract(epoch FROM c.opened)) / 3600.0 AS hours,
          p.organization, coalesce(p.staff, false) AS staff
        FROM conversations AS c LEFT JOIN people AS p ON p.person_id = c.opener_person_id
        WHERE c.is_question AND NOT coalesce(p.bot, false)
        ),
        rows AS (
        SELECT *, date_trunc('month', time) AS key FROM questions WHERE time >= TIMESTAMP '1970-01-01T00:00:00Z' AND time < TIMESTAMP '2023-11-14T22:13:20Z' AND source = 'it''s' AND NOT staff
        )
        SELECT key, value, cases FROM (
        SELECT key, count(*) AS value, count(*) AS cases FROM rows GROUP BY key
        ) AS measured ORDER BY key
        ");
    }

    #[test]
    fn a_community_has_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let good = include_str!("../metrics/questions.sql").replace("title: Questions", "title: Ours");
        std::fs::write(folder.path().join("questions.sql"), good).unwrap();
        std::fs::write(folder.path().join("wrong.sql"), "-- titel: x\nSELECT 1").unwrap();
        let catalogue = Catalogue::with_folder(folder.path());
        let ours = catalogue.named("questions").unwrap();
        assert!(ours.own && ours.title == "Ours");
        let problems: Vec<String> = catalogue.problems().iter().map(ToString::to_string).collect();
        insta::assert_debug_snapshot!(problems, @r#"
        [
            "wrong.sql:1:4: no key `titel`; there are title, chaoss, definition, unit, good, caveat, since, rows",
        ]
        "#);
    }
}
