//! The code: a bare git repository. Commits are real, the tree is always empty.

use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::objs::{Commit, Kind, WriteTo};
use rustc_hash::FxHashMap;

use crate::clock::put;
use crate::conversation::{Conversation, Role};
use crate::files::{make_folder, write_file};
use crate::pack::{Pack, commit_error};
use crate::people::People;
use crate::person::{Fate, used};
use crate::rng::Rng;
use crate::settings::SimulateError;
use crate::world::World;

/// Writes commits, in order of time.
#[derive(Debug)]
pub(crate) struct Code {
    folder: PathBuf,
    pack: Pack,
    tree: ObjectId,
    main: Option<ObjectId>,
    /// For each change that will be merged, its last commit.
    branches: FxHashMap<u32, ObjectId>,
    commits: u64,
}

impl Code {
    pub(crate) fn create(root: &Path) -> Result<Code, SimulateError> {
        let mut pack = Pack::new();
        let tree = pack.add(Kind::Tree, &[])?;
        Ok(Code { folder: root.join("code"), pack, tree, main: None, branches: FxHashMap::default(), commits: 0 })
    }

    /// Makes a commit and gives its hash.
    pub(crate) fn write(
        &mut self,
        world: &World,
        people: &mut People,
        conversation: &Conversation,
        index: u16,
    ) -> Result<String, SimulateError> {
        let Some(turn) = conversation.turns.get(usize::from(index)) else { return Ok(String::new()) };
        people.list[turn.by as usize].used |= used::CODE;
        let branch = self.branches.get(&conversation.number).copied();
        let parents = match turn.role {
            Role::Merge => self.main.into_iter().chain(branch).collect(),
            _ => branch.or(self.main).into_iter().collect(),
        };
        let mut rng = Rng::of(conversation.seed, turn.voice);
        let committer = committer(people, turn.by, turn.time, &mut rng);
        people.list[committer as usize].used |= used::CODE;
        let commit = Commit {
            tree: self.tree,
            parents,
            author: signature(people, turn.by, turn.time),
            committer: signature(people, committer, turn.time + if committer == turn.by { 0 } else { 1_800 }),
            encoding: None,
            message: message(world, people, conversation, index, &mut rng).into(),
            extra_headers: Vec::new(),
        };
        let mut data = Vec::new();
        commit.write_to(&mut data).map_err(commit_error)?;
        let id = self.pack.add(Kind::Commit, &data)?;
        self.commits += 1;
        // A change of one commit without a merge goes straight to main.
        if turn.role == Role::Merge || conversation.turns.len() == 1 {
            self.main = Some(id);
            self.branches.remove(&conversation.number);
        } else {
            self.branches.insert(conversation.number, id);
        }
        Ok(id.to_string())
    }

    /// Writes the repository and gives the number of commits. What was not merged is a branch.
    pub(crate) fn finish(self) -> Result<u64, SimulateError> {
        let refs = self.folder.join("refs").join("heads");
        make_folder(&refs)?;
        make_folder(&self.folder.join("objects").join("info"))?;
        self.pack.write(&self.folder.join("objects").join("pack"))?;
        write_file(self.folder.join("HEAD"), b"ref: refs/heads/main\n")?;
        write_file(
            self.folder.join("config"),
            b"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n",
        )?;
        write_file(self.folder.join("description"), b"Relaywind (simulated)\n")?;
        if let Some(main) = self.main {
            write_file(refs.join("main"), format!("{main}\n").as_bytes())?;
        }
        for (number, tip) in &self.branches {
            write_file(refs.join(format!("change-{number}")), format!("{tip}\n").as_bytes())?;
        }
        Ok(self.commits)
    }
}

/// Maintainers commit what they write; what others write is often applied by a maintainer.
fn committer(people: &mut People, author: u32, time: i64, rng: &mut Rng) -> u32 {
    match people.get(author).fate {
        Fate::Core | Fate::Hero | Fate::Bot => author,
        _ if rng.chance(0.5) => author,
        _ => people.maintainer(rng, time, &[author]),
    }
}

fn signature(people: &People, who: u32, time: i64) -> gix::actor::Signature {
    let person = people.get(who);
    gix::actor::Signature {
        name: person.full.as_str().into(),
        email: person.code_mail.as_str().into(),
        time: gix::date::Time { seconds: time, offset: i32::from(person.zone) * 60 },
    }
}

fn message(world: &World, people: &mut People, conversation: &Conversation, index: u16, rng: &mut Rng) -> String {
    let turn = &conversation.turns[usize::from(index)];
    let topic = &world.topics.list[conversation.topic];
    if turn.role == Role::Merge {
        let mut out = format!("Merge change {}: {}\n\n", conversation.number, topic.commit);
        trailer(&mut out, "Reviewed-by", people, turn.by);
        return out;
    }
    if turn.by == people.code_bot {
        return format!("{}: bump a dependency to 1.{}.{}\n", topic.area, rng.below(40), rng.below(20));
    }
    let mut out = match index {
        0 => format!("{}\n\n", topic.commit),
        1 => format!("{}: tests for the change\n\n", topic.area),
        _ => format!("{}: {}\n\n", topic.area, *rng.pick(&["review comments", "docs", "tidy up", "changelog"])),
    };
    if rng.chance(0.5) {
        put(&mut out, format_args!("See https://docs.relaywind.example/{} for how it should be.\n\n", topic.docs));
    }
    let start = out.len();
    if index == 0
        && let Some(reporter) = conversation.reported_by
    {
        trailer(&mut out, "Reported-by", people, reporter);
    }
    if rng.chance(0.08) {
        let other = people.committer(rng, turn.time);
        if other != turn.by {
            trailer(&mut out, "Co-authored-by", people, other);
        }
    }
    if rng.chance(0.4) {
        let reviewer = people.maintainer(rng, turn.time, &[turn.by]);
        trailer(&mut out, "Reviewed-by", people, reviewer);
    }
    if out.len() == start {
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

fn trailer(out: &mut String, name: &str, people: &mut People, who: u32) {
    let person = &mut people.list[who as usize];
    // A reporter is known by the address of the list, a contributor by that of their commits.
    let mail = match name {
        "Reported-by" => {
            person.used |= used::REPORTED;
            &person.mail
        }
        _ => {
            person.used |= used::CODE;
            &person.code_mail
        }
    };
    put(out, format_args!("{name}: {} <{mail}>\n", person.full));
}
