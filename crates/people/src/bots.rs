//! Who is a program: by what its source says, its name, its address, and by what no person does.

use crate::identity::Identity;

/// What gave a program away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BotSign {
    /// The source says so.
    Marked,
    /// `renovate[bot]`, `FloodBot1`, `build-bot`.
    Named,
    /// Only programs send from its address.
    MachineAddress,
    /// It sleeps at no hour of the day.
    AtAllHours,
    /// Most of what it writes follows another's within a second.
    AtOnce,
    /// Most of what it opens has one and the same subject.
    OneSubject,
}

/// How somebody writes, counted over everything they wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Dated messages.
    pub messages: u64,
    /// How many of them in each hour of the day, UTC.
    pub hours: [u64; 24],
    /// How many of them came within a second after another person's, where seconds are told.
    pub at_once: u64,
    /// How many of them open a conversation and have a subject.
    pub opened: u64,
    /// How many of those have the commonest subject.
    pub one_subject: u64,
}

/// Fewer messages say nothing about hours and habits.
const ENOUGH: u64 = 200;
/// Nobody stays awake: of 200 messages spread evenly, six hours hold 50; of a person's, hardly any.
const QUIET_HOURS: usize = 6;
/// The least share of messages in the six quietest hours in a row that only programs have (even: 0.25).
const AWAKE: f64 = 0.15;
/// The least share of messages that follow within a second, or of one subject, that only programs have.
const MOST: f64 = 0.6;

impl BotSign {
    /// One word, for a program.
    pub fn as_str(self) -> &'static str {
        match self {
            BotSign::Marked => "marked",
            BotSign::Named => "named",
            BotSign::MachineAddress => "machine_address",
            BotSign::AtAllHours => "at_all_hours",
            BotSign::AtOnce => "at_once",
            BotSign::OneSubject => "one_subject",
        }
    }

    /// A few words, for a person.
    pub fn words(self) -> &'static str {
        match self {
            BotSign::Marked => "its source marks it as a bot",
            BotSign::Named => "it is named like a bot",
            BotSign::MachineAddress => "only programs send from its address",
            BotSign::AtAllHours => "it writes at all hours of the day",
            BotSign::AtOnce => "it answers within a second",
            BotSign::OneSubject => "nearly all it opens has one subject",
        }
    }
}

/// What makes an identity, as it was seen once, one that only bots have. Once is enough: names change.
/// `marked` says that its source calls it a bot.
pub fn bot_sign(seen: &Identity<'_>, marked: bool) -> Option<BotSign> {
    let named = |name: &str| name.to_lowercase().ends_with("[bot]") || ends_with_bot(name);
    match seen {
        _ if marked => Some(BotSign::Marked),
        _ if seen.name.is_some_and(named) => Some(BotSign::Named),
        _ if seen.handle.is_some_and(|handle| handle.contains("[bot]")) => Some(BotSign::Named),
        _ if seen.email.is_some_and(|email| email.contains("[bot]@")) => Some(BotSign::Named),
        _ if seen.email.is_some_and(is_machine) => Some(BotSign::MachineAddress),
        _ => None,
    }
}

/// Whether an identity, as it was seen once, is one that only bots have.
pub fn is_bot(seen: &Identity<'_>, marked: bool) -> bool {
    bot_sign(seen, marked).is_some()
}

/// What in somebody's behaviour no person has. One such sign may be an odd habit; two are a program, so
/// either none or at least two are given.
pub fn signs(behaviour: &Behaviour) -> Vec<BotSign> {
    if behaviour.messages < ENOUGH {
        return Vec::new();
    }
    let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
    let hours = &behaviour.hours;
    let stretch = |start: usize| (start..start + QUIET_HOURS).map(|hour| hours[hour % 24]).sum::<u64>();
    let quiet = (0..24).map(stretch).min().unwrap_or_default();
    let found = [
        (BotSign::AtAllHours, share(quiet, hours.iter().sum()) >= AWAKE),
        (BotSign::AtOnce, share(behaviour.at_once, behaviour.messages) >= MOST),
        (BotSign::OneSubject, behaviour.opened >= ENOUGH && share(behaviour.one_subject, behaviour.opened) >= MOST),
    ];
    let found: Vec<BotSign> = found.into_iter().filter(|(_, holds)| *holds).map(|(sign, _)| sign).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// `FloodBot1`, `build-bot`, `CI bot`: but not `Abbot`.
fn ends_with_bot(name: &str) -> bool {
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let Some(before) = name.strip_suffix("Bot").or_else(|| name.strip_suffix("bot")) else { return false };
    let apart = before.ends_with(['-', '_', ' ', '.']);
    apart || name.ends_with("Bot") && before.ends_with(char::is_lowercase)
}

/// Addresses that only programs send from. Roles that people share (`info@`, `help@`) are none.
fn is_machine(email: &str) -> bool {
    const MACHINES: [&str; 13] = [
        "bugzilla",
        "buildbot",
        "git",
        "gitbox",
        "github",
        "hudson",
        "jenkins",
        "jira",
        "mailer-daemon",
        "no-reply",
        "noreply",
        "notifications",
        "postmaster",
    ];
    email.split_once('@').is_some_and(|(local, _)| MACHINES.contains(&local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots_are_known_by_their_names() {
        for (name, bot) in [
            ("renovate[bot]", true),
            ("FloodBot1", true),
            ("build-bot", true),
            ("CI bot", true),
            ("GitBox", false),
            ("Abbot", false),
            ("Talbot", false),
            ("bot", false),
            ("Ada Bott", false),
        ] {
            let seen = Identity { name: Some(name), ..Identity::default() };
            assert_eq!(bot_sign(&seen, false), bot.then_some(BotSign::Named), "{name}");
        }
    }

    #[test]
    fn bots_are_known_by_their_addresses() {
        for (email, sign) in [
            ("git@example.org", Some(BotSign::MachineAddress)),
            ("7+renovate[bot]@users.noreply.github.com", Some(BotSign::Named)),
            ("info@example.org", None),
            ("git", None),
        ] {
            assert_eq!(bot_sign(&Identity { email: Some(email), ..Identity::default() }, false), sign, "{email}");
        }
        assert!(is_bot(&Identity::default(), true));
    }

    fn behaves(hours: std::ops::Range<usize>, at_once: u64, one_subject: u64) -> Vec<BotSign> {
        let mut behaviour = Behaviour { opened: 240, at_once, one_subject, ..Behaviour::default() };
        hours.for_each(|hour| behaviour.hours[hour] = 240);
        behaviour.messages = behaviour.hours.iter().sum();
        signs(&behaviour)
    }

    #[test]
    fn two_things_that_no_person_does_make_a_bot() {
        assert_eq!(behaves(0..24, 5_000, 0), [BotSign::AtAllHours, BotSign::AtOnce]);
        assert_eq!(behaves(0..24, 0, 240), [BotSign::AtAllHours, BotSign::OneSubject]);
        assert_eq!(behaves(0..24, 0, 0), []);
        assert_eq!(behaves(6..23, 0, 240), []);
        assert_eq!(signs(&Behaviour { messages: 20, at_once: 20, ..Behaviour::default() }), []);
    }
}
