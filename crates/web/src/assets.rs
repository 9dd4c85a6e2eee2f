//! The files beside the pages: a style sheet, an icon, a script that is only seasoning.
//!
//! They are part of the program and are served under a name with their hash in it, so that a browser
//! may keep each for ever and still gets the new one after an upgrade.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// One embedded file.
pub(crate) struct Asset {
    /// Where it is served: `/assets/desk-0123456789abcdef.css`.
    pub path: String,
    kind: &'static str,
    bytes: &'static [u8],
}

/// Every embedded file.
pub(crate) struct Assets {
    pub style: Asset,
    pub icon: Asset,
    pub script: Asset,
    /// How far a sync is, on that page alone.
    pub sync: Asset,
    /// Times as the browser's own clock says them.
    pub times: Asset,
}

/// The style sheet: the ground first, then what stands on it.
const STYLE: &str = concat!(
    include_str!("../assets/style/base.css"),
    include_str!("../assets/style/components.css"),
    include_str!("../assets/style/accounts.css"),
    include_str!("../assets/style/charts.css"),
    include_str!("../assets/style/conversations.css"),
    include_str!("../assets/style/design.css"),
    include_str!("../assets/style/office.css"),
    include_str!("../assets/style/people.css"),
    include_str!("../assets/style/reports.css"),
    include_str!("../assets/style/print.css"),
);

/// The script of every page.
const SCRIPT: &str = concat!(include_str!("../assets/keys.js"), include_str!("../assets/shortcuts.js"));

pub(crate) static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    style: Asset::new("style", "css", "text/css; charset=utf-8", STYLE.as_bytes()),
    icon: Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    script: Asset::new("keys", "js", "text/javascript; charset=utf-8", SCRIPT.as_bytes()),
    sync: Asset::new("sync", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/sync.js")),
    times: Asset::new("times", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/times.js")),
});

impl Asset {
    fn new(stem: &str, extension: &str, kind: &'static str, bytes: &'static [u8]) -> Asset {
        let hash = blake3::hash(bytes).to_hex();
        Asset { path: format!("/assets/{stem}-{}.{extension}", &hash[..16]), kind, bytes }
    }
}

/// `GET /assets/{name}`; `None` if there is no such file (any more).
pub(crate) fn find(Path(name): Path<String>) -> Option<Response> {
    let all = [&ASSETS.style, &ASSETS.icon, &ASSETS.script, &ASSETS.sync, &ASSETS.times];
    let asset = all.into_iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name.as_str()))?;
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Some((headers, asset.bytes).into_response())
}
