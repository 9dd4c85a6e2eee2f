//! What a source gives (an [`Item`]) and what its `normalize` makes of it ([`Rows`]).

use serde::{Deserialize, Serialize};

use crate::facts::{Affiliation, Domain, Event, Measurement, Same};
use crate::{Id, Timestamp};

/// What a source gave, unchanged, as it lies in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its id within the source; two items of one id are two versions of one thing, the later one counts.
    pub id: String,
    /// Tells versions of one id apart: a revision the source gives, else a hash of the bytes.
    pub version: String,
    /// What the bytes are, in the source's own words: `mail`, `commit`, `posts`, `log`.
    pub kind: String,
    /// Where it was found, for problems and for what the bytes alone do not tell (a JSON object; may be empty).
    pub origin: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Everything that normalizing some items gave. Sources push; derive drains.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rows {
    /// Texts people posted.
    pub messages: Vec<Message>,
    /// Anything else that people did.
    pub activities: Vec<Activity>,
    /// Accounts and addresses seen, one entry per sighting (derive joins equal ids).
    pub identities: Vec<Identity>,
    /// Channels seen, one entry per sighting.
    pub channels: Vec<Channel>,
    /// Meetings, talks, releases to come: what has a date in a calendar.
    pub events: Vec<Event>,
    /// Numbers that somebody else measured.
    pub measurements: Vec<Measurement>,
    /// Who was where from when to when.
    pub affiliations: Vec<Affiliation>,
    /// Which organization a mail domain belongs to.
    pub domains: Vec<Domain>,
    /// Identities of which the source says that they are one person.
    pub same: Vec<Same>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
}

/// A text one person posted in one channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// [`Id::message`].
    pub id: Id,
    /// The source's own id for it: a Message-ID without brackets, `answers/17`, `file#line`.
    pub native_id: String,
    /// The channel's name within the source.
    pub channel: String,
    /// Who posted it: an identity also pushed to [`Rows::identities`]; `None` if the source does not say.
    pub author: Option<Id>,
    /// When; `None` if the source does not say or says what cannot be (see [`crate::time::is_plausible`]).
    pub time: Option<Timestamp>,
    /// Best guess when `time` is `None` (an envelope's date, the file's month).
    pub time_guess: Option<Timestamp>,
    /// Place in the source's own order, for messages of one time (a line number, a byte offset).
    pub order: i64,
    /// What it is.
    pub kind: MessageKind,
    /// Messages it may answer, best first: In-Reply-To, then References from the last to the first;
    /// or the one parent a forum names.
    pub parents: Vec<Id>,
    /// True when the source itself says that this belongs to its parents' conversation (a native
    /// thread, References). False for chat, where conversations are grouped by a rule.
    pub threaded: bool,
    /// Its title or subject, decoded, unfolded.
    pub subject: Option<String>,
    /// Its text as plain text in UTF-8, quotes and signature included.
    pub body: String,
    /// Names of attached files.
    pub attachments: Vec<String>,
    /// Tags or labels the source gives it.
    pub tags: Vec<String>,
    /// Nicks or account names it addresses, as the source writes them.
    pub mentions: Vec<String>,
    /// The message that its writer accepted as the answer (on a question).
    pub accepted: Option<Id>,
    /// On an opening message: how its source says that it ended, as `completed`, `not planned`, `merged`,
    /// `solved`, or `closed` where it says no more. `None` if it is open, or the source knows no such thing.
    pub closed: Option<String>,
    /// Votes up less votes down, where the source has them.
    pub score: Option<i64>,
    /// Where a person can read it on the web.
    pub url: Option<String>,
}

impl Message {
    /// A message with nothing but its name, place and text; callers fill in the rest.
    pub fn new(id: Id, native_id: impl Into<String>, channel: impl Into<String>, body: impl Into<String>) -> Self {
        Message {
            id,
            native_id: native_id.into(),
            channel: channel.into(),
            author: None,
            time: None,
            time_guess: None,
            order: 0,
            kind: MessageKind::Post,
            parents: Vec::new(),
            threaded: true,
            subject: None,
            body: body.into(),
            attachments: Vec::new(),
            tags: Vec::new(),
            mentions: Vec::new(),
            accepted: None,
            closed: None,
            score: None,
            url: None,
        }
    }
}

/// Words with a fixed spelling in the tables.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// As it is written in the tables.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// Reads what [`Self::as_str`] wrote; `None` for any other word.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(concat!("an unknown ", stringify!($name))))
            }
        }
    };
}

words! {
    /// What a message is, where the source tells.
    MessageKind {
        /// A mail, a post, a line of chat.
        Post = "post",
        /// A question on a question-and-answer site.
        Question = "question",
        /// An answer on such a site.
        Answer = "answer",
        /// A comment on either, on a review, on a commit.
        Comment = "comment",
        /// An issue, a ticket, a bug report.
        Issue = "issue",
        /// A pull or merge request, a patch up for review.
        ChangeRequest = "change_request",
        /// Text by a person that is no part of talking: a wiki page, a tag's description.
        Page = "page",
    }
}

words! {
    /// What a person did.
    ActivityKind {
        /// Wrote a commit.
        Authored = "authored",
        /// Applied a commit, where that was another person than its author.
        Committed = "committed",
        /// Named in a `Co-authored-by` trailer.
        CoAuthored = "co_authored",
        /// Named in a `Reviewed-by`, `Acked-by` or alike trailer, or reviewed in the source.
        Reviewed = "reviewed",
        /// Named in a `Reported-by` trailer, or reported a defect.
        Reported = "reported",
        /// Named in a `Tested-by` trailer.
        Tested = "tested",
        /// Merged a change.
        Merged = "merged",
        /// Made a release (`detail` names it).
        Released = "released",
        /// Gave a project a star.
        Starred = "starred",
        /// Made a fork of a project (`detail` names it).
        Forked = "forked",
        /// Gave a label to a conversation, or took it (`detail` is the label, behind `-` where it was taken).
        Labelled = "labelled",
        /// Was given a conversation to care for (`who` is who got it).
        Assigned = "assigned",
        /// Came to an event, or said that they would (`detail` says which, `object` is the event).
        Attended = "attended",
        /// Entered a channel or made an account.
        Joined = "joined",
        /// Left a channel (part or quit).
        Left = "left",
        /// Was made to leave.
        Kicked = "kicked",
        /// Took another nick or name (`detail` is the new one).
        Renamed = "renamed",
        /// Set a channel's topic or mode.
        SetTopic = "set_topic",
        /// Edited a text (own or another's).
        Edited = "edited",
        /// A vote for a message. The voter is often unknown.
        VotedUp = "voted_up",
        /// A vote against a message.
        VotedDown = "voted_down",
        /// An answer was accepted.
        Accepted = "accepted",
        /// Reacted to a message with an emoji (`detail` is the emoji).
        Reacted = "reacted",
        /// Marked as favourite or bookmarked.
        Bookmarked = "bookmarked",
        /// Closed a conversation.
        Closed = "closed",
        /// Opened a closed conversation again.
        Reopened = "reopened",
        /// Deleted a text.
        Deleted = "deleted",
        /// Brought a deleted text back.
        Undeleted = "undeleted",
        /// Flagged for moderators (spam, offensive), or moderated.
        Moderated = "moderated",
        /// Was given a badge (`detail` names it).
        Awarded = "awarded",
        /// Linked two conversations (`detail`: `related` or `duplicate`).
        Linked = "linked",
        /// A bounty was started or paid.
        Bounty = "bounty",
        /// Something else the source tells (`detail` says what).
        Other = "other",
    }
}

words! {
    /// What an identity is.
    IdentityKind {
        /// A mail address.
        Email = "email",
        /// An account on a site.
        Account = "account",
        /// A nick on a chat network, not necessarily registered.
        Nick = "nick",
        /// Only a name is known.
        Name = "name",
    }
}

words! {
    /// The step in which a problem came up.
    Stage {
        /// While reading from the source.
        Collect = "collect",
        /// While turning an item into rows.
        Normalize = "normalize",
        /// While deriving tables.
        Derive = "derive",
    }
}

/// Something a person did at a time, other than posting a message (those are counted from messages).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// [`Id::activity`].
    pub id: Id,
    /// What was done.
    pub kind: ActivityKind,
    /// Who did it, if the source tells.
    pub who: Option<Id>,
    /// When, if the source tells.
    pub time: Option<Timestamp>,
    /// Place in the source's own order, for activities of one time.
    pub order: i64,
    /// The channel's name within the source.
    pub channel: String,
    /// What it was done to: a message's id, or a commit's hash.
    pub object: Option<String>,
    /// A few words: a commit's subject, a badge's name, a new nick.
    pub detail: Option<String>,
    /// True for a merge commit.
    pub merge: bool,
}

impl Activity {
    /// An activity of which only its name, kind and place are known; callers fill in the rest.
    pub fn new(id: Id, kind: ActivityKind, channel: impl Into<String>) -> Self {
        Activity {
            id,
            kind,
            who: None,
            time: None,
            order: 0,
            channel: channel.into(),
            object: None,
            detail: None,
            merge: false,
        }
    }
}

/// One account or address on one source, as seen once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// [`Id::identity`] of the source and `value`.
    pub id: Id,
    /// What it is.
    pub kind: IdentityKind,
    /// What makes it this one: the address in lower case, the account's number, the nick in lower case.
    pub value: String,
    /// The name shown with it here, if any. Spellings may vary from sighting to sighting.
    pub name: Option<String>,
    /// Its address in lower case, whole (`name at host` mended), if known. Equal addresses prove one person.
    pub email: Option<String>,
    /// The account as other sources may see it too: `SITE/NAME` in lower case, as `github.com/ada`. Equal
    /// ones prove one person.
    pub account: Option<String>,
    /// True if the source itself marks it as a bot.
    pub bot: bool,
    /// When it was seen here, if known.
    pub seen: Option<Timestamp>,
}

impl Identity {
    /// An identity on `source` of which only `value` is known; callers fill in the rest.
    pub fn new(source: &str, kind: IdentityKind, value: impl Into<String>) -> Self {
        let value = value.into();
        Identity {
            id: Id::identity(source, &value),
            kind,
            value,
            name: None,
            email: None,
            account: None,
            bot: false,
            seen: None,
        }
    }
}

/// A place where people talk within a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name within the source, as in [`Message::channel`].
    pub name: String,
    /// What it is, in the field's word: `list`, `chat`, `site`, `repository`.
    pub kind: String,
    /// A longer title, if any.
    pub title: Option<String>,
}

/// Something that could not be read or understood. Its good neighbours are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it came up.
    pub stage: Stage,
    /// A short fixed phrase to count by, such as `date cannot be`. No personal data.
    pub what: String,
    /// The file within the source, relative to its path.
    pub file: String,
    /// Byte offset in that file (after decompression), or the line for line-based formats; `None` if unknown.
    pub offset: Option<u64>,
    /// The rest, such as the value that could not be. Never a body or an address.
    pub detail: String,
}
