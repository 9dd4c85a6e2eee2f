//! From a request to an endpoint's answer.

use axum::Router;
use axum::extract::{Query, RawPathParams, Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde_json::Value;

use super::endpoint::{Endpoint, Verb};
use super::{Access, Call, ENDPOINTS, Problem, body, hide};
use crate::router::App;
use crate::service::Service;

/// The routes of every endpoint, below [`super::BASE`].
pub(crate) fn routes() -> Router<App> {
    let api = ENDPOINTS.iter().fold(Router::new(), |api, endpoint| api.route(endpoint.path, route(endpoint)));
    api.fallback(|| async { Problem::NoEndpoint }).method_not_allowed_fallback(|| async { Problem::Method })
}

fn route(endpoint: &'static Endpoint) -> MethodRouter<App> {
    let handler = move |State(app): State<App>, path: RawPathParams, request: Request| async move {
        let answered = answer(&app, endpoint, &path, request).await;
        answered.unwrap_or_else(|problem| {
            let view = problem.view();
            if view.status >= 500 {
                tracing::error!("{} failed: {}", endpoint.name, view.detail);
            }
            problem.into_response()
        })
    };
    match endpoint.verb {
        Verb::Get => get(handler),
        Verb::Post => post(handler),
    }
}

async fn answer(
    app: &App,
    endpoint: &'static Endpoint,
    path: &RawPathParams,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, sent) = request.into_parts();
    let bad_query = |_| Problem::Parameter("the part after `?` cannot be read".to_owned());
    let Query(mut given) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(bad_query)?;
    // What stands in the path cannot be overruled from behind the `?`.
    given.extend(path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    let body = match endpoint.verb {
        Verb::Get => None,
        Verb::Post => Some(body::read(&parts.headers, sent).await?),
    };
    let headers = parts.headers;
    let answer = app.work(move |service| run(service, &headers, endpoint, &given, body)).await?;
    Ok(([(CONTENT_TYPE, "application/json")], answer.to_string()).into_response())
}

fn run(
    service: &Service,
    headers: &HeaderMap,
    endpoint: &Endpoint,
    given: &[(String, String)],
    body: Option<Value>,
) -> Result<Value, Problem> {
    perform(service, &Access::of(service, headers)?, endpoint, given, body)
}

/// Answers one call, whoever makes it: rights are checked and addresses hidden here and nowhere else.
pub(crate) fn perform(
    service: &Service,
    access: &Access,
    endpoint: &Endpoint,
    given: &[(String, String)],
    body: Option<Value>,
) -> Result<Value, Problem> {
    access.needs(endpoint.scope)?;
    let call = Call::new(service, access, endpoint, given, body)?;
    let mut answer = (endpoint.run)(&call)?;
    if !access.scopes.has(desk::Scope::Addresses) {
        hide::addresses(&mut answer);
    }
    Ok(answer)
}
