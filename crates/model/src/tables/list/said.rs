//! What was said, where, and what it comes to.

use super::{CHANNEL, MONTH, SOURCE, may, must};
use crate::tables::Kind::{Bool, Float, Int, Text, Texts, Time};
use crate::tables::Table;

/// Where people talk.
pub static CHANNELS: Table = Table {
    name: "channels",
    about: "one place where people talk within a source: a list, a chat channel, a site, a repository",
    partitioned: false,
    sort: &["source", "channel"],
    columns: &[
        must("channel_id", Text, "stable id"),
        SOURCE,
        CHANNEL,
        must("kind", Text, "list, chat, site, repository, documents, feed"),
        may("title", Text, "a longer title, where the source gives one"),
        must("messages", Int, "messages posted there"),
        must("activities", Int, "activities there"),
        may("first_time", Time, "of the earliest dated message or activity, UTC"),
        may("last_time", Time, "of the latest dated message or activity, UTC"),
        must("offered_tier", Int, "the support tier that is offered there, 0 to 4"),
        must("offered_why", Text, "configured ([offered] in switchboard.toml), or what it was concluded from"),
    ],
};

/// Opening messages and what answers them.
pub static CONVERSATIONS: Table = Table {
    name: "conversations",
    about: "an opening message and what answers it: a native thread, a mail thread, or chat grouped by time and mention",
    partitioned: false,
    sort: &["source", "opened", "conversation_id"],
    columns: &[
        must("conversation_id", Text, "the id of its opening message"),
        SOURCE,
        CHANNEL,
        may(
            "title",
            Text,
            "subject of the opening message, else the beginning of its own words (at most 120 characters)",
        ),
        may("opener_person_id", Text, "who opened it"),
        may("opened", Time, "when it was opened, UTC"),
        may("last_time", Time, "of its latest message, UTC"),
        must("messages", Int, "messages in it"),
        must("people", Int, "different people who wrote in it, bots not counted"),
        must(
            "is_question",
            Bool,
            "the opening message asks for something (native question, issue or change request, or by its words)",
        ),
        must(
            "state",
            Text,
            "not_question; waiting (nobody else wrote anything that helps, or the opener asked again and nobody came back); asked_back (somebody asked the opener for more, and the opener has not written since); abandoned (the same, and its source has gone on for two weeks); moved (it was handed on to another place); answered (another person wrote after the question); resolved (see resolved_by)",
        ),
        may(
            "resolved_by",
            Text,
            "why it is resolved: accepted, closed or merged (its source says so: see messages.closed), worked (the opener said that it works, after a response), thanked (the opener thanked, after a response), self (the opener solved it alone)",
        ),
        may(
            "waiting_since",
            Time,
            "when `state` is waiting: time of the earliest message of the opener that nobody has answered, UTC",
        ),
        may("first_response", Time, "first message by another person who is no bot, UTC"),
        may("first_responder_id", Text, "the person of that message"),
        may(
            "promised_until",
            Time,
            "of a question: when the promise of a first response runs out, by the promises and working hours of switchboard.toml, UTC",
        ),
        may("accepted_message_id", Text, "the accepted answer, where the source knows one"),
        must(
            "helper_person_ids",
            Texts,
            "people other than the opener who wrote in it, bots not counted, in order of first message",
        ),
        must(
            "thanked_person_ids",
            Texts,
            "people whose message was accepted, or who wrote last before the opener's thanks",
        ),
        may(
            "asked_tier",
            Int,
            "the support tier that the opening message asks for, 0 to 4; null if it asks for no help",
        ),
        must("asked_confidence", Float, "how sure that is, 0 to 1; 1 where a person said so"),
        must("asked_why", Texts, "what makes it so, strongest first"),
        must("asked_signs", Int, "every sign of it, one bit each (text::tier::Asked)"),
        may("observed_tier", Int, "the support tier that it took, 0 to 4; null if nobody helped"),
        must("observed_confidence", Float, "how sure that is, 0 to 1; 1 where a person said so"),
        must("observed_why", Texts, "what makes it so, strongest first"),
        must("observed_signs", Int, "every sign of it, one bit each (text::tier::Observed)"),
        must(
            "related_ids",
            Texts,
            "conversations that belong with it: the same question asked elsewhere, or the thread that a mail with a new question replied to",
        ),
        must("topics", Texts, "what it is about, as `topics.topic`"),
    ],
};

/// What should be documented.
pub static GAPS: Table = Table {
    name: "gaps",
    about: "a question that is asked again and again and that no page answers: missing documentation",
    partitioned: false,
    sort: &["gap_id"],
    columns: &[
        must("gap_id", Text, "the id of the conversation that asked it most typically"),
        may("title", Text, "that conversation's title"),
        must("topics", Texts, "what it is about, as `topics.topic`"),
        must("questions", Int, "conversations that ask it"),
        must("people", Int, "different people who asked"),
        must("unanswered", Int, "conversations that nobody has answered"),
        may("first_time", Time, "when it was first asked, UTC"),
        may("last_time", Time, "when it was last asked, UTC"),
        must("conversation_ids", Texts, "the conversations, those that were resolved first, then the latest"),
    ],
};

/// What people said.
pub static MESSAGES: Table = Table {
    name: "messages",
    about: "a text one person posted in one channel; the same Message-ID from several archives is one row",
    partitioned: true,
    sort: &["conversation_id", "time", "position", "message_id"],
    columns: &[
        must("message_id", Text, "stable id: of the Message-ID for mail, else of the source and its native id"),
        must("conversation_id", Text, "the id of the conversation's opening message"),
        SOURCE,
        MONTH,
        CHANNEL,
        must("native_id", Text, "the source's own id: Message-ID without brackets, `posts/17`, `file#line`"),
        must("kind", Text, "post, question, answer, comment, issue, change_request, page"),
        may("identity_id", Text, "who posted it"),
        may("time", Time, "when, UTC; the best estimate where the source's date cannot be"),
        must("time_estimated", Bool, "true where `time` is an estimate (a problem is recorded)"),
        must("position", Int, "place in the source's own order, for equal times"),
        must("parent_ids", Texts, "ids of messages it may answer, best first, known here or not"),
        must("threaded", Bool, "true where `parent_ids` come from the source or from mail references, false for chat"),
        may("subject", Text, "title or subject, decoded"),
        must("body", Text, "plain text with quotes and signature; personal data"),
        must("attachments", Texts, "names of attached files"),
        must("tags", Texts, "the source's tags or labels"),
        must("mentions", Texts, "nicks or accounts it addresses, as written"),
        may("accepted_id", Text, "on a question: the accepted answer's message id"),
        may(
            "closed",
            Text,
            "on an opening message: how its source says that it ended, as completed, merged, solved, closed",
        ),
        may("score", Int, "votes up less votes down"),
        may("url", Text, "where to read it on the web"),
        must("seen_in", Texts, "every place it was seen, as `source/channel`, sorted"),
        must("seen_count", Int, "how often it was seen (archive items), duplicates in one place included"),
        must("item", Text, "the archive's item it was read from, as `source/segment/row`"),
    ],
};

/// What each message does.
pub static SIGNALS: Table = Table {
    name: "signals",
    about: "what a message does, from the writer's own words (quotes and signature left out); rows in the order of `messages`",
    partitioned: true,
    sort: &["conversation_id"],
    columns: &[
        must("message_id", Text, "the message"),
        must("conversation_id", Text, "its conversation"),
        SOURCE,
        MONTH,
        must("question", Bool, "asks for something"),
        must("answer", Bool, "tells somebody what to do or how it is"),
        must("thanks", Bool, "thanks somebody"),
        must("complaint", Bool, "says that something is broken or bad"),
        must("frustration", Bool, "its writer is frustrated"),
        must("hostility", Bool, "is hostile to somebody"),
        must("story", Bool, "tells how somebody uses the project"),
        must("offer", Bool, "offers help"),
        must("wants_docs", Bool, "says that something should be documented"),
        must("announcement", Bool, "announces something"),
        must("event", Bool, "is about an event"),
        must("code", Bool, "holds code, a command or a stack trace"),
        must("marks", Texts, "what else it does, as `asks_for_logs`, `names_fix` (text::Signal)"),
        must("why", Texts, "the words that made each signal so, as `thanks: that worked`; personal data"),
        must("sentiment", Float, "its mood, from -1 (negative) over 0 to 1 (positive)"),
        must("sentiment_why", Texts, "the words that made it so; personal data"),
        may("language", Text, "its language, ISO 639-1, where it is long enough to tell"),
        must("asked_signs", Int, "the signs of a support tier in it, one bit each (text::tier::Asked)"),
        may(
            "meaning",
            Text,
            "what subject and own words of an opening that asks, or of a page, mean: signed bytes in base64 (text::Meaning)",
        ),
        may("answers_id", Text, "in chat: the line that it answers, as far as untangling can tell"),
        may("answers_confidence", Float, "in chat: how sure that is, 0 to 1"),
        must("answers_why", Texts, "in chat: what makes it so"),
        must("words", Int, "words of its own"),
        must("lead", Text, "how its own words begin, at most 160 characters on one line; personal data"),
    ],
};

/// What people ask about.
pub static TOPICS: Table = Table {
    name: "topics",
    about: "what people ask about: a tag, a component or a phrase, with how it grows and how it is answered",
    partitioned: false,
    sort: &["topic"],
    columns: &[
        must("topic", Text, "its name, in lower case"),
        must("kind", Text, "tag (a tag, label or component of the community's own), phrase (words of its questions)"),
        must("questions", Int, "conversations about it in which somebody asks for help"),
        must("unanswered", Int, "those of them that nobody has answered"),
        must("recent", Int, "questions of the 90 days before its source's newest message"),
        must("before", Int, "questions of the 90 days before those"),
        may("sentiment", Float, "mean sentiment of the openings, -1 to 1"),
        may("first_time", Time, "of its first question, UTC"),
        may("last_time", Time, "of its latest, UTC"),
        must("conversation_ids", Texts, "the latest conversations about it, at most 20"),
    ],
};
