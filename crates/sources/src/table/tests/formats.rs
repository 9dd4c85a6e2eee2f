//! One table in many forms, and damaged ones.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Int64Array, ListBuilder, RecordBatch, StringArray, StringBuilder, StructArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{DataType, Field};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;

use super::*;

const OPTIONS: &str = "rows = 'messages'\ncolumns = { id = 'id', body = 'text', author_name = 'who' }";

/// What the rows of a file say, briefly.
fn brief(name: &str, bytes: &[u8], options: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let rows = rows(&context(&folder.path().join(name), options));
    let name = |id| rows.identities.iter().find(|one| Some(one.id) == id).and_then(|one| one.name.clone());
    let messages = rows
        .messages
        .iter()
        .map(|one| format!("{} {} {:?}", one.native_id, name(one.author).unwrap_or_default(), one.body));
    let problems = rows.problems.iter().map(|one| format!("{}@{}", one.what, one.offset.unwrap_or_default()));
    messages.chain(problems).collect()
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(brief(name, bytes, OPTIONS), expected, "{}", String::from_utf8_lossy(bytes));
}

const TWO: [&str; 2] = ["1 Zoë \"a\"", "2 Bo \"b\""];

#[test]
fn one_table_in_many_forms() {
    for csv in [
        "id,who,text\n1,Zoë,a\n2,Bo,b\n",
        "id,who,text\r\n1,Zoë,a\r\n2,Bo,b",
        "id,who,text\r1,Zoë,a\r2,Bo,b\r",
        "\u{feff}id,who,text\n1,Zoë,a\n2,Bo,b\n",
        "\n\nid,who,text\n\n1,Zoë,a\n\n\n2,Bo,b\n\n",
        "sep=;\r\nid;who;text\r\n1;Zoë;a\r\n2;Bo;b\r\n",
        "id;who;text\n1;Zoë;a\n2;Bo;b\n",
        "id\twho\ttext\n1\tZoë\ta\n2\tBo\tb\n",
        "id|who|text\n1|Zoë|a\n2|Bo|b\n",
        "\" ID \",\"Who\",TEXT\n\"1\",\"Zoë\",\"a\"\n2,Bo,b",
        "text,id,who,,\na,1,Zoë,,\nb,2,Bo\n",
    ] {
        check("a.csv", csv.as_bytes(), &TWO);
        if !csv.starts_with('\u{feff}') {
            check("a.csv", &WINDOWS_1252.encode(csv).0, &TWO);
            let wide: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
            check("a.csv", &[b"\xff\xfe", wide.as_slice()].concat(), &TWO);
            assert_eq!(UTF_16LE.decode_without_bom_handling(&wide).0, csv);
            check("a.csv", &wide, &TWO);
            let wide: Vec<u8> = csv.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(UTF_16BE.decode_without_bom_handling(&wide).0, csv);
            check("a.csv", &wide, &TWO);
        }
    }
    for json in [
        "{\"id\":1,\"who\":\"Zoë\",\"text\":\"a\"}\n{\"id\":\"2\",\"who\":\"Bo\",\"text\":\"b\"}",
        "\u{feff}[{\"id\":1,\"who\":\"Zoë\",\"text\":\"a\"},\n{\"id\":\"2\",\"who\":\"Bo\",\"text\":\"b\"}]",
    ] {
        check("a.json", json.as_bytes(), &TWO);
    }
    let headless = "1,Zoë,a\n2,Bo,b\n";
    let options = "header = false\nrows = 'messages'\ncolumns = { id = '1', body = '3', author_name = '2' }";
    assert_eq!(brief("a.csv", headless.as_bytes(), options), TWO);
    let titled = "Tickets of March\nmade by a machine\nid,who,text\n1,Zoë,a\n2,Bo,b\n";
    assert_eq!(brief("a.csv", titled.as_bytes(), &format!("skip_lines = 2\n{OPTIONS}")), TWO);
    let told = format!("encoding = 'shift_jis'\n{OPTIONS}");
    assert_eq!(brief("a.csv", b"id,who,text\n1,Bo,\x93\xfa\x96{\n", &told), ["1 Bo \"日本\""]);
}

#[test]
fn quotes_left_open_cost_a_line() {
    check(
        "a.csv",
        b"id,who,text\n1,Ada,\"a\n2,Bo,b\n3,Cy,c\n",
        &["2 Bo \"b\"", "3 Cy \"c\"", "a quote is left open@2"],
    );
    check(
        "a.csv",
        b"id,who,text\n1,\"Ada,a\n2,\"Bo\",b\n3,Cy,c\n",
        &["2 Bo \"b\"", "3 Cy \"c\"", "a quote is left open@2"],
    );
    let lines: String = (2..60_000).map(|number| format!("{number},Bo,{}\n", "b".repeat(200))).collect();
    let told = brief("a.csv", format!("id,who,text\n1,\"Ada,a\n{lines}").as_bytes(), OPTIONS);
    assert_eq!((told.len(), told.last().map(String::as_str)), (59_999, Some("row is too long@2")));
    // What only looks like it: line ends, separators and quotes within quotes.
    check("a.csv", b"id,who,text\n1,Ada,\"a\n2,Bo,b\n\"\"\"\n3,Cy,c\n", &["1 Ada \"a\\n2,Bo,b\\n\\\"\"", "3 Cy \"c\""]);
}

#[test]
fn rows_of_another_length() {
    check(
        "a.csv",
        b"id,who,text\n1,Ada,a,,\n2,Bo,b,c\n3,Cy\n",
        &["1 Ada \"a\"", "2 Bo \"b\"", "row is longer than its header@3", "row has no text@4"],
    );
    check("a.csv", b"id,who,text,text\n1,Ada,a,b\n", &["1 Ada \"a\""]);
    check("a.csv", "id,who,text\n1,Ada,é\u{0}".as_bytes(), &["1 Ada \"é\\0\""]);
    check(
        "a.csv",
        b"id,who,text\n1,Ada,\xc3\xa9\xff\n",
        &["1 Ada \"é\u{fffd}\"", "text is neither UTF-8 nor Windows-1252@2"],
    );
}

fn parquet() -> Vec<u8> {
    let times = TimestampMicrosecondArray::from(vec![Some(1_709_287_200_000_000), None]);
    let zoned = times.clone().with_timezone("Europe/Berlin");
    let name: ArrayRef = Arc::new(StringArray::from(vec![Some("Zoë"), Some("Bo")]));
    let user = StructArray::from(vec![(Arc::new(Field::new("name", DataType::Utf8, true)), name)]);
    let mut tags = ListBuilder::new(StringBuilder::new());
    tags.append_value([Some("x"), Some("y, z")]);
    tags.append_null();
    let batch = RecordBatch::try_from_iter([
        ("id", Arc::new(Int64Array::from(vec![1, 2])) as ArrayRef),
        ("user", Arc::new(user)),
        ("text", Arc::new(StringArray::from(vec!["a", "b"]))),
        ("local", Arc::new(times)),
        ("time", Arc::new(zoned)),
        ("tags", Arc::new(tags.finish())),
    ])
    .expect("a batch");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

#[test]
fn parquet_of_many_types() {
    let options = "rows = 'messages'\ntimezone = 'Europe/Berlin'\ncolumns = { id = 'id', body = 'text', author_name = 'user.name', time = 'time', tags = 'tags' }";
    assert_snapshot!(told_of("a.parquet", &parquet(), options), @r#"
    channel "demo" (table)
    identity "zoë" (name) name "Zoë" seen 2024-03-01T10:00:00Z
    identity "bo" (name) name "Bo"
    post "1" in "demo" by zoë at 2024-03-01T10:00:00Z
        "a"
        tags x, y, z
    post "2" in "demo" by bo at no time
        "b"
    "#);
    assert_snapshot!(told_of("a.parquet", &parquet(), &options.replace("'time'", "'local'")), @r#"
    channel "demo" (table)
    identity "zoë" (name) name "Zoë" seen 2024-03-01T09:00:00Z
    identity "bo" (name) name "Bo"
    post "1" in "demo" by zoë at 2024-03-01T09:00:00Z
        "a"
        tags x, y, z
    post "2" in "demo" by bo at no time
        "b"
    "#);
    let bytes = parquet();
    for damaged in [&bytes[..bytes.len() / 2], &[&bytes[..20], &bytes[60..]].concat(), b"PAR1PAR1"] {
        let told = brief("a.parquet", damaged, options);
        assert!(told.iter().all(|told| told.starts_with("Parquet is damaged")) && !told.is_empty(), "{told:?}");
    }
    let mut flipped = bytes.clone();
    flipped.iter_mut().skip(4).step_by(31).for_each(|byte| *byte ^= 0x55);
    brief("a.parquet", &flipped, options);
}

#[test]
fn compressed_and_in_a_zip() {
    use std::io::Write;
    let folder = tempfile::tempdir().expect("a folder");
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("all.zip")).expect("made"));
    for (name, bytes) in
        [("t/a.csv", b"id,who,text\n1,Zo\xc3\xab,a\n".to_vec()), ("t/b.parquet", parquet()), ("readme.md", Vec::new())]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(&bytes).expect("written");
    }
    zip.finish().expect("done");
    let packed = zstd::encode_all(&b"id,who,text\n3,Cy,c\n"[..], 1).expect("packed");
    fs::write(folder.path().join("c.csv.zst"), packed).expect("written");
    let options = "rows = 'messages'\ncolumns = { id = 'id', body = 'text', author_name = ['who', 'user.name'] }";
    let rows = rows(&context(folder.path(), options));
    let mut told: Vec<&str> = rows.messages.iter().map(|one| one.body.as_str()).collect();
    told.sort_unstable();
    assert_eq!((told, rows.problems.len()), (vec!["a", "b", "c"], 0), "row 1 is in both files");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(prop::sample::select(&b"\",;\t\n\r ax1{}[]:\xff\xc3\xa9\0"[..]), 0..80)) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.csv", "a.json"] {
            fs::write(folder.path().join(name), &bytes).expect("written");
            for options in ["rows = 'messages'\ncolumns = { body = '1' }\nheader = false", "rows = 'messages'\ncolumns = { body = { value = 'x' } }"] {
                let context = context(&folder.path().join(name), options);
                let mut sink = MemorySink::new();
                if sink.collect(&SOURCE, &context).is_ok() {
                    testkit::normalize(&SOURCE, &context, sink.items());
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read(rows in prop::collection::vec(("[a-z]{1,3}", "[ -~\u{e9}\n\r]{1,20}"), 1..8)) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let lines: String = rows.iter().enumerate().map(|(at, (who, text))| format!("{at},{},{}\n", quoted(who), quoted(text))).collect();
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.csv"), format!("id,who,text\n{lines}")).expect("written");
        let sink = collected(&context(folder.path(), OPTIONS));
        let read: Vec<(String, String)> = sink.items().iter().map(|item| {
            let value: serde_json::Value = serde_json::from_slice(&item.bytes).expect("JSON");
            (value["who"].as_str().expect("text").to_owned(), value["text"].as_str().expect("text").to_owned())
        }).collect();
        prop_assert_eq!(read, rows);
    }
}
