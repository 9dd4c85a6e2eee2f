//! What a message says, as plain text.

use std::collections::BTreeMap;

use super::markup::to_text;
use crate::json::Fields;

/// Its own words, its stickers, what it forwards; else what its embeds show, as for most bots.
pub fn body(fields: &Fields<'_>, names: &BTreeMap<String, String>) -> String {
    let mut parts = vec![to_text(fields.text("content").unwrap_or_default(), names)];
    parts.extend(fields.objects("stickers").filter_map(|sticker| Some(format!(":{}:", sticker.text("name")?))));
    if let Some(forwarded) = fields.object("forwardedMessage") {
        let said = body(&forwarded, names);
        parts.push(said.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"));
    }
    parts.retain(|part| !part.trim().is_empty());
    if parts.is_empty() {
        parts.extend(fields.objects("embeds").map(|embed| shown(&embed, names)).filter(|shown| !shown.is_empty()));
    }
    parts.join("\n")
}

/// The names of what is attached, also to a message that is forwarded.
pub fn attachments(fields: &Fields<'_>) -> Vec<String> {
    let forwarded = fields.object("forwardedMessage");
    let files = fields.objects("attachments").chain(forwarded.iter().flat_map(|within| within.objects("attachments")));
    files.map(|file| file.text("fileName").unwrap_or("a file that the export does not name").to_owned()).collect()
}

fn shown(embed: &Fields<'_>, names: &BTreeMap<String, String>) -> String {
    let said = |name| embed.text(name).map(|text| to_text(text, names));
    let mut lines: Vec<String> = [said("title"), said("description")].into_iter().flatten().collect();
    for field in embed.objects("fields") {
        let (name, value) = (field.text("name").unwrap_or_default(), field.text("value").unwrap_or_default());
        lines.push(to_text(&format!("{name}: {value}"), names));
    }
    lines.extend(embed.text("url").map(str::to_owned));
    lines.join("\n")
}
