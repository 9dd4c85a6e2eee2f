//! The tools over HTTP: `POST /mcp` (the protocol's Streamable HTTP, without sessions), with a token.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::Assistant;
use crate::api::Access;
use crate::router::App;

/// Bytes of a request at most.
const LONGEST: usize = 1 << 20;

/// The route of the tools.
pub(crate) fn routes(app: &App) -> Router<App> {
    // Host and Origin are looked at for every request, by the guard.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(LONGEST)
        .disable_allowed_hosts();
    let assistant = Assistant::of_requests(app.clone());
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(assistant.clone()), sessions, config);
    Router::new().route_service("/mcp", service).route_layer(from_fn_with_state(app.clone(), with_token))
}

/// Lets in who shows a token, and notes in the request what it allows.
async fn with_token(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    match app.work(move |service| Access::of_token(service, &headers)).await {
        Ok(access) => {
            request.extensions_mut().insert(access);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}
