//! Which files belong to which export, and the names in it.

use std::collections::BTreeMap;

use model::Problem;
use serde_json::Value;
use source::run::MAX_ITEM;

use crate::files::FoundFile;
use crate::json::{Found, Pieces};
use crate::slack::mrkdwn::Names;

/// Files at the top of an export that hold things, and the kind of item that each is.
pub const LISTS: [(&str, &str); 5] = [
    ("users.json", "user"),
    ("channels.json", "channel"),
    ("groups.json", "channel"),
    ("mpims.json", "channel"),
    ("dms.json", "channel"),
];

/// One export.
#[derive(Debug, Default)]
pub struct Export {
    /// Each list that is there, with its item kind.
    pub lists: Vec<(FoundFile, &'static str)>,
    /// The days of each channel: its folder's name, and the file.
    pub days: Vec<(String, FoundFile)>,
}

/// Sorts files into exports by the folder they lie in; those that reach furthest come last.
pub fn exports(files: Vec<FoundFile>) -> Vec<Export> {
    let mut exports: BTreeMap<String, Export> = BTreeMap::new();
    for file in files {
        let (folder, name) = file.plain_name().rsplit_once('/').unwrap_or(("", file.plain_name()));
        if let Some((_, kind)) = LISTS.iter().find(|(list, _)| *list == name) {
            exports.entry(folder.to_owned()).or_default().lists.push((file, kind));
        } else if is_day(name) {
            let (root, channel) = folder.rsplit_once('/').unwrap_or(("", folder));
            exports.entry(root.to_owned()).or_default().days.push((channel.to_owned(), file));
        }
    }
    let mut exports: Vec<Export> = exports.into_values().collect();
    exports.sort_by_key(Export::last_day);
    exports
}

/// `2017-07-14.json`
pub fn is_day(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())
}

impl Export {
    fn last_day(&self) -> Option<String> {
        let day = |file: &FoundFile| file.plain_name().rsplit('/').next().map(str::to_owned);
        self.days.iter().filter_map(|(_, file)| day(file)).max()
    }

    /// The names of users by id and the ids of channels by folder.
    pub fn names(&self, problem: &mut dyn FnMut(Problem)) -> (Names, BTreeMap<String, String>) {
        let (mut names, mut channels) = (Names::new(), BTreeMap::new());
        for (file, kind) in &self.lists {
            each_value(file, problem, |value| {
                let Some(id) = value["id"].as_str().map(str::to_owned) else { return };
                let name = if *kind == "user" { user_name(&value) } else { value["name"].as_str() };
                // A direct message has no name but its id, and neither has its folder.
                let name = name.unwrap_or(&id).to_owned();
                if *kind == "channel" {
                    channels.insert(name.clone(), id.clone());
                }
                names.insert(id, name);
            });
        }
        (names, channels)
    }
}

/// How a user wants to be called, else what they are called.
pub fn user_name(user: &Value) -> Option<&str> {
    let profile = &user["profile"];
    let names = [&profile["display_name"], &profile["real_name"], &user["real_name"], &user["name"]];
    names.into_iter().filter_map(Value::as_str).map(str::trim).find(|name| !name.is_empty())
}

fn each_value(file: &FoundFile, problem: &mut dyn FnMut(Problem), mut each: impl FnMut(Value)) {
    let reader = match file.open() {
        Ok(reader) => reader,
        Err(trouble) => return problem(trouble),
    };
    let mut pieces = Pieces::new(reader, &["[]"], MAX_ITEM);
    // What is wrong with the file is said when its pieces are kept.
    while let Ok(Some(Found { piece, .. })) = pieces.next_piece() {
        let value = piece.ok().and_then(|(_, bytes)| serde_json::from_slice(bytes).ok());
        value.into_iter().for_each(&mut each);
    }
}
