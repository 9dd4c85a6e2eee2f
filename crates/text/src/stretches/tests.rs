use super::*;

/// The kinds, one letter per line: `p`rose, `c`ode, `l`og, `t`race, `d`iff, lin`k`.
fn kinds(own: &str) -> String {
    let letter = |stretch: Stretch<'_>| {
        let letter = match stretch.kind {
            StretchKind::Prose => "p",
            StretchKind::Code => "c",
            StretchKind::Log => "l",
            StretchKind::Trace => "t",
            StretchKind::Diff => "d",
            StretchKind::Link => "k",
        };
        letter.repeat(stretch.text.split_inclusive('\n').count())
    };
    stretches(own).map(letter).collect()
}

#[test]
fn own_words_are_divided() {
    for (own, expected) in [
        ("", ""),
        ("It stops.", "p"),
        ("\nIt stops.\n\nWhy?\n", "pppp"),
        ("Look:\n\n    x = f(y)\n\n    print(x)\n\nWhy?\n", "ppccccp"),
        ("```\nwhy\n\nnot\n```\nok\n", "cccccp"),
        ("```\nnever closed, so it is prose\n", "pp"),
        ("run ```make``` first\n", "p"),
        (">>> import os\n>>> os.name\n'posix'\n\nSo it is.\n", "ccccp"),
        ("$ make\ngcc -c a.c\nmake: *** [all] Error 1\nWhat does that mean, please?\n", "cccp"),
        ("jo@host:~/src$ ls\na b\n", "cc"),
        ("import duties are high.\n", "p"),
        ("import os\n", "c"),
        ("class of 1999 was great, they say.\n", "p"),
        ("return the book to the library, please\n", "p"),
        ("debug = true\nport=8080\n", "cc"),
        ("x = the unknown number of things we want\n", "p"),
        ("reactor.run()\n", "c"),
        ("Twisted (the framework)\n", "p"),
        ("<dependency>\n  <version>1.0</version>\n</dependency>\n", "ccc"),
        ("<https://example.org/>\n", "k"),
        ("[1] https://example.org/a\n[2]: http://example.org/b\n", "kk"),
        ("see https://example.org/a\n", "p"),
        ("Two things:\n\n    - one\n    - two\n", "pppp"),
        ("2016-05-02 10:00:01,123 INFO start\n2016-05-02 10:00:02,000 INFO stop\n", "ll"),
        ("[INFO] Building example 1.0\n[ERROR] Failed\n", "ll"),
        ("May  2 10:00:00 host sshd[1]: no\n", "l"),
        ("[   12.345678] usb 1-1: new device\n", "l"),
        ("10:00:01.123 [main] DEBUG o.e.Main - up\n", "l"),
        ("10:00:00 would be a good time to meet\n", "p"),
        ("May 2 is fine.\n", "p"),
    ] {
        assert_eq!(kinds(own), expected, "{own}");
    }
}

#[test]
fn traces_are_seen() {
    for (own, expected) in [
        (
            "I get:\n\nTraceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    run()\nValueError: no\nWhy?\n",
            "ppttttp",
        ),
        (
            "Traceback (most recent call last):\n  File \"a.py\", line 3\nexample.net.Gone: [1]\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"b.py\", line 4\nOSError\n",
            "ttttttttt",
        ),
        (
            "Exception in thread \"main\" java.lang.IllegalStateException: no\n\tat org.example.Main.main(Main.java:3)\nCaused by: java.io.IOException\n\tat org.example.Main.run(Main.java:9)\n\t... 2 more\n\nAny idea?\n",
            "ttttttp",
        ),
        (
            "TypeError: x is not a function\n    at run (/src/a.js:3:4)\n    at Object.<anonymous> (/src/b.js:1:1)\n    at node:internal/main:23\n",
            "tttt",
        ),
        ("System.Exception: no\n   at Example.Program.Main(String[] args) in C:\\a.cs:line 3\n", "tt"),
        ("panic: no\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/a.go:3 +0x1d\n\nHelp!\n", "ttttttp"),
        (
            "thread 'main' panicked at src/main.rs:3:5:\nno\nstack backtrace:\n   0: core::panicking::panic\n\nHelp!\n",
            "tttttp",
        ),
        ("a.rb:3:in `run': no (RuntimeError)\n\tfrom a.rb:9:in `<main>'\n", "tt"),
        ("#0  0x0000 in main () at a.c:3\n#1  0x0001 in start ()\n", "tt"),
        ("#1 is the best ticket\n", "p"),
        ("at noon (or so: it depends)\n", "p"),
        ("Error handling is hard.\n", "p"),
    ] {
        assert_eq!(kinds(own), expected, "{own}");
    }
}

#[test]
fn diffs_are_seen() {
    for (own, expected) in [
        (
            "Try:\n\ndiff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n\n- a point\n",
            "ppdddddddddp",
        ),
        ("--- a.c\n+++ b.c\n@@ -1 +1 @@\n-x\n+y\nDone.\n", "dddddp"),
        ("--- not a diff\n+1\n", "pp"),
        ("@@ -1,99999999999 +1 @@\n", "p"),
    ] {
        assert_eq!(kinds(own), expected, "{own}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost(own in "((```|>>> |@@ -1,2 \\+1,2 @@|Traceback \\(most recent call last\\)|\tat a.b\\(c\\)|#0 |panic: |    |[+-]|.{0,9}){0,3}\r?\n){0,20}.{0,9}") {
        let all: Vec<_> = stretches(&own).collect();
        let whole: String = all.iter().map(|stretch| stretch.text).collect();
        proptest::prop_assert_eq!(&whole, &own);
        proptest::prop_assert!(all.windows(2).all(|pair| pair[0].kind != pair[1].kind));
    }
}
