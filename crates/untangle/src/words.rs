//! What one line says, in a form that is quick to compare: hashed words and a set of signs.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words kept of one line; what stands later in a longer one is not compared.
const MOST_WORDS: usize = 32;
/// Tokens read of one line: as many as the 512 bytes of an IRC line can hold; a paste is not read to its end.
const MOST_TOKENS: usize = 256;

/// Signs of a line, one bit each.
pub(crate) mod sign {
    pub(crate) const QUESTION: u32 = 1;
    pub(crate) const ASKING: u32 = 1 << 1;
    pub(crate) const GREETING: u32 = 1 << 2;
    pub(crate) const THANKS: u32 = 1 << 3;
    pub(crate) const YES_NO: u32 = 1 << 4;
    pub(crate) const GOES_ON: u32 = 1 << 5;
    pub(crate) const LINK: u32 = 1 << 6;
    pub(crate) const COMMAND: u32 = 1 << 7;
    pub(crate) const FIRST_PERSON: u32 = 1 << 8;
    pub(crate) const SECOND_PERSON: u32 = 1 << 9;
    pub(crate) const ADVICE: u32 = 1 << 10;
    pub(crate) const TROUBLE: u32 = 1 << 11;
    pub(crate) const WORKS: u32 = 1 << 12;
    pub(crate) const LAUGHS: u32 = 1 << 13;
    pub(crate) const POINTS: u32 = 1 << 14;
    pub(crate) const BOT_CALL: u32 = 1 << 15;
    pub(crate) const ASKS_ALL: u32 = 1 << 16;
    pub(crate) const CORRECTS: u32 = 1 << 17;
    pub(crate) const ENDS_OPEN: u32 = 1 << 18;
    pub(crate) const NEGATION: u32 = 1 << 19;
    pub(crate) const PATH: u32 = 1 << 20;
    pub(crate) const NUMBER: u32 = 1 << 21;
    pub(crate) const HEDGE: u32 = 1 << 23;
    pub(crate) const TRY: u32 = 1 << 24;
}

/// Too common to be compared.
const COMMON: u32 = 1 << 31;
/// Counts only as the line's first word.
const AS_FIRST: u32 = sign::GREETING | sign::YES_NO | sign::GOES_ON | sign::ASKING | sign::ADVICE;

/// Words of chat and what they are signs of.
const LEXICON: &[(u32, &str)] = &[
    (
        sign::ASKING | COMMON,
        "how what why where when who which is are does do did can could would should has have any will",
    ),
    (sign::ASKING, "whats what's wheres where's hows how's isnt isn't cant doesnt wont was am"),
    (sign::GREETING, "hi hello hey hiya yo greetings morning evening hallo hola hai heya howdy sup bonjour salut"),
    (sign::THANKS, "thanks thank thx ty tnx thankyou cheers tyvm thanx appreciated appreciate"),
    (
        sign::YES_NO,
        "yes yeah yep yup ya no nope nah ok okay k sure right exactly correct true indeed cool nice great ah aha oh hmm hm ahh kk alright np yw agreed well sorry good wow lol nice",
    ),
    (sign::GOES_ON | COMMON, "it that this and but so because or then they he she its also which though if"),
    (sign::GOES_ON, "it's thats that's cause since unless except anyway actually maybe"),
    (sign::FIRST_PERSON | COMMON, "i my me i'm i've i'd i'll im ive we our"),
    (sign::SECOND_PERSON | COMMON, "you your you're youre u ur you'll you've yours"),
    (
        sign::ADVICE,
        "try use type run install check look see go open get make sudo edit add remove read just click select boot ask put set change google paste pastebin join enable disable reinstall start stop",
    ),
    (sign::TRY, "try tried trying"),
    (
        sign::TROUBLE,
        "error errors problem problems issue issues fail fails failed failing broken crash crashes crashed stuck unable trouble wrong freezes freeze weird",
    ),
    (sign::WORKS, "works worked working fixed solved"),
    (sign::LAUGHS, "lol haha hehe heh rofl lmao hah :) :d ;) :p :-) xd ;-) =)"),
    (sign::POINTS | COMMON, "it that this those these them there"),
    (sign::ASKS_ALL, "anyone anybody someone somebody everyone everybody guys all folks people"),
    (
        sign::NEGATION,
        "not don't dont doesn't doesnt can't cant won't wont didn't didnt isn't isnt never nothing none no",
    ),
    (sign::HEDGE, "think guess probably perhaps maybe might should afaik imo imho believe sure dunno"),
    (
        COMMON,
        "a an the of to in on for with at by from as be been not no up out about into than just like get got some there here too very more one all now know want need use using dont don't im ubuntu what's thing good really only even still them his her was were had him their would'nt",
    ),
];

static SIGNS: LazyLock<FxHashMap<u32, u32>> = LazyLock::new(|| {
    let mut signs = FxHashMap::default();
    for (bits, words) in LEXICON {
        for word in words.split(' ') {
            *signs.entry(hash(word)).or_insert(0) |= bits;
        }
    }
    signs
});

/// What was read of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The hashes of its words that are not common, sorted, each once.
    pub(crate) ids: Vec<u32>,
    /// [`sign`]s.
    pub(crate) signs: u32,
    /// Its tokens, all of them.
    pub(crate) length: u32,
    /// The first word's hash; 0 for an empty line.
    pub(crate) first: u32,
}

/// One token, in lower case, with and without what surrounds it.
pub(crate) struct Token<'a> {
    /// As written, in lower case.
    pub(crate) whole: &'a str,
    /// Without punctuation at its ends.
    pub(crate) core: &'a str,
    /// Its number, from 0.
    pub(crate) at: usize,
}

/// A hash that is equal on every machine (FNV-1a of 64 bits, folded: Fowler, Noll and Vo, RFC 9923). Two words
/// may share one: they then count as equal.
pub(crate) fn hash(text: &str) -> u32 {
    let wide = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (wide ^ (wide >> 32)) as u32
}

/// The tokens of a line that was put into lower case.
pub(crate) fn tokens(lower: &str) -> impl Iterator<Item = Token<'_>> {
    lower.split_ascii_whitespace().take(MOST_TOKENS).enumerate().map(|(at, whole)| {
        let core = whole.trim_matches(|c: char| c.is_ascii_punctuation());
        Token { whole, core, at }
    })
}

/// Reads a line that was put into lower case. `opening` says how many of its first tokens only name people.
pub(crate) fn read(lower: &str, opening: usize, is_name: impl Fn(usize) -> bool) -> Words {
    let mut words = Words::default();
    let mut last = "";
    for token in tokens(lower) {
        words.length += 1;
        last = token.whole;
        let first = token.at == opening;
        words.signs |= shape(&token, first);
        if is_name(token.at) {
            continue;
        }
        let id = hash(if token.core.is_empty() { token.whole } else { token.core });
        let bits = SIGNS.get(&id).copied().unwrap_or(0);
        words.signs |= if first { bits & !COMMON } else { bits & !COMMON & !AS_FIRST };
        if first {
            words.first = id;
        }
        let compared = bits & COMMON == 0 && token.core.len() > 1;
        if compared && words.ids.len() < MOST_WORDS {
            words.ids.push(id);
        }
    }
    if last.ends_with("...") || last.ends_with(',') || last.ends_with('-') || last.ends_with(':') {
        words.signs |= sign::ENDS_OPEN;
    }
    words.ids.sort_unstable();
    words.ids.dedup();
    words
}

/// What a token's characters show, whatever word it is.
fn shape(token: &Token<'_>, first: bool) -> u32 {
    let whole = token.whole;
    let mut signs = 0;
    if whole.ends_with('?') || whole.ends_with("?)") {
        signs |= sign::QUESTION;
    }
    if whole.contains("://") || whole.starts_with("www.") {
        signs |= sign::LINK;
    } else if whole.len() > 2 && whole.contains('/') {
        signs |= sign::PATH;
    }
    if first && whole.len() > 1 && whole.starts_with('!') {
        signs |= sign::BOT_CALL;
    }
    if first && (whole.starts_with('*') || whole.starts_with('^')) || whole.starts_with("s/") {
        signs |= sign::CORRECTS;
    }
    if whole.starts_with("--") || whole == "sudo" || whole == "|" || whole.starts_with("apt") {
        signs |= sign::COMMAND;
    }
    if token.core.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
        signs |= sign::NUMBER;
    }
    signs | if whole.len() < 5 { SIGNS.get(&hash(whole)).copied().unwrap_or(0) & sign::LAUGHS } else { 0 }
}

/// Whether a word in lower case is none of those every line may hold: such a one may be somebody's name.
pub(crate) fn is_rare(word: &str) -> bool {
    !SIGNS.contains_key(&hash(word))
}
