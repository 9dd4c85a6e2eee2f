//! The part of the address after `?`: a view, a query, a page. The form's fields beside the query are written into it,
//! so that an address always says in one language what is shown.

use insight::View;
use serde::{Deserialize, Deserializer};

use super::LINES;

/// Pages that can be asked for: more lines than a community has.
const MOST_PAGES: usize = 1_000_000;

/// What is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Wanted {
    /// The query.
    #[serde(default)]
    pub(super) q: String,
    /// The view's name.
    view: Option<String>,
    /// Waiting for at most so many days.
    #[serde(default, deserialize_with = "empty_is_none")]
    pub(super) days: Option<u32>,
    #[serde(default, deserialize_with = "empty_is_none")]
    page: Option<u32>,
    state: Option<String>,
    tier: Option<String>,
    place: Option<String>,
    tag: Option<String>,
    has: Option<String>,
}

/// A number in a form's field that may be left empty.
fn empty_is_none<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u32>, D::Error> {
    let text = Option::<String>::deserialize(field)?;
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(serde::de::Error::custom),
    }
}

impl Wanted {
    /// The view: whoever only searches means everything.
    pub(super) fn view(&self) -> View {
        let otherwise = if self.q.trim().is_empty() { View::Waiting } else { View::All };
        self.view.as_deref().and_then(View::parse).unwrap_or(otherwise)
    }

    /// The page's number, from 1.
    pub(super) fn page(&self) -> usize {
        self.page.map_or(1, |page| page as usize).clamp(1, MOST_PAGES)
    }

    /// Lines before this page.
    pub(super) fn offset(&self) -> usize {
        (self.page() - 1) * LINES
    }

    /// The address with the fields written into the query; `None` where there is nothing to be written.
    pub(super) fn written(&self) -> Option<String> {
        let fields =
            [("is", &self.state), ("tier", &self.tier), ("in", &self.place), ("tag", &self.tag), ("has", &self.has)];
        let said = fields.iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let none_was_sent = fields.iter().all(|(_, value)| value.is_none());
        if none_was_sent {
            return None;
        }
        let mut query = self.q.trim().to_owned();
        for (name, value) in said.map(|(name, value)| (name, value.trim())).filter(|(_, value)| !value.is_empty()) {
            let value = value.replace('"', "");
            let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
            query.push_str(&format!(" {name}:{quote}{value}{quote}"));
        }
        Some(self.with(self.view(), query.trim(), 1))
    }

    /// The address of this query in another view.
    pub(super) fn in_view(&self, view: &View) -> String {
        self.with(*view, &self.q, 1)
    }

    /// The address of another page of it.
    pub(super) fn at_page(&self, page: usize) -> String {
        self.with(self.view(), &self.q, page)
    }

    fn with(&self, view: View, q: &str, page: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("view", view.as_str());
        if !q.is_empty() {
            pairs.append_pair("q", q);
        }
        if let Some(days) = self.days {
            pairs.append_pair("days", &days.to_string());
        }
        if page > 1 {
            pairs.append_pair("page", &page.to_string());
        }
        pairs.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: Wanted, expected: Option<&str>) {
        assert_eq!(wanted.written().as_deref(), expected);
    }

    #[test]
    fn fields_are_written_into_the_query() {
        let some = |text: &str| Some(text.to_owned());
        check(Wanted { q: "lock file".into(), ..Wanted::default() }, None);
        check(
            Wanted { q: "lock".into(), state: some("waiting"), tier: some(" "), tag: some("tls"), ..Wanted::default() },
            Some("view=all&q=lock+is%3Awaiting+tag%3Atls"),
        );
        check(Wanted { place: some("a \"b\""), ..Wanted::default() }, Some("view=waiting&q=in%3A%22a+b%22"));
        check(Wanted { has: some(""), view: some("mine"), ..Wanted::default() }, Some("view=mine"));
    }
}
