//! The tables of a dump.

/// One table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Accounts.
    Users,
    /// Tags.
    Tags,
    /// Questions, answers, pages.
    Posts,
    /// Comments on posts.
    Comments,
    /// Links between posts.
    PostLinks,
    /// What was done to the text of posts.
    PostHistory,
    /// Votes for posts.
    Votes,
    /// Badges given to accounts.
    Badges,
}

impl Table {
    /// Every table, in the order of collection: what others refer to comes first.
    pub const ALL: &'static [Table] = &[
        Table::Users,
        Table::Tags,
        Table::Posts,
        Table::Comments,
        Table::PostLinks,
        Table::PostHistory,
        Table::Votes,
        Table::Badges,
    ];

    /// Its name in lower case: an item's kind, and the first part of its id.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::Users => "users",
            Table::Tags => "tags",
            Table::Posts => "posts",
            Table::Comments => "comments",
            Table::PostLinks => "postlinks",
            Table::PostHistory => "posthistory",
            Table::Votes => "votes",
            Table::Badges => "badges",
        }
    }

    /// The table of this name, in whatever case.
    pub fn named(name: &str) -> Option<Table> {
        Table::ALL.iter().copied().find(|table| table.as_str().eq_ignore_ascii_case(name))
    }
}
