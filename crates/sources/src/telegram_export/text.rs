//! What a message says, as plain text, and what is attached to it.

use serde_json::Value;

use crate::json::Fields;

/// A text as Telegram writes it: a string, or a list of strings and of parts with a type. Code and quotes
/// keep marks, links that stand behind a text are written out.
pub fn to_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(part).collect(),
        _ => String::new(),
    }
}

fn part(part: &Value) -> String {
    let text = part.as_str().or(part["text"].as_str()).unwrap_or_default();
    match (part["type"].as_str().unwrap_or_default(), part["href"].as_str()) {
        ("text_link", Some(url)) if url.trim_end_matches('/') != text.trim_end_matches('/') => {
            format!("{text} ({url})")
        }
        ("code", _) => format!("`{text}`"),
        ("pre", _) => format!("```{}\n{text}\n```", part["language"].as_str().unwrap_or_default()),
        ("blockquote", _) => quoted(text),
        _ => text.to_owned(),
    }
}

/// Each line behind `> `.
pub fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Whom a text addresses: an account's id where it is told, else its name.
pub fn mentioned(value: &Value) -> Vec<String> {
    let parts = value.as_array().into_iter().flatten();
    let who = parts.filter_map(|part| match part["type"].as_str()? {
        "mention" => Some(part["text"].as_str()?.trim_start_matches('@').to_owned()),
        "mention_name" => Some(format!("user{}", part["user_id"].as_i64()?)),
        _ => None,
    });
    who.collect()
}

/// What a message shows that is no text: a poll with its answers, a place, a sticker, a game.
pub fn shown(fields: &Fields<'_>) -> Option<String> {
    if let Some(poll) = fields.object("poll") {
        let mut lines = vec![format!("Poll: {}", poll.text("question").unwrap_or_default())];
        for answer in poll.objects("answers") {
            let (text, voters) = (answer.text("text").unwrap_or_default(), answer.number("voters").unwrap_or_default());
            lines.push(format!("- {text} ({voters})"));
        }
        return Some(lines.join("\n"));
    }
    let place =
        [fields.text("place_name"), fields.text("address")].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let title = |name| fields.object(name).and_then(|shown| shown.text("title")).map(str::to_owned);
    Some(place)
        .filter(|place| !place.is_empty())
        .or(fields.text("sticker_emoji").map(str::to_owned))
        .or(fields.text("game_title").map(str::to_owned))
        .or(title("invoice_information"))
        .or(title("todo_list"))
}

/// Names of attached files; what is not in the export is called what it is. A sticker is no file.
pub fn attachments(fields: &Fields<'_>) -> Vec<String> {
    let kind = fields.text("media_type");
    if kind == Some("sticker") {
        return Vec::new();
    }
    let names = [("photo", "photo"), ("file", kind.unwrap_or("file")), ("contact_vcard", "contact")];
    let mut attached = Vec::new();
    for (field, what) in names {
        let Some(path) = fields.text(field) else { continue };
        // `(File not included. Change data exporting settings to download.)`
        let name = path.rsplit('/').next().filter(|_| !path.starts_with('('));
        let named = if field == "file" { fields.text("file_name").or(name) } else { name };
        attached.push(named.map_or_else(|| what.replace('_', " "), str::to_owned));
    }
    if fields.object("contact_information").is_some() && fields.text("contact_vcard").is_none() {
        attached.push("contact".to_owned());
    }
    attached
}
