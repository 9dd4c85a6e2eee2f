//! What Slack's messages say, wherever they were kept: every source that meets them shares it.
//!
//! A message is called `CHANNEL/TS`, an account `TEAM/USER`.

pub mod event;
pub mod mrkdwn;

/// Where channels' ids are unique, and accounts together with their workspace's id.
pub const SITE: &str = "slack.com";
