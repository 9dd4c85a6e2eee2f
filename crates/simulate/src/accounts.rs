//! The forum's users and their badges.

use std::path::Path;

use crate::clock::Seconds;
use crate::dump::{Row, Table};
use crate::people::People;
use crate::rng::mix;
use crate::settings::SimulateError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Badge {
    Student = 1,
    Teacher = 2,
    Chosen = 4,
    Criticised = 8,
}

/// `Users.xml` and `Badges.xml`.
#[derive(Debug)]
pub(crate) struct Accounts {
    users: Table,
    badges: Table,
    last_badge: u32,
    /// Account number 1 first.
    list: Vec<Account>,
}

#[derive(Debug)]
struct Account {
    person: u32,
    created: Seconds,
    seen: Seconds,
    reputation: i64,
    /// Bits of [`Badge`].
    badges: u8,
}

impl Accounts {
    pub(crate) fn create(folder: &Path) -> Result<Accounts, SimulateError> {
        Ok(Accounts {
            users: Table::create(folder, "Users.xml", "users")?,
            badges: Table::create(folder, "Badges.xml", "badges")?,
            last_badge: 0,
            list: Vec::new(),
        })
    }

    /// The number of somebody's account, made when they first need it.
    pub(crate) fn account(&mut self, people: &mut People, person: u32, time: Seconds) -> Result<u32, SimulateError> {
        let known = &mut people.list[person as usize].forum_id;
        if *known == 0 {
            let made = time - (mix(u64::from(person)) % 900) as Seconds - 20;
            self.list.push(Account { person, created: made, seen: time, reputation: 1, badges: 0 });
            *known = self.list.len() as u32;
            if mix(u64::from(person) ^ 0xb).is_multiple_of(4) {
                self.badge(*known, "Autobiographer", made)?;
            }
        }
        let number = *known;
        if let Some(account) = self.get(number) {
            account.seen = time;
        }
        Ok(number)
    }

    /// Counts a vote on a post of `number`; the first of a kind earns a badge.
    pub(crate) fn earn(
        &mut self,
        people: &People,
        number: u32,
        reputation: i64,
        badge: Badge,
        time: Seconds,
    ) -> Result<(), SimulateError> {
        let Some(account) = self.get(number) else { return Ok(()) };
        debug_assert_eq!(people.get(account.person).forum_id, number);
        account.reputation = (account.reputation + reputation).max(1);
        let first = account.badges & badge as u8 == 0;
        account.badges |= badge as u8;
        match badge {
            Badge::Student if first => self.badge(number, "Student", time),
            Badge::Teacher if first => self.badge(number, "Teacher", time),
            Badge::Chosen if first => self.badge(number, "Enlightened", time),
            _ => Ok(()),
        }
    }

    pub(crate) fn finish(mut self, people: &People) -> Result<(), SimulateError> {
        let start = self.list.first().map_or(0, |account| account.created);
        let robot = Row::new(-1)
            .number("Reputation", 1)
            .date("CreationDate", start, 0)
            .text("DisplayName", "Community")
            .date("LastAccessDate", start, 0)
            .text("Location", "nowhere")
            .text("AboutMe", "<p>This site is simulated: nobody here is a real person.</p>")
            .number("Views", 0)
            .number("UpVotes", 0)
            .number("DownVotes", 0)
            .number("AccountId", -1);
        self.users.row(&robot)?;
        for (at, account) in self.list.iter().enumerate() {
            let number = at as i64 + 1;
            let row = Row::new(number)
                .number("Reputation", account.reputation)
                .date("CreationDate", account.created, number as u64)
                .text("DisplayName", &people.get(account.person).forum_name)
                .date("LastAccessDate", account.seen, number as u64)
                .number("Views", (mix(number as u64) % 50) as i64)
                .number("UpVotes", 0)
                .number("DownVotes", 0)
                .number("AccountId", 100_000 + number * 7);
            self.users.row(&row)?;
        }
        self.users.finish()?;
        self.badges.finish()
    }

    fn get(&mut self, number: u32) -> Option<&mut Account> {
        self.list.get_mut((number as usize).checked_sub(1)?)
    }

    fn badge(&mut self, user: u32, name: &str, time: Seconds) -> Result<(), SimulateError> {
        self.last_badge += 1;
        let row = Row::new(i64::from(self.last_badge))
            .number("UserId", i64::from(user))
            .text("Name", name)
            .date("Date", time, u64::from(self.last_badge))
            .number("Class", 3)
            .text("TagBased", "False");
        self.badges.row(&row)
    }
}
