//! Links to documentation that are given to somebody.

use std::ops::Range;

use crate::prose::Prose;

/// What addresses of documentation hold.
const PAGES: &[&str] = &[
    "/docs",
    "docs.",
    "/doc/",
    "readthedocs",
    "/wiki",
    "wiki.",
    "/faq",
    "/howto",
    "/manual",
    "/guide",
    "documentation",
    "stackoverflow.com/questions",
    "stackoverflow.com/a/",
    "askubuntu.com/questions",
    "/tutorial",
    "man7.org",
    "/help",
    "/handbook",
    "/reference",
    "/javadoc",
    "/apidocs",
];
/// Words before a link that give it to somebody.
const GIVES: &[&str] = &[
    "see",
    "read",
    "check",
    "look at",
    "look here",
    "have a look",
    "take a look",
    "documented",
    "described",
    "explained",
    "refer to",
    "here:",
    "is here",
    "this page",
    "this guide",
    "this tutorial",
    "this might help",
    "this may help",
    "hth",
    "follow",
    "faq",
    "there is",
    "there's",
    "more information",
    "for details",
    "can find",
    "siehe",
    "voir",
    "mira",
];
/// Words before a link that tell where the writer got stuck.
const TELLS: &[&str] = &[
    "i read",
    "i've read",
    "i have read",
    "i followed",
    "i'm following",
    "i am following",
    "i found",
    "i used",
    "i looked",
    "i checked",
    "i tried",
    "i saw",
    "i see",
    "i am reading",
    "i'm reading",
    "following the",
    "according to",
    "followed",
    "as described",
    "as explained",
    "i've been",
    "i've tried",
    "from here",
    "based on",
    "using",
];
/// Bytes before a link that are looked at.
const BEFORE: usize = 90;

/// The links, as places in the own words, that point somebody to a page.
pub(super) fn find(prose: &Prose, own: &str) -> Vec<Range<usize>> {
    let gives = |place: &Range<usize>, at: usize| {
        let address = own[place.clone()].to_ascii_lowercase();
        if !PAGES.iter().any(|page| address.contains(page)) || address.contains("wikipedia.org") {
            return false;
        }
        let from = prose.text.ceil_char_boundary(at.saturating_sub(BEFORE));
        let before = prose.text[from..at].to_lowercase();
        let has = |list: &[&str]| list.iter().any(|words| before.contains(words));
        // A link and nothing else is an answer too.
        !has(TELLS) && (has(GIVES) || prose.facts.words <= 3)
    };
    prose.links.iter().filter(|link| gives(&link.own, link.at)).map(|link| link.own.clone()).collect()
}
