//! What was understood of the whole: tiers, topics, gaps.

use desk::Scope;
use insight::views::{ChannelTiers, GapView, TopicView};

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Verb, shape};
use crate::api::page::{LIMIT, OFFSET, Page};

pub(crate) static TIERS: Endpoint = Endpoint {
    name: "tiers",
    verb: Verb::Get,
    path: "/tiers",
    title: "what channels offer, and what their questions ask for and take",
    about: "By source and channel; channels without a question are left out. Tiers are 0 self-service, 1 basic help, \
            2 in-depth help, 3 engineering, 4 outside help.",
    scope: Scope::Read,
    parameters: &[LIMIT, OFFSET],
    body: None,
    answer: shape::<Page<ChannelTiers>>,
    run: |call| value(&Page::of(call.service.answers.channel_tiers()?, call)),
};

pub(crate) static TOPICS: Endpoint = Endpoint {
    name: "topics",
    verb: Verb::Get,
    path: "/topics",
    title: "what people ask about",
    about: "What they asked about most in the last 90 days first.",
    scope: Scope::Read,
    parameters: &[LIMIT, OFFSET],
    body: None,
    answer: shape::<Page<TopicView>>,
    run: |call| value(&Page::of(call.service.answers.topics()?, call)),
};

pub(crate) static GAPS: Endpoint = Endpoint {
    name: "gaps",
    verb: Verb::Get,
    path: "/gaps",
    title: "questions asked again and again that no page answers",
    about: "Most asked first: what should be documented, with the best answers given so far.",
    scope: Scope::Read,
    parameters: &[LIMIT, OFFSET],
    body: None,
    answer: shape::<Page<GapView>>,
    run: |call| value(&Page::of(call.service.answers.gaps()?, call)),
};
