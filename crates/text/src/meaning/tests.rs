use super::*;

/// The pieces as the transformer's own tokenizer (`tokenizers` 0.23.3) gave them, words it did not know left out.
#[rustfmt::skip]
const PIECES: &[(&str, &str)] = &[
    ("How do I stop the reactor?", "how do i stop the reactor ?"),
    ("TLS certificates aren't verified", "t ##ls certificates aren ' t verified"),
    ("pip install twisted[tls]==19.2.1", "pip install twisted [ t ##ls ] = = 19 . 2 . 1"),
    ("Überraschung: naïve café", "uber ##ras ##chu ##ng : naive cafe"),
    ("日本語のテスト", "日 本 語 の ##テ ##ス ##ト"),
    ("a\u{ad}b\u{200b}c", "abc"),
    ("ΑΒΓ ΣΊΣΥΦΟΣ", "α ##β ##γ σ ##ι ##σ ##υ ##φ ##ο ##σ"),
    ("supercalifragilisticexpialidocious", "super ##cal ##if ##rag ##ilis ##tic ##ex ##pia ##lid ##oc ##ious"),
    ("¿Qué pasa?", "¿ que pas ##a ?"),
    ("e\u{301}te\u{301}", "et ##e"),
    ("foo::bar<T>()", "foo : : bar < t > ( )"),
    ("don't—stop…", "don ' t — stop …"),
    ("🎉 done", "done"),
    ("done🎉", ""),
    ("İstanbul", "istanbul"),
    ("straße STRASSE", "st ##raße st ##ras ##se"),
    ("tab\tnew\nline\u{a0}nbsp", "tab new line n ##bs ##p"),
    ("C++ c# .NET", "c + + c # . net"),
    ("$100 + 5€ ~ `code`", "$ 100 + 5 ##€ ~ ` code `"),
    ("한국어", "ᄒ ##ᅡ ##ᆫ ##ᄀ ##ᅮ ##ᆨ ##ᄋ ##ᅥ"),
    ("##ing", "# # ing"),
    ("www.example.org/a_b?c=d&e=f", "www . example . org / a _ b ? c = d & e = f"),
    ("Привет, мир!", "п ##р ##и ##в ##е ##т , м ##и ##р !"),
    ("ﬁne ﬂow", "ﬁ ##ne ﬂ ##ow"),
    ("ＦＵＬＬ！", "！"),
    ("\u{feff}bom \u{fffd} lost", "bo ##m lost"),
    ("a\0b\u{b}c\u{c}d", "abc ##d"),
    ("unaffable", "una ##ffa ##ble"),
    ("x\u{202e}y", "x ##y"),
    ("12,345.67", "12 , 345 . 67"),
    ("   ", ""),
];

fn pieces_of(text: &str) -> String {
    let names: Vec<&str> = Table::read(BYTES).unwrap().1.lines().collect();
    let mut found = Vec::new();
    MODEL.as_ref().unwrap().pieces.of(text, |piece| {
        found.push(names[piece as usize]);
        true
    });
    found.join(" ")
}

#[test]
fn pieces_are_those_of_the_transformer() {
    for (text, expected) in PIECES {
        assert_eq!(pieces_of(text), *expected, "{text:?}");
    }
    assert_eq!(pieces_of(&"x".repeat(LONG)), "");
}

const LONG: usize = 101;

#[test]
fn like_texts_are_nearer_than_others() {
    for (text, like, other) in [
        ("How do I stop the reactor?", "shutting down the reactor", "verify a TLS certificate"),
        (
            "my build fails with a linker error",
            "compiling does not work, undefined symbols",
            "who speaks at the meetup?",
        ),
        ("Which beer goes with cheese?", "pairing ales and food", "how is a hop dried"),
    ] {
        let [text, like, other] = [text, like, other].map(meaning);
        assert!(text.likeness(&like) > text.likeness(&other) + 0.1);
    }
}

#[test]
fn nothing_is_like_nothing() {
    let nothing = meaning("🎉");
    assert!(nothing.is_nothing() && !meaning("hello").is_nothing());
    assert_eq!(nothing.likeness(&meaning("hello")), 0.0);
    assert_eq!(Meaning::from_sum(&[f32::NAN; DIMENSIONS]), nothing);
}

#[test]
fn a_text_is_like_itself_and_its_repetition() {
    let once = meaning("the reactor stops");
    assert!((once.likeness(&once) - 1.0).abs() < 1e-6);
    assert_eq!(Meaning::from_values(*once.values()), once);
    assert!(meaning(&"the reactor stops ".repeat(1_000_000)).likeness(&once) > 0.999);
}

#[test]
fn a_damaged_file_is_no_table() {
    for end in [0, 7, 8, 12, 16, 1000, BYTES.len() / 2, BYTES.len() - 1000] {
        assert!(Table::read(&BYTES[..end]).is_none(), "cut at {end}");
    }
    let mut huge = BYTES[..64].to_vec();
    huge[8..12].fill(255);
    assert!(Table::read(&huge).is_none());
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_meaning(text in "(?s).{0,200}") {
        let meaning = meaning(&text);
        proptest::prop_assert!(meaning.likeness(&meaning) < 1.001);
    }
}
