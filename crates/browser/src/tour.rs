//! A real address for every page of a list, found as a reader would find it: by following links.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Result, bail};

use crate::window::Window;

/// Pages that are looked at for links, at most.
const MOST: usize = 80;

/// For each pattern (`/people/{id}`) an address that fits it (`/people/p0`), in their order. Patterns without a part in
/// braces are addresses already; the others are looked for in the links of the pages, in breadth, from these on. `None`
/// for those that no link leads to.
///
/// # Errors
///
/// If a page does not load, or the server is gone.
pub fn tour(window: &Window, patterns: &[String]) -> Result<Vec<(String, Option<String>)>> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut next: VecDeque<String> = VecDeque::new();
    for pattern in patterns.iter().filter(|pattern| !pattern.contains('{')) {
        found.insert(pattern, pattern.clone());
        seen.insert(pattern.clone());
        next.push_back(pattern.clone());
    }
    let mut visits = 0;
    while let Some(path) = next.pop_front()
        && found.len() < patterns.len()
        && visits < MOST
    {
        visits += 1;
        for link in links(window, &path)? {
            let bare = link.split(['?', '#']).next().unwrap_or_default().to_owned();
            // `/people/suggestions` fits `/people/{id}` too.
            let fitting = patterns.iter().filter(|pattern| fits(pattern, &bare));
            let Some(pattern) = fitting.min_by_key(|pattern| pattern.matches('{').count()) else { continue };
            // One of a kind is enough to know where it leads.
            if !found.contains_key(pattern.as_str()) && seen.insert(bare.clone()) {
                found.insert(pattern, bare.clone());
                next.push_back(bare);
            }
        }
    }
    Ok(patterns.iter().map(|pattern| (pattern.clone(), found.get(pattern.as_str()).cloned())).collect())
}

/// Where the links of a page lead to, on this site.
fn links(window: &Window, path: &str) -> Result<Vec<String>> {
    window.goto(path)?;
    let script = "return [...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin)
        .map(a => a.pathname + a.search)";
    let found = window.eval(script, serde_json::json!([]))?;
    let Some(found) = found.as_array() else { bail!("{path}: the page has no list of links") };
    Ok(found.iter().filter_map(|link| link.as_str().map(str::to_owned)).collect())
}

/// Whether an address is of a pattern: the same parts, and anything in place of a part in braces but a file's name, since
/// twins and tables are other forms of a page.
pub fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given => (),
            (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() && !given.contains('.') => (),
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let check = |pattern, path, expected| assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        check("/", "/", true);
        check("/people", "/people", true);
        check("/people", "/peoples", false);
        check("/people/{id}", "/people/p1", true);
        check("/people/{id}", "/people/", false);
        check("/people/{id}", "/people/p1.json", false);
        check("/people/{id}", "/people/p1/history", false);
        check("/a/{b}/c", "/a/x/c", true);
    }
}
