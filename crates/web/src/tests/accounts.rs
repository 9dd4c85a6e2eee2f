//! Accounts as people and strangers meet them: journeys over the whole server.

use axum::http::StatusCode;
use desk::{LinkKind, NewLink, Role};

use super::made_up::community;
use super::team::{Browser, CLOCK, CODES, SECRET, Team, WORDS};
use super::text_of;
use crate::Service;
use crate::places::PLACES;

fn link(team: &Team, kind: LinkKind, role: Role, account: Option<i64>) -> String {
    let new = NewLink { kind, role, name: None, account, who: "a test".to_owned(), expires: CLOCK + 1_000_000 };
    let random = *blake3::hash(format!("{kind:?}{role}").as_bytes()).as_bytes();
    format!("{}{}", kind.path(), team.desk().new_link(&new, CLOCK, random).unwrap())
}

fn join(name: &str) -> [(&str, &str); 4] {
    [("sign_in", name), ("name", name), ("password", WORDS), ("again", WORDS)]
}

#[tokio::test]
async fn from_the_first_account_to_a_team() {
    let team = Team::without_accounts();
    let mut ada = Browser::new(team.service(community()));
    // While there are no accounts, whoever sits here may do everything.
    assert_eq!(ada.get("/").await.status, StatusCode::OK);
    let set_up = ada.fill("/settings/team", "/settings/team/first", &[]).await.to().to_owned();
    assert!(text_of(&ada.get(&set_up).await.body).contains("# Make the first account"));
    assert_eq!(ada.post(&set_up, &join("ada")).await.to(), "/account");
    assert!(text_of(&ada.get("/account").await.body).contains("Welcome, ada. You are signed in."));
    // From now on nobody gets in without.
    let mut stranger = ada.another("127.0.0.9");
    assert_eq!(stranger.get("/conversations?days=3").await.to(), "/sign-in?to=%2Fconversations%3Fdays%3D3");
    assert_eq!(stranger.get(&set_up).await.status, StatusCode::GONE);
    // The second factor.
    team.desk().begin_factor(1, SECRET).unwrap();
    let page = ada.get("/account/second-factor").await.body;
    assert!(page.contains("GEZD GNBV GY3T QOJQ") && page.contains("<svg class=\"qr\""), "{page}");
    let wrong = ada.post("/account/second-factor/confirm", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let codes = ada.post("/account/second-factor/confirm", &[("code", CODES[0])]).await.body;
    let code = codes.split("<li><code>").nth(1).unwrap()[..19].to_owned();
    assert!(!ada.get("/account/second-factor").await.body.contains(&code), "shown once");
    // Out, and in again with it.
    assert_eq!(ada.post("/sign-out", &[]).await.to(), "/sign-in");
    assert_eq!(ada.get("/account").await.to(), "/sign-in?to=%2Faccount");
    assert_eq!(ada.sign_in("Ada", WORDS).await.to(), "/sign-in/code?to=%2F");
    assert_eq!(ada.get("/conversations").await.to(), "/sign-in?to=%2Fconversations", "half is nothing");
    ada.get("/sign-in/code?to=%2Fconversations").await;
    assert_eq!(ada.post("/sign-in/code", &[("code", CODES[0])]).await.status, StatusCode::UNAUTHORIZED, "it was used");
    assert_eq!(ada.post("/sign-in/code", &[("code", CODES[1]), ("to", "/conversations")]).await.to(), "/conversations");
    assert_eq!(ada.get("/conversations").await.status, StatusCode::OK);
    // With a recovery code, from another browser.
    let mut phone = ada.another("127.0.0.3");
    phone.sign_in("ada", WORDS).await;
    phone.get("/sign-in/code").await;
    assert_eq!(phone.post("/sign-in/code", &[("code", &code)]).await.to(), "/");
    assert!(text_of(&phone.get("/account").await.body).contains("9 recovery codes left."));
    // Somebody else.
    let made = ada.fill("/settings/team", "/settings/team/invite", &[("role", "member"), ("name", "Ben")]).await.body;
    let invitation = made.split("http://localhost:7474").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut ben = ada.another("127.0.0.4");
    assert!(text_of(&ben.get(&invitation).await.body).contains("as member: works at the desk"));
    assert_eq!(ben.post(&invitation, &join("ben")).await.to(), "/account");
    assert_eq!(ben.get("/settings/team").await.status, StatusCode::FORBIDDEN);
    assert_eq!(ben.get("/account").await.status, StatusCode::OK);
    assert_eq!(ben.post("/settings/team/1/disable", &[]).await.status, StatusCode::FORBIDDEN);
    // Another password by a link, which ends what is open.
    let made = ada.fill("/settings/team", "/settings/team/2/reset", &[]).await.body;
    let reset = made.split("http://localhost:7474").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut elsewhere = ada.another("127.0.0.5");
    let other = [("password", "quarry violin teapot"), ("again", "quarry violin teapot")];
    assert_eq!(elsewhere.fill(&reset, &reset, &other).await.to(), "/sign-in");
    assert_eq!(ben.get("/account").await.to(), "/sign-in?to=%2Faccount");
    assert_eq!(ben.sign_in("ben", WORDS).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ben.sign_in("ben", "quarry violin teapot").await.to(), "/");
    // Everything stands in the list, without any secret.
    let audit = text_of(&ada.get("/settings/audit?who=ada").await.body);
    for line in ["came to the team as administrator", "turned their second factor on", "made a link (invitation)"] {
        assert!(audit.contains(line), "{line}: {audit}");
    }
    assert!(!audit.contains(&invitation[13..40]));
}

#[tokio::test]
async fn strangers_see_no_page_and_no_twin() {
    let team = Team::new();
    let mut stranger = Browser::new(team.service(community()));
    for place in PLACES.iter().filter(|place| place.least > Role::Public && !place.path.contains('{')) {
        assert!(stranger.get(place.path).await.to().starts_with("/sign-in?to="), "{}", place.path);
        let twin = if place.path == "/" { "/today.json".to_owned() } else { format!("{}.json", place.path) };
        let reply = stranger.get(&twin).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{twin}");
    }
    for path in ["/api/v1/today", "/api/v1/openapi.json"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let page = stranger.get("/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("action=\"/ask\""), "nothing to search");
}

#[tokio::test]
async fn forged_and_stolen_forms_do_nothing() {
    let team = Team::new();
    let mut root = Browser::new(team.service(community()));
    assert_eq!(root.sign_in("root", WORDS).await.to(), "/");
    // Another browser's sign, none, and one from before signing in.
    let mut eve = root.another("127.0.0.6");
    eve.get("/sign-in").await;
    let mut stolen = eve.clone();
    stolen.cookies = root.cookies.clone();
    assert_eq!(stolen.post("/settings/team/invite", &[("role", "administrator")]).await.status, StatusCode::FORBIDDEN);
    let mut before = root.another("127.0.0.7");
    assert_eq!(before.post("/sign-in", &[("name", "root"), ("password", WORDS)]).await.status, StatusCode::FORBIDDEN);
    assert!(team.desk().invitations(CLOCK).unwrap().is_empty());
    // Where to go on is a page of ours.
    for to in ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb"] {
        let mut browser = root.another("127.0.0.8");
        let fields = [("name", "root"), ("password", WORDS), ("to", to)];
        assert_eq!(browser.fill("/sign-in", "/sign-in", &fields).await.to(), "/", "{to}");
    }
}

#[tokio::test]
async fn sessions_end() {
    let team = Team::new();
    let cookie = team.signed_in("ada", Role::Member);
    let open = |clock: fn() -> i64| {
        let mut browser = Browser::new(Service { clock, ..team.service(community()) });
        let (name, value) = cookie.split_once('=').unwrap();
        browser.cookies.insert(name.to_owned(), value.to_owned());
        browser
    };
    assert_eq!(open(|| CLOCK).get("/account").await.status, StatusCode::OK);
    assert_eq!(open(|| CLOCK + 12 * 3_600_000_000).get("/account").await.to(), "/sign-in?to=%2Faccount");
    let mut browser = open(|| CLOCK);
    let account = team.desk().account_by_name("ada").unwrap().unwrap();
    team.desk().set_role(account.id, Role::Viewer, "root", CLOCK).unwrap();
    assert_eq!(browser.get("/settings/audit").await.status, StatusCode::FORBIDDEN);
    team.desk().disable_account(account.id, "root", CLOCK).unwrap();
    assert_eq!(browser.get("/account").await.to(), "/sign-in?to=%2Faccount");
    for wrong in ["", "x", "'--", &"f".repeat(64), &"a".repeat(5000)] {
        browser.cookies.insert("session-7474".to_owned(), wrong.to_owned());
        assert_eq!(browser.get("/account").await.to(), "/sign-in?to=%2Faccount");
    }
}

#[tokio::test]
async fn a_thousand_failures_of_a_stranger_keep_nobody_out() {
    let team = Team::new();
    let mut known = Browser::new(team.service(community()));
    known.sign_in("root", WORDS).await;
    known.fill("/account", "/sign-out", &[]).await;
    let mut stranger = known.another("127.0.0.1");
    stranger.get("/sign-in").await;
    let (mut tried, mut unknown) = (0, None);
    for number in 0..1000 {
        let fields = [("name", "root"), ("password", "wrong wrong wrong")];
        let reply = stranger.post("/sign-in", &fields).await;
        match reply.status {
            StatusCode::UNAUTHORIZED => tried += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{number}"),
        }
        let text = text_of(&reply.body);
        if number == 0 {
            // A name that nobody has gets the same answer.
            let other = stranger.another("127.0.0.2").sign_in("nobody", "wrong wrong wrong").await;
            unknown = Some((text.clone(), text_of(&other.body)));
        }
    }
    assert_eq!(tried, 8, "guesses are counted, not answered");
    let (root, nobody) = unknown.unwrap();
    assert_eq!(root.replace("root", "nobody"), nobody);
    // The owner, from a browser that is known, from the very same address; and from a new one elsewhere.
    assert_eq!(known.sign_in("root", WORDS).await.to(), "/");
    assert_eq!(known.another("127.0.0.3").sign_in("root", WORDS).await.to(), "/");
    // Right or wrong, the stranger learns nothing any more.
    assert_eq!(stranger.sign_in("root", WORDS).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let team = Team::new();
    team.desk().begin_factor(1, SECRET).unwrap();
    team.desk().confirm_factor(1, CODES[0], CLOCK, std::array::from_fn(|i| i as u8)).unwrap().unwrap();
    let mut thief = Browser::new(team.service(community()));
    let mut tried = 0;
    for address in ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6"] {
        let mut browser = thief.another(address);
        assert_eq!(browser.sign_in("root", WORDS).await.to(), "/sign-in/code?to=%2F");
        browser.get("/sign-in/code").await;
        for guess in 0..20 {
            let code = format!("{guess:06}");
            tried +=
                u32::from(browser.post("/sign-in/code", &[("code", &code)]).await.status == StatusCode::UNAUTHORIZED);
        }
    }
    assert_eq!(tried, 20, "of a million");
    thief.sign_in("root", WORDS).await;
}

#[tokio::test]
async fn whoever_needs_a_second_factor_sets_it_up_first() {
    let team = Team::new();
    let mut root = Browser::new(team.service(community()));
    root.sign_in("root", WORDS).await;
    let saved = root.fill("/settings/team", "/settings/team/factor", &[("role", "administrator")]).await;
    assert_eq!(saved.to(), "/settings/team");
    for path in ["/", "/conversations", "/settings/team", "/today.json", "/account"] {
        assert_eq!(root.get(path).await.to(), "/account/second-factor", "{path}");
    }
    assert_eq!(root.post("/settings/team/factor", &[]).await.to(), "/account/second-factor");
    let page = text_of(&root.get("/account/second-factor").await.body);
    assert!(page.contains("Your role needs a second factor."), "{page}");
    assert_eq!(root.post("/account/second-factor/begin", &[]).await.to(), "/account/second-factor");
    team.desk().begin_factor(1, SECRET).unwrap();
    root.get("/account/second-factor").await;
    assert_eq!(root.post("/account/second-factor/confirm", &[("code", CODES[0])]).await.status, StatusCode::OK);
    assert_eq!(root.get("/conversations").await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_s_own_account() {
    let team = Team::new();
    let mut root = Browser::new(team.service(community()));
    root.sign_in("root", WORDS).await;
    let mut other = root.another("127.0.0.2");
    other.sign_in("root", WORDS).await;
    let habits = [("zone", "Europe/Berlin"), ("hours", "720")];
    assert_eq!(root.fill("/account", "/account/habits", &habits).await.to(), "/account");
    assert!(root.get("/account").await.body.contains("1 Jan 1970, 01:00"), "an hour before UTC");
    let wrong = root.post("/account/habits", &[("zone", "Moon/Tycho"), ("hours", "8")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("no such time zone"));
    let fields = [("current", "wrong"), ("password", "quarry violin teapot"), ("again", "quarry violin teapot")];
    assert_eq!(root.post("/account/password", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("current", WORDS), ("password", "quarry violin teapot"), ("again", "quarry violin")];
    assert_eq!(root.post("/account/password", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("current", WORDS), ("password", "quarry violin teapot"), ("again", "quarry violin teapot")];
    assert_eq!(root.post("/account/password", &fields).await.to(), "/account");
    assert_eq!(root.get("/account").await.status, StatusCode::OK);
    assert_eq!(other.get("/account").await.to(), "/sign-in?to=%2Faccount");
    // A name that somebody else has.
    team.account("ben", Role::Viewer);
    assert_eq!(root.post("/account/name", &[("name", "BEN")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(root.post("/account/name", &[("name", "Root of all")]).await.to(), "/account");
}

#[tokio::test]
async fn tokens_are_shown_once() {
    let team = Team::new();
    let cookie = team.signed_in("ada", Role::Maintainer);
    let mut ada = Browser::new(team.service(community()));
    let (name, value) = cookie.split_once('=').unwrap();
    ada.cookies.insert(name.to_owned(), value.to_owned());
    let fields = [("name", "notebook"), ("scope", "sql"), ("scope", "write"), ("days", "30")];
    let page = ada.fill("/settings/tokens", "/settings/tokens/new", &fields).await.body;
    let secret = page.split("<code class=\"secret\">").nth(1).unwrap()[..67].to_owned();
    let found = team.desk().token(&secret, CLOCK).unwrap().unwrap();
    assert_eq!((found.scopes.to_string().as_str(), found.who.as_str()), ("read write sql", "ada"));
    let again = ada.get("/settings/tokens").await.body;
    assert!(again.contains("notebook") && !again.contains(&secret[3..]));
    assert!(!ada.get("/settings/tokens.json").await.body.contains(&secret[3..]));
    assert_eq!(ada.post("/settings/tokens/new", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.post("/settings/tokens/revoke", &[("name", "notebook")]).await.to(), "/settings/tokens");
    assert_eq!(team.desk().token(&secret, CLOCK).unwrap(), None);
    // An invitation of another team's, a link of nobody's.
    assert_eq!(ada.get("/invitations/ffff").await.status, StatusCode::GONE);
    let reset = link(&team, LinkKind::Reset, Role::Viewer, Some(1));
    assert_eq!(ada.get(&reset.replace("/reset/", "/invitations/")).await.status, StatusCode::OK);
    assert_eq!(ada.post(&reset, &join("eve")).await.to(), "/sign-in");
    assert!(team.desk().account_by_name("eve").unwrap().is_none());
}

#[tokio::test]
async fn no_secret_is_on_any_page() {
    let team = Team::new();
    let mut root = Browser::new(team.service(community()));
    root.sign_in("root", WORDS).await;
    let session = root.cookies["session-7474"].clone();
    for path in
        ["/account", "/account.json", "/account.csv", "/settings/team", "/settings/team.json", "/settings/audit.json"]
    {
        let reply = root.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        for secret in ["argon2", "$m=", WORDS, &session, &session[..16]] {
            assert!(!reply.body.contains(secret), "{secret} on {path}");
        }
    }
}
