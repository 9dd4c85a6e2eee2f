//! Numbers that a site counted at the time Perceval asked: stars, forks, downloads.

use model::{Id, Measurement};

use super::super::data::Data;
use super::super::scribe::{Scribe, path};

/// A repository of GitHub or Gitee.
pub fn repository(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let name = data.text("full_name").unwrap_or_else(|| path(scribe.origin)).to_lowercase();
    scribe.place(&name, "repository", data.text("description"));
    measure(
        scribe,
        data,
        &[
            ("stars", "stargazers_count"),
            ("forks", "forks_count"),
            ("watchers", "subscribers_count"),
            ("open issues", "open_issues_count"),
        ],
    );
}

/// A repository of Docker Hub.
pub fn dockerhub(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let name = [data.text("namespace"), data.text("name")].into_iter().flatten().collect::<Vec<_>>().join("/");
    scribe.place(&name, "repository", data.text("description"));
    measure(scribe, data, &[("downloads", "pull_count"), ("stars", "star_count")]);
}

/// A crate of crates.io.
pub fn crates(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let name = data.text("id").or(data.text("name")).unwrap_or_default().to_owned();
    scribe.place(&name, "repository", data.text("description"));
    measure(scribe, data, &[("downloads", "downloads"), ("recent downloads", "recent_downloads")]);
}

fn measure(scribe: &mut Scribe<'_>, data: Data<'_>, fields: &[(&str, &'static str)]) {
    // When it was fetched is when the item was updated, in Perceval's words, for what changes all the time.
    let time = data.time("fetched_on").or(scribe.updated);
    for (name, field) in fields {
        let Some(value) = data.number(field) else { continue };
        let native = format!("{}/{}/{name}/{}", scribe.site, scribe.channel, time.unwrap_or_default());
        scribe.rows.measurements.push(Measurement {
            id: Id::measurement(scribe.source, &native),
            name: (*name).to_owned(),
            channel: scribe.channel.clone(),
            time,
            value: value as f64,
            unit: None,
            labels: Vec::new(),
        });
    }
}
