//! What messages can be filtered by, as terms of one field: who wrote them, where, and what they hold.

use text::StretchKind;

/// Something that a message has or has not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Written by this identity (`messages.identity_id`).
    Author(String),
    /// In this channel of this source.
    Place(String, String),
    /// Of this kind (`messages.kind`).
    Kind(String),
    /// Holds this.
    Has(Holds),
}

/// What a message holds, in its writer's own words or beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holds {
    /// Code, markup, a session at a prompt.
    Code,
    /// A stack trace.
    Trace,
    /// Lines of a log.
    Log,
    /// A change to files.
    Diff,
    /// An address on the web.
    Link,
    /// An attached file.
    Attachment,
}

impl Fact {
    /// The term that stands for it: a letter for its kind comes first.
    pub(crate) fn term(&self) -> String {
        match self {
            Fact::Author(identity) => format!("a{identity}"),
            Fact::Place(source, channel) => format!("p{source}\0{channel}"),
            Fact::Kind(kind) => format!("k{kind}"),
            Fact::Has(holds) => format!("h{holds:?}"),
        }
    }
}

/// What a writer's own words hold, each once.
pub(crate) fn held(own: &str) -> Vec<Holds> {
    let mut held = Vec::new();
    let mut add = |holds| {
        if !held.contains(&holds) {
            held.push(holds);
        }
    };
    for stretch in text::stretches(own) {
        match stretch.kind {
            StretchKind::Code => add(Holds::Code),
            StretchKind::Trace => add(Holds::Trace),
            StretchKind::Log => add(Holds::Log),
            StretchKind::Diff => add(Holds::Diff),
            StretchKind::Link => add(Holds::Link),
            StretchKind::Prose => {}
        }
    }
    if own.contains("://") {
        add(Holds::Link);
    }
    held
}
