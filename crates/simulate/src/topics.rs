//! The texts that the simulation is made of, read from `data/`.

use serde::Deserialize;

use crate::rng::Rng;
use crate::settings::SimulateError;
use crate::template::Template;

const FILES: &[(&str, &str)] = &[
    ("topics/running.toml", include_str!("../data/topics/running.toml")),
    ("topics/clients.toml", include_str!("../data/topics/clients.toml")),
    ("topics/messaging.toml", include_str!("../data/topics/messaging.toml")),
];

/// One or more wordings of the same thing; never empty.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Wordings(Vec<Template>);

impl TryFrom<Vec<String>> for Wordings {
    type Error = &'static str;

    fn try_from(texts: Vec<String>) -> Result<Self, Self::Error> {
        if texts.is_empty() {
            return Err("a list of wordings is empty");
        }
        Ok(Wordings(texts.iter().map(|text| Template::parse(text.trim_matches('\n'))).collect()))
    }
}

impl Wordings {
    pub(crate) fn any(&self, rng: &mut Rng) -> &Template {
        rng.pick(&self.0)
    }

    /// The `number`th wording, from the beginning again after the last.
    pub(crate) fn turn(&self, number: usize) -> &Template {
        &self.0[number % self.0.len()]
    }
}

/// One problem that people have again and again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topic {
    /// Its name in the truth: conversations of one id are duplicates of each other.
    pub(crate) id: String,
    /// The knowledge area it belongs to, also the forum's tag.
    pub(crate) area: String,
    pub(crate) subjects: Wordings,
    pub(crate) asks: Wordings,
    pub(crate) details: Wordings,
    /// The page of the documentation.
    pub(crate) docs: String,
    /// Answers of tier 1, 2 and 3.
    pub(crate) basic: Wordings,
    pub(crate) deep: Wordings,
    pub(crate) fix: Wordings,
    /// The subject of the commit that fixes it.
    pub(crate) commit: String,
}

/// All topics and their areas.
#[derive(Debug)]
pub(crate) struct Topics {
    pub(crate) list: Vec<Topic>,
    /// Areas in order of the alphabet.
    pub(crate) areas: Vec<String>,
    /// For each topic, its area's place in `areas`.
    pub(crate) area_of: Vec<usize>,
    /// How often each is asked about, heavy-tailed.
    pub(crate) weights: Vec<f64>,
}

impl Topics {
    pub(crate) fn load() -> Result<Topics, SimulateError> {
        #[derive(Deserialize)]
        struct File {
            topic: Vec<Topic>,
        }
        let mut list = Vec::new();
        for (file, text) in FILES {
            list.extend(read::<File>(file, text)?.topic);
        }
        let mut areas: Vec<String> = list.iter().map(|topic| topic.area.clone()).collect();
        areas.sort();
        areas.dedup();
        let area_of = list.iter().map(|topic| areas.binary_search(&topic.area).unwrap_or_default()).collect();
        // Zipf over an order that looks arbitrary but is the same for every seed.
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|topic| crate::rng::mix(*topic as u64 + 1));
        let mut weights = vec![0.0; list.len()];
        for (rank, topic) in order.into_iter().enumerate() {
            weights[topic] = 1.0 / (rank as f64 + 4.0);
        }
        Ok(Topics { list, areas, area_of, weights })
    }
}

/// What people say around the topics.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub(crate) greeting: Wordings,
    pub(crate) context: Wordings,
    pub(crate) tried: Wordings,
    /// What an opening says it needs, by the tier that it asks for.
    pub(crate) needs: [Wordings; 5],
    pub(crate) closing: Wordings,
    pub(crate) polite: Wordings,
    pub(crate) frustrated: Wordings,
    pub(crate) angry: Wordings,
    pub(crate) open_answer: Wordings,
    pub(crate) docs_pointer: Wordings,
    pub(crate) unkind: Wordings,
    pub(crate) deep_open: Wordings,
    pub(crate) fix_open: Wordings,
    pub(crate) outside: Wordings,
    pub(crate) clarify: Wordings,
    pub(crate) detail: Wordings,
    pub(crate) still: Wordings,
    pub(crate) thanks: Wordings,
    pub(crate) delighted: Wordings,
    pub(crate) welcome: Wordings,
    pub(crate) me_too: Wordings,
    pub(crate) bump: Wordings,
    pub(crate) calm: Wordings,
    pub(crate) addition: Wordings,
    pub(crate) ack: Wordings,
    pub(crate) statement: Statements,
    pub(crate) remarks: Remarks,
    /// Small talk; never empty.
    pub(crate) chatter: Vec<Chatter>,
}

/// Something to say in a chat, and what others say to it, in order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chatter {
    pub(crate) say: Wordings,
    pub(crate) replies: Wordings,
}

/// Openings that ask for nothing, by kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statements {
    pub(crate) announcement: Statement,
    pub(crate) build: Statement,
    pub(crate) conference: Statement,
    pub(crate) mirror: Statement,
    pub(crate) proposal: Statement,
    pub(crate) rant: Statement,
    pub(crate) report: Statement,
    pub(crate) story: Statement,
    pub(crate) talk: Statement,
}

/// An opening that asks for nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statement {
    pub(crate) subjects: Wordings,
    pub(crate) texts: Wordings,
}

/// What others say to statements, by mood.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remarks {
    #[serde(rename = "for")]
    pub(crate) in_favour: Wordings,
    pub(crate) against: Wordings,
    pub(crate) side: Wordings,
    pub(crate) kind: Wordings,
    pub(crate) cross: Wordings,
}

impl Phrases {
    pub(crate) fn load() -> Result<Phrases, SimulateError> {
        read("phrases.toml", include_str!("../data/phrases.toml"))
    }
}

/// Reads one of our own data files.
pub(crate) fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SimulateError> {
    toml::from_str(text).map_err(|error| SimulateError::Data { file, message: error.message().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_fits_together() {
        let topics = Topics::load().expect("good data");
        assert!(topics.list.len() >= 60);
        assert!(topics.areas.len() <= 32, "areas are bits of a u32");
        let mut ids: Vec<&str> = topics.list.iter().map(|topic| &*topic.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), topics.list.len());
        Phrases::load().expect("good data");
    }
}
