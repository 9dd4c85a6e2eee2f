//! The API as programs use it.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use desk::{Desk, NewToken, Scope, Scopes};
use serde_json::{Value, json};

use super::made_up::{NOW, community};
use super::{Reply, ask};
use crate::{Service, Sql, SqlColumn, SqlError, SqlLimits, SqlRows};

mod cases;
mod input;
mod reference;
mod rights;
mod schemas;

/// A made-up community with a desk and SQL.
pub(super) struct Place {
    pub service: Service,
    _folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk.sqlite");
        Desk::open(&desk).unwrap();
        let mut service = Service::reading(Arc::new(community()));
        service.sql = Some(Arc::new(MadeUpSql));
        service.desk = Some(desk);
        service.clock = || NOW;
        Place { service, _folder: folder }
    }

    pub fn desk(&self) -> Desk {
        Desk::open(self.service.desk.as_deref().unwrap()).unwrap()
    }

    /// The secret of a new token that expires in an hour.
    pub fn token(&self, scopes: &[Scope]) -> String {
        let mut desk = self.desk();
        let number = desk.tokens().unwrap().len();
        let token = NewToken {
            name: format!("token {number}"),
            scopes: Scopes::of(scopes.iter().copied()),
            who: "ada".to_owned(),
            made: NOW,
            expires: Some(NOW + 3_600_000_000),
        };
        desk.new_token(&token, [number as u8 + 1; 32]).unwrap()
    }

    pub async fn get(&self, path: &str) -> Reply {
        ask(self.service.clone(), Method::GET, path, &[], "").await
    }

    pub async fn get_with(&self, secret: &str, path: &str) -> Reply {
        let bearer = format!("Bearer {secret}");
        ask(self.service.clone(), Method::GET, path, &[("authorization", &bearer)], "").await
    }

    pub async fn post_with(&self, secret: &str, path: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {secret}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        ask(self.service.clone(), Method::POST, path, &headers, &body.to_string()).await
    }
}

/// Rows that are the same for whatever is asked.
struct MadeUpSql;

impl Sql for MadeUpSql {
    fn rows(&self, query: &str, limits: &SqlLimits) -> Result<SqlRows, SqlError> {
        match query {
            "DROP TABLE messages" => Err(SqlError::Query("`DROP` is refused: tables can only be asked".to_owned())),
            "SELECT for ever" => Err(SqlError::Limit("the query ran for longer than 10 seconds".to_owned())),
            "SELECT damage" => Err(SqlError::Failed("a file is missing; run `switchboard rebuild`".to_owned())),
            _ => {
                let column = |name: &str, kind: &str| SqlColumn { name: name.to_owned(), kind: kind.to_owned() };
                let row = vec![json!("mail ada@example.org"), json!(limits.addresses), Value::Null];
                Ok(SqlRows {
                    columns: vec![column("body", "Utf8"), column("may", "Boolean"), column("n", "Int64")],
                    rows: vec![row; limits.rows.min(3)],
                    more: limits.rows < 3,
                })
            }
        }
    }
}

/// The kind of problem and its status, after a look at whether the rest is there.
#[track_caller]
pub(super) fn problem(reply: &Reply) -> (StatusCode, String) {
    assert_eq!(reply.headers["content-type"], "application/problem+json", "{}", reply.body);
    let view: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(view["status"], reply.status.as_u16());
    for member in ["title", "detail", "advice"] {
        assert!(!view[member].as_str().unwrap().is_empty(), "{member}: {}", reply.body);
    }
    let kind = view["type"].as_str().unwrap().strip_prefix("urn:switchboard:problem:").unwrap();
    (reply.status, kind.to_owned())
}
