//! What is asked of a metric: from when until when, of whom, split by what.

/// What values are split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum By {
    /// Nothing: one value.
    #[default]
    All,
    /// The UTC day.
    Day,
    /// Seven days from a Monday on, UTC.
    Week,
    /// The UTC month.
    Month,
    /// Three months of the calendar, UTC.
    Quarter,
    /// The UTC year.
    Year,
    /// The source.
    Source,
    /// The source and the channel, as `source/channel`.
    Channel,
    /// The support tier that is asked for, 0 to 4; `none` where no help is asked for.
    Tier,
    /// The organization that somebody is with now, as far as known; `unknown` where nobody knows.
    Organization,
    /// Staff or not: `staff`, `community`.
    Staff,
}

/// Each way to split, the name that people write, and the column that a view needs for it.
const WAYS: &[(By, &str, &str)] = &[
    (By::All, "all", ""),
    (By::Day, "day", "time"),
    (By::Week, "week", "time"),
    (By::Month, "month", "time"),
    (By::Quarter, "quarter", "time"),
    (By::Year, "year", "time"),
    (By::Source, "source", "source"),
    (By::Channel, "channel", "channel"),
    (By::Tier, "tier", "tier"),
    (By::Organization, "organization", "organization"),
    (By::Staff, "staff", "staff"),
];

impl By {
    /// Every way, in the order of the list that people are shown.
    pub fn all() -> impl Iterator<Item = By> {
        WAYS.iter().map(|(by, ..)| *by)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        self.way().1
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<By> {
        WAYS.iter().find(|(_, known, _)| *known == name).map(|(by, ..)| *by)
    }

    /// Whether the values follow each other in time.
    pub fn is_time(self) -> bool {
        self.column() == "time"
    }

    /// The column of a view that it needs; empty if none.
    pub(crate) fn column(self) -> &'static str {
        self.way().2
    }

    /// The key of a row, as SQL.
    pub(crate) fn key(self) -> String {
        match self {
            By::All => "'all'".to_owned(),
            By::Day | By::Week | By::Month | By::Quarter | By::Year => format!("date_trunc('{}', time)", self.as_str()),
            By::Source => "source".to_owned(),
            By::Channel => "source || '/' || channel".to_owned(),
            By::Tier => "coalesce(CAST(tier AS VARCHAR), 'none')".to_owned(),
            By::Organization => "coalesce(organization, 'unknown')".to_owned(),
            By::Staff => "CASE WHEN staff THEN 'staff' ELSE 'community' END".to_owned(),
        }
    }

    fn way(self) -> &'static (By, &'static str, &'static str) {
        WAYS.iter().find(|(by, ..)| *by == self).unwrap_or(&WAYS[0])
    }
}

/// Whose doing counts. Bots never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Who {
    /// Everybody but the team's own staff.
    #[default]
    Community,
    /// The team's own staff only.
    Staff,
    /// Both.
    Everybody,
}

/// What is counted, of all there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Only {
    /// On this source.
    pub source: Option<String>,
    /// In this channel, by its name within its source.
    pub channel: Option<String>,
    /// That ask for this tier, 0 to 4.
    pub tier: Option<u8>,
    /// By people of this organization.
    pub organization: Option<String>,
    /// By whom.
    pub who: Who,
}

/// What is asked of a metric.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ask {
    /// From this instant on, microseconds UTC.
    pub from: i64,
    /// Until before this one, microseconds UTC.
    pub until: i64,
    /// Split by.
    pub by: By,
    /// Of what.
    pub only: Only,
}

impl Ask {
    /// Everything from an instant until before another, as one value.
    pub fn period(from: i64, until: i64) -> Ask {
        Ask { from, until, by: By::All, only: Only::default() }
    }

    /// The same, split.
    #[must_use]
    pub fn by(self, by: By) -> Ask {
        Ask { by, ..self }
    }
}
