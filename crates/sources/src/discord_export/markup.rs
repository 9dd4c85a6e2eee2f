//! Discord's marks for people, channels and emoji ("Message Formatting", discord.com/developers/docs/reference).
//! The exporter resolves them, unless it was told not to (`--markdown false`) or does not know the name.

use std::collections::BTreeMap;

/// The text as people read it: `<@1>` is `@Ada`, `<:ferris:1>` is `:ferris:`, `<t:0>` a date; channels and
/// roles keep their number. Markdown stays as it is written.
pub fn to_text(marked: &str, names: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(marked.len());
    let mut rest = marked;
    while let Some((before, from)) = rest.split_once('<') {
        text.push_str(before);
        let mark = from.split_once('>').and_then(|(inner, after)| Some((read(inner, names)?, after)));
        match mark {
            Some((read, after)) => {
                text.push_str(&read);
                rest = after;
            }
            None => {
                text.push('<');
                rest = from;
            }
        }
    }
    text.push_str(rest);
    text
}

/// What stands between `<` and `>`, if it is a mark.
fn read(inner: &str, names: &BTreeMap<String, String>) -> Option<String> {
    if let Some(role) = inner.strip_prefix("@&").filter(|id| is_id(id)) {
        return Some(format!("@{role}"));
    }
    if let Some(user) = inner.strip_prefix("@!").or(inner.strip_prefix('@')).filter(|id| is_id(id)) {
        return Some(format!("@{}", names.get(user).map_or(user, String::as_str)));
    }
    if let Some(channel) = inner.strip_prefix('#').filter(|id| is_id(id)) {
        return Some(format!("#{channel}"));
    }
    if let Some(time) = inner.strip_prefix("t:") {
        let seconds = time.split(':').next().unwrap_or_default().parse().ok()?;
        return jiff::Timestamp::from_second(seconds).ok().map(|time| time.to_string());
    }
    // `<:name:1>`, `<a:name:1>` and the command `</name:1>`
    let named = inner.strip_prefix("a:").or(inner.strip_prefix(':')).or(inner.strip_prefix('/'))?;
    let (name, id) = named.rsplit_once(':')?;
    let sound = is_id(id) && !name.is_empty() && !name.contains('\n');
    let command = inner.starts_with('/');
    sound.then(|| if command { format!("/{name}") } else { format!(":{name}:") })
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_are_names() {
        let names = [("1".to_owned(), "Ada".to_owned())].into();
        for (marked, text) in [
            ("<@1> <@!1> <@2>: <#3> <@&4>", "@Ada @Ada @2: #3 @4"),
            ("<:ferris:5><a:wave:6> </help me:7>", ":ferris::wave: /help me"),
            ("<t:1709280000> <t:1709280000:R> <t:x>", "2024-03-01T08:00:00Z 2024-03-01T08:00:00Z <t:x>"),
            ("<https://example.org> a < b > c <<@1>", "<https://example.org> a < b > c <@Ada"),
            ("Vec<u8>, <@>, <#x>, <::1>, <", "Vec<u8>, <@>, <#x>, <::1>, <"),
            ("<t:99999999999999>", "<t:99999999999999>"),
        ] {
            assert_eq!(to_text(marked, &names), text, "{marked}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(marked in "[<>@#!&:/at1-9é \n]{0,40}") {
            to_text(&marked, &BTreeMap::new());
        }
    }
}
