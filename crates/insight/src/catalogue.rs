//! Every number that is shown anywhere: what it is, which way is good, what to keep in mind, and the SQL that gives it and
//! the rows behind it.
//!
//! `{from}` and `{until}` in SQL stand for instants as `TIMESTAMP '2024-05-01T00:00:00Z'`, the second one not included.
//! What was decided on the desk counts on pages at once, in SQL after the next sync or rebuild.

/// A number's definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// Its name for programs and addresses.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The CHAOSS metric that it is (<https://chaoss.community/kbtopic/all-metrics/>), where there is one.
    pub chaoss: Option<&'static str>,
    /// What is counted, exactly.
    pub definition: &'static str,
    /// What it is in: `questions`, `share` (0 to 1), `hours`, `people`, `messages`, `mood` (-1 to 1).
    pub unit: &'static str,
    /// Which way is good: `up`, `down` or `neither`.
    pub good: &'static str,
    /// What to keep in mind when reading it.
    pub caveat: Option<&'static str>,
    /// The number, as SQL with one row and one column; none where SQL alone cannot say it.
    pub sql: Option<&'static str>,
    /// The rows behind it.
    pub rows: Option<&'static str>,
}

/// The questions of people in a period: what most numbers are made of.
macro_rules! questions {
    ($select:literal, $more:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM conversations AS c LEFT JOIN people AS p ON p.person_id = c.opener_person_id WHERE c.is_question",
            " AND coalesce(p.bot, false) = false AND c.opened >= {from} AND c.opened < {until}",
            $more
        )
    };
}

/// Hours from a question to its first response.
macro_rules! hours {
    () => {
        "(extract(epoch FROM c.first_response) - extract(epoch FROM c.opened)) / 3600.0"
    };
}

/// Every number there is, by name.
pub const CATALOGUE: &[Entry] = &[
    Entry {
        name: "absence_factor",
        title: "People who give half of the answers",
        chaoss: Some("Contributor Absence Factor"),
        definition: "the fewest people who together gave half of the answers of the last 365 days; an answer is a \
                     person's first message in a question of somebody else",
        unit: "people",
        good: "up",
        caveat: Some("a small number says that the help rests on few shoulders, not that the others do too little"),
        sql: None,
        rows: Some(
            "SELECT helper AS person_id, count(*) AS answers FROM (SELECT unnest(helper_person_ids) AS helper FROM \
             conversations WHERE is_question AND opened >= {from} AND opened < {until}) GROUP BY helper ORDER BY answers DESC",
        ),
    },
    Entry {
        name: "active_people",
        title: "Active people",
        chaoss: Some("Active Contributors"),
        definition: "people who in the month opened a conversation, or wrote for the first time in one of somebody else",
        unit: "people",
        good: "up",
        caveat: Some("who only goes on in a conversation begun in another month is not counted in this one"),
        sql: None,
        rows: Some(
            "SELECT i.person_id, count(*) AS messages FROM messages AS m JOIN identities AS i ON i.identity_id = \
             m.identity_id WHERE m.time >= {from} AND m.time < {until} GROUP BY i.person_id ORDER BY messages DESC",
        ),
    },
    Entry {
        name: "answered",
        title: "Questions answered",
        chaoss: None,
        definition: "questions of the period in which another person responded, or which were resolved",
        unit: "questions",
        good: "up",
        caveat: Some("of the latest questions many will still be answered"),
        sql: Some(questions!("count(*) AS value", " AND (c.first_response IS NOT NULL OR c.state = 'resolved')")),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened, c.first_response, c.state",
            " AND (c.first_response IS NOT NULL OR c.state = 'resolved') ORDER BY c.opened DESC"
        )),
    },
    Entry {
        name: "answered_share",
        title: "Share of questions answered",
        chaoss: None,
        definition: "the share of the questions in which another person responded or which were resolved",
        unit: "share",
        good: "up",
        caveat: Some("of the latest questions many will still be answered"),
        sql: Some(questions!(
            "avg(CASE WHEN c.first_response IS NOT NULL OR c.state = 'resolved' THEN 1.0 ELSE 0.0 END) AS value",
            ""
        )),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened, c.first_response, c.state",
            " ORDER BY c.opened DESC"
        )),
    },
    Entry {
        name: "came_back",
        title: "Newcomers who came back",
        chaoss: None,
        definition: "of the people whose first conversation was in a channel, in the last 365 days but the last 30, the \
                     share who were seen anywhere 30 days later or after",
        unit: "share",
        good: "up",
        caveat: Some("who found what they came for need not come back"),
        sql: None,
        rows: Some(
            "SELECT person_id, first_seen, last_seen FROM people WHERE NOT bot AND first_seen >= {from} AND first_seen < \
             {until} ORDER BY first_seen DESC",
        ),
    },
    Entry {
        name: "first_response_mean",
        title: "Time to first response (mean)",
        chaoss: Some("Time to First Response"),
        definition: "the mean time to the first response by another person who is no bot, of questions that got one",
        unit: "hours",
        good: "down",
        caveat: Some("a few very late responses move it far: read it beside the median"),
        sql: Some(questions!(
            "avg((extract(epoch FROM c.first_response) - extract(epoch FROM c.opened)) / 3600.0) AS value",
            " AND c.first_response >= c.opened"
        )),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened, c.first_response",
            " AND c.first_response >= c.opened ORDER BY c.first_response - c.opened DESC"
        )),
    },
    Entry {
        name: "first_response_median",
        title: "Time to first response (median)",
        chaoss: Some("Time to First Response"),
        definition: "half of the questions that got a response by another person who is no bot got it within this time",
        unit: "hours",
        good: "down",
        caveat: Some("questions without a response are not in it: read it beside the share answered"),
        sql: Some(questions!(
            "median((extract(epoch FROM c.first_response) - extract(epoch FROM c.opened)) / 3600.0) AS value",
            " AND c.first_response >= c.opened"
        )),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened, c.first_response",
            " AND c.first_response >= c.opened ORDER BY c.first_response - c.opened DESC"
        )),
    },
    Entry {
        name: "gaps",
        title: "Missing documentation",
        chaoss: None,
        definition: "questions that are asked again and again and that no page answers",
        unit: "questions",
        good: "down",
        caveat: Some("a page counts only if one of the sources holds it"),
        sql: Some("SELECT count(*) AS value FROM gaps"),
        rows: Some("SELECT gap_id, title, questions, people, unanswered, last_time FROM gaps ORDER BY questions DESC"),
    },
    Entry {
        name: "messages",
        title: "Messages",
        chaoss: None,
        definition: "messages in the questions that were asked in the period, whenever they were written",
        unit: "messages",
        good: "neither",
        caveat: Some("talk that began without a question is not in it"),
        sql: Some(questions!("coalesce(sum(c.messages), 0) AS value", "")),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened, c.messages",
            " ORDER BY c.messages DESC"
        )),
    },
    Entry {
        name: "mood",
        title: "Mood",
        chaoss: None,
        definition: "the mean mood of the messages of the months of the last 365 days, by the words that they use",
        unit: "mood",
        good: "up",
        caveat: Some("words are a weak sign of a mood; compare a channel with itself, not with another"),
        sql: Some(
            "SELECT avg(sentiment) AS value FROM signals WHERE month >= substr(cast({from} AS varchar), 1, 7) AND month \
             <= substr(cast({until} AS varchar), 1, 7)",
        ),
        rows: None,
    },
    Entry {
        name: "new_contributors",
        title: "New contributors",
        chaoss: Some("New Contributors"),
        definition: "people whose first commit of all was in the month",
        unit: "people",
        good: "up",
        caveat: Some("only where commits are collected"),
        sql: None,
        rows: Some(
            "SELECT i.person_id, min(a.time) AS first_commit FROM activities AS a JOIN identities AS i ON i.identity_id = \
             a.identity_id WHERE a.kind IN ('authored', 'co_authored') AND NOT a.merge GROUP BY i.person_id HAVING \
             min(a.time) >= {from} AND min(a.time) < {until} ORDER BY first_commit DESC",
        ),
    },
    Entry {
        name: "newcomers",
        title: "Newcomers",
        chaoss: None,
        definition: "people who were seen for the first time anywhere in the period",
        unit: "people",
        good: "up",
        caveat: Some("in the first months of an archive everybody is new"),
        sql: Some(
            "SELECT count(*) AS value FROM people WHERE NOT bot AND first_seen >= {from} AND first_seen < {until}",
        ),
        rows: Some(
            "SELECT person_id, sources, first_seen, messages FROM people WHERE NOT bot AND first_seen >= {from} AND \
             first_seen < {until} ORDER BY first_seen DESC",
        ),
    },
    Entry {
        name: "questions",
        title: "Questions",
        chaoss: None,
        definition: "conversations that a person opened with a question in the period",
        unit: "questions",
        good: "neither",
        caveat: None,
        sql: Some(questions!("count(*) AS value", "")),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened, c.state, c.asked_tier",
            " ORDER BY c.opened DESC"
        )),
    },
    Entry {
        name: "stayed",
        title: "Who stays",
        chaoss: None,
        definition: "of the people who wrote for the first time in a quarter, the share who opened a conversation, or wrote \
                     for the first time in one of somebody else, in a later quarter",
        unit: "share",
        good: "up",
        caveat: Some("small quarters vary by chance; read the number of people beside the share"),
        sql: None,
        rows: None,
    },
    Entry {
        name: "unanswered",
        title: "Without a response at the end",
        chaoss: None,
        definition: "questions that at the end of the stretch had no response and were asked less than 30 days before",
        unit: "questions",
        good: "down",
        caveat: Some("after 30 days nobody is taken to wait: whoever asked has gone"),
        sql: None,
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.opened",
            " AND c.first_response IS NULL AND c.state <> 'resolved' ORDER BY c.opened DESC"
        )),
    },
    Entry {
        name: "waiting",
        title: "Waiting now",
        chaoss: None,
        definition: "those of the questions in which somebody waits for an answer now",
        unit: "questions",
        good: "down",
        caveat: None,
        sql: Some(questions!("count(*) AS value", " AND c.state = 'waiting'")),
        rows: Some(questions!(
            "c.conversation_id, c.source, c.channel, c.waiting_since",
            " AND c.state = 'waiting' ORDER BY c.waiting_since"
        )),
    },
    Entry {
        name: "within_promise",
        title: "Promises kept",
        chaoss: None,
        definition: "the share of the questions with a first response before the promise of their tier ran out, of those \
                     with a response or whose promise has run out",
        unit: "share",
        good: "up",
        caveat: Some(
            "measured by today's promises and working hours, also for questions asked before they were made; SQL knows \
             neither, so it gives only the rows",
        ),
        sql: None,
        rows: Some(concat!(
            "SELECT c.conversation_id, c.source, c.channel, c.asked_tier, c.opened, ",
            hours!(),
            " AS hours FROM conversations AS c LEFT JOIN people AS p ON p.person_id = c.opener_person_id WHERE \
             c.is_question AND coalesce(p.bot, false) = false AND c.opened >= {from} AND c.opened < {until} ORDER BY \
             hours DESC"
        )),
    },
];

impl Entry {
    /// The entry of this name.
    pub fn named(name: &str) -> Option<&'static Entry> {
        CATALOGUE.iter().find(|entry| entry.name == name)
    }

    /// SQL for a period: from an instant until another, that one not included; microseconds UTC.
    pub fn for_period(sql: &str, from: i64, until: i64) -> String {
        let instant = |time| match jiff::Timestamp::from_microsecond(time) {
            Ok(time) => format!("TIMESTAMP '{time}'"),
            Err(_) => "NULL".to_owned(),
        };
        sql.replace("{from}", &instant(from)).replace("{until}", &instant(until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_stands_once_and_in_order() {
        let names: Vec<&str> = CATALOGUE.iter().map(|entry| entry.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }

    #[test]
    fn sql_names_columns_that_there_are() {
        for entry in CATALOGUE {
            for sql in [entry.sql, entry.rows].into_iter().flatten() {
                let period = Entry::for_period(sql, 0, 1_700_000_000_000_000);
                assert!(!period.contains('{') && period.starts_with("SELECT "), "{}: {period}", entry.name);
            }
        }
    }

    #[test]
    fn periods_are_instants() {
        assert_eq!(
            Entry::for_period("a >= {from} AND a < {until}", 0, 1_700_000_000_000_000),
            "a >= TIMESTAMP '1970-01-01T00:00:00Z' AND a < TIMESTAMP '2023-11-14T22:13:20Z'"
        );
    }
}
