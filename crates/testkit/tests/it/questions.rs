//! The questions, asked of real communities: what holds whatever people said.

use archive::{Archive, Limits, Tables};
use insight::views::Helper;
use insight::{Community, Settings, WaitingFilter};
use model::time::DAY;
use source::Context;

/// Collects, derives and indexes some of the shared data (kind, name, path, further options), and opens it.
fn open(folder: &std::path::Path, sources: &[(&str, &str, &str, &str)]) -> Community {
    let archive = Archive::open(&folder.join("archive")).expect("opens");
    let tables = Tables::new(&folder.join("tables"));
    let mut inputs = Vec::new();
    for (kind, name, path, more) in sources {
        let options = format!("path = '{}'\n{more}", testkit::shared_data().join(path).display());
        let context = Context { source: (*name).to_owned(), ..testkit::context(folder, &options) };
        let source = sources::named(kind).expect("the kind is known");
        source::run::collect(&archive, source, &context, Limits::default(), &mut |_| {}).expect("collects");
        inputs.push(derive::Input { context, source });
    }
    let job = derive::Job { archive: &archive, tables: &tables, sources: inputs, decided: Default::default() };
    derive::derive(&job, &mut |_| {}).expect("derives");
    let manifest = tables.manifest().expect("reads").expect("is there");
    let index = folder.join("index");
    index::update(&index, &tables, &manifest, &mut |_, _| ()).expect("indexes");
    let settings = Settings {
        community: "Real".into(),
        simulated: false,
        support: insight::support::Support::default_with(2 * DAY),
        spread: insight::SPREAD,
        levels: insight::people::LevelRules::default(),
        as_of: None,
    };
    Community::open(&tables, &index, &folder.join("desk.sqlite"), settings).expect("opens")
}

fn check_helpers(helpers: &[Helper], asker: Option<&str>) {
    assert!(helpers.is_sorted_by(|a, b| a.score >= b.score));
    for helper in helpers {
        assert!(Some(helper.person.id.as_str()) != asker, "nobody helps themselves");
        assert!(!helper.why.is_empty(), "every suggestion says why");
        assert!(helper.why.iter().all(|why| !why.contains('@')), "a reason holds no address");
    }
}

/// Everything that the Today page leads to opens, in order, and shows no address as a name.
fn check(community: &Community) {
    let today = community.today().expect("answers");
    assert!(today.as_of_data, "the shared data are archives");
    let waiting = community.waiting(usize::MAX, &WaitingFilter::default()).expect("answers");
    assert_eq!(today.waiting_total, waiting.len() as u64);
    assert!(waiting.is_sorted_by_key(|line| line.due));
    assert!(waiting.iter().all(|line| line.since <= today.as_of && line.since > today.as_of - 30 * DAY));
    let mut people: Vec<_> = today.newcomers.iter().map(|one| &one.person).collect();
    people.extend(today.to_thank.iter().map(|one| &one.person));
    for line in &waiting {
        check_helpers(&line.helpers, line.asker.as_ref().map(|asker| asker.id.as_str()));
        people.extend(line.asker.iter().chain(line.helpers.iter().map(|helper| &helper.person)));
    }
    for person in people {
        assert!(!person.name.contains('@') && !person.name.is_empty());
        assert!(community.person(&person.id).expect("answers").is_some());
    }
    let shown =
        waiting.iter().map(|line| &line.conversation).chain(today.busiest.iter().map(|busy| &busy.conversation));
    for conversation in shown {
        let page = community.conversation(&conversation.id).expect("answers").expect("is there");
        assert_eq!(page.messages.len() as u64, page.messages_total.min(500), "every message is found");
        assert!(page.messages.is_sorted_by_key(|message| message.time.unwrap_or(i64::MAX)));
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_mailing_list_and_a_question_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = [("mbox", "list", "mail/twisted-python", ""), ("stackexchange-dump", "qa", "stackexchange/beer", "")];
    let community = open(folder.path(), &sources);
    check(&community);
    let answer = community.ask("how do I stop the reactor cleanly?").expect("answers");
    assert!((5..=10).contains(&answer.similar.len()), "{} found", answer.similar.len());
    assert!(answer.similar.iter().all(|similar| similar.conversation.source == "list"), "the reactor is no beer");
    assert!(answer.similar.iter().filter(|similar| similar.answer.is_some()).count() >= answer.similar.len() - 1);
    check_helpers(&answer.helpers, None);
    assert!(!answer.helpers.is_empty());
    let answer = community.ask("how long does a bottle of lager keep?").expect("answers");
    assert!(answer.similar.iter().all(|similar| similar.conversation.source == "qa"));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn a_chat() {
    let folder = tempfile::tempdir().expect("a folder");
    check(&open(folder.path(), &[("irc-log", "chat", "irc/ubuntu", "glob = '*.raw.txt'")]));
}
