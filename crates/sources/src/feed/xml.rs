//! The elements of an entry or of a feed's head.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Prefixes as they are written in an unusual feed, and those that everybody else uses.
pub type Prefixes = BTreeMap<String, String>;

/// Elements nested deeper than this are taken to be no deeper.
const DEEPEST: usize = 64;
/// An entry with more elements than this is none.
const MOST: usize = 10_000;

/// Namespaces that matter, and the prefixes that nearly everybody uses for them.
const NAMESPACES: [(&str, &str); 9] = [
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://purl.org/syndication/thread/1.0", "thr"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://wellformedweb.org/CommentAPI/", "wfw"),
];

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its name in lower case, with its prefix.
    pub name: String,
    /// Its attributes, decoded.
    pub attributes: Vec<(String, String)>,
    /// What stands in it, as it is written.
    pub inner: &'a str,
}

impl Element<'_> {
    /// An attribute that is not empty.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Its text, decoded; elements within it stay as they are.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut rest = self.inner;
        while let Some((before, behind)) = rest.split_once("<![CDATA[") {
            let (verbatim, after) = behind.split_once("]]>").unwrap_or((behind, ""));
            text += &decoded(before);
            text += verbatim;
            rest = after;
        }
        text + &decoded(rest)
    }
}

/// The elements at the top of a stretch of XML. False beside them if it is none: they are then as many as
/// could be read.
pub fn elements<'a>(xml: &'a str, prefixes: &Prefixes) -> (Vec<Element<'a>>, bool) {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut found = Vec::new();
    // Names of what is open, and the outermost with where its inside begins.
    let (mut open, mut outer): (Vec<String>, Option<(Element<'a>, usize)>) = (Vec::new(), None);
    let sound = loop {
        if found.len() >= MOST {
            break false;
        }
        let before = reader.buffer_position() as usize;
        let event = reader.read_event();
        let after = reader.buffer_position() as usize;
        match event {
            Ok(Event::Start(tag)) => {
                if open.is_empty() {
                    outer = Some((element(&tag, prefixes), after));
                }
                if open.len() < DEEPEST {
                    open.push(tag.name().as_ref().to_owned());
                }
            }
            Ok(Event::Empty(tag)) if open.is_empty() => found.push(element(&tag, prefixes)),
            Ok(Event::End(tag)) => {
                // What nobody opened is passed over, and what was left open ends with what it is in.
                let Some(at) = open.iter().rposition(|name| name == tag.name().into_inner()) else {
                    continue;
                };
                open.truncate(at);
                if let Some((element, begin)) = outer.take_if(|_| at == 0) {
                    found.push(Element { inner: xml.get(begin..before).unwrap_or_default(), ..element });
                }
            }
            Ok(Event::Eof) => break open.is_empty(),
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    if let Some((element, begin)) = outer {
        found.push(Element { inner: xml.get(begin..).unwrap_or_default(), ..element });
    }
    (found, sound)
}

/// What stands within the outermost element of `xml`.
pub fn inside(xml: &str) -> &str {
    let begin = xml.find('>').map_or(xml.len(), |end| end + 1);
    let end = xml.rfind("</").filter(|end| *end >= begin).unwrap_or(xml.len());
    &xml[begin..end]
}

/// Which prefixes an element declares for namespaces that are mostly written with others.
pub fn prefixes(element: &Element<'_>) -> Prefixes {
    let declared = element.attributes.iter().filter_map(|(name, value)| Some((name.strip_prefix("xmlns:")?, value)));
    let usual = declared.filter_map(|(prefix, value)| {
        let (_, usual) = NAMESPACES.iter().find(|(namespace, _)| namespace == value)?;
        (prefix != *usual).then(|| (prefix.to_owned(), (*usual).to_owned()))
    });
    usual.collect()
}

fn element<'a>(tag: &BytesStart<'_>, prefixes: &Prefixes) -> Element<'a> {
    let name = tag.name().as_ref().to_lowercase();
    let name = match name.split_once(':').and_then(|(prefix, local)| Some((prefixes.get(prefix)?, local))) {
        Some((usual, local)) => format!("{usual}:{local}"),
        None => name,
    };
    let mut attributes = tag.html_attributes();
    attributes.with_checks(false);
    let attributes = attributes
        .flatten()
        .map(|attribute| (attribute.key.as_ref().to_lowercase(), decoded(&attribute.value)))
        .collect();
    Element { name, attributes, inner: "" }
}

/// References to letters, decoded: XML's five and those by number. Others stay as they are: HTML's are
/// understood where HTML is read, and what a document declares for itself is never expanded.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out += before;
        // No reference is longer: looking further each time would take for ever.
        let end = behind.bytes().take(11).position(|byte| byte == b';');
        match end.and_then(|end| Some((letter(&behind[..end])?, &behind[end + 1..]))) {
            Some((letter, after)) => {
                out.push(letter);
                rest = after;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out + rest
}

fn letter(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code).filter(|letter| !letter.is_control() || "\n\t".contains(*letter))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(xml: &str) -> (Vec<String>, bool) {
        let (found, sound) = elements(xml, &Prefixes::from([("x".to_owned(), "dc".to_owned())]));
        (found.iter().map(|one| format!("{} {:?} {}", one.name, one.attributes, one.text())).collect(), sound)
    }

    #[track_caller]
    fn check(xml: &str, expected: &[&str], sound: bool) {
        let (found, was) = told(xml);
        assert_eq!(found, expected, "{xml}");
        assert_eq!(was, sound, "{xml}");
    }

    #[test]
    fn elements_at_the_top() {
        check(
            "<A>1</A> <x:b c='&lt;'/><d>a<d>b</d></d>",
            &["a [] 1", "dc:b [(\"c\", \"<\")] ", "d [] a<d>b</d>"],
            true,
        );
        check("<a>&amp;nbsp; &#x41;<![CDATA[&amp;<b>]]>&lol;</a>", &["a [] &nbsp; A&amp;<b>&lol;"], true);
    }

    #[test]
    fn what_is_damaged_leaves_what_was_before() {
        check("<a>1<br></a><b>2", &["a [] 1<br>", "b [] 2"], false);
        check("</x><a>R & D</a>", &["a [] R & D"], true);
        check("<a>1</a><b <", &["a [] 1"], false);
        assert_eq!(inside("<item a='1'>x</item>"), "x");
        assert_eq!(inside("<item/>"), "");
    }

    proptest! {
        #[test]
        fn any_text_is_read(xml in r#"(<a>|</a>|<b c="|<!\[CDATA\[|\]\]>|&#|&|[;<>/x:"é]){0,40}"#) {
            told(&xml);
            inside(&xml);
        }
    }
}
