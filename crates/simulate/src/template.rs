//! Texts with holes: `{slot}` is a value, `{a|b}` one of several wordings, any other brace is itself.

use crate::rng::Rng;

/// What a hole is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    // Of the conversation: the same in all its messages.
    Version,
    Older,
    Node,
    Node2,
    Host,
    Port,
    Ip,
    Os,
    Stream,
    Asker,
    Helper,
    Docs,
    Area,
    Time,
    // Of the place in the text: drawn anew each time.
    N,
    N2,
    Big,
    Ms,
    Secs,
    Mb,
    Gb,
    Pct,
    Pid,
    Hex,
}

const SLOTS: &[(&str, Slot)] = &[
    ("version", Slot::Version),
    ("older", Slot::Older),
    ("node", Slot::Node),
    ("node2", Slot::Node2),
    ("host", Slot::Host),
    ("port", Slot::Port),
    ("ip", Slot::Ip),
    ("os", Slot::Os),
    ("stream", Slot::Stream),
    ("asker", Slot::Asker),
    ("helper", Slot::Helper),
    ("docs", Slot::Docs),
    ("area", Slot::Area),
    ("time", Slot::Time),
    ("n", Slot::N),
    ("n2", Slot::N2),
    ("big", Slot::Big),
    ("ms", Slot::Ms),
    ("secs", Slot::Secs),
    ("mb", Slot::Mb),
    ("gb", Slot::Gb),
    ("pct", Slot::Pct),
    ("pid", Slot::Pid),
    ("hex", Slot::Hex),
];

/// A text with holes, read once and filled often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(Slot),
    OneOf(Vec<Template>),
}

impl Template {
    /// Never fails: what is neither a slot nor a choice stays as it is.
    pub(crate) fn parse(text: &str) -> Template {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            plain.push_str(&rest[..open]);
            let inside = &rest[open + 1..];
            let piece = inside.find('}').and_then(|close| Some((close, hole(&inside[..close])?)));
            match piece {
                Some((close, piece)) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(piece);
                    rest = &inside[close + 1..];
                }
                None => {
                    plain.push('{');
                    rest = inside;
                }
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Template(pieces)
    }

    /// Appends the text to `out`; `value` appends what a slot stands for.
    pub(crate) fn fill(&self, rng: &mut Rng, out: &mut String, value: &mut dyn FnMut(Slot, &mut Rng, &mut String)) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Hole(slot) => value(*slot, rng, out),
                Piece::OneOf(choices) => rng.pick(choices).fill(rng, out, value),
            }
        }
    }
}

/// What stands between two braces, if it is a slot or a choice.
fn hole(inside: &str) -> Option<Piece> {
    if inside.contains('|') && !inside.contains('\n') {
        return Some(Piece::OneOf(inside.split('|').map(Template::parse).collect()));
    }
    SLOTS.iter().find(|(name, _)| *name == inside).map(|(_, slot)| Piece::Hole(*slot))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: &[&str]) {
        let template = Template::parse(template);
        let mut seen: Vec<String> = (0..50)
            .map(|seed| {
                let mut out = String::new();
                template
                    .fill(&mut Rng::of(seed, 1), &mut out, &mut |slot, _, out| out.push_str(&format!("<{slot:?}>")));
                out
            })
            .collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen, expected);
    }

    #[test]
    fn holes_are_filled_and_other_braces_stay() {
        check("on {node}, {a|b} done", &["on <Node>, a done", "on <Node>, b done"]);
        check("{|very }good", &["good", "very good"]);
        check(r#"{"json": 1} {unknown} {"#, &[r#"{"json": 1} {unknown} {"#]);
        check("listener {\n  port {port}\n}", &["listener {\n  port <Port>\n}"]);
        check("", &[""]);
    }
}
