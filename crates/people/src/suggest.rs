//! Who may be one person: every pair worth a look, weighed.
//!
//! The weights of the reasons that hold are added up and give the odds (a logistic model). It was fitted to
//! people of OpenStack whose accounts are kept by hand; see `weights.txt` and `learn::people`.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::blocks;
use crate::community::{Community, Rarity};
use crate::handle::{Handle, Kin, Made, is_first_name};
use crate::letters::count;
use crate::name::{Alike, Name};
use crate::profile::{Profile, label};
use crate::reason::{Reason, prior};

/// Below this probability nobody is bothered.
pub const LEAST: f64 = 0.5;
/// Of how many identities the weights were fitted, about. Among more of them, more handles are alike by chance:
/// the odds fall in proportion. Names need no such discount, their rarity is counted.
const FITTED_TO: f64 = 2_000.0;
/// Two that are this likely a third are looked at.
const VERY_LIKELY: f64 = 0.9;
/// More than so many that are like one are a crowd, and pairs grow with its square.
const CROWD: usize = 20;
/// Nothing that was not looked at is surer.
const SURE: f64 = 0.99;

/// Two profiles that may be one person's.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The number of one profile.
    pub a: u32,
    /// The number of the other, a larger one.
    pub b: u32,
    /// How likely it is that they are one, 0 to 1.
    pub score: f64,
    /// Why, what speaks for it first, the weightiest first within each.
    pub reasons: Vec<Reason>,
}

/// Where two profiles met, and what their texts say of each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meeting {
    /// In how many conversations both wrote.
    pub conversations: u32,
    /// Whether both were active in one week, in different places (a commit and a mail).
    pub same_week: bool,
    /// Whether a signature of one names the other's address or account.
    pub signature: bool,
    /// Whether a profile of one links to the other's account.
    pub profile: bool,
}

/// Every pair of profiles that is one person with a probability of `least` or more, the likeliest first.
/// `meeting` tells of a pair where it met; it is asked only of pairs that are alike.
pub fn suggest(profiles: &[Profile], least: f64, meeting: impl Fn(u32, u32) -> Meeting + Sync) -> Vec<Suggestion> {
    let community = Community::new(profiles);
    let look = |a: u32, b: u32| {
        let likeness = likeness(&profiles[a as usize], &profiles[b as usize], &community);
        let alike = likeness.iter().any(|reason| !reason.is_against());
        (alike, likeness.into_iter().chain(met(meeting(a, b))).collect::<Vec<_>>())
    };
    let crowd = (profiles.len() as f64 / FITTED_TO).ln().max(0.0);
    let weigh = |(a, b): &(u32, u32)| {
        let (alike, reasons) = look(*a, *b);
        let crowd = if reasons.iter().any(|reason| reason.is_of_names()) { 0.0 } else { crowd };
        let found = alike.then(|| suggestion(*a, *b, prior() - crowd, reasons)).flatten();
        found.filter(|one| one.score >= least)
    };
    let pairs: Vec<(u32, u32)> = blocks::pairs(profiles, &community).into_iter().collect();
    let mut found = side_by_side(&pairs, &weigh);
    let known: FxHashSet<(u32, u32)> = found.iter().map(|one| (one.a, one.b)).collect();
    for ((a, b), likely) in by_a_third(&found).into_iter().filter(|(pair, _)| !known.contains(pair)) {
        let mut reasons = look(a, b).1;
        reasons.retain(|reason| reason.is_against());
        reasons.push(Reason::BothAThird);
        found.extend(suggestion(a, b, (likely / (1.0 - likely)).ln(), reasons).filter(|one| one.score >= least));
    }
    found.sort_by(|one, other| other.score.total_cmp(&one.score).then((one.a, one.b).cmp(&(other.a, other.b))));
    found
}

/// What `each` gives of all pairs, in their order, worked out on every processor.
fn side_by_side(pairs: &[(u32, u32)], each: &(impl Fn(&(u32, u32)) -> Option<Suggestion> + Sync)) -> Vec<Suggestion> {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get());
    let share = pairs.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let work = |pairs: &'_ [(u32, u32)]| pairs.iter().filter_map(each).collect::<Vec<_>>();
        let workers: Vec<_> = pairs.chunks(share).map(|pairs| scope.spawn(move || work(pairs))).collect();
        // A panic of one is passed on as if it had happened here.
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<Suggestion>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    })
}

/// A pair of which `odds` (their logarithm) and the reasons tell.
fn suggestion(a: u32, b: u32, odds: f64, mut reasons: Vec<Reason>) -> Option<Suggestion> {
    let odds = odds + reasons.iter().map(|reason| reason.weight()).sum::<f64>();
    let score = 1.0 / (1.0 + (-odds).exp());
    reasons.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    score.is_finite().then_some(Suggestion { a, b, score, reasons })
}

/// Pairs that are each very likely the same third, with the probability that both are.
fn by_a_third(found: &[Suggestion]) -> BTreeMap<(u32, u32), f64> {
    let mut alike: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
    for one in found.iter().filter(|one| one.score >= VERY_LIKELY) {
        alike.entry(one.a).or_default().push((one.b, one.score));
        alike.entry(one.b).or_default().push((one.a, one.score));
    }
    let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for others in alike.values().filter(|others| others.len() <= CROWD) {
        for (at, (a, one)) in others.iter().enumerate() {
            for (b, other) in &others[at + 1..] {
                let likely = pairs.entry((*a.min(b), *a.max(b))).or_default();
                *likely = likely.max(one * other).min(SURE);
            }
        }
    }
    pairs
}

/// Every pair worth a look with its reasons, unweighed: what the weights are fitted to.
pub fn weigh(profiles: &[Profile]) -> Vec<(u32, u32, Vec<Reason>)> {
    let community = Community::new(profiles);
    let pairs = blocks::pairs(profiles, &community).into_iter();
    pairs.map(|(a, b)| (a, b, likeness(&profiles[a as usize], &profiles[b as usize], &community))).collect()
}

fn met(meeting: Meeting) -> impl Iterator<Item = Reason> {
    let conversations = match meeting.conversations {
        0 => None,
        1..3 => Some(Reason::OneConversation),
        _ => Some(Reason::ManyConversations),
    };
    let week = meeting.same_week.then_some(Reason::SameWeek);
    let signature = meeting.signature.then_some(Reason::SignatureNames);
    [conversations, week, signature, meeting.profile.then_some(Reason::ProfileLinks)].into_iter().flatten()
}

/// The reasons that hold of two profiles: at most one of each family (names, handles, handles of names,
/// hosts, accounts), the strongest.
fn likeness(a: &Profile, b: &Profile, community: &Community<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.extend(names(a, b, community));
    reasons.extend(handles(a, b, community));
    let made = handle_of_name(a, b, community).into_iter().chain(handle_of_name(b, a, community));
    reasons.extend(made.max_by(|one, other| one.weight().total_cmp(&other.weight()).then(other.cmp(one))));
    reasons.extend(hosts(a, b, community));
    let one_place = a.places.iter().any(|place| b.places.contains(place));
    let one_handle = a.handles.iter().any(|handle| b.handles.iter().any(|other| other.text == handle.text));
    // Whoever is called by a common name keeps it common, whatever mark hangs on it.
    let marked = reasons.iter().any(|reason| *reason <= Reason::SameCommonHandle && *reason >= Reason::SameHandle);
    reasons.extend((one_place && !one_handle).then_some(Reason::TwoHandles));
    reasons.extend((one_place && one_handle && marked).then_some(Reason::MarkedHandle));
    let shared_site = a.sites.iter().any(|site| b.sites.contains(site));
    reasons.extend(shared_site.then_some(Reason::TwoAccounts));
    reasons
}

fn names(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    let pairs = a.names.iter().flat_map(|one| b.names.iter().map(move |other| (one.alike(other), one, other)));
    let (alike, one, other) = pairs.min_by_key(|(alike, ..)| *alike)?;
    let rarity = community.name(one).max(community.name(other));
    if !(a.named && b.named) {
        // A name that only an address spells may be none, so it sets nobody apart.
        return match (alike, rarity) {
            (Alike::Same, Rarity::Common) => Some(Reason::SpelledCommonName),
            (Alike::Same, _) => Some(Reason::SpelledName),
            _ => None,
        };
    }
    Some(match (alike, rarity) {
        (Alike::Same, Rarity::Rare) => Reason::SameRareName,
        (Alike::Same, Rarity::Some) => Reason::SameName,
        (Alike::Same, Rarity::Common) => Reason::SameCommonName,
        (Alike::Longer, Rarity::Common) => Reason::LongerCommonName,
        (Alike::Longer, _) => Reason::LongerName,
        (Alike::Shorter, _) if community.is_short_for_one(one, other) => Reason::ShorterName,
        (Alike::Shorter, _) => Reason::ShorterCommonName,
        (Alike::Different, _) => Reason::DifferentNames,
    })
}

fn handles(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    let pairs =
        a.handles.iter().flat_map(|one| b.handles.iter().filter_map(move |other| Some((one.kin(other)?, one, other))));
    let reason = pairs.filter_map(|(kin, one, other)| same_handle(kin, one, other, community)).min()?;
    // What is made of a common name is no rarer than the name.
    let common = |name: &&Name| community.name(name) == Rarity::Common;
    let mut names = a.names.iter().chain(&b.names).filter(common);
    let made = names.any(|name| a.handles.iter().any(|handle| handle.made_of(name).is_some()));
    match reason {
        Reason::SameHandle if made => Some(Reason::SameUsualHandle),
        Reason::HandleButDigits | Reason::HandleShortened | Reason::HandleWithin if made => None,
        reason => Some(reason),
    }
}

fn same_handle(kin: Kin, handle: &Handle, other: &Handle, community: &Community<'_>) -> Option<Reason> {
    let given = |word: &str| is_first_name(word) || community.given(word) > 1;
    // A common given name alone suggests nothing, with or without digits: the same digits do.
    if (given(&handle.stem) || given(&other.stem)) && (kin != Kin::Same || handle.text == handle.stem) {
        return None;
    }
    // `smith` within `smithsonian`: a name that many have is no handle.
    let family = community.family(&handle.stem).max(community.family(&other.stem)) > 1;
    match (kin, community.handle(&handle.stem).max(community.handle(&other.stem))) {
        (Kin::Same, Rarity::Rare) => Some(Reason::SameHandle),
        (Kin::Same, Rarity::Some) => Some(Reason::SameUsualHandle),
        (Kin::Same, Rarity::Common) if handle.text != handle.stem => Some(Reason::SameUsualHandle),
        (Kin::Same, Rarity::Common) => Some(Reason::SameCommonHandle),
        (_, Rarity::Common) => None,
        (Kin::Digits, _) if community.is_numbered(&handle.stem) => None,
        (Kin::Within, _) if family => None,
        (Kin::Digits, _) => Some(Reason::HandleButDigits),
        (Kin::Initial, _) => Some(Reason::HandleShortened),
        (Kin::Within, _) => Some(Reason::HandleWithin),
    }
}

/// The strongest way in which a handle of `a` is made of a name of `b`.
fn handle_of_name(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    let made =
        a.handles.iter().flat_map(|handle| b.names.iter().filter_map(|name| Some((handle.made_of(name)?, name))));
    let (made, name) = made.min_by_key(|(made, _)| *made)?;
    let rare_given = community.given(name.first()) < 2 && !is_first_name(name.first());
    match made {
        Made::Whole if community.name(name) == Rarity::Common => Some(Reason::HandleOfCommonName),
        Made::Whole => Some(Reason::HandleOfName),
        Made::InitialLast if community.initial_and_family(name) == Rarity::Rare => Some(Reason::HandleOfRareInitial),
        Made::InitialLast => Some(Reason::HandleOfInitial),
        Made::FirstInitial if community.given_and_initial(name) == Rarity::Rare => Some(Reason::HandleOfGiven),
        Made::FirstInitial => Some(Reason::HandleOfCommonGiven),
        Made::Last => (community.family(name.last()) < 2).then_some(Reason::HandleIsRareFamily),
        Made::First => rare_given.then_some(Reason::HandleIsRareGiven),
        Made::Initials => Some(Reason::HandleIsInitials),
        Made::WithLast => Some(Reason::HandleHoldsFamily),
        Made::WithFirst => rare_given.then_some(Reason::HandleHoldsGiven),
    }
}

fn hosts(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    if is_named_after(a, b, community) || is_named_after(b, a, community) {
        return Some(Reason::HostIsHandle);
    }
    let shared = a.hosts.iter().find(|host| b.hosts.contains(host))?;
    Some(if community.is_own_host(shared) { Reason::SameOwnHost } else { Reason::SameHost })
}

/// Whether a host that hardly anybody but `a` has is called like `b`.
fn is_named_after(a: &Profile, b: &Profile, community: &Community<'_>) -> bool {
    let own = a.hosts.iter().filter(|host| community.is_own_host(host) && !b.hosts.contains(host));
    own.filter_map(|host| label(host).and_then(Handle::read)).any(|label| {
        let handle = b.handles.iter().any(|handle| count(&label.stem) > 3 && handle.text == label.text);
        handle && !is_first_name(&label.stem)
            || b.names
                .iter()
                .any(|name| matches!(label.made_of(name), Some(Made::Whole | Made::InitialLast | Made::Last)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Identity;

    fn mail(text: &'static str) -> Identity<'static> {
        let (name, email) = text.split_once('<').unwrap();
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        Identity { place: "list", name, email: Some(email.trim_end_matches('>')), ..Identity::default() }
    }

    fn nick(handle: &'static str) -> Identity<'static> {
        Identity { place: "chat", name: Some(handle), handle: Some(handle), ..Identity::default() }
    }

    fn site(account: &'static str) -> Identity<'static> {
        Identity { place: "site", account: Some(account), ..Identity::default() }
    }

    /// A few people who have nothing to do with it, so that a community is there.
    fn others() -> Vec<Profile> {
        let others = ["Dave Null <dnull@x.example>", "Dave Void <void@y.example>", "Wei Wang <w@z.example>"];
        others.map(|other| Profile::new([mail(other)])).to_vec()
    }

    fn between(a: Identity<'static>, b: Identity<'static>, meeting: Meeting) -> Option<Suggestion> {
        let profiles: Vec<Profile> = [Profile::new([a]), Profile::new([b])].into_iter().chain(others()).collect();
        suggest(&profiles, LEAST, |_, _| meeting).into_iter().find(|one| (one.a, one.b) == (0, 1))
    }

    fn check(a: Identity<'static>, b: Identity<'static>, expected: Option<Reason>) {
        let found = between(a, b, Meeting::default());
        let as_expected = match (&found, expected) {
            (Some(found), Some(reason)) => found.reasons.contains(&reason),
            (found, reason) => found.is_none() && reason.is_none(),
        };
        assert!(as_expected, "{a:?} / {b:?}: {found:?}, not {expected:?}");
    }

    #[test]
    fn what_is_alike_is_suggested() {
        let ada = || mail("Ada Lovelace <ada.lovelace@work.example>");
        check(ada(), mail("LOVELACE, Ada <al@home.example>"), Some(Reason::SameRareName));
        check(ada(), nick("alovelace"), Some(Reason::HandleOfRareInitial));
        check(ada(), site("github.com/adalovelace"), Some(Reason::SameHandle));
        check(mail("Ada Lovelace <zaphod@work.example>"), nick("zaphod_away"), Some(Reason::SameHandle));
        check(mail("<ada.lovelace@work.example>"), mail("Ada Lovelace <x1@home.example>"), Some(Reason::SpelledName));
        check(mail("Ada Lovelace <x1@work.example>"), mail("<me@adalovelace.example>"), Some(Reason::HostIsHandle));
        check(mail("Zaphod <zaphod@...>"), nick("zaphod"), Some(Reason::SameHandle));
        check(nick("klos"), nick("klos_away"), Some(Reason::MarkedHandle));
    }

    #[test]
    fn a_common_first_name_alone_suggests_nothing() {
        check(mail("Dave <dave@a.example>"), mail("Dave <dave@b.example>"), None);
        check(mail("Dave Null <dave@a.example>"), nick("dave"), None);
        check(nick("dave_"), site("github.com/dave"), None);
        check(mail("dave <dave@...>"), mail("dave <dave@...>"), None);
        check(nick("dave7"), nick("dave8"), None);
        check(nick("dave"), nick("dave_"), None);
        check(nick("ubuntu"), nick("ubuntu-mate"), None);
        check(mail("Dave Null <a1@a.example>"), mail("Dave Void <b2@b.example>"), None);
    }

    #[test]
    fn two_who_meet_are_two() {
        let pair = || (mail("Ada Lovelace <a1@a.example>"), mail("Ada Lovelace <b2@b.example>"));
        let score = |meeting| between(pair().0, pair().1, meeting).map_or(0.0, |one| one.score);
        let apart = score(Meeting::default());
        let once = score(Meeting { conversations: 1, ..Meeting::default() });
        let often = score(Meeting { conversations: 9, ..Meeting::default() });
        let week = score(Meeting { same_week: true, ..Meeting::default() });
        assert!(week > apart && apart > once && once > often, "{week} {apart} {once} {often}");
        let told = Meeting { profile: true, ..Meeting::default() };
        assert!(between(pair().0, pair().1, told).is_some_and(|one| one.reasons[0] == Reason::ProfileLinks));
    }

    #[test]
    fn two_accounts_of_one_site_are_two_people() {
        check(site("github.com/adalovelace"), site("github.com/adalovelace2"), None);
    }

    #[test]
    fn both_a_third() {
        let all =
            [mail("Ada Lovelace <zaphod@a.example>"), mail("Ada Lovelace <b2@b.example>"), site("github.com/zaphod")];
        let profiles: Vec<Profile> = all.map(|one| Profile::new([one])).into_iter().chain(others()).collect();
        let found = suggest(&profiles, LEAST, |_, _| Meeting::default());
        let third = found.iter().find(|one| (one.a, one.b) == (1, 2)).unwrap();
        assert_eq!(third.reasons, [Reason::BothAThird]);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn crowds_cost_little() {
        let crowd = vec![Profile::new([mail("Dave Null <dave@a.example>")]); 20_000];
        assert_eq!(suggest(&crowd, LEAST, |_, _| Meeting::default()), []);
    }
}
