//! What was done to an issue, a pull request, a discussion or a comment: the words of webhooks, of timelines
//! and of GraphQL for it, which differ, and the activity that each becomes.

use std::borrow::Cow;

use model::{ActivityKind, Id, Timestamp};

use super::context::{Deed, Reading, Repo, Subject};
use super::field::Field;
use super::node::Node;
use super::nodes::{Within, repo_of, subject_of, whole_of};
use super::types::User;

/// Something that was done.
#[derive(Debug, Default)]
pub struct Done<'a> {
    /// What, in GitHub's word.
    pub word: &'a str,
    /// Who did it.
    pub who: Option<Id>,
    /// When.
    pub time: Option<Timestamp>,
    /// The label, milestone, title or place that it is about.
    pub about: Option<&'a str>,
    /// The account that it was done to: who was assigned, asked for a review.
    pub to: Option<&'a User<'a>>,
}

/// Words that say nothing of who did something: their actor is who was mentioned or gets mail.
const SILENT: [&str; 4] = ["mentioned", "subscribed", "unsubscribed", "committed"];

/// The word of a GraphQL type such as `ConvertToDraftEvent`, and those that have several made one.
pub fn word(written: &str) -> Cow<'_, str> {
    let name = written.strip_suffix("Event").unwrap_or(written);
    let mut word = Cow::Borrowed(name);
    if name.contains(|c: char| c.is_ascii_uppercase() || c == '-') {
        let mut snake = String::with_capacity(name.len() + 4);
        for c in name.chars() {
            if c.is_ascii_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.push(if c == '-' { '_' } else { c.to_ascii_lowercase() });
        }
        word = Cow::Owned(snake);
    }
    match word.as_ref() {
        "convert_to_draft" => "converted_to_draft".into(),
        "renamed_title" => "renamed".into(),
        _ => word,
    }
}

impl Reading<'_> {
    /// Something that was done to `subject`.
    pub fn done(&mut self, subject: &Subject, done: Done<'_>) {
        let (word, about) = (done.word, done.about.unwrap_or_default());
        let to = done.to.and_then(|user| self.somebody(user, done.time));
        let login = to.as_ref().map(|(_, login)| login.as_str()).unwrap_or_default();
        let spoken = word.replace('_', " ");
        let with = |what: &str| format!("{spoken} {what}").trim_end().to_owned();
        // What it is, what tells it from others of its minute, and a few words.
        let (kind, part, detail) = match word {
            "closed" => (ActivityKind::Closed, String::new(), about.to_ascii_lowercase().replace('_', " ")),
            "merged" => (ActivityKind::Merged, String::new(), String::new()),
            "reopened" => (ActivityKind::Reopened, String::new(), String::new()),
            "labeled" => (ActivityKind::Labelled, format!("/{about}"), about.to_owned()),
            "unlabeled" => (ActivityKind::Labelled, format!("/{about}"), format!("-{about}")),
            "assigned" => (ActivityKind::Assigned, format!("/{login}"), String::new()),
            "edited" | "renamed" => (ActivityKind::Edited, String::new(), about.to_owned()),
            "deleted" => (ActivityKind::Deleted, String::new(), String::new()),
            "user_blocked" => (ActivityKind::Moderated, String::new(), with(login)),
            "marked_as_duplicate" => (ActivityKind::Linked, String::new(), format!("duplicate {about}")),
            "cross_referenced" => (ActivityKind::Linked, format!("/{about}"), format!("related {about}")),
            _ if login.is_empty() => (ActivityKind::Other, format!("/{about}"), with(about)),
            _ => (ActivityKind::Other, format!("/{login}"), with(login)),
        };
        let key = format!("{}/{word}{}", subject.key, part.trim_end_matches('/'));
        let who = if kind == ActivityKind::Assigned { to.map(|(who, _)| who).or(done.who) } else { done.who };
        let deed = Deed { key, who, time: done.time, object: Some(subject.id), detail: text::lead(&detail, 200) };
        match word {
            // Nothing is deleted or moved away twice.
            "deleted" | "transferred" => self.once(kind, &subject.repo, deed),
            _ => self.act(kind, &subject.repo, deed),
        }
    }

    /// An entry of a timeline, or of a list of events on issues.
    pub fn timeline_event(&mut self, node: &Node<'_>, within: Within<'_>) {
        let written = node.event.text().or_else(|| node.typename.text()).unwrap_or_default();
        let word = word(written);
        if SILENT.contains(&word.as_ref()) {
            return;
        }
        let time = self.time("created_at", &node.created_at);
        let actor = if matches!(node.actor, Field::Missing) { &node.user } else { &node.actor };
        let label = node.label.get().and_then(|label| label.text()).or_else(|| node.label_name.text());
        let milestone = node.milestone.get().and_then(|milestone| milestone.text());
        let title = node.rename.get().and_then(|rename| rename.to.text()).or_else(|| node.title_is.text());
        let referring = node.source.get().and_then(|source| source_of(source, self.repo.as_ref()));
        let referring = referring.map(|subject| subject.id.to_string());
        let team = node.requested_team.get().and_then(|team| team.text());
        let about = label.or(milestone).or_else(|| node.milestone_title.text()).or(title).or(team);
        let about = about.or_else(|| node.state_reason.text()).or(referring.as_deref());
        let asked = node.assignee.get().or_else(|| node.requested_reviewer.get());
        let to = asked.or_else(|| node.subject.get().filter(|_| matches!(word.as_ref(), "assigned" | "unassigned")));
        // Before 2013 only who was assigned is told, as the actor.
        let to = to.or_else(|| actor.get().filter(|_| word == "assigned"));
        let who = self.who(actor, time);
        let Some(subject) = whole_of(node).or_else(|| within.whole.cloned()) else {
            return self.done_somewhere(node, &word, who, time, within);
        };
        self.done(&subject, Done { word: &word, who, time, about, to });
    }

    /// An event that does not say what it was done to: lists of an issue's own events do not repeat it.
    fn done_somewhere(
        &mut self,
        node: &Node<'_>,
        word: &str,
        who: Option<Id>,
        time: Option<Timestamp>,
        within: Within<'_>,
    ) {
        let Some(repo) = repo_of(node, within, self.repo.as_ref()) else {
            return self.problem("does not say which it is", "event");
        };
        let kind = match word {
            "closed" => ActivityKind::Closed,
            "merged" => ActivityKind::Merged,
            "reopened" => ActivityKind::Reopened,
            _ => ActivityKind::Other,
        };
        let key = format!("{}/event/{}", repo.name, node.database().unwrap_or_default());
        let detail = if kind == ActivityKind::Other { word.replace('_', " ") } else { String::new() };
        self.act(kind, &repo, Deed { key, who, time, detail, ..Deed::default() });
    }
}

/// The issue that refers to another: `{"type": "issue", "issue": {…}}`, or in GraphQL the issue itself.
fn source_of(source: &Node<'_>, repo: Option<&Repo>) -> Option<Subject> {
    whole_of(source).or_else(|| subject_of(source, repo))
}
