//! `switchboard.toml`: the community, its promise and its sources. Unknown keys are refused, and every
//! complaint names its line but never prints it: a value may be a secret that was put in the wrong place.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use insight::support::Support;
use serde::Deserialize;
use source::{Context, Normalizer, Source};
use toml::Spanned;

use crate::cli;

pub mod alerts;
pub mod edit;
mod helpers;
mod levels;
pub mod server;
mod support;
pub use edit::{Template, add_section, template};

/// The configuration of one workspace.
pub struct Config {
    /// Who is served.
    pub community: Community,
    /// Who helps at each tier, and what is promised.
    pub support: Support,
    /// How helpers are suggested.
    pub helpers: helpers::Helpers,
    /// What makes a level.
    pub levels: levels::Levels,
    /// The tiers that channels offer, by `source` or `source/channel`.
    pub offered: BTreeMap<String, u8>,
    /// Who should be told what, and how.
    pub alerts: alerts::Alerts,
    /// How pages are served, to whom.
    pub server: server::Server,
    /// The sources, in the order of the file: of a message seen in several, the first one's copy counts.
    pub sources: Vec<Configured>,
    text: String,
}

/// The section `[community]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// Its name, shown on every page.
    pub name: String,
    /// True for a made-up community, which every page then says.
    #[serde(default)]
    pub simulated: bool,
}

/// One section `[sources.NAME]`.
#[derive(Clone)]
pub struct Configured {
    /// Its kind.
    pub source: &'static Source,
    /// Its name and options.
    pub context: Context,
}

impl Configured {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.context.source
    }

    /// Where it collects from, if it collects from a path.
    pub fn path(&self) -> Option<std::path::PathBuf> {
        let path = self.context.options.get("path")?.as_str()?;
        Some(self.context.resolve(Path::new(path)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    community: Community,
    #[serde(default)]
    promise: support::Promise,
    #[serde(default)]
    tiers: BTreeMap<support::Number, support::Tier>,
    hours: Option<support::Working>,
    #[serde(default)]
    helpers: helpers::Helpers,
    #[serde(default)]
    levels: levels::Levels,
    #[serde(default)]
    offered: BTreeMap<String, u8>,
    mail: Option<Spanned<alerts::Mail>>,
    #[serde(default)]
    webhooks: BTreeMap<String, Spanned<alerts::Webhook>>,
    #[serde(default)]
    chats: BTreeMap<String, Spanned<alerts::ChatRoom>>,
    server: Option<Spanned<server::Server>>,
    #[serde(default, rename = "alert")]
    rules: Vec<Spanned<alerts::Written>>,
    #[serde(default)]
    sources: BTreeMap<String, toml::Table>,
}

impl Config {
    /// Reads the file.
    pub fn read(file: &Path) -> Result<Config> {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let base = file.parent().unwrap_or(Path::new("."));
        Self::parse(text, base).map_err(|message| anyhow!("{}{message}", file.display()))
    }

    /// Understands the text of the file, with relative paths starting at `base`. The error follows the
    /// file's name: `:LINE: message`.
    pub fn parse(text: String, base: &Path) -> Result<Config, String> {
        let file: File = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            format!(":{line}: {}", error.message())
        })?;
        let sources = file.sources.into_iter().map(|(name, options)| {
            configured(&name, options, base).map_err(|(message, key)| complaint(&text, &name, key, &message))
        });
        let mut sources = sources.collect::<Result<Vec<_>, _>>()?;
        sources.sort_by_cached_key(|source| edit::span_of(&text, source.name(), None));
        if let Some(message) = file.hours.as_ref().and_then(|hours| hours.check().err()) {
            let line = text.lines().position(|line| line.trim() == "[hours]").map_or(1, |line| line + 1);
            return Err(format!(":{line}: {message}"));
        }
        if let Some(place) = file.promise.stranger(|name| sources.iter().any(|source| source.name() == name)) {
            let line = text.lines().position(|line| line.contains("[promise.channels.")).map_or(1, |line| line + 1);
            return Err(format!(
                ":{line}: [promise.channels] `{place}` is of no source here; write \"SOURCE\" or \"SOURCE/CHANNEL\""
            ));
        }
        let support = support::support(&file.promise, file.tiers, file.hours);
        if let Some((channel, tier)) = file.offered.iter().find(|(_, tier)| **tier > 4) {
            let line = text.lines().position(|line| line.trim() == "[offered]").map_or(1, |line| line + 1);
            return Err(format!(":{line}: [offered] `{channel}` offers tier {tier}; tiers are 0 to 4"));
        }
        let server = server::understand(file.server, base, |name| sources.iter().any(|source| source.name() == name));
        let server = server.map_err(|(start, message)| format!(":{}: [server] {message}", line_of(&text, start)))?;
        let File { mail, webhooks, chats, rules, .. } = file;
        let alerts = alerts::Sections { mail, webhooks, chats, rules }.understand();
        let alerts = alerts.map_err(|(start, message)| format!(":{}: {message}", line_of(&text, start)))?;
        Ok(Config {
            community: file.community,
            support,
            helpers: file.helpers,
            levels: file.levels,
            offered: file.offered,
            alerts,
            server,
            sources,
            text,
        })
    }

    /// Where the text of a configuration cannot be read as one: line and column, from 1. `None` if what is wrong with it
    /// has no such place.
    pub fn fault_at(text: &str) -> Option<(usize, usize)> {
        let start = toml::from_str::<File>(text).err()?.span()?.start;
        Some((line_of(text, start), edit::column_of(text, start)))
    }

    /// The sources called `names`, all if there are none. A name that is not here is an error of usage.
    pub fn named(&self, names: &[String]) -> Result<Vec<&Configured>> {
        let known = |name: &String| self.sources.iter().any(|source| source.name() == name);
        if let Some(stranger) = names.iter().find(|name| !known(name)) {
            let all: Vec<_> = self.sources.iter().map(Configured::name).collect();
            let hint = if all.is_empty() { "there are none yet".to_owned() } else { all.join(", ") };
            return Err(cli::usage(format!("no source is called `{stranger}` (sources: {hint})")));
        }
        Ok(self
            .sources
            .iter()
            .filter(|source| names.is_empty() || names.iter().any(|name| name == source.name()))
            .collect())
    }

    /// Checks a source's options and gives what turns its items into rows.
    pub fn normalizer(&self, source: &Configured) -> Result<Normalizer> {
        (source.source.normalizer)(&source.context).map_err(|error| {
            let quoted = error.message.split('`').nth(1);
            anyhow!("switchboard.toml{}", complaint(&self.text, source.name(), quoted, &error.message))
        })
    }

    /// Checks the options of every source.
    pub fn check(&self) -> Result<()> {
        self.sources.iter().try_for_each(|source| self.normalizer(source).map(|_| ()))
    }
}

/// The source that a section describes; else what is wrong with it, and the key at fault.
fn configured(name: &str, mut options: toml::Table, base: &Path) -> Result<Configured, (String, Option<&'static str>)> {
    check_name(name).map_err(|message| (message, None))?;
    let kind = options.remove("kind").ok_or(("it has no `kind`".to_owned(), None))?;
    let wrong = |message: String| (message, Some("kind"));
    let kind = kind.as_str().ok_or(wrong("`kind` must be a text".to_owned()))?;
    let source = sources::named(kind)
        .ok_or_else(|| wrong(format!("there is no kind `{kind}`; `switchboard sources` lists the kinds")))?;
    Ok(Configured { source, context: Context { source: name.to_owned(), base: base.to_owned(), options } })
}

/// Whether `name` can name a source: it becomes a folder of the archive and a column of every table.
pub fn check_name(name: &str) -> Result<(), String> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if name.is_empty() || name.len() > 64 || name.starts_with('.') || !name.bytes().all(fine) {
        return Err("use up to 64 letters, digits, `-`, `_` and `.` for a name, not starting with `.`".to_owned());
    }
    Ok(())
}

/// A complaint about a section, at the line of `key` where it has that key, else at its head.
fn complaint(text: &str, name: &str, key: Option<&str>, message: &str) -> String {
    let line = edit::span_of(text, name, key).map_or(1, |start| line_of(text, start));
    format!(":{line}: [sources.{name}] {message}")
}

/// The line of an offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let said = match Config::parse(text.to_owned(), Path::new("/w"))
            .and_then(|config| config.check().map(|()| config).map_err(|error| error.to_string()))
        {
            Ok(config) => {
                let hours = config.support.tiers.map(|tier| tier.first_response / 3_600_000_000);
                format!("{} {hours:?} {:?} {}", config.community.name, config.offered, config.sources.len())
            }
            Err(message) => message,
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn a_file_is_understood_or_its_line_is_named() {
        check("[community]\nname = \"x\"", "x [48, 48, 48, 48, 48] {} 0");
        check(
            "[community]\nname = \"x\"\n[promise]\nfirst_response = \"36h\"\n[tiers.3]\nfirst_response = \"5d\"
             [offered]\nlist = 3\n\"chat/#help\" = 1",
            "x [36, 36, 36, 120, 36] {\"chat/#help\": 1, \"list\": 3} 0",
        );
        check(
            "[community]\nname = \"x\"\n[hours]\nfrom = \"17:00\"\nuntil = \"9:00\"",
            ":3: [hours] `until` must lie after `from`",
        );
        check(
            "[community]\nname = \"x\"\n[tiers.7]\nname = \"more\"",
            ":3: unknown variant `7`, expected one of `0`, `1`, `2`, `3`, `4`",
        );
        check("[community]\nname = \"x\"\nnmae = 1", ":3: unknown field `nmae`, expected `name` or `simulated`");
        check(
            "[community]\nname = \"x\"\n[promise]\nfirst_response = \"soon\"",
            ":4: write a time between a minute and a year, such as \"2d\", \"36h\" or \"90m\"",
        );
        check(
            "[community]\nname = \"x\"\n[promise]\nwarn = \"120%\"",
            ":4: write a share of the promise, as \"20%\", or a time, as \"4h\"",
        );
        check(
            "[community]\nname = \"x\"\n[promise.channels.\"list/dev\"]\nfirst_response = \"4h\"",
            ":3: [promise.channels] `list/dev` is of no source here; write \"SOURCE\" or \"SOURCE/CHANNEL\"",
        );
        check("[community]\nname = \"x\"\n\n[sources.a]\npath = \"p\"", ":4: [sources.a] it has no `kind`");
        check(
            "[community]\nname = \"x\"\n[sources.a]\n\nkind = \"fax\"",
            ":5: [sources.a] there is no kind `fax`; `switchboard sources` lists the kinds",
        );
        check(
            "[community]\nname = \"x\"\n[sources.\"a b\"]\nkind = \"fax\"",
            ":3: [sources.a b] use up to 64 letters, digits, `-`, `_` and `.` for a name, not starting with `.`",
        );
        check(
            "[community]\nname = \"x\"\n[helpers]\nspread = 2",
            ":4: write how much the helping is spread as a number from 0 (not at all) to 1",
        );
        check(
            "[community]\nname = \"x\"\n[levels]\ncore_months = 13",
            ":4: write a number of months of twelve, from 1 to 12",
        );
        check("", ":1: missing field `community`");
    }

    #[test]
    fn promises_are_by_channel_and_tier_and_with_a_warning() {
        let text = "[community]\nname = \"x\"\n[promise]\nresolution = \"10d\"\nwarn = \"25%\"\n\
            [promise.channels.\"a/dev\"]\nfirst_response = \"4h\"\n[promise.channels.\"a/dev\".tiers.3]\n\
            resolution = \"30d\"\n[tiers.1]\nresolution = \"2d\"\n[sources.a]\nkind = \"mbox\"\npath = \"p\"";
        let support = Config::parse(text.to_owned(), Path::new("/w")).expect("understood").support;
        let check = |channel: &str, tier, first, resolution| {
            let promised = support.promise("a", channel, tier);
            let hours = |time: i64| time / 3_600_000_000;
            assert_eq!((hours(promised.first_response), promised.resolution.map(hours)), (first, Some(resolution)));
        };
        check("dev", Some(3), 4, 720);
        check("dev", Some(1), 4, 48);
        check("users", Some(3), 48, 240);
        assert_eq!(support.warn, insight::support::Warn::Share(0.25));
    }

    #[test]
    fn levels_are_the_usual_ones_but_for_what_is_said() {
        let text = "[community]\nname = \"x\"\n[levels]\nanswers = 5";
        let rules = Config::parse(text.to_owned(), Path::new("/w")).expect("understood").levels.rules();
        let usual = insight::people::LevelRules::default();
        assert_eq!(rules, insight::people::LevelRules { answers: 5, ..usual });
    }

    #[test]
    fn a_line_is_never_printed() {
        let text = "[community]\nname = \"x\"\n[sources.a]\ntoken = hush";
        let said = Config::parse(text.to_owned(), Path::new("/w")).err().expect("no value");
        assert!(said.starts_with(":4: ") && !said.contains("hush"), "{said}");
    }
}
