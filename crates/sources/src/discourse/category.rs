//! Categories: what a channel is called.

use std::collections::BTreeMap;

use model::Channel;
use serde::{Deserialize, Serialize};

use crate::json::Fields;

/// One category.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its number.
    pub id: i64,
    /// Its name for readers.
    pub name: String,
    /// Its name in addresses, unique below its parent; may be empty where letters are not Latin.
    pub slug: String,
    /// The number of the category that it is within.
    pub parent: Option<i64>,
}

impl Category {
    /// Reads a category as the site or an export writes it; `None` without a number.
    pub fn read(fields: &Fields<'_>) -> Option<Category> {
        let text = |name| fields.text(name).unwrap_or_default().to_owned();
        let parent = fields.number("parent_category_id");
        Some(Category { id: fields.number("id")?, name: text("name"), slug: text("slug"), parent })
    }

    fn word(&self) -> String {
        let slug = self.slug.trim_matches('-');
        let word = if slug.is_empty() || slug == format!("{}-category", self.id) { &self.name } else { slug };
        if word.is_empty() { format!("category-{}", self.id) } else { word.to_owned() }
    }
}

/// All categories that are known, by number.
#[derive(Debug, Clone, Default)]
pub struct Categories(BTreeMap<i64, Category>);

/// Discourse has two levels, three if so configured; more are a loop.
const DEEPEST: usize = 4;

impl Categories {
    /// Adds a category; the one added last counts.
    pub fn add(&mut self, category: Category) {
        self.0.insert(category.id, category);
    }

    /// A channel's name: `support`, `support/install` for one within another, `category-7` if nobody named it.
    pub fn channel(&self, id: i64) -> String {
        match self.path(id).as_slice() {
            [] => format!("category-{id}"),
            path => path.iter().map(|category| category.word()).collect::<Vec<_>>().join("/"),
        }
    }

    /// The channel with its title.
    pub fn titled(&self, id: i64) -> Channel {
        let names = self.path(id).into_iter().map(|category| category.name.clone()).filter(|name| !name.is_empty());
        let title = names.collect::<Vec<_>>().join(" / ");
        Channel { name: self.channel(id), kind: "category".to_owned(), title: (!title.is_empty()).then_some(title) }
    }

    /// A category and those that it is within, the outermost first.
    fn path(&self, id: i64) -> Vec<&Category> {
        let mut path: Vec<&Category> = Vec::new();
        let mut next = Some(id);
        while let Some(category) = next.and_then(|id| self.0.get(&id)).filter(|_| path.len() < DEEPEST) {
            path.push(category);
            next = category.parent.filter(|parent| *parent != category.id);
        }
        path.reverse();
        path
    }
}
