//! What a message says, as plain text, and what is attached to it.

use crate::json::Fields;

/// The text of a message. `body` is its own or that of a later edit.
pub fn text(content: &Fields<'_>, body: &str, answers: bool) -> String {
    match content.text("msgtype") {
        Some("m.image" | "m.file" | "m.audio" | "m.video") => {
            // The body is the file's name, unless that stands elsewhere: then it is what is said about it.
            let named = content.text("filename").is_some_and(|name| name != body);
            if named { body.to_owned() } else { String::new() }
        }
        _ if answers => without_fallback(body).to_owned(),
        _ => body.to_owned(),
    }
}

/// The name of the file that a message is.
pub fn attachment(content: &Fields<'_>) -> Option<String> {
    let is_file = matches!(content.text("msgtype"), Some("m.image" | "m.file" | "m.audio" | "m.video"));
    let name = content.text("filename").or(content.text("body")).unwrap_or("a file that has no name");
    is_file.then(|| name.to_owned())
}

/// A reply without the lines that clients of before 2025 put before it: what it answers, quoted (Matrix
/// specification, client-server API v1.12, "Fallbacks for rich replies").
pub fn without_fallback(body: &str) -> &str {
    if !body.starts_with("> <") && !body.starts_with("> * <") {
        return body;
    }
    let mut rest = body;
    while rest.starts_with('>') {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')).unwrap_or(rest)
}

/// A poll's question and answers, in the form of before or after it became part of the specification.
pub fn poll(content: &Fields<'_>) -> Option<String> {
    let poll = content.object("m.poll").or(content.object("org.matrix.msc3381.poll.start"))?;
    let said = |fields: &Fields<'_>| {
        let text = fields.text("org.matrix.msc1767.text").or(fields.text("body")).map(str::to_owned);
        text.or_else(|| fields.objects("m.text").find_map(|text| text.text("body").map(str::to_owned)))
    };
    let question = poll.object("question").and_then(|question| said(&question)).unwrap_or_default();
    let answers = poll.objects("answers").filter_map(|answer| Some(format!("- {}", said(&answer)?)));
    Some(std::iter::once(format!("Poll: {question}")).chain(answers).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_fallback_of_a_reply_is_left_out() {
        for (body, text) in [
            ("> <@ada:example.org> how?\n> second line\n\nlike this", "like this"),
            ("> * <@ada:example.org> waves\n\n> a quote\nlike this", "> a quote\nlike this"),
            ("> a quote of my own\n\nlike this", "> a quote of my own\n\nlike this"),
            ("> <@ada:example.org> only this", ""),
            ("plain", "plain"),
        ] {
            assert_eq!(without_fallback(body), text, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(body in "(> <)?[<>@* \r\né]{0,40}") {
            prop_assert!(body.ends_with(without_fallback(&body)));
        }
    }
}
