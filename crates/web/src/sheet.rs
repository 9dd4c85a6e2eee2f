//! The tables of a page as CSV, made from its twin: one rule for every page.
//!
//! The page says which list of its twin is the table. Each object of it is a row; objects inside are flattened
//! (`person.name`), lists inside are joined by `; `.

use serde_json::{Map, Value};

/// The list called `list` (the whole twin if it is empty) as CSV (RFC 4180) with a line of headings. What a spreadsheet
/// would run as a formula gets an apostrophe before it (OWASP, CSV Injection).
pub(crate) fn csv(twin: &Value, list: &str) -> String {
    let rows = if list.is_empty() { Some(twin) } else { twin.pointer(&format!("/{}", list.replace('.', "/"))) };
    let rows = rows.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<Map<String, Value>> = rows.iter().map(flat).collect();
    let mut headings: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(Map::keys) {
        if !headings.contains(&name.as_str()) {
            headings.push(name);
        }
    }
    let mut text = line(headings.iter().map(|name| (*name).to_owned()));
    for row in &rows {
        text.push_str(&line(headings.iter().map(|name| row.get(*name).map(cell).unwrap_or_default())));
    }
    text
}

fn flat(row: &Value) -> Map<String, Value> {
    let mut flat = Map::new();
    flatten("", row, &mut flat);
    flat
}

fn flatten(name: &str, value: &Value, into: &mut Map<String, Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(field, value)| {
            let name = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
            flatten(&name, value, into);
        }),
        value => drop(into.insert(if name.is_empty() { "value".to_owned() } else { name.to_owned() }, value.clone())),
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => fields.values().map(cell).collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&harmless(cell))).collect();
    cells.join(",") + "\r\n"
}

fn harmless(cell: String) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number { format!("'{cell}") } else { cell }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_of_a_list() {
        let twin = json!({ "view": { "people": [
            { "person": { "id": "p1", "name": "Ada, \"the\" first" }, "messages": 3, "areas": ["tls", "dns"] },
            { "person": { "id": "p2", "name": "=cmd()" }, "messages": -1, "late": null },
        ] } });
        assert_eq!(
            csv(&twin, "view.people"),
            "areas,messages,person.id,person.name,late\r\ntls; dns,3,p1,\"Ada, \"\"the\"\" first\",\r\n\
             ,-1,p2,'=cmd(),\r\n"
        );
        assert_eq!(csv(&twin, "nothing"), "\r\n");
        assert_eq!(csv(&json!([1, 2]), ""), "value\r\n1\r\n2\r\n");
    }
}
