use proptest::prelude::*;

use super::*;

const ENVELOPE: &str = "From jo@example.org Fri Apr  1 18:57:30 2016\nSubject: x\n";

/// Gives at most `step` bytes at once.
struct Slowly<'a> {
    rest: &'a [u8],
    step: usize,
}

impl Read for Slowly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.rest.len().min(self.step).min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest = &self.rest[length..];
        Ok(length)
    }
}

const CUT: Cut = Cut { offset: 0, whole: false, by_length: true, limit: 1 << 20 };

/// The pieces: mails as their bytes, the rest in words.
fn pieces(input: &[u8], cut: Cut, step: usize) -> Vec<String> {
    let mut splitter = Splitter::new(Slowly { rest: input, step }, cut);
    let mut pieces = Vec::new();
    while let Some(piece) = splitter.next().expect("reading from memory does not fail") {
        pieces.push(match piece {
            Piece::Mail { offset, bytes } => {
                assert_eq!(bytes, &input[offset as usize..offset as usize + bytes.len()]);
                String::from_utf8_lossy(bytes).into_owned()
            }
            Piece::Junk { offset, length } => format!("junk {offset}+{length}"),
            Piece::TooLarge { offset, length } => format!("large {offset}+{length}"),
        });
    }
    pieces
}

/// Cuts `parts` put together; they are expected to come apart again just so.
fn check(parts: &[&str]) {
    let input = parts.concat();
    for step in [1, 7, usize::MAX] {
        assert_eq!(pieces(input.as_bytes(), CUT, step), parts, "{step} bytes at once");
    }
}

#[test]
fn mails_come_apart() {
    let mail = |rest: &str| format!("{ENVELOPE}{rest}");
    check(&[]);
    check(&[&mail("\nbody\n")]);
    check(&[&mail("\nbody\n\n"), &mail("\nbody\n\n"), &mail("")]);
    // A blank line is missing before the second.
    check(&[&mail("\nbody\n"), &mail("\nbody")]);
    // Lines of bodies that only look alike.
    check(&[&mail("\n\nFrom now on\nnote: it works\n\nFrom jo@example.org\n\n>From x\n"), &mail("\n")]);
    check(&[&mail("\nFrom jo@example.org Fri Apr  1 18:57:30 2016\nwas what it said\n")]);
    // The other line ends.
    check(&[
        "From jo@example.org Fri Apr  1 18:57:30 2016\r\nA: x\r\n\r\nbody\r\n\r\n",
        "From jo@example.org\r\nTo: x\r\n\r\n",
    ]);
    // No envelope at the beginning.
    check(&["Subject: x\n\nbody\n\n", &mail("\nbody")]);
    check(&["\u{feff}From x Fri Apr  1 18:57:30 2016\nA: b\n\n", &mail("\n")]);
    check(&["From ???@??? not a date\nSubject: x\n\n", &mail("\n")]);
}

#[test]
fn a_length_is_believed_where_it_holds() {
    let quoted = "\n\nFrom jo@example.org Fri Apr  1 18:57:30 2016\nSubject: quoted\n\n";
    let with = |length: usize| format!("From x Fri Apr  1 18:57:30 2016\nContent-Length: {length}\n\n{quoted}");
    check(&[&format!("{}\n", with(quoted.len())), ENVELOPE]);
    check(&[&with(quoted.len())]);
    let wrong = |length| format!("{}{ENVELOPE}", with(length));
    for length in [0, 5, quoted.len() - 3, quoted.len() + 2, 1 << 40] {
        assert_eq!(pieces(wrong(length).as_bytes(), CUT, 9).len(), 3, "{length}");
    }
    let not_by_length = Cut { by_length: false, ..CUT };
    assert_eq!(pieces(with(quoted.len()).as_bytes(), not_by_length, 9).len(), 2);
}

#[test]
fn the_length_of_the_next_mail_is_not_this_ones() {
    let cut_off = "From a@x.org Fri Apr  1 18:57:30 2016\nFrom: a@x.org\nSubject: cut off\n";
    let next = "From b@x.org Fri Apr  1 18:57:31 2016\nMessage-ID: <b@x>\nContent-Length: 6\n\nhello\n\n";
    let last = "From c@x.org Fri Apr  1 18:57:32 2016\nMessage-ID: <c@x>\n\nbye\n";
    check(&[cut_off, next, last]);
}

#[test]
fn blanks_without_end_are_no_header() {
    let name = format!("\n{}A{}", ENVELOPE.lines().next().unwrap_or_default(), " ".repeat(3 << 20));
    let input = format!("{ENVELOPE}\nbody\n{name}");
    assert_eq!(pieces(input.as_bytes(), Cut { limit: 8 << 20, ..CUT }, usize::MAX).concat(), input);
}

#[test]
fn what_is_no_mail_is_passed_over() {
    let after = |junk: &str| pieces(format!("{junk}{ENVELOPE}").as_bytes(), CUT, 1000);
    assert_eq!(after("\u{0}\u{1}binary\n"), ["junk 0+9", ENVELOPE]);
    assert_eq!(after("\n \n\n"), [ENVELOPE]);
    let long = "no mail at all, however long\n".repeat(100_000);
    assert_eq!(after(&long), [&format!("junk 0+{}", long.len()), ENVELOPE]);
    assert_eq!(pieces(b"PK\x03\x04 a zip\n\n", CUT, 5), ["junk 0+12"]);
    assert_eq!(pieces(b" \n\n", CUT, 5), [""; 0]);
}

#[test]
fn what_is_too_large_is_not_held() {
    let line = "x".repeat(8 << 20);
    let input = format!("{ENVELOPE}\nsmall\n{ENVELOPE}\n{line}\n{ENVELOPE}\nsmall\n");
    let cut = Cut { limit: 100, ..CUT };
    let length = ENVELOPE.len() + line.len() + 2;
    let first = format!("{ENVELOPE}\nsmall\n");
    let expected = [first.clone(), format!("large {}+{length}", first.len()), first];
    assert_eq!(pieces(input.as_bytes(), cut, usize::MAX), expected);
    assert_eq!(pieces(input.as_bytes(), cut, 100_000), expected);

    let mut splitter = Splitter::new(input.as_bytes(), cut);
    while splitter.next().expect("in memory").is_some() {
        assert!(splitter.buffer.len() <= 4 * READ, "{}", splitter.buffer.len());
    }
}

#[test]
fn a_whole_file_is_one_mail() {
    let cut = Cut { whole: true, ..CUT };
    let input = format!("Subject: an mbox\n\n\n{ENVELOPE}\n");
    assert_eq!(pieces(input.as_bytes(), cut, 11), [input]);
    assert_eq!(pieces(b"Subject: x\n\n", Cut { limit: 4, ..cut }, 11), ["large 0+12"]);
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ -~]{0,20}\r?\n",
        2 => Just("\n".to_owned()),
        2 => Just(ENVELOPE.to_owned()),
        1 => "From [a-z ]{0,9}(Mon|Fri)? ?(Apr  1 18:57:30 2016)?\n",
        1 => "Content-Length: [0-9]{1,3}\n",
    ]
}

proptest! {
    #[test]
    fn no_byte_is_lost(lines in prop::collection::vec(line(), 0..30), step in 1usize..200, by_length: bool) {
        let input = format!("{ENVELOPE}{}", lines.concat());
        let cut = Cut { by_length, ..CUT };
        let pieces = pieces(input.as_bytes(), cut, step);
        prop_assert_eq!(pieces.concat(), input);
    }

    #[test]
    fn any_bytes_will_do(input in prop::collection::vec(any::<u8>(), 0..300), step in 1usize..50) {
        pieces(&input, CUT, step);
    }
}
