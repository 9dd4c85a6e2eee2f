use super::*;

/// The parts, one letter per line: `o`wn, `q`uote, `s`ignature.
fn kinds(body: &str) -> String {
    let letter = |part: Part<'_>| {
        let letter = match part.kind {
            PartKind::Own => "o",
            PartKind::Quote => "q",
            PartKind::Signature => "s",
        };
        letter.repeat(part.text.split_inclusive('\n').count())
    };
    parts(body).into_iter().map(letter).collect()
}

#[test]
fn bodies_are_divided() {
    for (body, expected) in [
        ("", ""),
        ("\n", "o"),
        ("hello\n", "o"),
        ("hello", "o"),
        ("> a\nb\n", "qo"),
        ("\n> a\n\n> b\n\nc\n", "qqqqqo"),
        ("On 1 May 2019, Jo wrote:\n> a\nb\n", "qqo"),
        ("hi\nOn 1 May 2019, Jo Doe\n<jo at example.org>\nwrote:\n\n> a\n", "oqqqqq"),
        ("On Apr 29, 2014 Jo <jo@example.org>wrote:\n\n\n\n> a\n", "qqqqq"),
        ("--- On Wed, 4/4/12, Jo <jo@example.org> wrote:\n\nFrom: Jo\nTo: me\nDate: today\n\nhi\n", "qqqqqqq"),
        ("Jo Doe writes:\n\n> a\nb", "qqqo"),
        ("Am 01.02.2012 14:20 schrieb Jo:\n> a\n", "qq"),
        ("02.04.2012 14:20 \"jo@example.org\" <\njo@example.org> :\n\n> a\n", "qqqq"),
        ("hi\nOn Mon, 2 May 2016 at 10:00, Jo <jo@example.org> wrote:\n\nno marks", "oqqq"),
        ("On your host you can run:\n\n  telnet\n", "ooo"),
        ("One thing:\n> a\n", "oq"),
        ("See these lines:\n\n> a\n", "ooq"),
        ("hi\n-----Original Message-----\nFrom: Jo\nSent: May 1\nTo: me\nSubject: x\n\ntext\n", "oqqqqqqq"),
        ("hi\n\n________________________________\nFrom: Jo\nSent: May 1\nTo: me\n\ntext", "ooqqqqqq"),
        ("hi\n*Von:* Jo\n*Gesendet:* heute\n*An:* Sie\n*Betreff:* x\n\ntext\n", "oqqqqqq"),
        ("hi\nFrom: Jo\nSent: May 1\nTo: me\n\n> text\n\nown\n", "oqqqqqqo"),
        ("From: here\nit works\n", "oo"),
        ("hi\n-- \nJo\nExample Inc\n", "osss"),
        ("hi\n--\nJo\n\nOn 1 May 2019, Jo wrote:\n> a\nb", "osssqqo"),
        ("hi -- not here\n--- nor here\n", "oo"),
        ("hi\nSent from my iPhone\n", "os"),
        ("Sent from my desk, it is easier.\n", "o"),
        ("hi\n\n-Jo Doe\n\n", "ooss"),
        ("- a point\n- another\n", "oo"),
        ("hi\n_______________________________________________\nDev mailing list\nDev@example.org\n", "osss"),
        (
            "hi\n-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <x>\n\nmore\n",
            "osssso",
        ),
        ("hi\n-------------- next part --------------\ndiff\n", "oso"),
        (">>> import os\n>>> os.name\n'posix'\n", "ooo"),
        ("> see\n>>> import os\n", "qq"),
    ] {
        assert_eq!(kinds(body), expected, "{body:?}");
    }
}

#[test]
fn own_words_are_trimmed() {
    assert_eq!(own_words("\n  hi\n\n> a\n\nthere\n\n"), "hi\n\nthere");
    assert_eq!(own_words("> a"), "");
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost(body in "([>\\-_ :a-z@1-9A-Z]{0,12}(wrote:|From: |To: |Subject: |-- )?\r?\n){0,30}.{0,9}") {
        let parts = parts(&body);
        let whole: String = parts.iter().map(|part| part.text).collect();
        proptest::prop_assert_eq!(&whole, &body);
        proptest::prop_assert!(parts.windows(2).all(|pair| pair[0].kind != pair[1].kind));
    }
}

#[test]
fn hostile_text_takes_linear_time() {
    for piece in [
        "--\n",
        "> \n",
        "From: \n",
        "On 1\n",
        "-- \n",
        "____\n",
        "a\n\n",
        "Regards,\n",
        "| \n",
        "-----BEGIN PGP S\n",
        " ",
    ] {
        parts(&piece.repeat(200_000));
    }
}
