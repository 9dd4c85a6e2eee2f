//! Which pairs are worth a look: those that share a key. All pairs of 100,000 would be five billion.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::community::Community;
use crate::handle::{Handle, is_first_name};
use crate::letters::{count, initial};
use crate::name::Name;
use crate::profile::{Profile, label};

/// A key that more than so many share tells nobody from anybody, and pairs grow with its square.
const CROWD: usize = 40;

/// Pairs of profiles, by their numbers, the smaller first; sorted.
pub(crate) fn pairs(profiles: &[Profile], community: &Community<'_>) -> Vec<(u32, u32)> {
    let mut blocks: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (number, profile) in profiles.iter().enumerate() {
        for key in keys(profile, community) {
            let block = blocks.entry(key).or_default();
            if block.len() <= CROWD {
                block.push(number as u32);
            }
        }
    }
    let mut pairs: Vec<(u32, u32)> = blocks
        .into_values()
        .filter(|block| block.len() <= CROWD)
        .flat_map(|block| {
            let pair = |(at, a): (usize, &u32)| block[at + 1..].iter().map(|b| (*a, *b)).collect::<Vec<_>>();
            block.iter().enumerate().flat_map(pair).collect::<Vec<_>>()
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn keys(profile: &Profile, community: &Community<'_>) -> FxHashSet<String> {
    let mut keys = FxHashSet::default();
    profile.names.iter().for_each(|name| of_name(name, community, &mut keys));
    profile.handles.iter().for_each(|handle| of_handle(handle, community, &mut keys));
    for host in profile.hosts.iter().filter(|host| community.is_own_host(host)) {
        keys.insert(format!("@{host}"));
        keys.extend(label(host).filter(|label| label.len() > 3).map(|label| label.replace('-', "")));
    }
    keys
}

/// What it shows, in every order, and what handles are made of it.
fn of_name(name: &Name, community: &Community<'_>, keys: &mut FxHashSet<String>) {
    let (first, last) = (name.first(), name.last());
    let (f, l) = (initial(first), initial(last));
    keys.insert(name.sorted().join(" "));
    keys.insert(format!("{f} {last}"));
    keys.extend([name.words().concat(), format!("{first}{last}"), format!("{last}{first}")]);
    keys.extend([format!("{f}{last}"), format!("{last}{f}"), format!("{first}{l}"), format!("{l}{first}")]);
    if let Some(middle) = name.words().get(1) {
        keys.insert(format!("{f}{}{last}", initial(middle)));
        keys.insert(format!("{f}{}{l}", initial(middle)));
    }
    let rare = [(first, community.given(first)), (last, community.family(last))];
    for (word, _) in rare.into_iter().filter(|(word, borne)| *borne < 4 && count(word) > 3) {
        keys.insert(word.to_owned());
        keys.insert(format!("{}…", head(word, 5)));
    }
}

fn of_handle(handle: &Handle, community: &Community<'_>, keys: &mut FxHashSet<String>) {
    if is_first_name(&handle.stem) && community.given(&handle.stem) > 1 {
        // Only the same digits say anything: many are called so.
        keys.insert(handle.text.clone());
        return;
    }
    keys.insert(handle.stem.clone());
    keys.insert(handle.text.clone());
    if count(&handle.stem) > 4 {
        let start = handle.stem.char_indices().nth_back(3).map_or(0, |(at, _)| at);
        keys.insert(format!("{}…{}", initial(&handle.stem), &handle.stem[start..]));
        keys.insert(format!("{}…", head(&handle.stem, 5)));
    }
}

/// The first letters of a word.
fn head(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}
