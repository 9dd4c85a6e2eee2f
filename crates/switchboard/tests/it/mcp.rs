//! Tokens, and an assistant that starts the program and asks it over stdin and stdout.

use rmcp::ServiceExt;
use rmcp::model::CallToolRequestParams;
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};

use crate::common::{BINARY, Place};

async fn client(place: &Place, arguments: &[&str]) -> RunningService<RoleClient, ()> {
    let mut command = tokio::process::Command::new(BINARY);
    command.args(["-C", "w", "--quiet", "mcp"]).args(arguments).current_dir(place.path());
    ().serve(TokioChildProcess::new(command).expect("it starts")).await.expect("it speaks the protocol")
}

async fn call(client: &RunningService<RoleClient, ()>, name: &'static str, arguments: Value) -> Result<Value, String> {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    let called = client.call_tool(CallToolRequestParams::new(name).with_arguments(arguments)).await;
    let result = called.expect("an answer");
    match result.structured_content {
        Some(value) if result.is_error != Some(true) => Ok(value),
        _ => Err(result.content.iter().filter_map(|block| block.as_text()).map(|text| text.text.clone()).collect()),
    }
}

fn place() -> Place {
    let place = Place::with_list();
    place.w(&["sync"]);
    place
}

#[tokio::test]
async fn an_assistant_asks() {
    let place = place();
    let client = client(&place, &[]).await;
    let names: Vec<String> =
        client.list_all_tools().await.expect("tools").iter().map(|tool| tool.name.to_string()).collect();
    for name in ["similar", "who_knows", "waiting", "conversation", "person", "metrics", "tables", "sql"] {
        assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
    }
    let answer = call(&client, "similar", json!({ "q": "how do I stop the reactor?" })).await.expect("an answer");
    assert_eq!(answer["similar"][0]["conversation"]["title"], "Stopping the reactor");
    let waiting = call(&client, "waiting", json!({ "days": 100_000 })).await.expect("an answer");
    let id = waiting["items"][0]["conversation"]["id"].as_str().expect("an id").to_owned();
    let page = call(&client, "conversation", json!({ "id": id })).await.expect("an answer");
    assert_eq!(page["conversation"]["title"], "Reactor does not stop");
    let metrics = call(&client, "metrics", json!({ "from": "2020-01-01" })).await.expect("an answer");
    assert_eq!(metrics["metrics"][0]["values"][0]["value"], 2.0);
    client.cancel().await.expect("it ends");
}

#[tokio::test]
async fn sql_has_limits_and_addresses_stay_inside() {
    let place = place();
    let plain = client(&place, &[]).await;
    let rows = call(&plain, "sql", json!({ "query": "SELECT count(*) AS n FROM messages" })).await.expect("rows");
    assert_eq!(rows["rows"], json!([[4]]));
    let said = call(&plain, "sql", json!({ "query": "SELECT value FROM identities" })).await.expect_err("refused");
    assert!(said.contains("no column `value`"), "{said}");
    for (query, said) in [
        ("DELETE FROM messages", "is refused"),
        ("COPY messages TO '/tmp/x'", "is refused"),
        ("SELECT * FROM '/etc/passwd'", "no table"),
    ] {
        let refused = call(&plain, "sql", json!({ "query": query })).await.expect_err("refused");
        assert!(refused.contains(said), "{query}: {refused}");
    }
    plain.cancel().await.expect("it ends");
    let all = client(&place, &["--addresses"]).await;
    let rows = call(&all, "sql", json!({ "query": "SELECT value FROM identities ORDER BY 1 LIMIT 1" })).await;
    assert_eq!(rows.expect("rows")["rows"], json!([["ada@example.org"]]));
    all.cancel().await.expect("it ends");
    let none = client(&place, &["--no-sql"]).await;
    call(&none, "sql", json!({ "query": "SELECT 1" })).await.expect_err("refused");
    none.cancel().await.expect("it ends");
}

#[test]
fn tokens_come_and_go() {
    let place = Place::with_list();
    assert_eq!(place.run(&["-C", "w", "token", "list"]).code, Some(1));
    let secret = place.w(&["token", "new", "notebook", "--scope", "sql,write", "--days", "30", "--by", "ada"]);
    assert!(secret.starts_with("sb_") && secret.trim().len() == 67, "it is printed once");
    let said = place.run(&["-C", "w", "token", "new", "notebook"]).fails(1);
    assert!(said.contains("there is a token `notebook` already"), "{said}");
    let tokens = place.json(&["token", "list"]);
    assert_eq!((&tokens[0]["name"], &tokens[0]["scopes"]), (&json!("notebook"), &json!("read write sql")));
    assert!(!tokens.to_string().contains(secret.trim()));
    assert!(place.w(&["token", "list"]).contains("never"));
    place.w(&["token", "revoke", "notebook"]);
    place.run(&["-C", "w", "token", "revoke", "notebook"]).fails(1);
    assert_eq!(place.json(&["token", "list", "--all"])[0]["state"], "revoked");
    place.run(&["-C", "w", "token", "new", "x", "--scope", "everything"]).fails(2);
    place.run(&["-C", "w", "token", "new", "x", "--days", "0"]).fails(2);
    place.run(&["-C", "w", "token", "new", " "]).fails(2);
}

#[test]
fn what_is_no_protocol_ends_with_an_error() {
    let place = place();
    let ended = place.run(&["-C", "w", "mcp"]);
    // Stdin is at its end at once: nobody is there.
    assert!(ended.out.is_empty(), "stdout is the protocol's: {}", ended.out);
}
