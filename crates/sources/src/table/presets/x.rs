//! X, formerly Twitter: posts and days of its analytics, and the archive of an account's own posts.
//!
//! The headers are those of files as account owners download them: `account_analytics_content_*.csv` and
//! `account_overview_analytics.csv` (since 2024), `tweet_activity_metrics_*.csv` and
//! `daily_tweet_activity_metrics_*.csv` (until then), `tweets.js`. Seen in public code that reads such files.

use super::{Preset, Table};
use crate::table::mapping::Kind;

pub static PRESET: Preset =
    Preset { name: "x", title: "X (Twitter)", tables: &[POSTS, TWEETS, OVERVIEW, DAYS, ARCHIVE] };

const SITE: Option<&str> = Some("x.com");
const CHANNEL: &[(&str, &str)] = &[("channel", "x.com")];

const POSTS: Table = Table {
    columns: &[
        ("id", &["Post id"]),
        ("time", &["Date"]),
        ("author", &["Post Link"]),
        ("body", &["Post text"]),
        ("url", &["Post Link"]),
        ("score", &["Likes"]),
    ],
    fixed: CHANNEL,
    values: &[
        "Impressions",
        "Likes",
        "Engagements",
        "Bookmarks",
        "Shares",
        "Share",
        "New follows",
        "Replies",
        "Reposts",
        "Profile visits",
        "Detail Expands",
        "URL Clicks",
        "Hashtag Clicks",
        "Permalink Clicks",
    ],
    site: SITE,
    ..Table::new(
        "x-posts",
        "posts with their numbers",
        Kind::Messages,
        &["Post id", "Date", "Post text", "Impressions"],
    )
};

const TWEETS: Table = Table {
    columns: &[
        ("id", &["Tweet id"]),
        ("time", &["time"]),
        ("author", &["Tweet permalink"]),
        ("body", &["Tweet text"]),
        ("url", &["Tweet permalink"]),
        ("score", &["likes", "favorites"]),
    ],
    fixed: CHANNEL,
    values: &[
        "impressions",
        "engagements",
        "engagement rate",
        "retweets",
        "replies",
        "likes",
        "favorites",
        "user profile clicks",
        "url clicks",
        "hashtag clicks",
        "detail expands",
        "permalink clicks",
        "follows",
        "media views",
        "media engagements",
    ],
    site: SITE,
    ..Table::new("x-tweets", "tweets with their numbers", Kind::Messages, &["Tweet id", "Tweet text", "impressions"])
};

const OVERVIEW: Table = Table {
    columns: &[("time", &["Date"])],
    fixed: CHANNEL,
    values: &[
        "Impressions",
        "Likes",
        "Engagements",
        "Bookmarks",
        "Shares",
        "New follows",
        "Unfollows",
        "Replies",
        "Reposts",
        "Profile visits",
        "Create Post",
        "Video views",
        "Media views",
    ],
    ..Table::new(
        "x-overview",
        "numbers of each day",
        Kind::Measurements,
        &["Date", "Impressions", "New follows", "Unfollows"],
    )
};

const DAYS: Table = Table {
    columns: &[("time", &["Date"])],
    fixed: CHANNEL,
    values: &[
        "Tweets published",
        "impressions",
        "engagements",
        "engagement rate",
        "retweets",
        "replies",
        "likes",
        "user profile clicks",
        "url clicks",
        "hashtag clicks",
        "detail expands",
        "permalink clicks",
        "follows",
    ],
    ..Table::new("x-days", "numbers of each day", Kind::Measurements, &["Date", "Tweets published", "impressions"])
};

const ARCHIVE: Table = Table {
    columns: &[
        ("id", &["tweet.id_str", "tweet.id"]),
        ("time", &["tweet.created_at"]),
        ("body", &["tweet.full_text"]),
        ("parent", &["tweet.in_reply_to_status_id_str"]),
        ("score", &["tweet.favorite_count"]),
    ],
    fixed: CHANNEL,
    site: SITE,
    ..Table::new("x-archive", "an account's own posts", Kind::Messages, &["tweet.full_text", "tweet.created_at"])
};
