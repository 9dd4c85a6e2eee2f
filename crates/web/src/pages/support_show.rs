//! Support: what each tier is and promises, what channels offer and get, and what to change.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chart::{Shape, Unit};
use desk::Role;
use insight::support::TierOffer;
use insight::views::{ChannelTiers, Events, MetricView, SeriesView};
use insight::{By, MetricsFilter, SeriesAsk};
use serde::Serialize;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/support",
    title: "Support",
    section: Section::Support,
    least: Role::Viewer,
    publishable: true,
    table: Some("channels"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct SupportView {
    /// The tiers, with how they fared in the last 90 days.
    tiers: Vec<TierLine>,
    /// What channels offer and get.
    channels: Vec<ChannelTiers>,
    /// The last two years by month.
    series: SeriesView,
    #[serde(skip)]
    events: Events,
}

/// One tier.
#[derive(Debug, Serialize)]
struct TierLine {
    #[serde(flatten)]
    offer: TierOffer,
    /// Questions of the last 90 days that ask for it.
    questions: u64,
    /// The share answered.
    answered: Option<f64>,
    /// The median time to a first response, in hours.
    response: Option<f64>,
    /// The share answered within the promise.
    kept: Option<f64>,
}

/// A channel that promises one thing and gets another.
struct Mismatch<'a> {
    channel: &'a ChannelTiers,
    tier: u8,
    share: f64,
}

#[derive(Template)]
#[template(path = "support_show.html")]
struct SupportShow<'a> {
    frame: &'a Frame,
    view: &'a SupportView,
}

/// `GET /support`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let by_tier = room.answers.metrics(&MetricsFilter { by: By::Tier, ..MetricsFilter::default() })?.metrics;
        let tiers = room.answers.tiers().into_iter().map(|offer| line(offer, &by_tier)).collect();
        let mut channels = room.answers.channel_tiers()?;
        if room.visitor.role == Role::Public {
            // Titles are words of people.
            channels.iter_mut().for_each(|channel| channel.examples.clear());
        }
        let (series, events) = (room.answers.series(&SeriesAsk::default())?, room.answers.events()?);
        Ok(SupportView { tiers, channels, series, events })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SupportShow { frame, view })).await
}

fn line(offer: TierOffer, by_tier: &[MetricView]) -> TierLine {
    let group = offer.tier.to_string();
    let value = |name: &str| {
        let metric = by_tier.iter().find(|metric| metric.name == name)?;
        metric.values.iter().find(|value| value.group == group)?.value
    };
    TierLine {
        questions: value("questions").unwrap_or_default() as u64,
        answered: value("answered_share"),
        response: value("first_response_median"),
        kept: value("within_promise"),
        offer,
    }
}

/// The tier a channel is asked for and does not offer, where that is more than a few questions and a good part of them.
fn worst_fit(channel: &ChannelTiers) -> Option<Mismatch<'_>> {
    const FEW: u64 = 10;
    const MANY: f64 = 0.2;
    let ChannelTiers { asked, offered, .. } = channel;
    let all: u64 = asked.iter().sum();
    let others = (0_u8..).zip(asked).filter(|(tier, _)| tier != offered);
    let (tier, count) = others.max_by_key(|(_, count)| **count)?;
    let share = *count as f64 / all.max(1) as f64;
    (all >= FEW && share >= MANY).then_some(Mismatch { channel, tier, share })
}

impl SupportShow<'_> {
    fn kept(&self) -> String {
        let chart = figures::Drawn {
            name: "kept",
            title: "Promises kept, by month",
            about: "The share of questions with a first response before their promise ran out, and of those answered at all.",
            unit: Unit::Share,
            shape: Shape::Lines,
            lines: &[("within_promise", "in time", 0), ("answered_share", "answered", 2)],
        };
        chart.of(&self.view.series, &self.view.events).figure()
    }

    /// Channels of which a fifth or more of the questions ask for one tier that they do not offer, most first.
    fn mismatches(&self) -> Vec<Mismatch<'_>> {
        let mut found: Vec<Mismatch<'_>> = self.view.channels.iter().filter_map(worst_fit).collect();
        found.sort_by(|a, b| b.share.total_cmp(&a.share));
        found.truncate(figures::LINES);
        found
    }

    fn tier_name(&self, tier: &u8) -> &str {
        self.view.tiers.iter().find(|line| line.offer.tier == *tier).map_or("", |line| line.offer.name.as_str())
    }

    /// What to do about a channel that gets another tier than it offers.
    fn advice(&self, mismatch: &Mismatch<'_>) -> &'static str {
        match (mismatch.tier, mismatch.channel.offered) {
            (0, _) => "Pages could answer these: see the missing documentation on Topics.",
            (tier, offered) if tier > offered => {
                "It gets harder questions than it promises: say where to take them, or have somebody there who knows."
            }
            _ => {
                "It gets easier questions than it is for: say where beginners are helped, at its top and in its answers."
            }
        }
    }
}
