//! Events, as webhooks deliver them and as the Events API (and GH Archive) tells them afterwards.

use std::borrow::Cow;

use model::{ActivityKind, Id, Timestamp};

use super::context::{Deed, Reading, Repo, Subject};
use super::deeds::Done;
use super::field::Field;
use super::node::Node;
use super::nodes::Within;
use super::payload::{Event, Payload, Wrapped};
use super::told::Told;

/// What happened, as far as it is the same for all events.
pub struct Happened<'a> {
    /// The event's name, as webhooks call it: `issues`, `issue_comment`.
    pub name: Cow<'a, str>,
    /// Where.
    pub repo: Repo,
    /// Who did it.
    pub who: Option<Id>,
    /// When, if the event itself is dated.
    pub time: Option<Timestamp>,
}

/// Events that programs cause and that say nothing of people.
const MACHINES: [&str; 22] = [
    "check_run",
    "check_suite",
    "code_scanning_alert",
    "dependabot_alert",
    "deployment",
    "deployment_status",
    "deploy_key",
    "github_app_authorization",
    "installation",
    "installation_repositories",
    "installation_target",
    "merge_group",
    "meta",
    "page_build",
    "ping",
    "registry_package",
    "package",
    "repository_import",
    "secret_scanning_alert",
    "status",
    "workflow_job",
    "workflow_run",
];

impl Reading<'_> {
    /// An event of the Events API.
    pub fn event(&mut self, event: &Event<'_>) {
        let repository = event.repo.get().or_else(|| event.repository.get());
        let Some(repo) = repository.and_then(Repo::told).or_else(|| self.repo.clone()) else {
            return self.problem("does not say which it is", "event");
        };
        let Some(sort) = event.sort.text() else { return self.problem("event without a type", "") };
        let name = super::deeds::word(sort);
        // `WatchEvent` is what became of stars when they got a new name.
        let name = if name == "watch" { Cow::Borrowed("star") } else { name };
        let time = self.time("created_at", &event.created_at);
        let who = self.who(&event.actor, time);
        let happened = Happened { name, repo, who, time };
        match event.payload.get() {
            Some(Wrapped::Payload(payload)) => self.happened(&happened, payload),
            Some(Wrapped::Text(text)) => match serde_json::from_str::<Payload<'_>>(text) {
                Ok(payload) => self.happened(&happened, &payload),
                Err(_) => self.problem("payload is no JSON", ""),
            },
            None => self.happened(&happened, &Payload::default()),
        }
    }

    /// A webhook's delivery. `named` is the event's name where something beside the payload tells it; `path`
    /// where the payload lies, whose parts may tell it, too.
    pub fn delivery(&mut self, payload: &Payload<'_>, named: Option<&str>, path: &str, at: Option<Timestamp>) {
        let header = payload.headers.get().and_then(|headers| headers.event.text());
        let inner_name = payload.request.get().and_then(|request| request.headers.get()?.event.text());
        let named = header.or(inner_name).or_else(|| payload.event.text()).or(named);
        let at = self.time("delivered_at", &payload.delivered_at).or(at);
        let wrapped = [payload.payload.get(), payload.body.get()].into_iter().flatten().next();
        let wrapped = wrapped.or_else(|| payload.request.get().and_then(|request| request.payload.get()));
        match wrapped {
            Some(Wrapped::Payload(inner)) => return self.delivery(inner, named, path, at),
            Some(Wrapped::Text(text)) => {
                return match serde_json::from_str::<Payload<'_>>(text) {
                    Ok(inner) => self.delivery(&inner, named, path, at),
                    Err(_) => self.problem("payload is no JSON", ""),
                };
            }
            None => {}
        }
        let Some(name) = named.or_else(|| by_fields(payload)).or_else(|| by_path(path)) else {
            return self.problem("event without a name", payload.action.text().unwrap_or_default());
        };
        if MACHINES.contains(&name) {
            return;
        }
        let organization = payload.organization.get().and_then(|owner| owner.login.text());
        let place = payload.repository.get().and_then(Repo::told);
        let sender_host = payload.sender.get().and_then(|sender| {
            [&sender.html_url, &sender.url].into_iter().filter_map(Field::text).find_map(super::place::Place::parse)
        });
        let host = sender_host.map_or(super::context::HUB, |place| place.host);
        let place = place.or_else(|| organization.map(|owner| Repo::new(host, owner))).or_else(|| self.repo.clone());
        let Some(repo) = place else { return self.problem("does not say which it is", "event") };
        let title = payload.repository.get().and_then(|repository| repository.description.text());
        self.channel(&repo, title);
        let who = self.who(&payload.sender, at);
        self.happened(&Happened { name: name.to_owned().into(), repo, who, time: at }, payload);
    }

    /// What happened, by the event's name.
    fn happened(&mut self, event: &Happened<'_>, payload: &Payload<'_>) {
        // Objects in a payload may leave out where they are.
        let before = self.repo.replace(event.repo.clone());
        match event.name.as_ref() {
            "issues" => self.about_node(event, payload, &payload.issue, Told::Issue),
            "pull_request" | "pull_request_target" => {
                self.about_node(event, payload, &payload.pull_request, Told::Pull)
            }
            "discussion" => self.about_node(event, payload, &payload.discussion, Told::Discussion),
            "release" => self.about_node(event, payload, &payload.release, Told::Release),
            "issue_comment" => self.about_part(event, payload, &payload.comment, Told::Comment),
            "commit_comment" => self.about_part(event, payload, &payload.comment, Told::CommitComment),
            "discussion_comment" => self.about_part(event, payload, &payload.comment, Told::DiscussionComment),
            "pull_request_review_comment" => self.about_part(event, payload, &payload.comment, Told::ReviewComment),
            "pull_request_review" => self.about_part(event, payload, &payload.review, Told::Review),
            "pull_request_review_thread" => self.about_node(event, payload, &payload.pull_request, Told::Pull),
            name => self.about_repository(event, payload, name),
        }
        self.repo = before;
    }

    /// Something was done to a whole thing.
    fn about_node(&mut self, event: &Happened<'_>, payload: &Payload<'_>, node: &Field<Box<Node<'_>>>, told: Told) {
        // Before 2015 events had only numbers of what they are about.
        let Some(node) = node.get() else { return self.about_repository(event, payload, &event.name) };
        let known = self.rows.messages.len();
        let Some(subject) = self.node(node, Some(told), Within::default()) else { return };
        let action = payload.action.text().unwrap_or_default();
        // Since 2025 events only point to what they are about: then nobody else says that it was opened.
        let opened = matches!(action, "opened" | "created" | "published" | "released" | "prereleased");
        if opened && (self.rows.messages.len() > known || told == Told::Release) {
            return self.moved_here(payload, &subject, event);
        }
        let deed_time = match action {
            "closed" | "merged" => &node.closed_at,
            "answered" => &node.answer_chosen_at,
            "deleted" => &Field::Missing,
            _ => &node.updated_at,
        };
        let time = event.time.or_else(|| self.time("updated_at", deed_time)).or_else(|| match action {
            "deleted" => None,
            _ => self.time("updated_at", &node.updated_at),
        });
        // The thing knows best when it was closed: an event may be told a second later.
        let time = if action == "closed" { self.time("closed_at", &node.closed_at).or(time) } else { time };
        let merged = node.merged.yes() || node.merged_at.text().is_some();
        if merged && matches!(action, "closed" | "merged") {
            let at = self.time("merged_at", &node.merged_at).or(time);
            // Otherwise the thing itself has told who merged it.
            if node.merged_by.get().is_none() {
                self.done(&subject, Done { word: "merged", who: event.who, time: at, ..Done::default() });
            }
        }
        let changes = payload.changes.get();
        match action {
            "merged" if merged => {}
            "answered" => self.answered(event, payload, &subject, time),
            "unanswered" => {
                let within = Within { whole: Some(&subject), above: None, answerable: true };
                if let Some(answer) = payload.old_answer.get() {
                    self.node(answer, Some(Told::DiscussionComment), within);
                }
                self.done(&subject, Done { word: "unanswered", who: event.who, time, ..Done::default() });
            }
            "edited" if changes.is_some_and(|changes| changes.title.get().is_some()) => {
                self.done(&subject, Done { word: "renamed", who: event.who, time, about: node.title.text(), to: None });
            }
            "transferred" => self.moved_away(payload, &subject, event, time),
            "category_changed" => {
                let was = changes.and_then(|changes| changes.category.get()?.from.get()?.text());
                let about = node.category.get().and_then(|category| category.text()).or(was);
                self.done(&subject, Done { word: "category_changed", who: event.who, time, about, to: None });
            }
            "" => {}
            "opened" => {
                let about = if told == Told::Pull { "pull request" } else { "issue" };
                self.done(&subject, Done { word: "opened", who: event.who, time, about: Some(about), to: None });
            }
            _ => {
                let word = super::deeds::word(action);
                let of =
                    |name: &Field<super::types::Name<'_>>| name.get().and_then(|name| name.text()).map(str::to_owned);
                let about =
                    of(&payload.label).or_else(|| of(&payload.milestone)).or_else(|| of(&payload.requested_team));
                let about = about.or_else(|| node.state_reason.text().filter(|_| word == "closed").map(str::to_owned));
                let to = payload.assignee.get().or_else(|| payload.requested_reviewer.get());
                self.done(&subject, Done { word: &word, who: event.who, time, about: about.as_deref(), to });
            }
        }
    }

    /// Something was done to a comment or a review; what it belongs to comes with it.
    fn about_part(&mut self, event: &Happened<'_>, payload: &Payload<'_>, node: &Field<Box<Node<'_>>>, told: Told) {
        let wholes = [
            (&payload.issue, Told::Issue),
            (&payload.pull_request, Told::Pull),
            (&payload.discussion, Told::Discussion),
        ];
        let mut whole = None;
        let mut answerable = false;
        for (thing, told) in wholes {
            if let Some(thing) = thing.get() {
                whole = self.node(thing, Some(told), Within::default());
                answerable = thing.category.get().is_some_and(|category| category.is_answerable.yes());
            }
        }
        // Before 2015 events had only numbers of what they are about.
        let Some(node) = node.get() else { return self.about_repository(event, payload, &event.name) };
        let within = Within { whole: whole.as_ref(), above: None, answerable };
        let Some(subject) = self.node(node, Some(told), within) else { return };
        let action = payload.action.text().unwrap_or_default();
        if matches!(action, "created" | "submitted" | "") {
            return;
        }
        let updated = if action == "deleted" { &Field::Missing } else { &node.updated_at };
        let time = event.time.or_else(|| self.time("updated_at", updated));
        let word = super::deeds::word(action);
        self.done(&subject, Done { word: &word, who: event.who, time, ..Done::default() });
    }

    fn answered(&mut self, event: &Happened<'_>, payload: &Payload<'_>, subject: &Subject, time: Option<Timestamp>) {
        let within = Within { whole: Some(subject), above: None, answerable: true };
        let Some(discussion) = payload.discussion.get() else { return };
        let answer = payload.answer.get();
        let answer = answer.and_then(|answer| self.node(answer, Some(Told::DiscussionComment), within));
        // Otherwise the discussion itself has told who chose it.
        if let Some(answer) = answer.filter(|_| discussion.answer_chosen_by.get().is_none()) {
            let key = format!("{}/accepted/{}", subject.key, answer.key);
            let deed = Deed { key, who: event.who, time, object: Some(answer.id), detail: String::new() };
            self.once(ActivityKind::Accepted, &subject.repo, deed);
        }
    }

    /// A thing that was opened by moving it here from another repository.
    fn moved_here(&mut self, payload: &Payload<'_>, subject: &Subject, event: &Happened<'_>) {
        let Some(old) = payload.changes.get().and_then(|changes| changes.old_issue.get()) else { return };
        if let Some(old) = self.node(old, Some(Told::Issue), Within::default()) {
            let deed = Done { word: "transferred", who: event.who, about: Some(&subject.native), ..Done::default() };
            self.done(&old, Done { time: event.time, ..deed });
        }
    }

    /// A thing that was moved to another repository, where it is another one.
    fn moved_away(&mut self, payload: &Payload<'_>, subject: &Subject, event: &Happened<'_>, time: Option<Timestamp>) {
        let changes = payload.changes.get();
        let issue = changes.and_then(|changes| changes.new_issue.get()).map(|node| (node, Told::Issue));
        let discussion = changes.and_then(|changes| changes.new_discussion.get()).map(|node| (node, Told::Discussion));
        let moved = issue.or(discussion).and_then(|(node, told)| self.node(node, Some(told), Within::default()));
        let about = moved.as_ref().map(|moved| moved.native.as_str());
        self.done(subject, Done { word: "transferred", who: event.who, time, about, to: None });
    }
}

/// An event's name by the fields that only its payload has.
fn by_fields(payload: &Payload<'_>) -> Option<&'static str> {
    let there = |node: &Field<Box<Node<'_>>>| node.get().is_some();
    Some(match payload {
        Payload { comment: Field::Is(_), discussion: Field::Is(_), .. } => "discussion_comment",
        Payload { comment: Field::Is(_), issue: Field::Is(_), .. } => "issue_comment",
        Payload { comment: Field::Is(_), pull_request: Field::Is(_), .. } => "pull_request_review_comment",
        Payload { comment: Field::Is(_), .. } => "commit_comment",
        Payload { review: Field::Is(_), .. } => "pull_request_review",
        Payload { thread: Field::Is(_), .. } => "pull_request_review_thread",
        _ if there(&payload.discussion) => "discussion",
        _ if there(&payload.issue) => "issues",
        _ if there(&payload.pull_request) => "pull_request",
        _ if there(&payload.release) => "release",
        Payload { forkee: Field::Is(_), .. } => "fork",
        Payload { pages: Field::Is(_), .. } => "gollum",
        Payload { before: Field::Is(_), pusher: Field::Is(_), .. } => "push",
        Payload { membership: Field::Is(_), .. } => "organization",
        Payload { member: Field::Is(_), team: Field::Is(_), .. } => "membership",
        Payload { member: Field::Is(_), .. } => "member",
        Payload { starred_at: Field::Is(_), .. } => "star",
        _ => return None,
    })
}

/// An event's name by a part of the path: a folder's name, or the beginning of the file's.
fn by_path(path: &str) -> Option<&str> {
    const NAMES: [&str; 19] = [
        "commit_comment",
        "create",
        "delete",
        "discussion",
        "discussion_comment",
        "fork",
        "gollum",
        "issue_comment",
        "issues",
        "member",
        "membership",
        "organization",
        "public",
        "pull_request",
        "push",
        "release",
        "repository",
        "star",
        "watch",
    ];
    let parts = path.rsplit('/').map(|part| part.split(['.', '-']).next().unwrap_or(part));
    parts.into_iter().find(|part| NAMES.contains(part) || MACHINES.contains(part))
}
