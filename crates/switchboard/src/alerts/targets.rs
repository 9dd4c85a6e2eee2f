//! From a target's name to something that can be sent to. Secrets are read here, when they are needed.

use std::collections::BTreeMap;

use notify::{Chat, ChatKind, Endpoint, Mailer, Target};

use crate::config::alerts::{Alerts, Mail};

/// The targets of a configuration, made ready when they are first asked for.
pub struct Targets<'a> {
    alerts: &'a Alerts,
    ready: BTreeMap<String, Result<Target, String>>,
}

impl Targets<'_> {
    /// None is ready yet.
    pub fn new(alerts: &Alerts) -> Targets<'_> {
        Targets { alerts, ready: BTreeMap::new() }
    }

    /// A target by its name; else why nothing can be sent to it, and what to do.
    pub fn get(&mut self, name: &str) -> Result<&Target, String> {
        let made = self.ready.entry(name.to_owned()).or_insert_with(|| make(self.alerts, name));
        made.as_ref().map_err(Clone::clone)
    }
}

fn make(alerts: &Alerts, name: &str) -> Result<Target, String> {
    alerts.check_target(name)?;
    let (kind, rest) = name.split_once(':').unwrap_or_default();
    match kind {
        "mail" => alerts.mail.as_ref().map(|mail| mailer(mail, rest)),
        "webhook" => alerts.webhooks.get(rest).map(|webhook| {
            let endpoint = text(Endpoint::parse(&webhook.url, webhook.insecure))?;
            let key = webhook.key.as_ref().map(|key| key.read()).transpose()?;
            Ok(Target::Webhook(text(notify::Webhook::new(endpoint, key))?))
        }),
        "chat" => alerts.chats.get(rest).map(|chat| {
            let kind = ChatKind::parse(&chat.kind).ok_or("its `kind` is not known")?;
            Ok(Target::Chat(Chat::new(kind, chat.url.read_address(chat.insecure)?)))
        }),
        _ => None,
    }
    .unwrap_or_else(|| Err("it is not configured any more".to_owned()))
}

fn mailer(mail: &Mail, to: &str) -> Result<Target, String> {
    Ok(Target::Mail(mail_server(mail)?, to.to_owned()))
}

/// The configured mail server, its password read.
pub fn mail_server(mail: &Mail) -> Result<Mailer, String> {
    let login = match (&mail.user, &mail.password) {
        (Some(user), Some(password)) => Some((user.clone(), password.read()?)),
        _ => None,
    };
    text(Mailer::new(mail.server(login)))
}

fn text<T>(made: Result<T, notify::SettingsError>) -> Result<T, String> {
    made.map_err(|error| error.to_string())
}
