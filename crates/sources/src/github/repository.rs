//! What was done to a repository or an organization: stars, forks, members, pushes, branches, wiki pages.

use model::{ActivityKind, Id};

use super::context::{Deed, Reading, Repo};
use super::field::Field;
use super::happened::Happened;
use super::payload::Payload;
use super::types::{Repository, User};

impl Reading<'_> {
    /// An event that is about no text.
    pub fn about_repository(&mut self, event: &Happened<'_>, payload: &Payload<'_>, name: &str) {
        let action = payload.action.text().unwrap_or_default();
        match (name, action) {
            ("star" | "watch", "deleted") => self.plainly(event, payload, "star taken back"),
            ("star" | "watch", _) => {
                let time = self.time("starred_at", &payload.starred_at).or(event.time);
                self.star(&event.repo, event.who, time);
            }
            ("fork", _) => match payload.forkee.get() {
                Some(forkee) => self.fork(&event.repo, forkee, event),
                None => self.problem("event without its object", name),
            },
            ("push", _) => self.push(event, payload),
            ("member" | "membership", "added" | "removed") => self.membership(event, payload.member.get(), payload),
            ("organization", "member_added" | "member_removed") => {
                let user = payload.membership.get().and_then(|membership| membership.user.get());
                self.membership(event, user, payload);
            }
            ("organization", "member_invited") => {
                let invited = payload.user.get().and_then(|user| self.somebody(user, event.time));
                let login = invited.map(|(_, login)| login).unwrap_or_default();
                self.plainly(event, payload, &format!("invited {login}"));
            }
            ("organization", "renamed") => {
                let was = payload.changes.get().and_then(|changes| changes.login.get()?.from.text());
                self.plainly(event, payload, &format!("organization renamed from {}", was.unwrap_or("another")));
            }
            ("gollum", _) => self.wiki(event, payload),
            ("create" | "delete", _) => {
                let what = [payload.ref_type.text(), payload.reference.text()].map(Option::unwrap_or_default);
                self.plainly(event, payload, format!("{name}d {} {}", what[0], what[1]).trim_end());
            }
            ("public", _) => self.plainly(event, payload, "made public"),
            _ => {
                let what = format!("{} {action}", name.replace('_', " "));
                let named = [payload.label.get(), payload.milestone.get(), payload.team.get()].into_iter().flatten();
                let named = named.filter_map(|name| name.text()).next().unwrap_or_default().to_owned();
                self.plainly(event, payload, format!("{} {named}", what.trim_end()).trim_end());
            }
        }
    }

    /// A star. It is given once: giving it again after taking it back changes nothing.
    pub fn star(&mut self, repo: &Repo, who: Option<Id>, time: Option<i64>) {
        // Stars of deleted accounts are told apart by their times only.
        let nobody = || time.unwrap_or_default().to_string();
        let key = format!("{}/starred/{}", repo.name, self.login(who).unwrap_or_else(nobody));
        self.once(ActivityKind::Starred, repo, Deed { key, who, time, ..Deed::default() });
    }

    fn fork(&mut self, repo: &Repo, forkee: &Repository<'_>, event: &Happened<'_>) {
        let time = self.time("created_at", &forkee.created_at).or(event.time);
        self.forked(repo, forkee, event.who, time);
    }

    /// A fork, of which the other repository tells.
    pub fn forked(&mut self, repo: &Repo, forkee: &Repository<'_>, who: Option<Id>, time: Option<i64>) {
        let name = Repo::told(forkee).map(|forkee| forkee.name).unwrap_or_default();
        let who = who.or_else(|| self.who(&forkee.owner, time));
        let key = format!("{}/forked/{name}", repo.name);
        self.once(ActivityKind::Forked, repo, Deed { key, who, time, detail: name, ..Deed::default() });
    }

    /// A push. Its commits are left to the `git` source; who they are by is kept.
    fn push(&mut self, event: &Happened<'_>, payload: &Payload<'_>) {
        for commit in payload.commits.each() {
            self.signed(&commit.author, None);
            self.signed(&commit.committer, None);
        }
        let reference = payload.reference.text().unwrap_or_default();
        let (what, name) = match reference.split_once("refs/heads/") {
            Some((_, branch)) => ("branch", branch),
            None => ("tag", reference.strip_prefix("refs/tags/").unwrap_or(reference)),
        };
        let head = payload.after.text().or_else(|| payload.head.text()).unwrap_or_default();
        let gone = !head.is_empty() && head.bytes().all(|byte| byte == b'0');
        let detail = if gone { format!("deleted {what} {name}") } else { format!("pushed to {what} {name}") };
        let before = payload.before.text().unwrap_or_default();
        let key = format!("{}/pushed/{reference}/{before}/{head}", event.repo.name);
        self.once(
            ActivityKind::Other,
            &event.repo,
            Deed { key, who: event.who, time: event.time, object: None, detail },
        );
    }

    /// Somebody became a member, or is one no longer.
    fn membership(&mut self, event: &Happened<'_>, user: Option<&User<'_>>, payload: &Payload<'_>) {
        let Some((who, login)) = user.and_then(|user| self.somebody(user, event.time)) else {
            return self.problem("event without its object", &event.name);
        };
        let removed = payload.action.text().is_some_and(|action| action.ends_with("removed"));
        let kind = if removed { ActivityKind::Left } else { ActivityKind::Joined };
        let team = payload.team.get().and_then(|team| team.text());
        let of = match (team, event.repo.name.contains('/')) {
            (Some(team), _) => format!("team {team}"),
            (None, true) => "repository".to_owned(),
            (None, false) => "organization".to_owned(),
        };
        let key = format!("{}/{}/{of}/{login}", event.repo.name, kind.as_str());
        let deed = Deed { key, who: Some(who), time: event.time, object: None, detail: format!("member of {of}") };
        self.act(kind, &event.repo, deed);
    }

    fn wiki(&mut self, event: &Happened<'_>, payload: &Payload<'_>) {
        for page in payload.pages.each() {
            let title = page.title.text().or_else(|| page.page_name.text()).unwrap_or_default();
            let key = format!("{}/wiki/{title}/{}", event.repo.name, page.sha.text().unwrap_or_default());
            let detail = format!("wiki page {title}");
            let deed = Deed { key, who: event.who, time: event.time, object: None, detail };
            self.act(ActivityKind::Edited, &event.repo, deed);
        }
    }

    /// Something that is told in a few words and no more.
    fn plainly(&mut self, event: &Happened<'_>, payload: &Payload<'_>, detail: &str) {
        let said = payload.repository.get().map_or(&Field::Missing, |repository| &repository.updated_at);
        // Taking a star back is not dated, but the repository changes with it.
        let time = event.time.or_else(|| if event.name == "star" { self.time("updated_at", said) } else { None });
        let who = event.who.map(|who| who.to_string()).unwrap_or_default();
        let key = format!("{}/{}/{detail}/{who}", event.repo.name, event.name);
        let detail = detail.to_owned();
        self.act(ActivityKind::Other, &event.repo, Deed { key, who: event.who, time, object: None, detail });
    }

    /// The value of an identity that was seen just now.
    fn login(&self, who: Option<Id>) -> Option<String> {
        let seen = self.rows.identities.iter().rev().take(4).find(|identity| Some(identity.id) == who)?;
        Some(seen.value.clone())
    }
}
