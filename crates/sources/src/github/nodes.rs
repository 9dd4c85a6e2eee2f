//! Nodes to messages, with all that lies below them.

use model::{Id, Message, MessageKind, Timestamp};

use super::context::{Reading, Repo, Subject};
use super::field::Field;
use super::markdown;
use super::node::Node;
use super::place::{Part, Place};
use super::told::{Told, told};

/// Where a node was found: what it answers, if it does not say so itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Within<'a> {
    /// The issue, pull request or discussion that it belongs to.
    pub whole: Option<&'a Subject>,
    /// The comment or review that it stands below.
    pub above: Option<&'a Subject>,
    /// True in a discussion of a category where answers are chosen.
    pub answerable: bool,
}

impl Reading<'_> {
    /// Reads a node and all below it; says which message it is, if it is one.
    pub fn node(&mut self, node: &Node<'_>, hint: Option<Told>, within: Within<'_>) -> Option<Subject> {
        let Some(told) = told(node, hint) else {
            self.problem("unknown kind of object", "");
            return None;
        };
        for name in node.wrong() {
            self.problem("field of a wrong type", name);
        }
        match told {
            Told::Issue | Told::Pull | Told::Discussion => self.whole(node, told, within),
            Told::Release => self.release(node, within),
            Told::Comment | Told::ReviewComment | Told::CommitComment | Told::DiscussionComment => {
                self.comment(node, told, within)
            }
            Told::Review => self.review(node, within),
            Told::Event => {
                self.timeline_event(node, within);
                None
            }
            Told::Thread => {
                self.below(node, None, within);
                None
            }
            Told::User | Told::Repository | Told::Star | Told::Commit | Told::Nothing => None,
        }
    }

    /// The thing, or the part of one, that a node is; a problem if it does not tell.
    pub fn subject(&mut self, node: &Node<'_>, told: Told, within: Within<'_>) -> Option<Subject> {
        let subject = subject(node, told, within, self.repo.as_ref());
        if subject.is_none() {
            self.problem("does not say which it is", sort(told));
        }
        subject
    }

    /// An issue, a pull request or a discussion.
    fn whole(&mut self, node: &Node<'_>, told: Told, within: Within<'_>) -> Option<Subject> {
        let subject = self.subject(node, told, within)?;
        let category = node.category.get();
        let answerable = category.is_some_and(|category| category.is_answerable.yes());
        let kind = match told {
            Told::Pull => MessageKind::ChangeRequest,
            Told::Discussion if answerable => MessageKind::Question,
            Told::Discussion => MessageKind::Post,
            _ if matches!(node.pull_request, Field::Is(_)) => MessageKind::ChangeRequest,
            _ => MessageKind::Issue,
        };
        // An event that only points to the thing must not take its words away.
        if node.title.text().is_some() || node.body.get().is_some() {
            let tags = category.into_iter().chain(node.labels.each()).filter_map(|name| name.text());
            let tags = tags.map(str::to_owned).collect();
            let accepted = self.accepted(node, &subject);
            let message = Message {
                subject: node.title.text().map(str::to_owned),
                tags,
                accepted,
                closed: closed(node),
                threaded: true,
                ..self.message(node, &subject, kind)
            };
            self.rows.messages.push(message);
        }
        self.standing(node, &subject);
        let within = Within { whole: Some(&subject), above: None, answerable };
        self.below(node, Some(told), within);
        Some(subject)
    }

    /// A comment of any sort.
    fn comment(&mut self, node: &Node<'_>, told: Told, within: Within<'_>) -> Option<Subject> {
        let subject = self.subject(node, told, within)?;
        let whole = whole_of(node).or_else(|| within.whole.cloned());
        let above = match told {
            Told::ReviewComment => above_line(node, &subject.repo),
            Told::DiscussionComment => above_comment(node, &subject.repo),
            _ => None,
        };
        let above = above.or(within.above.map(|above| above.id));
        let kind = match (told, above, within.answerable) {
            (Told::DiscussionComment, None, true) => MessageKind::Answer,
            _ => MessageKind::Comment,
        };
        if !matches!(node.body, Field::Missing) || node.created_at.text().is_some() {
            let parents = above.into_iter().chain(whole.map(|whole| whole.id)).collect();
            let message = Message { parents, ..self.message(node, &subject, kind) };
            self.rows.messages.push(message);
        }
        self.given(node, &subject);
        let within = Within { above: Some(&subject), ..within };
        self.below(node, Some(told), within);
        Some(subject)
    }

    /// What lies below a node.
    fn below(&mut self, node: &Node<'_>, told: Option<Told>, within: Within<'_>) {
        let comments = match told {
            Some(Told::Discussion | Told::DiscussionComment) => Told::DiscussionComment,
            Some(Told::Issue | Told::Pull) => Told::Comment,
            _ => Told::ReviewComment,
        };
        let lists = [
            (&node.comments, comments),
            (&node.comments_regular, Told::Comment),
            (&node.comments_beside, comments),
            (&node.replies, comments),
            (&node.reviews, Told::Review),
            (&node.review_threads, Told::Thread),
            (&node.review_comments, Told::ReviewComment),
            (&node.timeline, Told::Event),
        ];
        for (list, hint) in lists {
            for below in list.each() {
                self.node(below, Some(hint), within);
            }
        }
        // An answer that only the discussion holds. Its address alone is in `accepted` already.
        if let Some(answer) = node.answer.get().filter(|answer| answer.body.text().is_some()) {
            self.node(answer, Some(Told::DiscussionComment), within);
        }
    }

    /// What every message has: text, author, time, votes. Tells who they are to the repository, too.
    pub fn message(&mut self, node: &Node<'_>, subject: &Subject, kind: MessageKind) -> Message {
        let said = [&node.published_at, &node.submitted_at, &node.created_at];
        let (name, field) = match kind {
            MessageKind::Page => ("published_at", said[0]),
            _ if said[2].text().is_none() => ("submitted_at", said[1]),
            _ => ("created_at", said[2]),
        };
        let time = self.time(name, field);
        let author = self.author(node, &subject.repo, time);
        self.channel(&subject.repo, None);
        let body = node.body.text().unwrap_or_default();
        let body = if body.contains('\r') { body.replace("\r\n", "\n") } else { body.to_owned() };
        let page = node.addresses().find(|url| Place::parse(url).is_some_and(|place| !place.api));
        Message {
            author,
            time,
            order: node
                .number
                .get()
                .copied()
                .or_else(|| number(node).and_then(|id| i64::try_from(id).ok()))
                .unwrap_or_default(),
            kind,
            mentions: markdown::mentions(&body),
            attachments: markdown::attached(&body),
            score: score(node),
            url: page.map(str::to_owned),
            ..Message::new(subject.id, subject.native.clone(), subject.repo.name.clone(), body)
        }
    }

    /// Who wrote a node, and what they are to the repository.
    pub fn author(&mut self, node: &Node<'_>, repo: &Repo, time: Option<Timestamp>) -> Option<Id> {
        let user = node.user.get().or_else(|| node.author.get()).or_else(|| node.actor.get())?;
        let who = self.somebody(user, time)?;
        self.association(repo, &who, &node.author_association, time);
        Some(who.0)
    }
}

/// The number in the database of what a node is: it tells it, or its address does.
fn number(node: &Node<'_>) -> Option<u64> {
    node.database().or_else(|| {
        node.addresses().filter_map(Place::parse).find_map(|place| match place.part {
            Part::Whole => None,
            Part::Comment(id) | Part::Review(id) | Part::ReviewComment(id) => Some(id),
            Part::CommitComment(id) | Part::DiscussionComment(id) | Part::Event(id) => Some(id),
        })
    })
}

fn subject(node: &Node<'_>, told: Told, within: Within<'_>, repo: Option<&Repo>) -> Option<Subject> {
    let word = match told {
        Told::Issue | Told::Pull | Told::Discussion | Told::Release => {
            let named = node.addresses().filter_map(|url| Subject::of(&Place::parse(url)?)).next();
            return named.or_else(|| {
                let number = node.number.id()?;
                let repo = repo_of(node, within, repo)?;
                let between = if told == Told::Discussion { "/discussions/" } else { "#" };
                let key = format!("{}{between}{number}", repo.name);
                Some(Subject::new(repo, key))
            });
        }
        Told::Comment => "comment",
        Told::Review => "review",
        Told::ReviewComment => "review-comment",
        Told::CommitComment => "commit-comment",
        Told::DiscussionComment => "discussion-comment",
        _ => return None,
    };
    let whole = whole_of(node).or_else(|| within.whole.cloned());
    let repo = repo_of(node, within, repo)?;
    Some(Subject::part(repo, whole.as_ref(), word, number(node)?))
}

/// The repository of a node.
pub fn repo_of(node: &Node<'_>, within: Within<'_>, repo: Option<&Repo>) -> Option<Repo> {
    let own = node.addresses().chain(node.repository_url.text()).filter_map(Place::parse);
    let own = own.filter_map(|place| Repo::of(&place)).next();
    let own = own.or_else(|| node.repository.get().and_then(Repo::told));
    own.or_else(|| within.whole.map(|whole| whole.repo.clone())).or_else(|| repo.cloned())
}

/// The issue, pull request, discussion or commit that a part belongs to, by what it says of it.
pub fn whole_of(node: &Node<'_>) -> Option<Subject> {
    let links = [&node.issue, &node.pull_request, &node.discussion].into_iter().filter_map(Field::get);
    let links = links.flat_map(|link| [&link.html_url, &link.url]).filter_map(Field::text);
    let said = [node.issue_url.text(), node.pull_request_url.text()].into_iter().flatten();
    let mut urls = node.addresses().chain(links).chain(said).filter_map(Place::parse);
    let found = urls.find_map(|place| Subject::of(&place));
    found.or_else(|| {
        let commit = node.commit_id.text().filter(|_| matches!(node.pull_request_url, Field::Missing))?;
        let repo = node.addresses().filter_map(Place::parse).find_map(|place| Repo::of(&place))?;
        let key = format!("{}@{commit}", repo.name);
        Some(Subject::new(repo, key))
    })
}

/// The comment on a line that another answers, else the review that it belongs to.
fn above_line(node: &Node<'_>, repo: &Repo) -> Option<Id> {
    let linked = node.reply_to.get();
    let by_address = linked.and_then(|link| match Place::parse(link.url.text()?)?.part {
        Part::ReviewComment(id) => Some(id),
        _ => None,
    });
    let answered = node.in_reply_to_id.id().or(linked.and_then(|link| link.database_id.id())).or(by_address);
    let part = |sort: &str, id: u64| Id::message(&repo.host, &format!("{sort}-{id}"));
    let review = node.pull_request_review.get();
    let review_by_address = review.and_then(|link| match Place::parse(link.url.text()?)?.part {
        Part::Review(id) => Some(id),
        _ => None,
    });
    let review = node.pull_request_review_id.id().or(review.and_then(|link| link.database_id.id()));
    answered.map(|id| part("review-comment", id)).or(review.or(review_by_address).map(|id| part("review", id)))
}

/// The comment in a discussion that another answers.
fn above_comment(node: &Node<'_>, repo: &Repo) -> Option<Id> {
    let linked = node.reply_to.get();
    let by_address = linked.and_then(|link| match Place::parse(link.url.text()?)?.part {
        Part::DiscussionComment(id) => Some(id),
        _ => None,
    });
    let id = node.parent_id.id().or(linked.and_then(|link| link.database_id.id())).or(by_address)?;
    Some(Id::message(&repo.host, &format!("discussion-comment-{id}")))
}

/// How a thing ended; `None` if it is open.
fn closed(node: &Node<'_>) -> Option<String> {
    let in_issue = node.pull_request.get().is_some_and(|link| link.merged_at.text().is_some());
    let state = node.state();
    if node.merged.yes() || node.merged_at.text().is_some() || in_issue || state == "merged" {
        return Some("merged".to_owned());
    }
    let closed = match state.as_str() {
        "closed" => true,
        "open" => false,
        // Archives and discussions in GraphQL have no state.
        _ => node.closed.yes() || node.closed_at.text().is_some(),
    };
    let reason = node.state_reason.text().map(|reason| reason.to_ascii_lowercase().replace('_', " "));
    closed.then(|| reason.filter(|reason| reason != "reopened").unwrap_or_else(|| "closed".to_owned()))
}

/// Votes for less votes against: a discussion's arrows, else emoji of approval less those of the other sort.
fn score(node: &Node<'_>) -> Option<i64> {
    if let Some(votes) = node.upvote_count.get() {
        return Some(*votes);
    }
    let worth = |emoji: &str| match emoji.to_ascii_lowercase().as_str() {
        "+1" | "thumbs_up" | "heart" | "hooray" | "tada" | "rocket" => 1,
        "-1" | "thumbs_down" => -1,
        _ => 0,
    };
    let groups = node.reaction_groups.each().filter_map(|group| {
        let count = *group.reactors.get()?.total.get()?;
        Some(count.saturating_mul(worth(group.content.text()?)))
    });
    if matches!(node.reaction_groups, Field::Is(_)) {
        return Some(groups.fold(0, i64::saturating_add));
    }
    let reactions = node.reactions.get()?;
    let count = |field: &Field<i64>| field.get().copied().unwrap_or_default();
    let counted = [&reactions.up, &reactions.heart, &reactions.hooray, &reactions.rocket].map(count);
    let up = counted.into_iter().fold(0, i64::saturating_add);
    let each = reactions.nodes.each().filter_map(|one| one.content.text()).map(worth).fold(0, i64::saturating_add);
    Some(up.saturating_sub(count(&reactions.down)).saturating_add(each))
}

fn sort(told: Told) -> &'static str {
    match told {
        Told::Issue => "issue",
        Told::Pull => "pull request",
        Told::Discussion => "discussion",
        Told::Release => "release",
        Told::Review => "review",
        _ => "comment",
    }
}

/// The issue, pull request or discussion that a node is, by its address or its number.
pub fn subject_of(node: &Node<'_>, repo: Option<&Repo>) -> Option<Subject> {
    subject(node, Told::Issue, Within::default(), repo)
}
