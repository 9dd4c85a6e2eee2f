//! What an act came to, said once on the page that follows it.
//!
//! It travels in a cookie: the redirect's address stays what a person would send to a colleague, and the server keeps
//! nothing. It holds our own words only; a browser that forges it fools nobody but itself.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::{Cookie, SameSite};

const NAME: &str = "said";
/// Before the number of a decision on who is who.
const DECISION: char = 'd';
/// Bytes of a cookie that is looked at.
const LONGEST: usize = 1000;

/// What to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// One sentence.
    pub text: String,
    /// The step on the desk that can be taken back.
    pub step: Option<i64>,
    /// The decision on who is who that can be taken back.
    pub decision: Option<i64>,
}

/// What the browser brought along.
pub(crate) fn read(headers: &HeaderMap) -> Option<Said> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut all = cookies.flat_map(Cookie::split_parse_encoded).flatten();
    let found = all.find(|cookie| cookie.name() == NAME && cookie.value().len() <= LONGEST)?;
    let (number, text) = found.value().split_once(':')?;
    let decision = number.strip_prefix(DECISION).and_then(|number| number.parse().ok());
    Some(Said { text: text.to_owned(), step: number.parse().ok(), decision })
}

/// The header that makes the browser bring it along once.
pub(crate) fn header(said: &Said) -> Option<HeaderValue> {
    let step = said.step.map(|step| step.to_string());
    let number = step.or(said.decision.map(|decision| format!("{DECISION}{decision}"))).unwrap_or_default();
    let text: String = said.text.chars().filter(|c| !c.is_control()).take(300).collect();
    set(&format!("{number}:{text}"), 60)
}

/// The header that makes the browser forget it.
pub(crate) fn forgotten() -> Option<HeaderValue> {
    set("", 0)
}

fn set(value: &str, seconds: i64) -> Option<HeaderValue> {
    let cookie = Cookie::build((NAME, value)).path("/").http_only(true).same_site(SameSite::Strict);
    let header = format!("{}; Max-Age={seconds}", cookie.build().encoded());
    HeaderValue::from_str(&header).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_as_it_was_said() {
        let check = |text: &str, step: Option<i64>, decision: Option<i64>| {
            let said = Said { text: text.to_owned(), step, decision };
            let header = header(&said).unwrap().to_str().unwrap().to_owned();
            let pair = header.split(';').next().unwrap();
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(pair).unwrap())]);
            assert_eq!(read(&headers), Some(said));
        };
        check("You have the case.", Some(7), None);
        check("They are one person.", None, Some(12));
        check("3 people, “Åsa; x=y” too: all tagged", None, None);
        assert_eq!(read(&HeaderMap::from_iter([(COOKIE, HeaderValue::from_static("said=; a=b"))])), None);
    }
}
