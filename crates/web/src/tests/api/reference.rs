//! The OpenAPI document in `docs/reference`, made from the code.

use std::path::Path;

use crate::openapi;

#[test]
fn the_document_is_what_is_committed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    let document = serde_json::to_string_pretty(&openapi()).unwrap() + "\n";
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&file, &document).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let hint = "run `UPDATE_REFERENCE=1 cargo test -p web reference` and read what changed";
    assert!(committed == document, "docs/reference/openapi.json is not what the code says; {hint}");
}
