//! The forum, as a Stack Exchange dump of all eight tables. Questions and answers are posts, everything
//! else that is said is a comment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::accounts::{Accounts, Badge};
use crate::clock::{DAY, Seconds};
use crate::conversation::{Conversation, Feeling, Role, Turn};
use crate::dump::{Row, Table};
use crate::people::People;
use crate::person::used;
use crate::prose::{html, markdown, one_line};
use crate::rng::{Rng, mix};
use crate::say::{say, subject};
use crate::settings::SimulateError;
use crate::world::World;

/// A vote to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Vote {
    pub(crate) post: u32,
    /// Whose post it is: an account's number.
    pub(crate) owner: u32,
    pub(crate) kind: VoteKind,
    pub(crate) answer: bool,
}

/// With the dump's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum VoteKind {
    Accepted = 1,
    Up = 2,
    Down = 3,
}

/// Writes the forum, in order of time.
#[derive(Debug)]
pub(crate) struct Forum {
    posts: Table,
    comments: Table,
    votes: Table,
    history: Table,
    links: Table,
    tags: Table,
    accounts: Accounts,
    /// The last number of posts, comments, votes, history and links.
    last: [u32; 5],
    threads: FxHashMap<u32, Thread>,
    /// Rows of posts that wait for an older thread to end, and the first posts of threads still open:
    /// so that `Posts.xml` is in order of numbers.
    ready: BTreeMap<u32, Row>,
    open: BTreeSet<u32>,
    /// For each topic, the latest question and how many there were.
    questions: Vec<(u32, u32)>,
}

/// A question and what came of it so far.
#[derive(Debug, Default)]
struct Thread {
    posts: Vec<Post>,
    /// For each turn that was said, the place in `posts` that it is or is attached to.
    post_of: FxHashMap<u16, usize>,
}

#[derive(Debug)]
struct Post {
    id: u32,
    owner: u32,
    turn: u16,
    time: Seconds,
    last: Seconds,
    score: i64,
    comments: i64,
    body: String,
}

const POSTS: usize = 0;
const COMMENTS: usize = 1;
const VOTES: usize = 2;
const HISTORY: usize = 3;
const LINKS: usize = 4;

impl Forum {
    pub(crate) fn create(root: &Path, topics: usize) -> Result<Forum, SimulateError> {
        let folder = root.join("forum");
        crate::files::make_folder(&folder)?;
        Ok(Forum {
            posts: Table::create(&folder, "Posts.xml", "posts")?,
            comments: Table::create(&folder, "Comments.xml", "comments")?,
            votes: Table::create(&folder, "Votes.xml", "votes")?,
            history: Table::create(&folder, "PostHistory.xml", "posthistory")?,
            links: Table::create(&folder, "PostLinks.xml", "postlinks")?,
            tags: Table::create(&folder, "Tags.xml", "tags")?,
            accounts: Accounts::create(&folder)?,
            last: [0; 5],
            threads: FxHashMap::default(),
            ready: BTreeMap::new(),
            open: BTreeSet::new(),
            questions: vec![(0, 0); topics],
        })
    }

    /// Writes a post or a comment and gives its name, `posts/17` or `comments/3`. Pushes the votes that
    /// it will get.
    pub(crate) fn write(
        &mut self,
        world: &World,
        people: &mut People,
        conversation: &Conversation,
        index: u16,
        votes: &mut Vec<(Seconds, Vote)>,
    ) -> Result<String, SimulateError> {
        let Some(turn) = conversation.turns.get(usize::from(index)) else { return Ok(String::new()) };
        people.list[turn.by as usize].used |= used::FORUM;
        let owner = self.accounts.account(people, turn.by, turn.time)?;
        let mut rng = Rng::of(conversation.seed, turn.voice ^ 3);
        let blocks = say(world, people, conversation, turn);
        if matches!(turn.role, Role::Question | Role::Answer) {
            let id = self.next(POSTS);
            let score = plan_votes(world, turn, id, owner, &mut rng, votes);
            self.history(turn, id, owner, &[(2, &markdown(&blocks))])?;
            if turn.role == Role::Question {
                self.open.insert(id);
                let tags = format!("<{}>", world.topics.list[conversation.topic].area);
                self.history(turn, id, owner, &[(1, &subject(world, people, conversation)), (3, &tags)])?;
                self.link(conversation, id, turn.time, &mut rng)?;
            }
            let thread = self.threads.entry(conversation.number).or_default();
            thread.post_of.insert(index, thread.posts.len());
            let body = html(&blocks);
            thread.posts.push(Post {
                id,
                owner,
                turn: index,
                time: turn.time,
                last: turn.time,
                score,
                comments: 0,
                body,
            });
            return Ok(format!("posts/{id}"));
        }
        let id = self.next(COMMENTS);
        let thread = self.threads.entry(conversation.number).or_default();
        let place = thread.post_of.get(&turn.to).copied().unwrap_or(0);
        thread.post_of.insert(index, place);
        let mut post = 0;
        if let Some(under) = thread.posts.get_mut(place) {
            under.comments += 1;
            under.last = under.last.max(turn.time);
            post = under.id;
        }
        let row = Row::new(i64::from(id))
            .number("PostId", i64::from(post))
            .number("Score", rng.streak(0.25, 5) as i64)
            .text("Text", &one_line(&blocks))
            .date("CreationDate", turn.time, turn.voice)
            .number("UserId", i64::from(owner));
        self.comments.row(&row)?;
        Ok(format!("comments/{id}"))
    }

    pub(crate) fn vote(&mut self, people: &People, vote: Vote, time: Seconds) -> Result<(), SimulateError> {
        let id = self.next(VOTES);
        let row = Row::new(i64::from(id))
            .number("PostId", i64::from(vote.post))
            .number("VoteTypeId", vote.kind as i64)
            .day("CreationDate", time);
        self.votes.row(&row)?;
        let (reputation, badge) = match (vote.kind, vote.answer) {
            (VoteKind::Accepted, _) => (15, Badge::Chosen),
            (VoteKind::Up, true) => (10, Badge::Teacher),
            (VoteKind::Up, false) => (5, Badge::Student),
            (VoteKind::Down, _) => (-2, Badge::Criticised),
        };
        self.accounts.earn(people, vote.owner, reputation, badge, time)
    }

    /// The vote by which the asker accepts an answer.
    pub(crate) fn acceptance(&self, conversation: &Conversation) -> Option<Vote> {
        let (turn, _) = conversation.accepted?;
        let thread = self.threads.get(&conversation.number)?;
        let post = thread.posts.iter().find(|post| post.turn == turn)?;
        Some(Vote { post: post.id, owner: post.owner, kind: VoteKind::Accepted, answer: true })
    }

    /// Writes the posts of a conversation in which everything was said.
    pub(crate) fn close(
        &mut self,
        world: &World,
        people: &People,
        conversation: &Conversation,
    ) -> Result<(), SimulateError> {
        let Some(thread) = self.threads.remove(&conversation.number) else { return Ok(()) };
        let Some(question) = thread.posts.first() else { return Ok(()) };
        let topic = &world.topics.list[conversation.topic];
        self.open.remove(&question.id);
        let parent = question.id;
        let answers = thread.posts.len() as i64 - 1;
        let accepted = self.acceptance_of(conversation, &thread);
        let last = thread.posts.iter().map(|post| post.last).max().unwrap_or(question.time);
        for post in &thread.posts {
            let salt = u64::from(post.id);
            let row = Row::new(i64::from(post.id));
            let row = match (post.id == parent, accepted) {
                (true, Some(accepted)) => row.number("PostTypeId", 1).number("AcceptedAnswerId", i64::from(accepted)),
                (true, None) => row.number("PostTypeId", 1),
                (false, _) => row.number("PostTypeId", 2).number("ParentId", i64::from(parent)),
            };
            let row = row.date("CreationDate", post.time, salt).number("Score", post.score);
            let row = match post.id == parent {
                true => row.number("ViewCount", 12 + (mix(salt) % 900) as i64 + post.score.max(0) * 60),
                false => row,
            };
            let row = row.text("Body", &post.body).number("OwnerUserId", i64::from(post.owner)).date(
                "LastActivityDate",
                if post.id == parent { last } else { post.last },
                salt,
            );
            let row = match post.id == parent {
                true => row
                    .text("Title", &subject(world, people, conversation))
                    .text("Tags", &format!("<{}>", topic.area))
                    .number("AnswerCount", answers),
                false => row,
            };
            self.ready.insert(post.id, row.number("CommentCount", post.comments));
        }
        self.write_ready()
    }

    /// Writes everything that is left and gives the number of posts and comments.
    pub(crate) fn finish(mut self, world: &World, people: &People) -> Result<(u64, u64), SimulateError> {
        self.open.clear();
        self.write_ready()?;
        for (at, area) in world.topics.areas.iter().enumerate() {
            let topics = world.topics.area_of.iter().zip(&self.questions).filter(|(area, _)| **area == at);
            let count = topics.map(|(_, (_, count))| i64::from(*count)).sum();
            let row = Row::new(at as i64 + 1).text("TagName", area).number("Count", count);
            self.tags.row(&row)?;
        }
        let row = Row::new(world.topics.areas.len() as i64 + 1).text("TagName", "simulated").number("Count", 0);
        self.tags.row(&row)?;
        for table in [self.posts, self.comments, self.votes, self.history, self.links, self.tags] {
            table.finish()?;
        }
        self.accounts.finish(people)?;
        Ok((u64::from(self.last[POSTS]), u64::from(self.last[COMMENTS])))
    }

    fn next(&mut self, table: usize) -> u32 {
        self.last[table] += 1;
        self.last[table]
    }

    fn acceptance_of(&self, conversation: &Conversation, thread: &Thread) -> Option<u32> {
        let (turn, _) = conversation.accepted?;
        thread.posts.iter().find(|post| post.turn == turn).map(|post| post.id)
    }

    /// Writes the rows that no open thread can come before.
    fn write_ready(&mut self) -> Result<(), SimulateError> {
        let limit = self.open.first().copied().unwrap_or(u32::MAX);
        while let Some(entry) = self.ready.first_entry()
            && *entry.key() < limit
        {
            self.posts.row(&entry.remove())?;
        }
        Ok(())
    }

    /// Some questions are linked to an earlier one about the same, some marked as its duplicate.
    fn link(
        &mut self,
        conversation: &Conversation,
        id: u32,
        time: Seconds,
        rng: &mut Rng,
    ) -> Result<(), SimulateError> {
        let earlier = self.questions[conversation.topic].0;
        if earlier != 0 && rng.chance(0.12) {
            let link = self.next(LINKS);
            let kind = if rng.chance(0.4) { 3 } else { 1 };
            let row = Row::new(i64::from(link))
                .date("CreationDate", time, u64::from(link))
                .number("PostId", i64::from(id))
                .number("RelatedPostId", i64::from(earlier))
                .number("LinkTypeId", kind);
            self.links.row(&row)?;
        }
        let (latest, count) = &mut self.questions[conversation.topic];
        *latest = id;
        *count += 1;
        Ok(())
    }

    /// The first revision of a post: its texts with the dump's numbers for body, title and tags.
    fn history(&mut self, turn: &Turn, post: u32, owner: u32, texts: &[(i64, &str)]) -> Result<(), SimulateError> {
        let (high, low) = (mix(turn.voice), mix(turn.voice ^ 5));
        let revision = format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        );
        for (kind, text) in texts {
            let id = self.next(HISTORY);
            let row = Row::new(i64::from(id))
                .number("PostHistoryTypeId", *kind)
                .number("PostId", i64::from(post))
                .text("RevisionGUID", &revision)
                .date("CreationDate", turn.time, u64::from(post))
                .number("UserId", i64::from(owner))
                .text("Text", text);
            self.history.row(&row)?;
        }
        Ok(())
    }
}

/// Draws the votes that a post will get, and gives its score.
fn plan_votes(
    world: &World,
    turn: &Turn,
    post: u32,
    owner: u32,
    rng: &mut Rng,
    votes: &mut Vec<(Seconds, Vote)>,
) -> i64 {
    let answer = turn.role == Role::Answer;
    let bad = matches!(turn.feeling, Feeling::Angry | Feeling::Unkind);
    let up = match (bad, answer) {
        (true, _) => 0.2,
        (false, true) => 0.62,
        (false, false) => 0.5,
    };
    let kinds =
        [(VoteKind::Up, rng.streak(up, 40), 1), (VoteKind::Down, rng.streak(if bad { 0.5 } else { 0.06 }, 6), -1)];
    let mut score = 0;
    for (kind, count, worth) in kinds {
        for _ in 0..count {
            let time = turn.time + (rng.lognormal(0.8, 1.2).min(30.0) * DAY as f64) as Seconds;
            if world.lasts(time) {
                votes.push((time, Vote { post, owner, kind, answer }));
                score += worth;
            }
        }
    }
    score
}
