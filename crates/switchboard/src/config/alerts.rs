//! The sections `[mail]`, `[webhooks.NAME]`, `[chats.NAME]` and `[[alert]]`: who should be told what, and how.
//!
//! Secrets are read when something is sent, not before: every other command works without them.

use std::collections::BTreeMap;

use insight::{AlertRule, Condition};
use notify::Mailer;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{check_name, support};

mod place;
mod when;
pub use place::Place;
pub use when::At;

/// Days without an answer after which a channel is watched by nobody, where the rule does not say.
const DAYS: u32 = 14;
/// How long a rule is quiet, in hours, where it does not say: what happens meanwhile comes together in one message.
const QUIET: i64 = 1;
const HOUR: i64 = 3_600_000_000;

/// What the sections say.
#[derive(Debug, Default)]
pub struct Alerts {
    /// The mail server.
    pub mail: Option<Mail>,
    /// Other programs, by name.
    pub webhooks: BTreeMap<String, Webhook>,
    /// Channels of chats, by name.
    pub chats: BTreeMap<String, ChatRoom>,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

/// The section `[mail]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The server's name.
    pub server: String,
    /// Its port, if it is not the usual one.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub security: Security,
    /// Whether it may be unencrypted to another machine.
    #[serde(default)]
    pub insecure: bool,
    /// Whom the mails come from.
    pub from: String,
    /// Who logs in.
    pub user: Option<String>,
    /// With which password.
    pub password: Option<Place>,
}

/// How a connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// After it began.
    #[default]
    StartTls,
    /// From its beginning.
    Tls,
    /// Not at all.
    None,
}

/// One section `[webhooks.NAME]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Where to post.
    pub url: String,
    /// What to sign with.
    pub key: Option<Place>,
    /// Whether the address may be `http` to another machine.
    #[serde(default)]
    pub insecure: bool,
}

/// One section `[chats.NAME]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatRoom {
    /// Which chat: `slack`, `mattermost` …
    pub kind: String,
    /// The address of its incoming webhook, which is all the key there is.
    pub url: Place,
    /// Whether the address may be `http` to another machine.
    #[serde(default)]
    pub insecure: bool,
}

/// One section `[[alert]]`, understood.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What the rule is about.
    pub about: AlertRule,
    /// Whom to tell: `mail:ADDRESS`, `webhook:NAME`, `chat:NAME`.
    pub to: Vec<String>,
    /// When to tell them.
    pub at: At,
    /// How long to be quiet after telling them at once, in microseconds.
    pub quiet: i64,
}

impl Rule {
    /// All that decides what it fires on: when this changes, it is another rule.
    pub fn condition(&self) -> String {
        format!("{:?} in {:?}", self.about.when, self.about.within)
    }
}

/// One section `[[alert]]` as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    name: String,
    when: When,
    to: Vec<String>,
    #[serde(default, rename = "in")]
    within: Vec<String>,
    #[serde(default)]
    at: At,
    #[serde(default, deserialize_with = "support::read_time")]
    quiet: Option<jiff::Span>,
    #[serde(default, deserialize_with = "support::read_time")]
    before: Option<jiff::Span>,
    #[serde(default, deserialize_with = "read_days")]
    days: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum When {
    PromiseBroken,
    PromiseNear,
    AngryNewcomer,
    FirstContribution,
    UnwatchedQuestion,
}

/// The sections as they stand in the file.
pub struct Sections {
    pub mail: Option<Spanned<Mail>>,
    pub webhooks: BTreeMap<String, Spanned<Webhook>>,
    pub chats: BTreeMap<String, Spanned<ChatRoom>>,
    pub rules: Vec<Spanned<Written>>,
}

/// What is wrong, and where in the text it stands.
pub type Complaint = (usize, String);

impl Sections {
    /// Checks them and puts them together.
    pub fn understand(self) -> Result<Alerts, Complaint> {
        let mut alerts = Alerts::default();
        if let Some(mail) = self.mail {
            mail.get_ref().check().map_err(|message| (mail.span().start, format!("[mail] {message}")))?;
            alerts.mail = Some(mail.into_inner());
        }
        for (name, webhook) in self.webhooks {
            let checked = check_name(&name).and_then(|()| webhook.get_ref().check());
            checked.map_err(|message| (webhook.span().start, format!("[webhooks.{name}] {message}")))?;
            alerts.webhooks.insert(name, webhook.into_inner());
        }
        for (name, chat) in self.chats {
            let checked = check_name(&name).and_then(|()| chat.get_ref().check());
            checked.map_err(|message| (chat.span().start, format!("[chats.{name}] {message}")))?;
            alerts.chats.insert(name, chat.into_inner());
        }
        for written in self.rules {
            let start = written.span().start;
            let rule = written.into_inner();
            let name = rule.name.clone();
            let understood = rule.understand(&alerts);
            alerts.rules.push(understood.map_err(|message| (start, format!("[[alert]] `{name}`: {message}")))?);
        }
        Ok(alerts)
    }
}

impl Alerts {
    /// Every target that a rule or a section names, each once, sorted.
    pub fn targets(&self) -> Vec<String> {
        let webhooks = self.webhooks.keys().map(|name| format!("webhook:{name}"));
        let chats = self.chats.keys().map(|name| format!("chat:{name}"));
        let told = self.rules.iter().flat_map(|rule| rule.to.iter().cloned());
        let mut all: Vec<String> = webhooks.chain(chats).chain(told).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether something can be sent to a target; else what is wrong with it.
    pub fn check_target(&self, target: &str) -> Result<(), String> {
        match target.split_once(':') {
            Some(("mail", _)) if self.mail.is_none() => {
                Err("mail needs a section [mail] with `server` and `from`".into())
            }
            Some(("mail", address)) => Mailer::check_address(address).map_err(|error| error.to_string()),
            Some(("webhook", name)) if self.webhooks.contains_key(name) => Ok(()),
            Some(("webhook", name)) => Err(format!("there is no section [webhooks.{name}]")),
            Some(("chat", name)) if self.chats.contains_key(name) => Ok(()),
            Some(("chat", name)) => Err(format!("there is no section [chats.{name}]")),
            _ => Err("write a target as \"mail:ADDRESS\", \"webhook:NAME\" or \"chat:NAME\"".into()),
        }
    }
}

impl Mail {
    fn check(&self) -> Result<(), String> {
        if self.user.is_some() != self.password.is_some() {
            return Err("`user` and `password` belong together".to_owned());
        }
        Mailer::new(self.server(None)).map(|_| ()).map_err(|error| error.to_string())
    }

    /// The mail server, with the login that was read.
    pub fn server(&self, login: Option<(String, notify::Secret)>) -> notify::MailServer {
        let security = match self.security {
            Security::StartTls => notify::Security::StartTls,
            Security::Tls => notify::Security::Tls,
            Security::None => notify::Security::Plain,
        };
        let Mail { server, port, insecure, from, .. } = self;
        notify::MailServer {
            host: server.clone(),
            port: *port,
            security,
            insecure: *insecure,
            from: from.clone(),
            login,
        }
    }
}

impl Webhook {
    fn check(&self) -> Result<(), String> {
        notify::Endpoint::parse(&self.url, self.insecure).map(|_| ()).map_err(|error| error.to_string())
    }
}

impl ChatRoom {
    fn check(&self) -> Result<(), String> {
        let known = || notify::ChatKind::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        match notify::ChatKind::parse(&self.kind) {
            Some(_) => Ok(()),
            None => Err(format!("`kind` is none of {}", known())),
        }
    }
}

impl Written {
    fn understand(self, alerts: &Alerts) -> Result<Rule, String> {
        let Written { name, when, to, within, at, quiet, before, days } = self;
        check_name(&name)?;
        if name.parse::<i64>().is_ok() {
            return Err("a number is no name: `alerts resume` takes numbers of the log".to_owned());
        }
        if model::Id::parse(&name).is_some() || alerts.rules.iter().any(|rule| rule.about.name == name) {
            return Err("another rule, or an id, is called like this; give it another name".to_owned());
        }
        if to.is_empty() {
            return Err("`to` names nobody; write at least one target".to_owned());
        }
        to.iter().try_for_each(|target| alerts.check_target(target).map_err(|message| format!("`to`: {message}")))?;
        for (key, given, of) in
            [("before", before.is_some(), When::PromiseNear), ("days", days.is_some(), When::UnwatchedQuestion)]
        {
            if given && when != of {
                return Err(format!("`{key}` is nothing that this `when` asks for"));
            }
        }
        let when = match when {
            When::PromiseBroken => Condition::PromiseBroken,
            When::PromiseNear => Condition::PromiseNear(before.map(micros)),
            When::AngryNewcomer => Condition::AngryNewcomer,
            When::FirstContribution => Condition::FirstContribution,
            When::UnwatchedQuestion => Condition::UnwatchedQuestion(days.unwrap_or(DAYS)),
        };
        let quiet = quiet.map_or(QUIET * HOUR, micros);
        Ok(Rule { about: AlertRule { name, when, within }, to, at, quiet })
    }
}

fn micros(span: jiff::Span) -> i64 {
    let time = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).unwrap_or_default();
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

fn read_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let days = u32::deserialize(deserializer)?;
    let days = (1..=insight::LOOK_BACK_DAYS).contains(&i64::from(days)).then_some(days);
    days.map(Some).ok_or_else(|| D::Error::custom("write `days` as a number from 1 to 30"))
}

#[cfg(test)]
mod tests;
