//! The page instead of a page: what happened and what to do next.

use askama::Template;

use super::{Frame, render};
use crate::failure::{Advice, Failure};
use crate::words;

#[derive(Template)]
#[template(path = "failure_show.html")]
struct FailureShow<'a> {
    frame: &'a Frame,
    advice: &'a Advice,
}

/// The page that gives an advice.
pub(crate) fn page(frame: &Frame, advice: &Advice) -> Result<String, Failure> {
    render(&FailureShow { frame, advice })
}
