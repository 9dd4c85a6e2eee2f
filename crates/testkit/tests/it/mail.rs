//! The mbox source against real mail. Nothing of a real mail is shown when a test fails.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use model::{Item, Problem, Rows};
use serde_json::Value;
use source::{CollectError, ItemRef, Sink};
use sources::mbox::SOURCE;
use testkit::MemorySink;

/// Counts mails as they come, before [`MemorySink`], like the archive, passes over what it has.
#[derive(Default)]
struct Counting {
    kept: MemorySink,
    mails: usize,
}

impl Sink for Counting {
    fn item(&mut self, item: ItemRef<'_>) -> Result<(), CollectError> {
        self.mails += 1;
        self.kept.item(item)
    }

    fn safe_point(&mut self, cursor: &dyn Fn() -> Value) -> Result<(), CollectError> {
        self.kept.safe_point(cursor)
    }

    fn end(&mut self, cursor: Value) -> Result<(), CollectError> {
        self.kept.end(cursor)
    }

    fn problem(&mut self, problem: Problem) -> Result<(), CollectError> {
        self.kept.problem(problem)
    }

    fn progress(&mut self, _done: u64, _total: u64) {}
}

/// What a folder of mail gives: the sink, and the rows of what it holds.
fn read(folder: &str, options: &str) -> (Counting, Rows) {
    let path = testkit::shared_data().join("mail").join(folder);
    let context = testkit::context(path, &format!("path = '.'\n{options}"));
    let mut sink = Counting::default();
    (SOURCE.collect)(&context, &Value::Null, &mut sink).expect("the shared data can be read");
    let rows = testkit::normalize(&SOURCE, &context, sink.kept.items());
    (sink, rows)
}

fn distinct_ids(rows: &Rows) -> usize {
    rows.messages.iter().map(|message| message.id).collect::<BTreeSet<_>>().len()
}

/// The README counts 4,872 lines that begin with `From `; ten of them are sentences in bodies. It
/// counts 2,447 Message-IDs; one of them stands in headers that somebody pasted into a body.
#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn twisted_python() {
    let (sink, rows) = read("twisted-python", "");
    assert_eq!(sink.mails, 4_862);
    assert_eq!(distinct_ids(&rows), 2_446);
    // The licence beside the months is no mail.
    let problems: Vec<_> =
        sink.kept.problems().iter().map(|problem| (problem.file.as_str(), problem.what.as_str())).collect();
    assert_eq!(problems, [("LICENSE", "not a mail")]);

    let whole = |address: &String| address.contains('@') && !address.contains(char::is_whitespace);
    assert!(rows.identities.iter().all(|identity| identity.email.as_ref().is_some_and(whole)));
    // Somebody is called `… at …` in truth; a name that is an address has a dot behind that.
    let broken = |name: &String| name.split_once(" at ").is_some_and(|(_, host)| host.contains('.'));
    assert!(!rows.identities.iter().any(|identity| identity.name.as_ref().is_some_and(broken)));
    assert!(rows.messages.iter().all(|message| message.author.is_some() && !message.native_id.starts_with("no-")));

    // The month of 1945: the date's zone cannot be, and the date itself is the best guess.
    let undated: Vec<_> = rows.messages.iter().filter(|message| message.time.is_none()).collect();
    assert_eq!((undated.len(), rows.problems.len()), (2, 2));
    assert!(
        rows.problems.iter().all(|problem| problem.what == "date cannot be" && problem.file == "1945-February.txt")
    );
    assert!(undated.iter().all(|message| message.time_guess.is_some_and(|time| model::time::month(time) == "2002-10")));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn maven_dev() {
    let (sink, rows) = read("maven-dev-3-archivers", "");
    assert_eq!((sink.mails, sink.kept.problems().len()), (954, 0));
    let mut places: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (message, item) in rows.messages.iter().zip(sink.kept.items()) {
        let origin: Value = serde_json::from_str(&item.origin).expect("an origin is JSON");
        places.entry(&message.native_id).or_default().insert(origin["file"].to_string());
    }
    // One mail has no Message-ID: that it is the same in all three is told by what it says.
    let made_up: Vec<_> = places.keys().filter(|id| id.starts_with("no-message-id-")).collect();
    assert_eq!((places.len() - made_up.len(), made_up.len()), (316, 1));
    assert!(places.values().all(|files| files.len() == 3));
    // Nothing but mails of a robot that wrote no date.
    assert!(rows.problems.iter().all(|problem| problem.what == "date is missing"));
    let undated = |message: &&model::Message| message.time.is_none() && message.time_guess.is_some();
    assert_eq!(rows.messages.iter().filter(undated).count(), rows.problems.len());
}

/// Where we read a mail otherwise than mail-parser's own expectation, and why that is right.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("legacy/010", "subject", "raw Windows-1252: we read it, they put a replacement character"),
    ("legacy/020", "subject", "as in 010"),
    ("legacy/022", "subject", "as in 010"),
    ("legacy/027", "subject", "as in 010"),
    ("legacy/052", "body", "as in 010"),
    ("legacy/052", "subject", "as in 010"),
    ("malformed/019", "time", "two Date fields, the first of them garbled: we take the first, they the last"),
    ("thirdparty/007", "address", "`moderator` is no address; it becomes no identity by address"),
];

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn single_mails() {
    let mut differences = Vec::new();
    let mut mails = 0;
    for folder in ["legacy", "malformed", "rfc", "thirdparty"] {
        let (sink, _) = read(&format!("eml/{folder}"), "glob = '*.eml'");
        assert_eq!(sink.kept.problems(), [], "{folder}");
        for path in files(&format!("eml/{folder}"), "eml") {
            mails += 1;
            let name = format!("{folder}/{}", path.file_stem().expect("it has a name").display());
            let bytes = std::fs::read(&path).expect("it can be read");
            differences.extend(compare(&name, &bytes, &path.with_extension("json")));
            let crlf = String::from_utf8(bytes).map(|text| text.replace("\r\n", "\n").replace('\n', "\r\n"));
            if let Ok(crlf) = crlf {
                differences.extend(compare(&name, crlf.as_bytes(), &path.with_extension("crlf.json")));
            }
        }
        assert_eq!(sink.mails, files(&format!("eml/{folder}"), "eml").len(), "{folder}");
    }
    assert_eq!(mails, 107);
    differences.sort();
    differences.dedup();
    let known: Vec<_> = EXCEPTIONS.iter().map(|(mail, field, _)| (mail.to_string(), *field)).collect();
    assert_eq!(differences, known);
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(testkit::shared_data().join("mail").join(folder)).expect("the folder is there");
    let paths = folder.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|is| is == extension)).collect();
    paths.sort();
    paths
}

/// The fields of a mail in which we differ from what is expected.
fn compare(name: &str, mail: &[u8], expected: &Path) -> Vec<(String, &'static str)> {
    let expected: Value = serde_json::from_slice(&std::fs::read(expected).expect("it is there")).expect("it is JSON");
    let (expected, got) = (expected_fields(&expected), our_fields(mail));
    expected
        .iter()
        .filter(|(field, value)| got[*field] != **value)
        .map(|(field, _)| (name.to_owned(), *field))
        .collect()
}

fn rows(mail: &[u8]) -> Rows {
    let item = Item { kind: "mail".to_owned(), bytes: mail.to_vec(), ..Item::default() };
    testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), &[item])
}

fn our_fields(mail: &[u8]) -> BTreeMap<&'static str, String> {
    let rows = rows(mail);
    let message = &rows.messages[0];
    let author = rows.identities.first();
    BTreeMap::from([
        ("subject", message.subject.clone().unwrap_or_default()),
        ("name", author.and_then(|author| author.name.clone()).unwrap_or_default()),
        ("address", author.and_then(|author| author.email.clone()).unwrap_or_default()),
        ("time", message.time.map(|time| time.to_string()).unwrap_or_default()),
        ("body", message.body.trim().to_owned()),
        ("attachments", message.attachments.join("; ")),
    ])
}

/// The same from mail-parser's parse as JSON.
fn expected_fields(mail: &Value) -> BTreeMap<&'static str, String> {
    let top = &mail["parts"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let from = header(top, "from", "Address");
    let first = [&from["List"][0], &from["Group"][0]["addresses"][0]].into_iter().find(|value| value.is_object());
    let parts = |list: &str| {
        let numbers = mail[list].as_array().into_iter().flatten().filter_map(Value::as_u64);
        numbers.map(|number| &mail["parts"][number as usize]).collect::<Vec<_>>()
    };
    // A picture within the text has none.
    let body_of = |part: &Value| match part["body"]["Html"].as_str() {
        Some(html) => Some(text::html_to_text(html)),
        None => part["body"]["Text"].as_str().map(str::to_owned),
    };
    let body: Vec<_> = parts("text_body").into_iter().filter_map(body_of).collect();
    let names: Vec<_> = parts("attachments").into_iter().filter_map(file_name).collect();
    let collapsed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    BTreeMap::from([
        ("subject", collapsed(text(header(top, "subject", "Text")))),
        ("name", first.map(|first| text(&first["name"])).unwrap_or_default()),
        ("address", first.map(|first| text(&first["address"]).to_lowercase()).unwrap_or_default()),
        ("time", time(header(top, "date", "DateTime"))),
        ("body", body.join("\n").replace("\r\n", "\n").trim().to_owned()),
        ("attachments", names.join("; ")),
    ])
}

fn header<'a>(part: &'a Value, name: &str, kind: &str) -> &'a Value {
    let mut headers = part["headers"].as_array().into_iter().flatten().rev();
    headers.find(|header| header["name"] == name).map_or(&Value::Null, |header| &header["value"][kind])
}

fn file_name(part: &Value) -> Option<String> {
    let attribute = |field: &str, name: &str| {
        let mut attributes = header(part, field, "ContentType")["attributes"].as_array()?.iter();
        Some(attributes.find(|attribute| attribute["name"] == name)?["value"].as_str()?.to_owned())
    };
    attribute("content_disposition", "filename").or_else(|| attribute("content_type", "name"))
}

/// Microseconds UTC of mail-parser's date.
fn time(date: &Value) -> String {
    let Some(year) = date["year"].as_i64() else { return String::new() };
    let number = |name: &str| date[name].as_i64().expect("a date is whole");
    let sign = if date["tz_before_gmt"] == true { '-' } else { '+' };
    let text = format!(
        "{year:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        number("month"),
        number("day"),
        number("hour"),
        number("minute"),
        number("second"),
        number("tz_hour"),
        number("tz_minute"),
    );
    text.parse::<jiff::Timestamp>().map(|time| time.as_microsecond().to_string()).unwrap_or_default()
}

/// How many words of each reply are its writer's own, counted by hand. The name below it is none.
const OWN_WORDS: &[(&str, usize)] = &[
    ("email_reply_parser/correct_sig.txt", 9),
    ("email_reply_parser/email_1_1.txt", 28),
    ("email_reply_parser/email_1_2.txt", 111),
    ("email_reply_parser/email_1_3.txt", 8),
    ("email_reply_parser/email_1_4.txt", 8),
    ("email_reply_parser/email_1_5.txt", 87),
    ("email_reply_parser/email_1_6.txt", 6),
    ("email_reply_parser/email_1_7.txt", 1),
    ("email_reply_parser/email_1_8.txt", 9),
    ("email_reply_parser/email_2_1.txt", 4),
    ("email_reply_parser/email_2_2.txt", 7),
    ("email_reply_parser/email_2_3.txt", 7),
    ("email_reply_parser/email_BlackBerry.txt", 4),
    ("email_reply_parser/email_bullets.txt", 20),
    ("email_reply_parser/email_iPhone.txt", 4),
    ("email_reply_parser/email_long_quote.txt", 30),
    ("email_reply_parser/email_multi_word_sent_from_my_mobile_device.txt", 4),
    ("email_reply_parser/email_one_is_not_on.txt", 16),
    ("email_reply_parser/email_sent_from_my_not_signature.txt", 15),
    ("email_reply_parser/email_sig_delimiter_in_middle_of_line.txt", 16),
    ("email_reply_parser/greedy_on.txt", 29),
    ("email_reply_parser/pathological.txt", 21),
    ("talon/OLK_SRC_BODY_SECTION.html", 1),
    ("talon/html_replies/gmail.html", 5),
    ("talon/html_replies/hotmail.html", 5),
    ("talon/html_replies/mail_ru.html", 5),
    ("talon/html_replies/ms_outlook_2003.html", 5),
    ("talon/html_replies/ms_outlook_2007.html", 5),
    ("talon/html_replies/ms_outlook_2010.html", 5),
    ("talon/html_replies/thunderbird.html", 5),
    ("talon/html_replies/windows_mail.html", 5),
    ("talon/html_replies/yandex_ru.html", 5),
    ("talon/reply-quotations-share-block.eml", 65),
    ("talon/reply-separated-by-hr.html", 3),
    ("talon/standard_replies/android.eml", 1),
    ("talon/standard_replies/aol.eml", 1),
    ("talon/standard_replies/apple_mail.eml", 1),
    ("talon/standard_replies/apple_mail_2.eml", 1),
    ("talon/standard_replies/comcast.eml", 1),
    ("talon/standard_replies/gmail.eml", 1),
    ("talon/standard_replies/hotmail.eml", 1),
    ("talon/standard_replies/iphone.eml", 1),
    ("talon/standard_replies/outlook.eml", 1),
    ("talon/standard_replies/sparrow.eml", 1),
    ("talon/standard_replies/thunderbird.eml", 1),
    ("talon/standard_replies/yahoo.eml", 1),
];

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn own_words_are_told_from_quotes() {
    for (name, expected) in OWN_WORDS {
        let bytes = std::fs::read(testkit::shared_data().join("mail/quotes").join(name)).expect("it can be read");
        let body = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("eml") => rows(&bytes).messages.remove(0).body,
            Some("html") => text::html_to_text(&String::from_utf8_lossy(&bytes)),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        };
        assert_eq!(text::own_words(&body).split_whitespace().count(), *expected, "{name}");
    }
}
