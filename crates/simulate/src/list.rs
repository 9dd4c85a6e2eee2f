//! The mailing list: one file in mbox format per month (RFC 4155; the dialect mboxrd, which puts a `>`
//! before every line that looks like `From ` or `>From `).

use crate::clock::{envelope_date, local, mail_date, month_name, put};
use crate::conversation::{Conversation, Turn};
use crate::files::Rolling;
use crate::people::People;
use crate::person::{Mailer, Person, Quoting, used};
use crate::prose::mail_lines;
use crate::rng::{Rng, mix};
use crate::say::{Block, say, subject};
use crate::settings::SimulateError;
use crate::world::World;

/// Writes mails, in order of time.
#[derive(Debug)]
pub(crate) struct List {
    files: Rolling,
    mail: String,
}

/// Lines that people quote at most.
const QUOTED: usize = 9;

impl List {
    pub(crate) fn new(files: Rolling) -> List {
        List { files, mail: String::new() }
    }

    pub(crate) fn finish(self) -> Result<u64, SimulateError> {
        self.files.finish()
    }

    /// Writes one mail and gives its Message-ID.
    pub(crate) fn write(
        &mut self,
        world: &World,
        people: &mut People,
        conversation: &Conversation,
        index: u16,
    ) -> Result<String, SimulateError> {
        let Some(turn) = conversation.turns.get(usize::from(index)) else { return Ok(String::new()) };
        let person = &mut people.list[turn.by as usize];
        let second = person.mail_at(turn.time) != person.mail;
        person.used |= if second { used::SECOND_MAIL } else { used::LIST };
        let id = message_id(people, conversation, index);
        self.mail.clear();
        head(&mut self.mail, world, people, conversation, index, &id);
        let start = self.mail.len();
        body(&mut self.mail, world, people, conversation, turn);
        quote_from_lines(&mut self.mail, start);
        self.mail.push('\n');
        let file = format!("{}.mbox", month_name(turn.time));
        self.files.write(&file, self.mail.as_bytes(), true)?;
        Ok(id)
    }
}

/// The Message-ID of a mail, said or still to come. The numbers of conversation and turn go through a
/// bijection, so no two are equal.
pub(crate) fn message_id(people: &People, conversation: &Conversation, index: u16) -> String {
    let Some(turn) = conversation.turns.get(usize::from(index)) else { return String::new() };
    let domain = people.get(turn.by).mail_at(turn.time).split('@').next_back().unwrap_or("relaywind.example");
    let number = mix(u64::from(conversation.number) << 16 | u64::from(index));
    let at = local(turn.time, 0);
    format!("{:04}{:02}{:02}.{number:016x}@{domain}", at.year(), at.month(), at.day())
}

fn head(out: &mut String, world: &World, people: &People, conversation: &Conversation, index: u16, id: &str) {
    let turn = &conversation.turns[usize::from(index)];
    let person = people.get(turn.by);
    let mail = person.mail_at(turn.time);
    put(out, format_args!("From {mail} "));
    envelope_date(out, turn.time);
    out.push_str("\nFrom: ");
    encoded_name(out, &person.full);
    put(out, format_args!(" <{mail}>\nTo: Relaywind users <users@relaywind.example>\nSubject: "));
    out.push_str(if index == 0 { "[relaywind-users] " } else { "Re: [relaywind-users] " });
    out.push_str(&subject(world, people, conversation));
    out.push_str("\nDate: ");
    mail_date(out, turn.time, person.zone);
    put(out, format_args!("\nMessage-ID: <{id}>\n"));
    references(out, people, conversation, index, person);
    out.push_str(
        "List-Id: Relaywind users (simulated) <users.relaywind.example>\nX-Simulated: yes\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n",
    );
}

fn references(out: &mut String, people: &People, conversation: &Conversation, index: u16, person: &Person) {
    let mut chain: Vec<String> = Vec::new();
    let mut at = index;
    while at != 0 {
        at = conversation.turns[usize::from(at)].to;
        chain.push(message_id(people, conversation, at));
    }
    chain.extend(conversation.hijacks.clone());
    chain.reverse();
    let Some(parent) = chain.last() else { return };
    let mailer = person.mailer();
    if mailer != Mailer::Broken {
        put(out, format_args!("In-Reply-To: <{parent}>\n"));
    }
    if mailer == Mailer::Whole {
        out.push_str("References:");
        for id in &chain {
            // One to a line: folded, as mailers do.
            put(out, format_args!(" <{id}>\n"));
        }
    }
}

fn body(out: &mut String, world: &World, people: &People, conversation: &Conversation, turn: &Turn) {
    let person = people.get(turn.by);
    let own = mail_lines(&say(world, people, conversation, turn));
    let quoting =
        if turn.to == 0 && std::ptr::eq(turn, &conversation.turns[0]) { Quoting::None } else { person.quoting() };
    let mut rng = Rng::of(conversation.seed, turn.voice ^ 1);
    if quoting == Quoting::Above {
        quote(out, world, people, conversation, turn, &mut rng);
        out.push('\n');
    }
    for line in &own {
        out.push_str(line);
        out.push('\n');
    }
    if person.signs() {
        put(out, format_args!("\n-- \n{}\n", person.full));
        if let Some(organization) = person.organization.and_then(|at| people.names().organizations().get(at)) {
            put(out, format_args!("{}\n", organization.name));
        }
    } else if rng.chance(0.6) {
        put(out, format_args!("\n{}\n", person.first));
    }
    if quoting == Quoting::Below {
        out.push('\n');
        quote(out, world, people, conversation, turn, &mut rng);
    }
}

/// What the mail replies to, as far as its writer keeps it.
fn quote(out: &mut String, world: &World, people: &People, conversation: &Conversation, turn: &Turn, rng: &mut Rng) {
    let Some(parent) = conversation.turns.get(usize::from(turn.to)) else { return };
    let author = people.get(parent.by);
    let zone = people.get(turn.by).zone;
    match rng.below(3) {
        0 => put(out, format_args!("{} wrote:\n", author.full)),
        1 => {
            out.push_str("On ");
            mail_date(out, parent.time, zone);
            put(out, format_args!(" {} wrote:\n", author.full));
        }
        _ => put(out, format_args!("On {}, {} wrote:\n", local(parent.time, zone).date(), author.first)),
    }
    let blocks: Vec<Block> = say(world, people, conversation, parent);
    let lines = mail_lines(&blocks);
    // Not the greeting.
    let start = lines.iter().position(|line| line.len() > 24).unwrap_or(0);
    let lines = &lines[start..];
    let kept = rng.between(2, QUOTED as u64) as usize;
    for line in lines.iter().take(kept) {
        put(out, format_args!("{}\n", format_args!("> {line}").to_string().trim_end()));
    }
    if lines.len() > kept {
        out.push_str("> [...]\n");
    }
}

/// Puts a `>` before lines of the body that begin with `From `, however many `>` they have already.
fn quote_from_lines(mail: &mut String, start: usize) {
    let looks_like = |line: &str| line.trim_start_matches('>').starts_with("From ");
    if !mail[start..].lines().any(looks_like) {
        return;
    }
    let body = mail.split_off(start);
    for line in body.lines() {
        if looks_like(line) {
            mail.push('>');
        }
        mail.push_str(line);
        mail.push('\n');
    }
}

/// A name as an encoded word if it needs to be (RFC 2047, Q encoding), quoted if it has a dot (RFC 5322).
fn encoded_name(out: &mut String, name: &str) {
    if name.is_ascii() {
        match name.contains(['.', '\'']) {
            true => put(out, format_args!("\"{name}\"")),
            false => out.push_str(name),
        }
        return;
    }
    out.push_str("=?utf-8?q?");
    for byte in name.bytes() {
        match byte {
            b' ' => out.push('_'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ => put(out, format_args!("={byte:02X}")),
        }
    }
    out.push_str("?=");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_headers() {
        let check = |name: &str, expected: &str| {
            let mut out = String::new();
            encoded_name(&mut out, name);
            assert_eq!(out, expected);
        };
        check("Anna Berg", "Anna Berg");
        check("Anna K. Berg", "\"Anna K. Berg\"");
        check("Jürgen Vogt", "=?utf-8?q?J=C3=BCrgen_Vogt?=");
    }

    #[test]
    fn lines_that_look_like_a_new_mail_are_quoted() {
        let mut mail = String::from("From a b\n\nFrom here on\n>From there\nfrom\n");
        quote_from_lines(&mut mail, 10);
        assert_eq!(mail, "From a b\n\n>From here on\n>>From there\nfrom\n");
    }
}
