//! Who wrote a mail: not always who its `From` says.
//!
//! Lists put themselves in the writer's place to pass DMARC (RFC 7960, section 4.1.3.1: `Jo via dev
//! <dev@example.org>`), and trackers send everybody's words from one address. Such an address says
//! nothing about the person: it must never make two people one.

use model::{Id, Identity, IdentityKind, Timestamp};

use super::address::{Mailbox, clean_name, mailboxes};
use super::fields::{self, Fields};

/// Addresses, up to the `@` or with the host, from which sites send what people wrote there.
const RELAYS: &[&str] = &[
    "notifications@github.com",
    "noreply@github.com",
    "gitlab@mg.gitlab.com",
    "noreply@gitlab.com",
    "jira",
    "bugzilla",
    "bugzilla-daemon",
    "confluence",
    "review",
    "gerrit",
    "noreply-gerrit",
    "trac",
];
/// Addresses, up to the `@`, that no person writes from.
const ROBOTS: &[&str] = &[
    "mailer-daemon",
    "postmaster",
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "buildbot",
    "jenkins",
    "hudson",
    "buildd",
    "majordomo",
    "listserv",
    "mailman",
    "mailman-owner",
];

/// The writer's identity on `source`; `None` if the mail names nobody.
pub(super) fn sender(source: &str, fields: &Fields<'_>, seen: Option<Timestamp>) -> Option<Identity> {
    let from = fields.from.map(mailboxes).unwrap_or_default().into_iter().next()?;
    let automatic = fields.auto_submitted.is_some_and(|field| fields::raw(field).starts_with("auto-generated"));
    let bot = automatic || is_robot(&from);
    let mailbox = if bot { from } else { writer(from, fields) };
    identity(source, mailbox, bot, seen)
}

/// The person behind a list or a tracker that stands in `From`.
fn writer(from: Mailbox, fields: &Fields<'_>) -> Mailbox {
    let Some(name) = &from.name else { return from };
    if let Some(person) = before_via(name) {
        let is_other = |other: &Mailbox| other.address.is_some() && other.address != from.address;
        let of = |field: Option<&[u8]>| field.map(mailboxes).unwrap_or_default().into_iter().filter(is_other);
        let original = of(fields.original_from).next();
        // `Reply-To` may name the list's other addresses as well: the name tells which is the person's.
        let replies: Vec<Mailbox> = of(fields.reply_to).collect();
        let named = replies.iter().find(|reply| reply.name.as_deref() == Some(person.as_str()));
        let only = replies.first().filter(|reply| replies.len() == 1 && reply.name.is_none());
        let known = original.or_else(|| named.or(only).cloned());
        return Mailbox { address: known.and_then(|known| known.address), name: Some(person) };
    }
    if from.address.as_deref().is_some_and(is_relay) {
        // `Jo Doe (JIRA)`, `Jo Doe (@jo)`.
        let person = name.split(" (").next().unwrap_or(name);
        return Mailbox { name: Some(person.to_owned()), address: None };
    }
    from
}

/// `Jo Doe` of `'Jo Doe' via dev`.
fn before_via(name: &str) -> Option<String> {
    let (person, list) = name.rsplit_once(" via ")?;
    let person = clean_name(person);
    (!person.is_empty() && !list.is_empty()).then_some(person)
}

fn is_relay(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or(address);
    RELAYS.iter().any(|relay| *relay == address || *relay == local)
}

/// A robot's address, or a tracker that speaks for itself.
fn is_robot(mailbox: &Mailbox) -> bool {
    let Some(address) = mailbox.address.as_deref() else { return false };
    let local = address.split('@').next().unwrap_or(address);
    let itself = mailbox.name.as_deref().is_none_or(|name| name.eq_ignore_ascii_case(local));
    if is_relay(address) { itself } else { ROBOTS.contains(&local) }
}

fn identity(source: &str, mailbox: Mailbox, bot: bool, seen: Option<Timestamp>) -> Option<Identity> {
    let Mailbox { name, address } = mailbox;
    let (kind, value) = match &address {
        Some(address) => (IdentityKind::Email, address.clone()),
        None => (IdentityKind::Name, name.as_ref()?.to_lowercase()),
    };
    Some(Identity { id: Id::identity(source, &value), kind, value, name, email: address, account: None, bot, seen })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The identity as `kind value / name`, with a star for a bot.
    fn check(headers: &[(&str, &str)], expected: &str) {
        let get = |name| headers.iter().find(|(header, _)| *header == name).map(|(_, value)| value.as_bytes());
        let fields = Fields {
            from: get("From"),
            reply_to: get("Reply-To"),
            original_from: get("X-Original-From"),
            auto_submitted: get("Auto-Submitted"),
            ..Fields::default()
        };
        let shown = sender("demo", &fields, None).map(|identity| {
            let star = if identity.bot { " *" } else { "" };
            format!("{} {} / {}{star}", identity.kind.as_str(), identity.value, identity.name.unwrap_or_default())
        });
        assert_eq!(shown.unwrap_or_default(), expected, "{headers:?}");
    }

    #[test]
    fn writers_are_told_from_lists_and_trackers() {
        let via = ("From", "'Jo Doe' via dev <dev@example.org>");
        check(&[("From", "Jo Doe <Jo@example.org>")], "email jo@example.org / Jo Doe");
        check(&[via], "name jo doe / Jo Doe");
        check(&[via, ("Reply-To", "jo@example.org")], "email jo@example.org / Jo Doe");
        check(&[via, ("Reply-To", "Jo Doe <jo@example.org>, Dev <dev@example.org>")], "email jo@example.org / Jo Doe");
        check(&[via, ("Reply-To", "Dev <dev@example.org>")], "name jo doe / Jo Doe");
        check(&[via, ("Reply-To", "Dev list <dev-help@example.org>")], "name jo doe / Jo Doe");
        check(&[via, ("X-Original-From", "Jo <jo@example.org>")], "email jo@example.org / Jo Doe");
        check(&[("From", "Jo Doe <notifications@github.com>")], "name jo doe / Jo Doe");
        check(&[("From", "Jo Doe (JIRA) <jira@apache.org>")], "name jo doe / Jo Doe");
        check(&[("From", "JIRA <jira@apache.org>")], "email jira@apache.org / JIRA *");
        check(&[("From", "trac at example.org (trac at example.org)")], "email trac@example.org /  *");
        check(&[("From", "Site <noreply@example.org>")], "email noreply@example.org / Site *");
        check(&[("From", "MAILER-DAEMON@example.org")], "email mailer-daemon@example.org /  *");
        check(&[("From", "CI <ci@example.org>"), ("Auto-Submitted", "auto-generated")], "email ci@example.org / CI *");
        // A person's answer from a holiday does not make the person a robot.
        check(&[("From", "jo@example.org"), ("Auto-Submitted", "auto-replied")], "email jo@example.org / ");
        check(&[("From", "Jo Doe")], "name jo doe / Jo Doe");
        check(&[("From", "")], "");
        check(&[], "");
    }
}
