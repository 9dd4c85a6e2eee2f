//! Who depends on whom, as cargo knows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// All crates of the workspace and what they need. A name stands for all its versions.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) crates: BTreeMap<String, Crate>,
}

/// One crate.
#[derive(Debug, Default, Clone)]
pub(crate) struct Crate {
    /// Whether it is in this checkout.
    pub(crate) ours: bool,
    /// What it needs to run: neither build nor development dependencies.
    pub(crate) needs: BTreeSet<String>,
    /// Its licence, an SPDX expression, for each version.
    pub(crate) licences: Vec<(String, Option<String>)>,
    /// Its library's or binary's first file, if it is ours.
    pub(crate) entries: Vec<PathBuf>,
}

impl Graph {
    pub(crate) fn read(root: &Path, online: bool) -> Result<Graph> {
        let mut command = MetadataCommand::new();
        command.current_dir(root);
        let mut options = vec!["--locked".to_owned()];
        if !online {
            options.push("--offline".to_owned());
        }
        let metadata = command
            .other_options(options)
            .exec()
            .context("cannot ask cargo about the dependencies; build once, or try --online")?;
        Ok(Graph::of(&metadata))
    }

    fn of(metadata: &Metadata) -> Graph {
        let members: BTreeSet<_> = metadata.workspace_members.iter().collect();
        let mut graph = Graph::default();
        let mut names = BTreeMap::new();
        for package in &metadata.packages {
            let name = package.name.to_string();
            names.insert(&package.id, name.clone());
            let entry = graph.crates.entry(name).or_default();
            entry.ours = members.contains(&package.id);
            entry.licences.push((package.version.to_string(), package.license.clone()));
            if entry.ours {
                let targets = package.targets.iter().filter(|target| target.is_lib() || target.is_bin());
                entry.entries.extend(targets.map(|target| target.src_path.clone().into_std_path_buf()));
            }
        }
        for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
            let needs = node.deps.iter().filter(|dep| {
                dep.dep_kinds.is_empty() || dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
            });
            let needs: Vec<String> = needs.filter_map(|dep| names.get(&dep.pkg).cloned()).collect();
            if let Some(from) = names.get(&node.id).and_then(|name| graph.crates.get_mut(name)) {
                from.needs.extend(needs);
            }
        }
        graph
    }

    pub(crate) fn ours(&self) -> impl Iterator<Item = (&String, &Crate)> {
        self.crates.iter().filter(|(_, one)| one.ours)
    }

    /// How `from` reaches `to`, over as few crates as possible, both ends included.
    pub(crate) fn way(&self, from: &str, to: impl Fn(&str) -> bool) -> Option<Vec<String>> {
        let mut before: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            if at != from && to(at) {
                let mut way = vec![at.to_owned()];
                let mut back = at;
                while let Some(previous) = before.get(back) {
                    way.push((*previous).to_owned());
                    back = previous;
                }
                way.reverse();
                return Some(way);
            }
            for next in self.crates.get(at).into_iter().flat_map(|one| &one.needs) {
                if next != from && !before.contains_key(next.as_str()) {
                    before.insert(next, at);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A graph from lines like `web: model insight`; crates named on the left are ours.
    pub(crate) fn graph(lines: &str) -> Graph {
        let mut graph = Graph::default();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let (name, needs) = line.split_once(':').expect("a colon");
            let one = graph.crates.entry(name.trim().to_owned()).or_default();
            one.ours = true;
            one.needs = needs.split_whitespace().map(str::to_owned).collect();
            for need in one.needs.clone() {
                graph.crates.entry(need).or_default();
            }
        }
        graph
    }

    #[test]
    fn ways_are_found() {
        let graph = graph("a: b c\nb: d\nc: e\nd: f\ne:");
        assert_eq!(graph.way("a", |name| name == "f"), Some(["a", "b", "d", "f"].map(String::from).to_vec()));
        assert_eq!(graph.way("c", |name| name == "f"), None);
        assert_eq!(graph.way("a", |name| name == "a"), None);
    }
}
