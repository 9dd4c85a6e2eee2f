//! Which language own words are written in.
//!
//! `whichlang` proposes one of sixteen languages, whatever the text; common words (or the script) of that language
//! must confirm it. So a text in a seventeenth, or three names and a version, is of no known language.

use crate::prose::Prose;

/// A language, by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(&'static str);

impl Language {
    /// English, in which most communities write.
    pub const ENGLISH: Language = Language("en");

    /// The code: `en`.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// Bytes of prose that are looked at: more does not make it surer.
const LOOKED_AT: usize = 256;
/// Words that are compared with lists: a sentence or three.
const MOST_WORDS: usize = 40;
/// Letters below which nothing can be said.
const LEAST_LETTERS: usize = 8;
/// In a script of its own, one letter in this many must be of that script.
const SCRIPT_SHARE: usize = 2;
/// In a shared script, one word in this many must be a common one of the language. Of English mail it is one in three.
const COMMON_SHARE: usize = 8;

/// The language of own words ([`crate::own_words`]); none where they are too few or it is not sure. Only prose
/// counts.
pub fn language(own: &str) -> Option<Language> {
    of(&Prose::new(own))
}

pub(crate) fn of(prose: &Prose) -> Option<Language> {
    let text = &prose.text[..prose.text.floor_char_boundary(LOOKED_AT)];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        return None;
    }
    match evidence(whichlang::detect_language(text)) {
        (code, Evidence::Script(is)) => {
            let of_script = text.chars().filter(|c| is(*c)).count();
            (of_script * SCRIPT_SHARE >= letters).then_some(Language(code))
        }
        (_, Evidence::Words(_)) if letters < LEAST_LETTERS => None,
        (code, Evidence::Words(common)) => {
            let (words, known, english) = count(text, common);
            // Jargon misleads the proposal, and English words that other languages have as well confirm it.
            if code != Language::ENGLISH.0 && known > english && is_enough(words, known) && known >= 2 {
                return Some(Language(code));
            }
            is_enough(words, english).then_some(Language::ENGLISH)
        }
    }
}

/// Words, and how many of them are of the list and of the English one.
fn count(text: &str, common: &[&str]) -> (usize, usize, usize) {
    let is = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).fold((0, 0, 0), |(words, known, english), word| {
        (words + 1, known + usize::from(is(common, word)), english + usize::from(is(ENGLISH, word)))
    })
}

/// One common word in two says nothing: `die`, `on`, `a` are of many languages.
fn is_enough(words: usize, known: usize) -> bool {
    known * COMMON_SHARE >= words && (known >= 2 || known == 1 && words >= 3)
}

/// What confirms a language.
enum Evidence {
    /// Characters that hardly any other uses.
    Script(fn(char) -> bool),
    /// Words that most sentences hold some of.
    Words(&'static [&'static str]),
}

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "the", "is", "a", "to", "i", "and", "it", "that", "you", "of", "in", "for", "not", "have", "this", "be",
    "on", "with", "are", "can", "do", "if", "my", "was", "but", "as", "or", "what", "so", "how", "just", "no",
    "there", "would", "from", "at", "an", "me", "does", "has", "it's", "i'm", "don't", "thanks", "your", "we",
    "i've", "any", "when", "will", "they", "like", "use", "get", "all", "which", "by", "some", "should", "yes",
];

#[rustfmt::skip]
fn evidence(proposed: whichlang::Lang) -> (&'static str, Evidence) {
    use Evidence::{Script, Words};
    use whichlang::Lang;
    match proposed {
        Lang::Ara => ("ar", Script(|c| ('\u{600}'..='\u{6ff}').contains(&c))),
        Lang::Cmn => ("zh", Script(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))),
        Lang::Hin => ("hi", Script(|c| ('\u{900}'..='\u{97f}').contains(&c))),
        Lang::Jpn => ("ja", Script(|c| ('\u{3040}'..='\u{30ff}').contains(&c) || ('\u{4e00}'..='\u{9fff}').contains(&c))),
        Lang::Kor => ("ko", Script(|c| ('\u{ac00}'..='\u{d7af}').contains(&c))),
        Lang::Eng => (Language::ENGLISH.0, Words(ENGLISH)),
        Lang::Deu => ("de", Words(&[
            "der", "die", "das", "und", "ist", "nicht", "ich", "ein", "eine", "zu", "es", "mit", "auf", "für", "den",
            "von", "wie", "auch", "aber", "im", "dem", "oder", "wenn", "kann", "man", "noch", "nur", "bei", "habe",
            "sich", "sind", "wird", "hat", "mir", "danke", "dass", "so", "in", "da", "ja", "nein", "aus", "einen",
        ])),
        Lang::Fra => ("fr", Words(&[
            "le", "la", "les", "de", "des", "et", "est", "un", "une", "pas", "je", "que", "pour", "dans", "ce", "il",
            "qui", "en", "avec", "sur", "mais", "du", "vous", "au", "ne", "plus", "se", "sont", "si", "mon", "merci",
            "à", "ça", "j'ai", "c'est", "par", "ou", "comment", "bonjour", "cette", "nous", "on",
        ])),
        Lang::Ita => ("it", Words(&[
            "il", "la", "di", "che", "e", "è", "un", "una", "per", "non", "in", "con", "sono", "del", "si", "ho", "come",
            "ma", "da", "le", "i", "mi", "anche", "questo", "se", "nel", "della", "grazie", "ha", "lo", "gli", "al",
        ])),
        Lang::Nld => ("nl", Words(&[
            "de", "het", "een", "en", "van", "is", "niet", "ik", "dat", "op", "te", "in", "voor", "met", "zijn", "maar",
            "aan", "ook", "er", "als", "of", "die", "wel", "dit", "kan", "heb", "bij", "naar", "wat", "je", "om", "nog",
        ])),
        Lang::Por => ("pt", Words(&[
            "o", "a", "de", "que", "e", "do", "da", "em", "um", "uma", "para", "não", "com", "os", "no", "se", "na",
            "por", "mais", "as", "como", "mas", "eu", "é", "está", "isso", "meu", "ao", "foi", "obrigado", "você", "tem",
        ])),
        Lang::Spa => ("es", Words(&[
            "el", "la", "de", "que", "y", "a", "en", "un", "una", "no", "se", "los", "por", "con", "para", "es", "lo",
            "como", "más", "pero", "me", "mi", "si", "al", "del", "las", "está", "esto", "gracias", "hola", "cómo", "yo",
        ])),
        Lang::Rus => ("ru", Words(&[
            "что", "это", "как", "и", "не", "если", "есть", "или", "для", "можно", "так", "но", "по", "мне", "у", "все",
            "только", "я", "в", "на", "он", "вы", "нет", "когда", "уже", "спасибо", "бы", "же", "с",
        ])),
        Lang::Swe => ("sv", Words(&[
            "och", "att", "är", "det", "jag", "inte", "som", "en", "på", "för", "med", "av", "har", "till", "den", "ett",
            "om", "men", "kan", "så", "du", "vi", "från", "eller", "hur", "när", "tack",
        ])),
        Lang::Tur => ("tr", Words(&[
            "ve", "bir", "bu", "için", "ile", "de", "da", "ne", "var", "çok", "ama", "gibi", "olarak", "daha", "ben",
            "mi", "nasıl", "yok", "olan", "merhaba", "teşekkürler", "şu", "en", "kadar", "ya",
        ])),
        Lang::Vie => ("vi", Words(&[
            "là", "của", "và", "có", "không", "tôi", "được", "cho", "này", "một", "các", "với", "trong", "để", "người",
            "bạn", "khi", "như", "thì", "đã", "cảm", "ơn", "làm", "nào",
        ])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_or_not() {
        for (own, expected) in [
            ("", None),
            ("1.2.3", None),
            ("foo-bar baz_qux", None),
            ("ok", None),
            ("is foo in bar ?", Some("en")),
            ("question about default DE in 17.10", Some("en")),
            ("How do I stop the reactor from another thread?", Some("en")),
            ("Thanks, it works now", Some("en")),
            ("Wie kann ich den Reaktor aus einem anderen Thread anhalten?", Some("de")),
            ("Comment est-ce que je peux arrêter le réacteur dans un autre fil ?", Some("fr")),
            ("¿Cómo puedo parar el reactor desde otro hilo? Gracias", Some("es")),
            ("Como eu posso parar o reator de outra thread? Obrigado, não sei mais", Some("pt")),
            ("Come posso fermare il reattore da un altro thread? Grazie, non so come", Some("it")),
            ("Hoe kan ik de reactor vanuit een andere thread stoppen? Het is niet duidelijk", Some("nl")),
            ("Как можно остановить реактор, если он в другом потоке?", Some("ru")),
            ("どうすれば止められますか", Some("ja")),
            ("怎么停止它", Some("zh")),
            ("Jak mogę zatrzymać reaktor z innego wątku? Dziękuję bardzo", None),
            ("    der = die(das)\n    und = ist\n", None),
            (
                "It says:\n\n    der die das und ist nicht ich ein eine zu es mit auf\n\nand I do not know why.",
                Some("en"),
            ),
        ] {
            assert_eq!(language(own).map(Language::as_str), expected, "{own}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_will_do(own in "(?s).{0,200}") {
            language(&own);
        }
    }
}
