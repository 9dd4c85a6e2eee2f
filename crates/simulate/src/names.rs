//! Invented names, nicks and addresses, each nick and address once.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::rng::Rng;
use crate::settings::SimulateError;
use crate::topics::read;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    handles: Vec<String>,
    private: Vec<String>,
    organization: Vec<Organization>,
    culture: Vec<Culture>,
}

/// An invented employer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organization {
    pub(crate) name: String,
    pub(crate) domain: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Culture {
    weight: f64,
    zones: Vec<i16>,
    first: Vec<String>,
    family: Vec<String>,
}

/// Makes names and remembers which are taken.
#[derive(Debug)]
pub(crate) struct Names {
    data: Data,
    weights: Vec<f64>,
    /// How many people have a name.
    people: FxHashMap<String, u32>,
    /// Nicks and addresses.
    taken: FxHashSet<String>,
}

/// Somebody's name and where they live.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) first: String,
    pub(crate) family: String,
    /// As it is written: with a middle initial where the plain name is taken.
    pub(crate) full: String,
    /// Minutes from UTC.
    pub(crate) zone: i16,
}

impl Names {
    pub(crate) fn load() -> Result<Names, SimulateError> {
        let file = "names.toml";
        let data: Data = read(file, include_str!("../data/names.toml"))?;
        let lists = [data.handles.len(), data.private.len(), data.organization.len(), data.culture.len()];
        let cultures =
            data.culture.iter().flat_map(|culture| [culture.zones.len(), culture.first.len(), culture.family.len()]);
        if lists.into_iter().chain(cultures).any(|length| length == 0) {
            return Err(SimulateError::Data { file, message: "a list is empty".into() });
        }
        let weights = data.culture.iter().map(|culture| culture.weight).collect();
        Ok(Names { data, weights, people: FxHashMap::default(), taken: FxHashSet::default() })
    }

    pub(crate) fn organizations(&self) -> &[Organization] {
        &self.data.organization
    }

    /// Names are mostly unlike each other, but a few people share one, as in life.
    pub(crate) fn person(&mut self, rng: &mut Rng) -> Name {
        let culture = &self.data.culture[rng.weighted(&self.weights)];
        let first = rng.pick(&culture.first).clone();
        let family = rng.pick(&culture.family).clone();
        let zone = *rng.pick(&culture.zones);
        let mut full = format!("{first} {family}");
        if self.people.contains_key(&full) && !rng.chance(0.1) {
            let initial = char::from(b'A' + rng.below(26) as u8);
            full = format!("{first} {initial}. {family}");
        }
        *self.people.entry(full.clone()).or_default() += 1;
        Name { first, family, full, zone }
    }

    /// A chat nick: like the name, or nothing like it.
    pub(crate) fn nick(&mut self, rng: &mut Rng, name: &Name) -> String {
        let (first, family) = (ascii(&name.first), ascii(&name.family));
        let wanted = match rng.below(10) {
            0..2 => first,
            2..4 => format!("{first}{}", &family[..1]),
            4..6 => format!("{}{family}", &first[..1]),
            6 => format!("{first}_{}", &family[..1]),
            7 => family,
            _ => rng.pick(&self.data.handles).clone(),
        };
        self.free(rng, &wanted, "")
    }

    /// An address at work or at home.
    pub(crate) fn address(&mut self, rng: &mut Rng, name: &Name, nick: &str, organization: Option<usize>) -> String {
        let (first, family) = (ascii(&name.first), ascii(&name.family));
        let domain = match organization.and_then(|at| self.data.organization.get(at)) {
            Some(organization) => organization.domain.clone(),
            None => rng.pick(&self.data.private).clone(),
        };
        let user = match (organization, rng.below(3)) {
            (_, 0) | (Some(_), 1) => format!("{first}.{family}"),
            (Some(_), _) => format!("{}{family}", &first[..1]),
            (None, _) => nick.to_owned(),
        };
        self.free(rng, &user, &format!("@{domain}"))
    }

    /// `wanted` and `suffix`, with a number in between if that is taken.
    fn free(&mut self, rng: &mut Rng, wanted: &str, suffix: &str) -> String {
        let mut name = format!("{wanted}{suffix}");
        let mut most = 90;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}{}{suffix}", rng.between(2, most));
            most *= 2;
        }
        name
    }
}

/// Lower case letters and digits without their marks; never empty.
fn ascii(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' => out.push('a'),
            'ä' | 'æ' => out.push_str("ae"),
            'ć' | 'č' | 'ç' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ó' | 'ò' | 'ô' | 'õ' | 'ő' => out.push('o'),
            'ö' | 'ø' => out.push_str("oe"),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ú' | 'ù' | 'û' | 'ű' | 'ů' => out.push('u'),
            'ü' => out.push_str("ue"),
            'ý' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            _ => {}
        }
    }
    if out.is_empty() {
        out.push('x');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks() {
        for (name, expected) in [
            ("Jürgen", "juergen"),
            ("Weißmann", "weissmann"),
            ("O'Connell", "oconnell"),
            ("Dela Cruz", "delacruz"),
            ("Ayşe", "ayse"),
            ("Yılmaz", "yilmaz"),
            ("Procházka", "prochazka"),
            ("李", "x"),
        ] {
            assert_eq!(ascii(name), expected);
        }
    }

    #[test]
    fn nicks_and_addresses_are_taken_once() {
        let mut names = Names::load().expect("good data");
        let mut rng = Rng::of(5, 1);
        let mut seen = FxHashSet::default();
        for _ in 0..2_000 {
            let name = names.person(&mut rng);
            let nick = names.nick(&mut rng, &name);
            assert!(nick.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{nick}");
            let organization = rng.chance(0.5).then_some(3);
            let address = names.address(&mut rng, &name, &nick, organization);
            assert!(
                address.ends_with(".example") || address.ends_with("@example.org") || address.ends_with("@example.com")
            );
            assert!(seen.insert(nick) && seen.insert(address));
        }
    }
}
