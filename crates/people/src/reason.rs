//! Why two identities may be one person's, or not.

use std::sync::LazyLock;

/// What each reason weighs, made by `cargo xtask train people`; see the file.
const WEIGHTS: &str = include_str!("weights.txt");
/// In the order of [`Reason::ALL`], the prior last.
static PARSED: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let names = Reason::ALL.iter().map(|reason| reason.as_str()).chain(["prior"]);
    names.map(|name| written(name).unwrap_or_default()).collect()
});

fn written(name: &str) -> Option<f64> {
    let line = |line: &'static str| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok();
    WEIGHTS.lines().find_map(line)
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $words:literal;)*) => {
        /// Something that two identities have in common or that sets them apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Reason] = &[$(Reason::$name),*];

            /// One word, for a program and for the table of weights.
            pub fn as_str(self) -> &'static str {
                match self { $(Reason::$name => $word),* }
            }

            /// A few words, for a person.
            pub fn words(self) -> &'static str {
                match self { $(Reason::$name => $words),* }
            }
        }
    };
}

reasons! {
    /// Both show one name that chance would not give twice here.
    SameRareName = "same_rare_name", "the same rare name";
    /// Both show one name.
    SameName = "same_name", "the same name";
    /// Both show one name, and more people here would be called so.
    SameCommonName = "same_common_name", "the same name, a common one";
    /// `Ada B. Lovelace`, `Ada Lovelace`.
    LongerName = "longer_name", "the same name but for a middle one";
    /// `Wei B. Wang`, `Wei Wang`, of many.
    LongerCommonName = "longer_common_name", "the same common name but for a middle one";
    /// `A. Lovelace`, `Ada Lovelace`, the only A. Lovelace.
    ShorterName = "shorter_name", "one name is short for the other, and nobody else's";
    /// `D. Null`, `David Null`, of many.
    ShorterCommonName = "shorter_common_name", "one name is short for the other, and for others";
    /// `ada.lovelace` of somebody who shows no name.
    SpelledName = "spelled_name", "an address spells the name";
    /// `wei.wang` of somebody who shows no name.
    SpelledCommonName = "spelled_common_name", "an address spells the name, a common one";
    /// Both have a full name, and not the same.
    DifferentNames = "different_names", "different full names";
    /// The same rare handle.
    SameHandle = "same_handle", "the same handle";
    /// The same handle, which others have too, or made of a common name.
    SameUsualHandle = "same_usual_handle", "the same handle, which others use or could";
    /// The same handle, which is short or used by many.
    SameCommonHandle = "same_common_handle", "the same handle, a short or common one";
    /// The same handle but for digits.
    HandleButDigits = "handle_but_digits", "the same handle but for digits";
    /// `alovelace`, `adalovelace`.
    HandleShortened = "handle_shortened", "one handle is the other with an initial";
    /// `lovelace`, `lovelacelabs`.
    HandleWithin = "handle_within", "one handle is a part of the other";
    /// `adalovelace` of Ada Lovelace.
    HandleOfName = "handle_of_name", "a handle is made of the whole name";
    /// `weiwang` of Wei Wang.
    HandleOfCommonName = "handle_of_common_name", "a handle is made of the whole name, a common one";
    /// `alovelace` of Ada Lovelace, the only A. Lovelace.
    HandleOfRareInitial = "handle_of_rare_initial", "a handle is made of an initial and a family name that nobody else has";
    /// `jsmith` of John Smith.
    HandleOfInitial = "handle_of_initial", "a handle is made of an initial and the family name";
    /// `adal` of Ada Lovelace.
    HandleOfGiven = "handle_of_given", "a handle is made of the given name and an initial";
    /// `jims` of Jim Smith, of many.
    HandleOfCommonGiven = "handle_of_common_given", "a handle is made of a given name and an initial that others have too";
    /// `lovelace` of Ada Lovelace, the only Lovelace.
    HandleIsRareFamily = "handle_is_rare_family", "a handle is a family name that nobody else has";
    /// `zaphod` of Zaphod Beeblebrox, the only Zaphod.
    HandleIsRareGiven = "handle_is_rare_given", "a handle is a rare given name";
    /// `al` of Ada Lovelace.
    HandleIsInitials = "handle_is_initials", "a handle is the initials";
    /// `thelovelace` of Ada Lovelace.
    HandleHoldsFamily = "handle_holds_family", "a handle holds the family name";
    /// `adacoder` of Ada Lovelace.
    HandleHoldsGiven = "handle_holds_given", "a handle holds the given name";
    /// `me@lovelace.example` and Ada Lovelace, or the handle `lovelace`.
    HostIsHandle = "host_is_handle", "a mail domain of their own is made of the name or the handle";
    /// Both write from a host that hardly anybody else has.
    SameOwnHost = "same_own_host", "addresses at a host that hardly anybody else has";
    /// Both write from a host that many have, with two addresses.
    SameHost = "same_host", "two addresses at one large host";
    /// Each has an account on one site, and not the same.
    TwoAccounts = "two_accounts", "two accounts on one site";
    /// Each is known at one place by a handle, and not by the same.
    TwoHandles = "two_handles", "two handles at one place";
    /// `dave` and `dave_` at one place.
    MarkedHandle = "marked_handle", "the same handle at one place, with another mark";
    /// Each of them is very likely a third.
    BothAThird = "both_a_third", "both are very likely a third identity";
    /// Both wrote in one conversation.
    OneConversation = "one_conversation", "both wrote in one conversation, as two people would";
    /// Both wrote in many conversations.
    ManyConversations = "many_conversations", "both wrote in several conversations, as two people would";
    /// Both were active within a week of each other, in different places.
    SameWeek = "same_week", "active in the same week in two places";
    /// A signature of one names the other.
    SignatureNames = "signature_names", "a signature names the other account";
    /// A profile of one links to the other.
    ProfileLinks = "profile_links", "a profile links to the other account";
}

impl Reason {
    /// How much it speaks for one person (above 0) or against (below), as the logarithm of odds.
    pub fn weight(self) -> f64 {
        PARSED.get(self as usize).copied().unwrap_or_default()
    }

    /// Whether it speaks against one person.
    pub fn is_against(self) -> bool {
        self.weight() < 0.0
    }

    /// Whether it compares two names, and they are alike.
    pub fn is_of_names(self) -> bool {
        self < Reason::DifferentNames
    }

    /// Whether its weight comes from labelled people, and not from judgement.
    pub fn is_learned(self) -> bool {
        self < Reason::TwoHandles
    }
}

/// The logarithm of the odds that two of whom nothing is said are one.
pub(crate) fn prior() -> f64 {
    PARSED.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_weighs_something_and_nothing_else_does() {
        for reason in Reason::ALL {
            assert!(written(reason.as_str()).is_some(), "{} has no weight", reason.as_str());
        }
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines, Reason::ALL.len() + 1, "the prior, and nothing unknown");
        assert!(prior() < 0.0);
    }

    #[test]
    fn what_sets_apart_weighs_against() {
        for reason in [Reason::DifferentNames, Reason::TwoAccounts, Reason::OneConversation, Reason::ManyConversations]
        {
            assert!(reason.is_against(), "{}", reason.as_str());
        }
        assert!(!Reason::SameRareName.is_against() && !Reason::SameHandle.is_against());
        assert!(Reason::SameRareName.weight() > Reason::SameCommonName.weight());
    }
}
