//! English words that please or displease wherever they stand, as people write them about software. Words that
//! are merely technical there (kill, error, abort, critical) are left out. Made by us, for this.

#[rustfmt::skip]
const PLEASE: &[&str] = &[
    "+1", ":)", ":-)", ":-d", ":-p", ":]", ":d", ":p", ";)", ";-)", "<3", "=)", "=d", "adore", "amazed", "amazing",
    "amazingly", "appreciate", "appreciated", "appreciation", "awesome", "beautiful", "beautifully", "best", "bravo",
    "brilliant", "brilliantly", "charm", "cheers", "clever", "congrats", "congratulations", "cool", "coolest",
    "delighted", "delightful", "elegant", "elegantly", "enjoy", "enjoyed", "enjoying", "excellent", "excited",
    "exciting", "fabulous", "fan", "fantastic", "fascinating", "favorite", "favourite", "flawless", "flawlessly",
    "fond", "fun", "genius", "glad", "good", "gorgeous", "grateful", "great", "greatest", "greatly", "haha", "handy",
    "happily", "happy", "helped", "helpful", "hero", "hooray", "hope", "impressed", "impressive", "incredible",
    "incredibly", "informative", "insightful", "interesting", "kudos", "lifesaver", "liked", "lol", "love", "loved",
    "lovely", "loves", "loving", "lucky", "magic", "magical", "magnificent", "marvellous", "marvelous", "neat",
    "nice", "nicely", "nicer", "outstanding", "perfect", "perfectly", "phew", "pleasant", "pleased", "pleasure",
    "props", "proud", "relieved", "respect", "slick", "smart", "smooth", "smoothly", "solid", "spectacular",
    "splendid", "stellar", "superb", "sweet", "terrific", "thank", "thankful", "thanks", "thankyou", "thanx",
    "thrilled", "thx", "tremendous", "tremendously", "ty", "upvote", "upvoted", "wonderful", "wonderfully", "wonders",
    "woohoo", "worked", "wow", "yay", "yeah", "yes",
];

#[rustfmt::skip]
const DISPLEASE: &[&str] = &[
    "):", ":'(", ":(", ":-(", ":-/", ":-\\", ":-|", ":/", ":[", ":\\", ":s", ":|", "=(", "=/", "abandoned", "absurd",
    "abysmal", "afraid", "aggravating", "alas", "angry", "annoy", "annoyance", "annoyed", "annoying", "annoyingly",
    "appalling", "argh", "arrogant", "ashamed", "atrocious", "awful", "awfully", "awkward", "bad", "badly", "baffled",
    "bloody", "blow", "bogus", "boring", "bothers", "bothersome", "bs", "bullshit", "clueless", "clumsy", "clunky",
    "concerned", "confused", "confusing", "convoluted", "crap", "crappy", "crazy", "cringe", "cruel", "cry",
    "cumbersome", "cursed", "damn", "damned", "darn", "depressed", "depressing", "despair", "desperate", "despise",
    "detest", "disappointed", "disappointing", "disappointment", "disaster", "disgusting", "dislike", "dismal",
    "downvote", "downvoted", "downvotes", "dread", "dreadful", "dumb", "embarrassed", "embarrassing", "embarrassment",
    "evil", "exhausted", "fault", "fear", "fed", "fool", "foolish", "freaking", "frightening", "frustrated",
    "frustrating", "frustration", "fuck", "fucking", "furious", "garbage", "ghastly", "goddamn", "grief", "grr",
    "hacky", "hate", "hated", "hates", "hating", "hell", "hideous", "hopeless", "horrendous", "horrible", "horribly",
    "horrid", "horrified", "horror", "hurt", "hurts", "idiot", "idiotic", "idiots", "impossible", "incompetent",
    "inexcusable", "infuriating", "insane", "insanely", "insult", "insulting", "irritated", "irritating", "jealous",
    "joke", "lame", "lazy", "lost", "lousy", "mad", "maddening", "meh", "mess", "messy", "miserable", "miserably",
    "misery", "mislead", "misleading", "moron", "nasty", "nightmare", "nonsense", "nuts", "obnoxious", "ouch",
    "outrageous", "overkill", "pain", "painful", "painfully", "panic", "pathetic", "pissed", "pity", "pointless",
    "poor", "poorly", "redundant", "regret", "ridiculous", "ridiculously", "rubbish", "rude", "sad", "sadly",
    "scared", "scary", "scream", "screwed", "shame", "shit", "shitty", "shocked", "sick", "sigh", "silly", "sloppy",
    "sorry", "struggling", "stupid", "stupidity", "stupidly", "suck", "sucks", "suffer", "suffering", "terrible",
    "terribly", "terrified", "tired", "torture", "tragic", "trash", "troubling", "ugh", "ugliest", "ugly",
    "unacceptable", "unbearable", "unfair", "unforgivable", "unfortunate", "unfortunately", "unhappy", "unpleasant",
    "upset", "upsetting", "useless", "vile", "waste", "wasted", "wasting", "weird", "weirdly", "wicked", "woe",
    "worried", "worry", "worse", "worst", "worthless", "wretched", "wtf", "yuck",
];

/// Whether a word in lower case pleases, or displeases; nothing of any other word.
pub(super) fn pleases(word: &str) -> Option<bool> {
    match () {
        () if PLEASE.binary_search(&word).is_ok() => Some(true),
        () if DISPLEASE.binary_search(&word).is_ok() => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        for list in [PLEASE, DISPLEASE] {
            let sorted = list.windows(2).filter(|pair| pair[0] >= pair[1]).collect::<Vec<_>>();
            assert!(sorted.is_empty(), "{sorted:?}");
        }
    }
}
