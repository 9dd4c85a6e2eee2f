//! GraphQL answers, and documents that wrap objects: whatever a query asked for, in whatever it was nested.

use serde_json::{Map, Value};

use super::context::{Reading, Repo};
use super::told::Told;
use super::types::Repository;

/// Names of connections, and what stands in them where it does not say so itself.
const CONNECTIONS: [(&str, Told); 8] = [
    ("issues", Told::Issue),
    ("issue", Told::Issue),
    ("pullRequests", Told::Pull),
    ("pullRequest", Told::Pull),
    ("discussions", Told::Discussion),
    ("discussion", Told::Discussion),
    ("releases", Told::Release),
    ("forks", Told::Repository),
];

impl Reading<'_> {
    /// Everything in a document, from the top. Depth is bounded by the parser that made `value`.
    pub fn answer(&mut self, value: &Value) {
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| self.inner(element, None)),
            Value::Object(object) => self.within(object, None),
            _ => self.problem("is no JSON object", ""),
        }
        if let Some(errors) = value.get("errors").and_then(Value::as_array) {
            self.problem("answer tells of errors", &format!("{} of them", errors.len()));
        }
    }

    fn inner(&mut self, value: &Value, hint: Option<Told>) {
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| self.inner(element, hint)),
            Value::Object(object) if !is_thing(object, hint) => self.within(object, hint),
            Value::Object(_) if self.object(value, hint).is_err() => self.problem("is no object of GitHub", ""),
            _ => {}
        }
    }

    /// What wraps things: the answer itself, a repository, an organization, a connection, an edge.
    fn within(&mut self, object: &Map<String, Value>, hint: Option<Told>) {
        let before = self.repo.clone();
        if object.contains_key("nameWithOwner") || object.contains_key("owner") {
            let told = Repository::from_value(object).and_then(|repository| {
                let repo = Repo::told(&repository)?;
                Some((repo, repository.description.text().map(str::to_owned)))
            });
            if let Some((repo, title)) = told {
                self.channel(&repo, title.as_deref());
                self.repo = Some(repo);
            }
        }
        for (name, value) in object {
            let named = CONNECTIONS.iter().find(|(connection, _)| connection == name).map(|(_, told)| *told);
            let passes = matches!(name.as_str(), "nodes" | "edges" | "node" | "items");
            self.inner(value, named.or(hint.filter(|_| passes)));
        }
        self.repo = before;
    }
}

/// Whether an object is a thing itself, not one that holds things.
fn is_thing(object: &Map<String, Value>, hint: Option<Told>) -> bool {
    let there = |name: &str| object.get(name).is_some_and(|value| !value.is_null());
    let lists = ["nodes", "edges", "items", "totalCount", "total_count"];
    if there("starredAt") || there("starred_at") {
        return true;
    }
    if lists.iter().any(|name| there(name)) {
        return false;
    }
    match object.get("__typename").and_then(Value::as_str) {
        Some("Repository") => hint == Some(Told::Repository),
        Some("Organization" | "User" | "Query") => false,
        Some(_) => true,
        // An account in GraphQL holds what is theirs; a repository holds everything.
        None if hint == Some(Told::Repository) => there("owner") || there("nameWithOwner") || there("full_name"),
        None => {
            there("number") || there("body") || there("tagName") || there("html_url") || hint.is_some() && there("url")
        }
    }
}

impl<'a> Repository<'a> {
    fn from_value(object: &'a Map<String, Value>) -> Option<Repository<'a>> {
        serde::Deserialize::deserialize(object).ok()
    }
}
