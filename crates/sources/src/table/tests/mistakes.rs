//! What a stranger writes wrong, and what is said to them.

use super::*;

/// What is said of a file `a.csv` of this text.
fn error(text: &str, options: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), text).expect("written");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path(), options)).expect_err("it is wrong");
    error.to_string().replace(&folder.path().display().to_string(), "FOLDER")
}

const CSV: &str = "Ticket ID,Created,Text\n1,2024-03-01,secret\n";

#[test]
fn columns_that_are_not_there() {
    assert_snapshot!(error(CSV, "rows = 'messages'\ncolumns = { body = 'Text', author = 'Requester' }"), @"a.csv: there is no column `Requester`; the file has `Ticket ID`, `Created`, `Text`");
    assert_snapshot!(error(CSV, "rows = 'messages'\ncolumns = { body = ['Body', 'Words'], author = 'Requester' }"), @"a.csv: there are no columns `Requester`, `Body`; the file has `Ticket ID`, `Created`, `Text`");
    assert_snapshot!(error(CSV, "rows = 'messages'\ndelimiter = ';'\ncolumns = { body = 'Text' }"), @"a.csv: there is no column `Text`; the file has `Ticket ID,Created,Text`; if that is several columns, set `delimiter`");
    let headless = "ada@example.org,2024-03-01,secret\nbo@example.org,2024-03-02,other\n";
    let said = error(headless, "rows = 'messages'\ncolumns = { body = 'Text' }");
    assert!(!said.contains("secret") && !said.contains("ada@"), "{said}");
    assert_snapshot!(said, @r#"a.csv: there is no column `Text`; its first line looks like a row, not like a header: if it has none, set `header = false` and call the columns "1", "2" …"#);
}

#[test]
fn options_that_do_not_fit() {
    for (options, expected) in [
        ("", "say what a row is"),
        ("rows = 'message'", "unknown variant `message`, expected one of `messages`"),
        ("rows = 'messages'", "messages need `body` or `subject`"),
        ("rows = 'messages'\ncolumns = { bodi = 'x' }", "`bodi` is no field of messages; they have `id`, `time`"),
        ("rows = 'messages'\ncolumns = { body = 7 }", "write a column's name"),
        ("rows = 'messages'\ncolumns = { body = {} }", "`body` says nothing"),
        ("rows = 'messages'\ncolumns = { body = { colum = 'x' } }", "write a column's name"),
        ("rows = 'measurements'\ncolumns = { value = 'x' }", "measurements need `name`"),
        ("rows = 'measurements'", "or list columns in `values`"),
        ("preset = 'orbitt'", "there is no preset `orbitt`; there are `common-room`, `meetup`, `orbit`"),
        ("preset = 'orbit'\nrows = 'people'", "leave out `rows`"),
        ("preset = 'orbit'\ncolumns = { subject = 'x' }", "`subject` is no field of the rows of `orbit`"),
        ("rows = 'messages'\ncolumns = { body = 'Text' }\ntimezone = 'Berlin'", "there is no timezone `Berlin`"),
        ("rows = 'messages'\ncolumns = { body = 'Text' }\nencoding = 'utf-9'", "there is no encoding `utf-9`"),
        ("rows = 'messages'\ncolumns = { body = 'Text' }\ndelimiter = '\"'", "`delimiter` cannot be"),
        ("rows = 'messages'\ncolumns = { body = 'Text' }\ndecimal = ';'", "`decimal` is"),
        ("rows = 'messages'\ncolumns = { body = 'Text' }\ndate_order = 'us'", "`day-month-year`"),
    ] {
        let said = error(CSV, options);
        assert!(said.contains(expected), "{options}: {said}");
    }
}

#[test]
fn files_that_are_no_tables() {
    let messages = "rows = 'messages'\ncolumns = { body = 'Text' }";
    assert_snapshot!(told_of("a.xlsx", b"\xd0\xcf\x11\xe0....", messages), @r#"problem: is an Excel workbook, not a table as text in a.xlsx "save it as CSV UTF-8""#);
    assert_snapshot!(told_of("a.csv", b"<!DOCTYPE html><html>", messages), @r#"problem: is a web page, not a table in a.csv "download the export again""#);
    assert_snapshot!(told_of("a.csv", b"", messages), @r#"problem: is empty in a.csv """#);
    assert_snapshot!(told_of("a.parquet", b"PAR1 and no more", messages), @r#"problem: Parquet is damaged or cannot be read in a.parquet """#);
    assert_snapshot!(error("a,b\n", "preset = 'orbit'"), @"a.csv: this is no export of Orbit that is known (there are `orbit-activities`, `orbit-members`); the file has `a`, `b`");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.pdf"), "x").expect("written");
    fs::write(folder.path().join("b.pdf"), "x").expect("written");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path(), messages)).expect_err("nothing is there");
    assert!(error.to_string().contains("holds no table"), "{error}");
}
