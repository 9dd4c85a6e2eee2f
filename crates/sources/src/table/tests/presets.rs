//! An export of each preset.

use super::*;

fn preset(name: &str, glob: &str) -> String {
    told("presets", &format!("preset = '{name}'\nglob = '{glob}'"))
}

#[test]
fn orbit() {
    assert_snapshot!(preset("orbit", "orbit-*"), @r#"
    channel "demo" (table)
    identity "github.com/ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada" seen 2023-06-21T14:54:12.693Z
    identity "github.com/ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada" seen 2023-10-11T18:52:47Z
    identity "x.com/ada_x" (account) name "Ada Example" account "x.com/ada_x" seen 2023-10-11T18:52:47Z
    identity "linkedin.com/in/ada" (account) name "Ada Example" account "linkedin.com/in/ada" seen 2023-10-11T18:52:47Z
    other in "demo" by github.com/ada at 2023-06-21T14:54:12.693Z: "spoke_at_event: Spoke at RustConf"
    joined in "demo" by github.com/ada at 2020-04-21T14:43:54.266Z
    github.com/ada at "Example Ltd" from no time until no time
    github.com/ada is x.com/ada_x
    github.com/ada is linkedin.com/in/ada
    "#);
}

#[test]
fn meetup() {
    assert_snapshot!(preset("meetup", "*.xls"), @r#"
    channel "demo" (table)
    identity "12345" (account) name "Ada Example" account "meetup.com/12345" seen 2024-03-05T17:38:00Z
    identity "777" (account) name "Bo" account "meetup.com/777" seen 2024-03-06T07:00:00Z
    identity "12345" (account) name "Ada Example" account "meetup.com/12345" seen 2015-06-22T00:00:00Z
    attended "Rust evening" in "demo" by 12345 at 2024-03-05T17:38:00Z: "Rust evening"
    other "Rust evening" in "demo" by 777 at 2024-03-06T07:00:00Z: "Rust evening: no"
    joined in "demo" by 12345 at 2014-04-05T00:00:00Z
    event "Rust evening" in "demo" from no time to no time
    event "Rust evening" in "demo" from no time to no time
    "#);
}

#[test]
fn savannah() {
    assert_snapshot!(preset("savannah", "savannah*"), @r#"
    channel "demo" (table)
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2021-03-05T16:23:00Z
    identity "helper" (name) name "Helper" bot seen 2021-03-05T16:23:00Z
    joined in "demo" by ada@example.org at 2020-03-05T16:23:00Z
    joined in "demo" by helper at 2020-03-05T16:23:00Z
    ada@example.org at "Example Ltd" from no time until no time
    "#);
}

#[test]
fn x() {
    assert_snapshot!(preset("x", "x-posts.csv"), @r#"
    channel "x.com" (table)
    identity "example" (account) account "x.com/example" seen 2026-06-05T00:00:00Z
    post "1800000000000000001" in "x.com" by example at 2026-06-05T00:00:00Z
        "Release 2 is out, thanks all!"
        score 9
        https://x.com/example/status/1800000000000000001
    measured "impressions" in "x.com" at 2026-06-05T00:00:00Z: 1234 id=1800000000000000001
    measured "likes" in "x.com" at 2026-06-05T00:00:00Z: 9 id=1800000000000000001
    measured "engagements" in "x.com" at 2026-06-05T00:00:00Z: 20 id=1800000000000000001
    measured "bookmarks" in "x.com" at 2026-06-05T00:00:00Z: 1 id=1800000000000000001
    measured "shares" in "x.com" at 2026-06-05T00:00:00Z: 2 id=1800000000000000001
    measured "new follows" in "x.com" at 2026-06-05T00:00:00Z: 3 id=1800000000000000001
    measured "replies" in "x.com" at 2026-06-05T00:00:00Z: 4 id=1800000000000000001
    measured "reposts" in "x.com" at 2026-06-05T00:00:00Z: 5 id=1800000000000000001
    measured "profile visits" in "x.com" at 2026-06-05T00:00:00Z: 6 id=1800000000000000001
    measured "detail expands" in "x.com" at 2026-06-05T00:00:00Z: 7 id=1800000000000000001
    measured "url clicks" in "x.com" at 2026-06-05T00:00:00Z: 8 id=1800000000000000001
    measured "hashtag clicks" in "x.com" at 2026-06-05T00:00:00Z: 0 id=1800000000000000001
    measured "permalink clicks" in "x.com" at 2026-06-05T00:00:00Z: 0 id=1800000000000000001
    "#);
    assert_snapshot!(preset("twitter", "{x-tweets.csv,tweets.js}"), @r#"
    channel "x.com" (table)
    identity "example" (account) account "x.com/example" seen 2019-05-31T21:12:00Z
    post "1100000000000000001" in "x.com" by nobody at 2019-05-31T21:12:00Z
        answers another
        "Hello, world"
        score 2
    post "1100000000000000001" in "x.com" by example at 2019-05-31T21:12:00Z
        "Hello, world"
        score 2
        https://twitter.com/example/status/1100000000000000001
    measured "impressions" in "x.com" at 2019-05-31T21:12:00Z: 100 id=1100000000000000001
    measured "engagements" in "x.com" at 2019-05-31T21:12:00Z: 4 id=1100000000000000001
    measured "engagement rate" in "x.com" at 2019-05-31T21:12:00Z: 0.04 id=1100000000000000001
    measured "retweets" in "x.com" at 2019-05-31T21:12:00Z: 1 id=1100000000000000001
    measured "replies" in "x.com" at 2019-05-31T21:12:00Z: 0 id=1100000000000000001
    measured "likes" in "x.com" at 2019-05-31T21:12:00Z: 2 id=1100000000000000001
    "#);
    assert_snapshot!(preset("X", "x-overview.csv"), @r#"
    channel "x.com" (table)
    measured "impressions" in "x.com" at 2026-03-10T00:00:00Z: 2871
    measured "likes" in "x.com" at 2026-03-10T00:00:00Z: 24
    measured "engagements" in "x.com" at 2026-03-10T00:00:00Z: 43
    measured "bookmarks" in "x.com" at 2026-03-10T00:00:00Z: 0
    measured "shares" in "x.com" at 2026-03-10T00:00:00Z: 1
    measured "new follows" in "x.com" at 2026-03-10T00:00:00Z: 0
    measured "unfollows" in "x.com" at 2026-03-10T00:00:00Z: 2
    measured "replies" in "x.com" at 2026-03-10T00:00:00Z: 1
    measured "reposts" in "x.com" at 2026-03-10T00:00:00Z: 1
    measured "profile visits" in "x.com" at 2026-03-10T00:00:00Z: 2
    measured "create post" in "x.com" at 2026-03-10T00:00:00Z: 2
    measured "video views" in "x.com" at 2026-03-10T00:00:00Z: 0
    measured "media views" in "x.com" at 2026-03-10T00:00:00Z: 0
    "#);
}

#[test]
fn common_room() {
    assert_snapshot!(preset("common-room", "common-room*"), @r#"
    channel "Slack" (table)
    channel "demo" (table)
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2021-01-02T10:00:00Z
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2021-01-03T10:00:00Z
    identity "github.com/ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada" seen 2021-01-02T00:00:00Z
    identity "linkedin.com/in/ada" (account) name "Ada Example" account "linkedin.com/in/ada" seen 2021-01-02T00:00:00Z
    joined in "Slack" by ada@example.org at 2021-01-02T10:00:00Z
    other in "Slack" by ada@example.org at 2021-01-03T10:00:00Z: "Asked a question: How?"
    joined in "demo" by github.com/ada at 2021-01-02T00:00:00Z
    github.com/ada at "Example Ltd" from no time until no time
    github.com/ada is linkedin.com/in/ada
    "#);
}

#[test]
fn columns_overrule_a_preset() {
    let options = "preset = 'meetup'\nglob = 'Rust*'\ncolumns.starts = { value = '2024-03-10 18:00' }\ncolumns.title = { value = 'Evening' }";
    let rows = rows(&context(&fixtures().join("presets"), options));
    assert_eq!((rows.events[0].title.as_str(), rows.events[0].starts), ("Evening", Some(1_710_093_600_000_000)));
}
