//! What a thing itself tells of what was done to it: closed by whom, merged, answered, edited, reacted to.

use model::{ActivityKind, Id, Message, MessageKind};

use super::context::{Deed, Reading, Subject};
use super::field::Field;
use super::node::Node;
use super::nodes::Within;
use super::place::{Part, Place};
use super::told::Told;
use super::types::Reaction;

impl Reading<'_> {
    /// The comment that was chosen as the answer, and who chose it.
    pub fn accepted(&mut self, node: &Node<'_>, subject: &Subject) -> Option<Id> {
        let answer = node.answer.get();
        let urls = [node.answer_html_url.text(), answer.and_then(|answer| answer.url.text())];
        let by_address = urls.into_iter().flatten().filter_map(Place::parse).find_map(|place| match place.part {
            Part::DiscussionComment(id) => Some(id),
            _ => None,
        });
        let number = by_address.or_else(|| answer.and_then(|answer| answer.database()))?;
        let time = self.time("answer_chosen_at", &node.answer_chosen_at);
        let who = self.who(&node.answer_chosen_by, time);
        let key = format!("discussion-comment-{number}");
        let id = Id::message(&subject.repo.host, &key);
        if who.is_some() {
            let key = format!("{}/accepted/{key}", subject.key);
            self.once(
                ActivityKind::Accepted,
                &subject.repo,
                Deed { key, who, time, object: Some(id), ..Deed::default() },
            );
        }
        Some(id)
    }

    /// Who closed and who merged it, and what every text has. Without a name the timeline knows better.
    pub fn standing(&mut self, node: &Node<'_>, subject: &Subject) {
        for (kind, word, by, at, name) in [
            (ActivityKind::Closed, "closed", &node.closed_by, &node.closed_at, "closed_at"),
            (ActivityKind::Merged, "merged", &node.merged_by, &node.merged_at, "merged_at"),
        ] {
            if at.text().is_none() || by.get().is_none() {
                continue;
            }
            let time = self.time(name, at);
            if let Some(who) = self.who(by, time) {
                let key = format!("{}/{word}", subject.key);
                let deed = Deed { key, who: Some(who), time, object: Some(subject.id), ..Deed::default() };
                self.act(kind, &subject.repo, deed);
            }
        }
        self.given(node, subject);
    }

    /// Reactions, edits and hiding, which every text may have.
    pub fn given(&mut self, node: &Node<'_>, subject: &Subject) {
        let each = node.reactions.get().into_iter().flat_map(|reactions| reactions.nodes.each());
        for reaction in each.chain(node.each_reaction.each()) {
            self.reaction(reaction, subject);
        }
        if node.is_minimized.yes() {
            let reason = node.minimized_reason.text().map(|reason| reason.to_ascii_lowercase().replace('_', " "));
            let (key, detail) = (format!("{}/minimized", subject.key), reason.unwrap_or_default());
            let deed = Deed {
                key,
                object: Some(subject.id),
                detail: format!("hidden {detail}").trim_end().to_owned(),
                ..Deed::default()
            };
            self.once(ActivityKind::Moderated, &subject.repo, deed);
        }
        if node.editor.get().is_some() && node.last_edited_at.text().is_some() {
            let time = self.time("last_edited_at", &node.last_edited_at);
            let who = self.who(&node.editor, time);
            let key = format!("{}/edited", subject.key);
            let deed = Deed { key, who, time, object: Some(subject.id), ..Deed::default() };
            self.act(ActivityKind::Edited, &subject.repo, deed);
        }
    }

    fn reaction(&mut self, reaction: &Reaction<'_>, subject: &Subject) {
        let (Some(content), Some(user)) = (reaction.content.text(), reaction.user.get()) else { return };
        let emoji = match content.to_ascii_lowercase().as_str() {
            "thumbs_up" => "+1".to_owned(),
            "thumbs_down" => "-1".to_owned(),
            emoji => emoji.to_owned(),
        };
        let time = self.time("created_at", &reaction.created_at);
        let Some((who, login)) = self.somebody(user, time) else { return };
        let (key, detail) = (format!("{}/reacted/{emoji}/{login}", subject.key), format!(":{emoji}:"));
        let deed = Deed { key, who: Some(who), time, object: Some(subject.id), detail };
        self.once(ActivityKind::Reacted, &subject.repo, deed);
    }

    /// A review: what somebody thinks of a pull request, with or without words.
    pub fn review(&mut self, node: &Node<'_>, within: Within<'_>) -> Option<Subject> {
        let subject = self.subject(node, Told::Review, within)?;
        let whole = super::nodes::whole_of(node).or_else(|| within.whole.cloned());
        let state = node.state();
        if state == "pending" {
            return None;
        }
        let at = if node.submitted_at.text().is_some() { &node.submitted_at } else { &node.created_at };
        let time = self.time("submitted_at", at);
        let parents: Vec<Id> = whole.iter().map(|whole| whole.id).collect();
        let who = if node.body.text().is_some() {
            let message = Message { time, parents, ..self.message(node, &subject, MessageKind::Comment) };
            let who = message.author;
            self.rows.messages.push(message);
            who
        } else {
            self.author(node, &subject.repo, time)
        };
        if !state.is_empty() {
            let object = whole.as_ref().map(|whole| whole.id);
            let deed = Deed { key: subject.key.clone(), who, time, object, detail: state.replace('_', " ") };
            self.once(ActivityKind::Reviewed, &subject.repo, deed);
        }
        self.given(node, &subject);
        for comment in node.comments.each() {
            let within = Within { above: Some(&subject), whole: whole.as_ref(), ..within };
            self.node(comment, Some(Told::ReviewComment), within);
        }
        Some(subject)
    }

    /// A release: somebody made it, and its notes are a page that nobody is asked to answer.
    pub fn release(&mut self, node: &Node<'_>, within: Within<'_>) -> Option<Subject> {
        if node.draft.yes() || node.state() == "draft" {
            return None;
        }
        let Some(tag) = node.tag_name.text() else {
            self.problem("does not say which it is", "release");
            return None;
        };
        let Some(repo) = super::nodes::repo_of(node, within, self.repo.as_ref()) else {
            self.problem("does not say which it is", "release");
            return None;
        };
        let key = format!("{}/releases/{tag}", repo.name);
        let subject = Subject::new(repo, key);
        let title = node.name.text().unwrap_or(tag);
        let mut message = self.message(node, &subject, MessageKind::Page);
        message.time = message.time.or_else(|| self.time("created_at", &node.created_at));
        message.subject = Some(title.to_owned());
        let names = node.assets.each().filter_map(|asset| asset.name.text().or_else(|| asset.asset_name.text()));
        message.attachments.extend(names.map(str::to_owned));
        let deed = Deed {
            key: format!("{}/released", subject.key),
            who: message.author,
            time: message.time,
            object: Some(subject.id),
            detail: tag.to_owned(),
        };
        self.once(ActivityKind::Released, &subject.repo, deed);
        if !message.body.trim().is_empty() {
            self.rows.messages.push(message);
        }
        if !matches!(node.reactions, Field::Missing) {
            self.given(node, &subject);
        }
        Some(subject)
    }
}
