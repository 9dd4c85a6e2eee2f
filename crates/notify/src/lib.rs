//! Sending what somebody should know: by mail, to a webhook, to a chat. Knows no community.
//!
//! One [`Message`] goes to one target in one call, which ends within a minute whatever the other side does.
//! How it ended is exact, because nothing may be lost and nothing sent twice ([`Failure`]): not sent and worth
//! another try, not sent and not worth one, or nobody knows. Who calls keeps the queue; when to try again
//! says [`retry_after`].
//!
//! What strangers wrote may stand in a message: it is made one line, cut, and stripped of what a terminal, a mail
//! header or a chat's markup would obey. Errors hold no secret, no address and no path of a URL.

mod chat;
mod endpoint;
mod failure;
mod http;
mod letter;
mod mail;
mod message;
mod retry;
mod secret;
mod webhook;

pub use chat::{Chat, ChatKind};
pub use endpoint::Endpoint;
pub use failure::{Failure, SettingsError};
pub use letter::{Letter, Picture};
pub use mail::{MailServer, Mailer, Security};
pub use message::{Group, Item, Message, one_line};
pub use retry::{ATTEMPTS, retry_after};
pub use secret::Secret;
pub use webhook::Webhook;

/// Is told just before the first byte that cannot be taken back goes out. If it says no, nothing is sent.
///
/// A process that is killed before it knows that its message is not out; after it, nobody knows.
pub type Handing<'a> = &'a mut dyn FnMut() -> bool;

/// Where messages go.
#[derive(Debug)]
pub enum Target {
    /// One address, by a mail server.
    Mail(Mailer, String),
    /// Another program.
    Webhook(Webhook),
    /// A chat's incoming webhook.
    Chat(Chat),
}

impl Target {
    /// Sends one message. Blocks for a minute at most.
    pub fn deliver(&self, message: &Message, handing: Handing<'_>) -> Result<(), Failure> {
        match self {
            Target::Mail(mailer, to) => mailer.deliver(to, message, handing),
            Target::Webhook(webhook) => webhook.deliver(message, jiff::Timestamp::now(), handing),
            Target::Chat(chat) => chat.deliver(message, handing),
        }
    }

    /// Whether the other side drops what comes again with the same id, so that it may be sent again when nobody
    /// knows whether it arrived.
    pub fn drops_repeated(&self) -> bool {
        matches!(self, Target::Webhook(_))
    }
}
