//! The second factor: setting it up, its recovery codes, turning it off.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::session;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: session::FACTOR,
    title: "Second factor",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What stands on the page. The secret and the codes are shown, and are in no twin.
#[derive(Debug, Default, Serialize)]
pub(crate) struct View {
    /// Whether there is an account at all, with a password of ours.
    pub possible: bool,
    /// Whether it is asked for.
    pub on: bool,
    /// Whether the role needs it.
    pub needed: bool,
    /// Recovery codes left.
    pub codes_left: u32,
    /// What was begun and waits for its first code.
    #[serde(skip)]
    pub begun: Option<Begun>,
    /// Recovery codes, shown this once.
    #[serde(skip)]
    pub codes: Vec<String>,
    /// What was wrong, in whole sentences.
    pub problem: Option<String>,
}

/// A secret to be put into an app. Prints stars.
pub(crate) struct Begun {
    /// In groups of four, to be typed.
    pub secret: String,
    /// As a picture, to be scanned.
    pub picture: Picture,
}

impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Begun(***)")
    }
}

/// A QR code: squares of one unit, with the four units of margin around that the standard (ISO/IEC 18004) asks for.
#[derive(Default)]
pub(crate) struct Picture {
    /// Units across.
    pub size: i32,
    /// The dark squares, as an SVG path.
    pub path: String,
}

#[derive(Template)]
#[template(path = "factor_edit.html")]
struct FactorEdit<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /account/second-factor`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    app.reply(&PLACE, asking, "", view, page).await
}

/// How it stands.
pub(crate) fn view(room: &Room<'_>) -> Result<View, Failure> {
    let Some(id) = room.visitor.account else { return Ok(View::default()) };
    let desk = room.desk()?;
    let account = desk.account(id)?.ok_or(Failure::SignIn)?;
    let begun = match account.has_factor {
        true => None,
        false => desk.begun_factor(id, &issuer(room))?,
    };
    let shown = |begun: desk::Begun| Begun { secret: grouped(&begun.secret), picture: picture(&begun.address) };
    Ok(View {
        possible: account.has_password,
        on: account.has_factor,
        needed: desk.factor_roles()?.contains(&account.role),
        codes_left: account.codes_left,
        begun: begun.map(shown),
        ..View::default()
    })
}

/// What the app will call us.
fn issuer(room: &Room<'_>) -> String {
    match room.answers.about().community.trim() {
        "" => "Switchboard".to_owned(),
        community => format!("Switchboard {community}"),
    }
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&FactorEdit { frame, view })
}

fn picture(address: &str) -> Picture {
    // Only what is longer than any address of ours does not fit; then the secret is typed.
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Medium) else { return Picture::default() };
    let mut path = String::new();
    for row in 0..code.size() {
        for column in (0..code.size()).filter(|column| code.get_module(*column, row)) {
            path.push_str(&format!("M{} {}h1v1h-1z", column + 4, row + 4));
        }
    }
    Picture { size: code.size() + 8, path }
}

fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
