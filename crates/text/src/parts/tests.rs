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
fn quotes_are_found_in_many_languages() {
    for attribution in [
        "On 2016-05-02 10:00, Jo Doe <jo@example.org> wrote:",
        "Am 02.05.2016 um 10:00 schrieb Jo Doe:",
        "Am Mo., 2. Mai 2016 um 10:00 Uhr schrieb Jo <jo@example.org>:",
        "Le lun. 2 mai 2016 à 10:00, Jo Doe <jo@example.org> a écrit :",
        "El lun., 2 may. 2016 10:00, Jo Doe <jo@example.org> escribió:",
        "Em seg, 2 de mai de 2016 10:00, Jo Doe <jo@example.org> escreveu:",
        "Il giorno lun 2 mag 2016 alle ore 10:00 Jo <jo@example.org> ha scritto:",
        "Op ma 2 mei 2016 om 10:00 schreef Jo Doe <jo@example.org>:",
        "Op 2 mei 2016, om 10:00 heeft Jo <jo@example.org> het volgende geschreven:",
        "Den 2 maj 2016 10:00 skrev Jo Doe <jo@example.org>:",
        "W dniu 2 maja 2016 10:00 użytkownik Jo <jo@example.org> napisał:",
        "пн, 2 мая 2016 г. в 10:00, Jo Doe <jo@example.org>:",
        "2016-05-02 10:00 GMT+02:00 Jo Doe <jo@example.org>:",
        "在 2016年5月2日 10:00，Jo <jo@example.org> 写道：",
    ] {
        assert_eq!(kinds(&format!("ja\n\n{attribution}\n\n> nein\n")), "ooqqq", "{attribution}");
        assert_eq!(kinds(&format!("ja\n\n{attribution}\n\nnein\n")), "ooqqq", "unmarked, {attribution}");
    }
}

#[test]
fn unmarked_quotes_end_the_text() {
    for (body, expected) in [
        ("hi\n---- Jo Doe wrote ----\n\ntext\n", "oqqq"),
        ("hi\n\nBegin forwarded message:\n\nFrom: Jo\nSubject: x\nDate: today\n\ntext\n", "ooqqqqqqq"),
        ("hi\n\nDate: Mon, 2 May 2016 10:00:00 +0200\nFrom: jo@example.org\n\ntext\n", "ooqqqq"),
        ("Range:\nFrom: 2016-05-02\nTo: 2016-05-03\n", "ooo"),
        ("hi\n\nOd: Jo <jo@example.org>\nWysłano: 2 maja 2016 10:00\nDo: ja\nTemat: x\n\ntext\n", "ooqqqqqq"),
        ("hi\n-----Original Message-----\ntext\n\n_______________\nDev mailing list\nDev@example.org\n", "oqqqsss"),
        ("On Mon, 2 May 2016, Jo <jo@example.org> wrote:\n\nno marks, own or not\n", "qqo"),
    ] {
        assert_eq!(kinds(body), expected, "{body:?}");
    }
}

#[test]
fn other_marks_are_known_below_an_attribution() {
    assert_eq!(kinds("Jo Doe wrote:\n| a\n| b\nno\n| c\n"), "qqqoq");
    assert_eq!(kinds("On 2 May 2016, Jo Doe wrote:\nJD> a\nno\nJD> b\n"), "qqoq");
    assert_eq!(kinds("a table\n| a | b |\n"), "oo");
    assert_eq!(kinds("SQL> select 1\n"), "o");
    assert_eq!(kinds("  > a\n&gt; b\nno\n"), "qqo");
}

#[test]
fn sign_offs_are_signatures() {
    const LONG: &str = "There are some more words in this message, so that it says something.";
    for (end, expected) in [
        ("Best regards,\nJo Doe", "ss"),
        ("Mit freundlichen Grüßen\n\nJo Doe\nExample GmbH\nhttps://example.org", "sssss"),
        ("Cheers, Jo", "s"),
        ("Thanks,\nJo", "ss"),
        ("Thanks!", "o"),
        ("Thanks, I will try.", "o"),
        ("Regards\nJo Doe\n\nOn 2 May 2016, Mo Doe wrote:\n> a", "sssqq"),
        ("Jo Doe", "s"),
        ("Jo Doe, Ph.D.\nHead of Examples\n+49 30 1234567\njo@example.org", "ssss"),
        ("-jo", "s"),
        ("- Jo Doe", "s"),
        ("/jo", "s"),
        (
            "---\n\"A word of wisdom that is longer than a line should ever be.\"\n\nJo Doe\nhttps://example.org",
            "sssss",
        ),
        ("Does that help?", "o"),
        ("Done", "o"),
        ("Hello World!", "o"),
        ("Works in Python", "o"),
        ("- a point\n- Another", "oo"),
    ] {
        let body = format!("{LONG}\n\n{end}\n");
        assert_eq!(kinds(&body), format!("oo{expected}"), "{end:?}");
    }
    assert_eq!(kinds("It works.\n\nThanks,\nJo\n"), "ooos");
    assert_eq!(kinds("> Is it?\n\nYes\n\n> And that?\n\nNo\n"), "qqooqqo");
}

#[test]
fn what_machines_add_is_a_signature() {
    for (body, expected) in [
        ("An HTML attachment was scrubbed...\nURL: <x>\n", "ss"),
        (
            "-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <x>\n\
             -------------- next part --------------\na log\n",
            "sssso",
        ),
        (
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nhi\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\nmore\n",
            "sssosssso",
        ),
        ("hi\n\n--\nYou received this message because you are subscribed to the group.\n", "ooss"),
        ("hi\n\nYou received this message because you watch it.\n\nmore\n", "oosso"),
        ("hi\n\nGesendet von meinem Telefon\n", "oos"),
        ("hi\n\n----------------\nTo unsubscribe, e-mail: x@example.org\n", "ooss"),
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
        parts(&piece.repeat(20_000));
    }
}
