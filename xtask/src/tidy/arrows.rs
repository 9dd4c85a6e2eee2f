//! Arrows between crates point down, and each crate knows only what it may (ARCHITECTURE.md).

use super::Findings;
use super::graph::Graph;

/// The rooms of the product from the top down. A crate may depend on those after it only.
const ROOMS: &[&str] = &[
    "switchboard",
    "web",
    "sso",
    "report",
    "chart",
    "insight",
    "metric",
    "desk",
    "index",
    "engine",
    "derive",
    "sources",
    "source",
    "archive",
    "people",
    "untangle",
    "notify",
    "text",
    "model",
];

/// Crates to make and test the product with.
const WORKSHOP: &[&str] = &["browser", "learn", "simulate", "testkit", "xtask"];

/// Who of the product may need a crate of the workshop to run.
const FROM_WORKSHOP: &[(&str, &str)] = &[("switchboard", "simulate")];

/// Crates that need none of ours.
const GROUND: &[&str] = &["browser", "chart", "model", "notify", "simulate", "sso", "text"];

/// Which crates may name a dependency; all others of ours must not.
const ONLY: &[(&str, &[&str])] = &[
    ("datafusion", &["engine"]),
    ("tantivy", &["index"]),
    ("rusqlite", &["desk"]),
    ("axum", &["web"]),
    ("rmcp", &["web", "switchboard"]),
    ("lettre", &["notify"]),
    ("openidconnect", &["sso"]),
    ("resvg", &["chart"]),
    ("krilla", &["report"]),
    ("minijinja", &["report"]),
    ("ureq", &["notify", "sso"]),
];

/// What a crate must not name.
const NEVER: &[(&str, &[&str])] = &[
    ("web", &["engine", "archive", "parquet", "arrow", "tantivy", "datafusion"]),
    ("report", &["axum", "ureq", "arrow", "parquet", "datafusion"]),
    ("sources", &["archive"]),
    ("insight", &["axum", "sources", "source"]),
    ("index", &["datafusion", "engine"]),
];

/// What a crate must not even reach through others.
const OUT_OF_REACH: &[(&str, &str)] = &[("datafusion", "engine")];

pub(crate) fn check(graph: &Graph, findings: &mut Findings) {
    let errors = &mut findings.errors;
    for (name, one) in graph.ours() {
        if place(name).is_none() && !WORKSHOP.contains(&name.as_str()) {
            errors
                .push(format!("crate `{name}` has no place: add it to ROOMS or WORKSHOP in xtask/src/tidy/arrows.rs"));
        }
        for need in one.needs.iter().filter(|need| graph.crates.get(*need).is_some_and(|need| need.ours)) {
            arrow(name, need, errors);
        }
        for (dependency, owners) in ONLY {
            if one.needs.contains(*dependency) && !owners.contains(&name.as_str()) {
                errors.push(format!("`{name}` names `{dependency}`, which only `{}` may", owners.join("`, `")));
            }
        }
        for (_, never) in NEVER.iter().filter(|(who, _)| who == name) {
            for need in never.iter().filter(|need| one.needs.contains(**need)) {
                errors.push(format!("`{name}` names `{need}`, which it must not know"));
            }
        }
    }
    for (dependency, room) in OUT_OF_REACH {
        for below in ROOMS.iter().skip_while(|name| *name != room).skip(1) {
            if let Some(way) =
                graph.way(below, |name| name == *dependency || name.starts_with(&format!("{dependency}-")))
            {
                errors.push(format!("`{below}` lies below `{room}` but reaches {dependency}: {}", way.join(" → ")));
            }
        }
    }
}

fn arrow(from: &str, to: &str, errors: &mut Vec<String>) {
    if GROUND.contains(&from) {
        errors.push(format!("`{from}` depends on `{to}`, but it must need none of our crates"));
        return;
    }
    if WORKSHOP.contains(&to) {
        if !WORKSHOP.contains(&from) && !FROM_WORKSHOP.contains(&(from, to)) {
            errors.push(format!("`{from}` depends on `{to}`, which is for making and testing only"));
        }
        return;
    }
    if let (Some(high), Some(low)) = (place(from), place(to))
        && high >= low
    {
        errors.push(format!("`{from}` depends on `{to}`, which lies above it; arrows point down"));
    }
}

fn place(name: &str) -> Option<usize> {
    ROOMS.iter().position(|room| *room == name)
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::graph;
    use super::*;

    fn check_errors(lines: &str, expected: &[&str]) {
        let mut findings = Findings::default();
        check(&graph(lines), &mut findings);
        assert_eq!(findings.errors, expected);
        assert!(findings.warnings.is_empty());
    }

    #[test]
    fn arrows_that_point_down_are_fine() {
        check_errors(
            "switchboard: web simulate clap\nweb: model axum\nmodel: serde\nsimulate: gix\nxtask: simulate",
            &[],
        );
        check_errors("engine: datafusion model\nmodel:\nswitchboard: engine", &[]);
    }

    #[test]
    fn arrows_that_point_up_are_not() {
        check_errors("model: web\nweb:", &["`model` depends on `web`, but it must need none of our crates"]);
        check_errors(
            "archive: derive\nderive:",
            &["`archive` depends on `derive`, which lies above it; arrows point down"],
        );
        check_errors("web: testkit\ntestkit:", &["`web` depends on `testkit`, which is for making and testing only"]);
        check_errors(
            "attic:",
            &["crate `attic` has no place: add it to ROOMS or WORKSHOP in xtask/src/tidy/arrows.rs"],
        );
    }

    #[test]
    fn nobody_names_what_is_not_theirs() {
        check_errors("insight: tantivy", &["`insight` names `tantivy`, which only `index` may"]);
        check_errors("web: parquet", &["`web` names `parquet`, which it must not know"]);
        check_errors(
            "derive: helper\nhelper: datafusion-common",
            &[
                "crate `helper` has no place: add it to ROOMS or WORKSHOP in xtask/src/tidy/arrows.rs",
                "`derive` lies below `engine` but reaches datafusion: derive → helper → datafusion-common",
            ],
        );
    }
}
