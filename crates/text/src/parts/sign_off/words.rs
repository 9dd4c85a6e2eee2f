//! The words of closings, in lower case.

/// What thanks: at the end it closes, in a short message it is meant.
#[rustfmt::skip]
pub(super) const THANKS: &[&str] = &[
    "thanks", "thank", "thx", "tx", "tia", "ta", "danke", "dank", "merci", "gracias", "obrigado", "obrigada",
    "grazie", "bedankt", "tack", "takk", "tak", "dzięki", "dziękuję", "díky", "děkuji", "спасибо", "kiitos",
];
/// What closes and says nothing else.
#[rustfmt::skip]
pub(super) const HEADS: &[&str] = &[
    "regards", "regard", "rgds", "br", "best", "cheers", "cheerio", "sincerely", "truly", "faithfully",
    "respectfully", "yours", "wishes", "greetings", "greets", "ciao", "bye", "hth", "cordially",
    "grüße", "gruesse", "grüsse", "grüßen", "grüssen", "gruß", "gruss", "mfg", "lg", "vg", "bg",
    "cordialement", "amicalement", "salutations", "cdlt", "amitiés",
    "saludos", "saludo", "atentamente", "atte", "abrazo", "abrazos", "atenciosamente", "abraços", "abraço",
    "cumprimentos", "saluti", "groet", "groeten", "groetjes", "mvg", "hälsning", "hälsningar", "mvh",
    "hilsen", "terveisin", "pozdrawiam", "poważaniem", "pozdravem", "уважением", "пожеланиями",
    "saygılarımla", "üdvözlettel",
];
/// What stands beside those.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "you", "many", "a", "lot", "and", "again", "in", "advance", "very", "much", "so", "kind", "kindest", "warm",
    "warmest", "with", "all", "the", "my", "most", "for", "now", "good", "everyone", "everybody", "folks", "guys",
    "mit", "freundlichen", "freundlichem", "freundliche", "vielen", "viele", "liebe", "lieben", "schöne", "schönen",
    "beste", "besten", "herzliche", "im", "voraus", "aus", "bien", "à", "vous", "meilleures", "d'avance", "beaucoup",
    "un", "una", "cordial", "cordiales", "cordiali", "distinti", "de", "antemano", "muchas", "muito", "met",
    "vriendelijke", "med", "vänlig", "vänliga", "venlig", "vennlig", "z", "s", "с", "наилучшими", "bästa", "beste",
];
/// Words in capitals that end messages and are no names, in lower case.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "yes", "no", "ok", "okay", "done", "fixed", "agreed", "hello", "hi", "hey", "ping", "bump", "sorry", "please",
    "great", "cool", "nice", "good", "perfect", "excellent", "awesome", "right", "correct", "exactly", "sure", "true",
    "false", "thanks", "thank", "you", "cheers", "regards", "thoughts", "comments", "questions", "objections",
    "opinions", "ideas", "suggestions", "anyone", "anybody", "see", "example", "examples", "note", "update", "edit",
    "solved", "resolved", "closed", "merged", "released", "congratulations", "congrats", "welcome", "enjoy", "done",
    "why", "what", "how", "when", "where", "who", "the", "this", "that", "it", "is", "are", "not", "now", "here",
    "there", "same", "me", "too", "works", "working", "maybe", "never", "nothing", "none", "error", "warning", "usage",
    "output", "result", "results", "source", "code", "todo", "links", "references", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "python", "java", "linux", "windows", "ubuntu",
];
