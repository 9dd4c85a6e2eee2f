//! Who waits in the made-up community, and who came lately.

use insight::views::{Newcomer, Waiting};

use super::{DAY, HOUR, NOW, conversation, helper, person, tier};

/// Who waits for an answer.
pub(super) fn waiting() -> Vec<Waiting> {
    let ada = helper(
        "Ada Okafor",
        8.1,
        &["answered 6 similar questions, 4 accepted; last 3 days ago", "knows the topic backfill"],
        &["Backfill stops at the daylight saving change", "Import skips the first hour of the day"],
    );
    let bao = helper(
        "Bao Trần",
        5.4,
        &["wrote 31 commits to src/backfill; last in May 2024"],
        &["Backfill is slow on spinning disks"],
    );
    let chiara = helper("Chiara Rossi", 3.9, &["answered 2 similar questions, 1 thanked; last in March 2024"], &[]);
    let dmitri = helper("Дмитрий Орлов", 2.2, &["answered 1 similar question; last in 2022"], &[]);
    let mut cases = vec![
        Waiting {
            conversation: conversation("Backfill hangs at 99 % after upgrading to 1.9", "dev-list"),
            asker: Some(person("Noor van Dijk")),
            newcomer: true,
            since: NOW - 4 * DAY,
            due: NOW - 2 * DAY,
            tier: Some(tier(2, "in-depth help", &["it says that it worked before", "it shows a log or a session"])),
            lead: "Since the upgrade from 1.8.4 the nightly backfill stays at 99 % until I kill it. The log only says \
                   “waiting for 1 segment”. Is there a way to see which segment that is, or to skip it?"
                .to_owned(),
            messages: 2,
            helpers: vec![ada.clone(), bao.clone(), chiara.clone(), dmitri],
        },
        Waiting {
            conversation: conversation("how do I stop the reactor cleanly?", "chat/#tidepool"),
            asker: Some(person("fennec")),
            newcomer: false,
            since: NOW - 51 * HOUR,
            due: NOW - 3 * HOUR,
            tier: None,
            lead: "how do I stop the reactor cleanly? ctrl-c leaves the lock file behind every second time".to_owned(),
            messages: 1,
            helpers: vec![chiara.clone()],
        },
        Waiting {
            conversation: conversation(
                "TypeError: unsupported operand type(s) for +: 'NoneType' and 'datetime.timedelta' when a series has no first point",
                "qa",
            ),
            asker: Some(person("Ingrid Solberg")),
            newcomer: true,
            since: NOW - 42 * HOUR,
            due: NOW + 6 * HOUR,
            tier: None,
            lead: "I get this traceback for one series out of four thousand, and only when it is new. Minimal example \
                   below. Python 3.12, tidepool 1.9.1."
                .to_owned(),
            messages: 1,
            helpers: vec![ada, bao],
        },
        Waiting {
            conversation: conversation("איך מגדירים אזור זמן לכל חיישן?", "qa"),
            asker: None,
            newcomer: false,
            since: NOW - 5 * HOUR,
            due: NOW + 43 * HOUR,
            tier: None,
            lead: "יש לי חיישנים בשלושה אזורי זמן שונים, ו־tidepool מציג את כולם לפי UTC.".to_owned(),
            messages: 1,
            helpers: Vec::new(),
        },
    ];
    let more = [
        ("Where do retention rules live now?", "dev-list", "Sam Whitfield", 9),
        ("docs: the quick start names a flag that is gone", "code/issues", "玲奈", 3),
        ("Is 2.0-rc1 safe to try on a copy of production?", "dev-list", "Sipho Dlamini", 1),
    ];
    for (title, place, asker, hours) in more {
        cases.push(Waiting {
            conversation: conversation(title, place),
            asker: Some(person(asker)),
            newcomer: false,
            since: NOW - hours * HOUR,
            due: NOW + (48 - hours) * HOUR,
            tier: None,
            lead: "I looked through the guide and the archive but found only the old way of doing it.".to_owned(),
            messages: 1,
            helpers: vec![chiara.clone()],
        });
    }
    cases
}

/// Who came lately.
pub(super) fn newcomers() -> Vec<Newcomer> {
    let came = |name: &str, ago: i64, first: &str, title: Option<&str>, answered| Newcomer {
        person: person(name),
        first_seen: NOW - ago,
        first: first.to_owned(),
        conversation: title.map(|title| conversation(title, "dev-list")),
        answered,
    };
    let hangs = "Backfill hangs at 99 % after upgrading to 1.9";
    vec![
        came("Ingrid Solberg", 42 * HOUR, "asked “TypeError: unsupported operand …” on qa", Some(hangs), false),
        came("Noor van Dijk", 4 * DAY, "asked “Backfill hangs at 99 % …” on dev-list", Some(hangs), false),
        came("玲奈", 6 * DAY, "committed to code", None, true),
    ]
}
