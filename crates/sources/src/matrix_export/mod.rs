//! Matrix rooms as Element exports them, and events as servers give them.
//!
//! [`form`] knows how a file holds its events, [`collect`] cuts it into events and keeps each unchanged;
//! [`normalize`] reads them. Events are those of the Matrix specification (spec.matrix.org, client-server API
//! v1.1 to v1.15), Element's file that of its `JSONExport.ts` (github.com/element-hq/element-web).

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod form;
mod normalize;
mod state;
#[cfg(test)]
mod tests;
mod text;

/// The `matrix-export` source.
pub static SOURCE: Source = Source {
    kind: "matrix-export",
    title: "Matrix rooms, exported by Element or as a server's events",
    place: Place::Chat,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/matrix"   # a folder or zip of exports, or one of them
# glob = "*.json"             # only files whose name matches
"#;

const ABOUT: &str = "\
Reads what Element writes (in a room: Room info → Export chat → Format JSON, From the beginning), also in the zip with
files, and the events of the client-server API as they are: an array, one in each line (`.jsonl`, `.ndjson`), or
answers of `/_matrix/client/v3/rooms/ROOM/messages`. Files may overlap: ids of events are the same everywhere, so what
was said once is one message, and two sources that hold it agree on it.

**What becomes what**

| in the export | becomes |
|---|---|
| `m.room.message`, a sticker, a poll | a message; the text as its writer typed it, without the quote that old clients put before replies; names of files as attachments; a `m.notice`, as bots write, has the tag `notice` |
| a reply; a message in a thread | a message below the one it answers, and below the thread's first |
| an edit | `edited`, and the message has the newer text where the same file holds both (or the server bundled them) |
| a reaction | `reacted`, with the emoji |
| a redaction | `deleted`, with the reason; what was deleted is no message |
| joining, leaving, a new name | `joined`, `left`, `renamed` |
| removing and banning | `kicked` for who had to go, `moderated` for who did it |
| power levels | `awarded`: `moderator` from 50, `administrator` from 100 |
| the topic | `set_topic` |
| an encrypted event that the export cannot read | `other`, `encrypted message`, with who and when: count them to see what is missing |
| names of rooms, pins, invitations, calls, and every other event | `other`, with what it was or its type |
| an account | an account with its name; bridged ones (`@_irc_bridge_ada:example.org`) are accounts like others |

**Limits**: Element exports no reactions unless the server bundled them, and no events that it does not show; messages
it cannot decrypt stay encrypted. Rooms are called as Element calls them, else by the latest name in the file, else by
address or id. Nothing marks bots but their names. Synapse's `export-data` leaves out the ids of events in rooms made
since 2019, and nothing can be read without them: use `/messages`.
";

/// Element's exports by their keys, events by what each of them must have.
fn recognize(look: &Look) -> Option<Seen> {
    let json = || [".json", ".jsonl", ".ndjson"].into_iter().flat_map(|ending| look.ending(ending));
    let element = json().filter(|file| file.holds("\"room_name\"") && file.holds("\"exported_by\"")).count();
    let needed = ["\"event_id\"", "\"origin_server_ts\"", "\"sender\""];
    let events = json().filter(|file| needed.iter().all(|key| file.holds(key))).count();
    match (element, events) {
        (0, 0) => None,
        (0, events) => Some(Seen::new(85, format!("files of Matrix events: {events} seen"))),
        (element, _) => Some(Seen::new(95, format!("Element's exports of rooms: {element} seen"))),
    }
}
