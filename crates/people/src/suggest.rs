//! Who may be one person: every pair worth a look, weighed.
//!
//! The weights of the reasons that hold are added up and give the odds (a logistic model). It was fitted to
//! people of OpenStack whose accounts are kept by hand; see `weights.txt` and `learn::people`.

use crate::blocks;
use crate::community::{Community, Rarity};
use crate::handle::{Handle, Kin, Made, is_first_name};
use crate::letters::count;
use crate::name::Alike;
use crate::profile::{Profile, label};
use crate::reason::{Reason, prior};

/// Below this probability nobody is bothered.
pub const LEAST: f64 = 0.5;

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
pub fn suggest(profiles: &[Profile], least: f64, meeting: impl Fn(u32, u32) -> Meeting) -> Vec<Suggestion> {
    let community = Community::new(profiles);
    let mut found: Vec<Suggestion> = Vec::new();
    for (a, b) in blocks::pairs(profiles, &community) {
        let mut reasons = likeness(&profiles[a as usize], &profiles[b as usize], &community);
        if !reasons.iter().any(|reason| !reason.is_against()) {
            continue;
        }
        reasons.extend(met(meeting(a, b)));
        let score = score(&reasons);
        if score >= least {
            reasons.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
            found.push(Suggestion { a, b, score, reasons });
        }
    }
    found.sort_by(|one, other| other.score.total_cmp(&one.score).then((one.a, one.b).cmp(&(other.a, other.b))));
    found
}

/// Every pair worth a look with its reasons, unweighed: what the weights are fitted to.
pub fn weigh(profiles: &[Profile]) -> Vec<(u32, u32, Vec<Reason>)> {
    let community = Community::new(profiles);
    let pairs = blocks::pairs(profiles, &community).into_iter();
    pairs.map(|(a, b)| (a, b, likeness(&profiles[a as usize], &profiles[b as usize], &community))).collect()
}

/// The probability that reasons add up to.
fn score(reasons: &[Reason]) -> f64 {
    let odds = prior() + reasons.iter().map(|reason| reason.weight()).sum::<f64>();
    1.0 / (1.0 + (-odds).exp())
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
    let spelled = reasons.iter().any(|reason| *reason != Reason::DifferentNames) && !(a.named && b.named);
    reasons.extend(spelled.then_some(Reason::SpelledName));
    reasons.extend(handles(a, b, community));
    let made = handle_of_name(a, b, community).into_iter().chain(handle_of_name(b, a, community));
    reasons.extend(made.max_by(|one, other| one.weight().total_cmp(&other.weight()).then(other.cmp(one))));
    reasons.extend(hosts(a, b, community));
    let shared_site = a.sites.iter().any(|site| b.sites.contains(site));
    reasons.extend(shared_site.then_some(Reason::TwoAccounts));
    reasons
}

fn names(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    let pairs = a.names.iter().flat_map(|one| b.names.iter().map(move |other| (one.alike(other), one)));
    let (alike, name) = pairs.min_by_key(|(alike, _)| *alike)?;
    match (alike, community.name(name)) {
        (Alike::Same, Rarity::Rare) => Some(Reason::SameRareName),
        (Alike::Same, Rarity::Some) => Some(Reason::SameName),
        (Alike::Same, Rarity::Common) => Some(Reason::SameCommonName),
        (Alike::Longer, _) => Some(Reason::LongerName),
        (Alike::Shorter, _) => Some(Reason::ShorterName),
        // A name that only an address spells may be none.
        (Alike::Different, _) => (a.named && b.named).then_some(Reason::DifferentNames),
    }
}

fn handles(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    let pairs = a.handles.iter().flat_map(|one| b.handles.iter().filter_map(move |other| Some((one.kin(other)?, one))));
    pairs.filter_map(|(kin, handle)| same_handle(kin, handle, community)).min()
}

fn same_handle(kin: Kin, handle: &Handle, community: &Community<'_>) -> Option<Reason> {
    // A common given name alone suggests nothing, with or without digits: the same digits do.
    let given = is_first_name(&handle.stem) || community.given(&handle.stem) > 1;
    if given && (kin != Kin::Same || handle.text == handle.stem) {
        return None;
    }
    match (kin, community.handle(&handle.stem)) {
        (Kin::Same, Rarity::Rare) => Some(Reason::SameHandle),
        (Kin::Same, Rarity::Some) => Some(Reason::SameUsualHandle),
        (Kin::Same, Rarity::Common) if handle.text != handle.stem => Some(Reason::SameUsualHandle),
        (Kin::Same, Rarity::Common) => Some(Reason::SameCommonHandle),
        (Kin::Digits, Rarity::Common) => None,
        (Kin::Digits, _) => Some(Reason::HandleButDigits),
        (Kin::Initial, _) => Some(Reason::HandleShortened),
        (Kin::Within, _) => Some(Reason::HandleWithin),
    }
}

/// The strongest way in which a handle of `a` is made of a name of `b`. Where both show their full name, the
/// names are compared already.
fn handle_of_name(a: &Profile, b: &Profile, community: &Community<'_>) -> Option<Reason> {
    let made =
        a.handles.iter().flat_map(|handle| b.names.iter().filter_map(|name| Some((handle.made_of(name)?, name))));
    let (made, name) = made.min_by_key(|(made, _)| *made)?;
    Some(match made {
        Made::Whole => Reason::HandleOfName,
        Made::InitialLast if community.initial_and_family(name) == Rarity::Rare => Reason::HandleOfRareInitial,
        Made::InitialLast => Reason::HandleOfInitial,
        Made::FirstInitial => Reason::HandleOfGiven,
        Made::Last if community.family(name.last()) < 2 => Reason::HandleIsRareFamily,
        Made::Last => Reason::HandleIsFamily,
        Made::First if community.given(name.first()) < 2 && !is_first_name(name.first()) => Reason::HandleIsRareGiven,
        Made::First => return None,
        Made::Initials => Reason::HandleIsInitials,
        Made::WithLast => Reason::HandleHoldsFamily,
        Made::WithFirst if community.given(name.first()) < 2 && !is_first_name(name.first()) => {
            Reason::HandleHoldsGiven
        }
        Made::WithFirst => return None,
    })
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
