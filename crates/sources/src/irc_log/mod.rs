//! Chat logs as IRC clients, bouncers and bots write them.
//!
//! [`collect`] cuts files into stretches of whole lines; [`normalize`] reads the lines. What both need
//! to agree on, which day a line belongs to, is in [`clock`].

use source::{Look, Place, Seen, Source};

mod batch;
mod clock;
mod collect;
mod config;
mod dates;
mod event;
mod line;
mod name;
mod normalize;
mod spans;
#[cfg(test)]
mod tests;
mod text;

/// The `irc-log` source.
pub static SOURCE: Source = Source {
    kind: "irc-log",
    title: "chat logs of irssi, WeeChat, ZNC, Supybot, Eggdrop, EnergyMech and look-alikes",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r##"path = "../logs/irc"             # a file or a folder; .gz and .zst are read as they are
glob = "*.log"                   # only these files
# channel = "#our-project"       # where all of it was said; taken from the file's name if left out
# timezone = "Europe/Berlin"     # of the times in the logs; UTC if left out
"##;

const ABOUT: &str = "\
Reads logs line by line: each line says by its shape who wrote it, so nothing needs to be said about the format,
and one folder (or one file) may hold several.

| written by | looks like |
|---|---|
| irssi | `12:34 <@nick> text`, `12:34 -!- nick [~user@host] has joined #channel`, `--- Day changed Tue Jan 02 2018` |
| WeeChat | `2018-01-02 12:34:56⇥nick⇥text`, `2018-01-02 12:34:56⇥-->⇥nick (~user@host) has joined #channel` |
| ZNC, EnergyMech | `[12:34:56] <nick> text`, `[12:34:56] *** Joins: nick (~user@host)` |
| Supybot, Limnoria | `2018-01-02T12:34:56  <nick> text`, `… *** nick <nick!~user@host> has joined #channel` |
| Eggdrop | `[12:34] <nick> text`, `[12:34] nick (~user@host) joined #channel.`, `[00:00] --- Tue Jan  2 2018` |
| the Ubuntu archive | `[12:34] <nick> text`, `=== nick [~user@host] has joined #channel` |

**The day** is the one in the line, else in the latest line that tells one, else in the file's name or folder
(`2018-01-02`, `20180102`, `2018/01/02`). Where the time of day goes back by more than two hours, the next day has
begun. Lines whose day nobody tells are kept without a time, and a problem is recorded.

**The channel** is the part of the file's name or folder that begins with `#`, else the source's name.

**What becomes what**: what is said, `/me` actions and notices are messages (their id is `file#line`, lines counted
from 0). Joins, parts, quits, kicks, nick changes and topics are activities; modes, days and everything else a server
or client says is an activity `other`. Lines that look like nothing of this are recorded as a problem. Blank lines
are nothing. A person is a nick in lower case, for as long as nobody says who that is. Nicks that end in `bot`, and
a few well-known services, are bots.

**A log that grows** is read on from where it was. One that no longer holds what was read (it was rotated) is read from its beginning,
its lines counted on; give rotated files names of their own (`chat-2018-01.log`), or they are read twice.

**Limits**: a clock of twelve hours without am and pm is taken for one of 24; a line of more than 1 MiB is a problem.
";

/// A log by most of its first lines having the shape of one.
fn recognize(look: &Look) -> Option<Seen> {
    let looks_like_chat = |text: &str| {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(40).collect();
        let mut clock = clock::Clock::at_start_of("");
        let known = lines.iter().filter(|line| {
            let stamped = clock.read(line.as_bytes());
            let rest = String::from_utf8_lossy(stamped.rest);
            let read = if stamped.tabbed { line::parse_tabbed(&rest) } else { line::parse(&rest, stamped.timed) };
            stamped.day.is_some() || read != line::Line::Unknown
        });
        let known = known.count();
        lines.len() >= 3 && known * 10 >= lines.len() * 7
    };
    let logs = look.files.iter().filter(|file| looks_like_chat(&file.text())).count();
    let files = if logs == 1 { "file" } else { "files" };
    (logs > 0).then(|| Seen::new(70, format!("chat logs: {logs} {files} with lines as `12:34 <nick> text`")))
}
