//! Who is who: proof, likeness and bots. Pure functions over identities, no IO, nothing about storage.
//!
//! - [`proof`] and [`account`] say what makes two identities one person without anybody being asked.
//! - [`suggest()`] says which others may be one person, how likely that is and why; a person decides.
//! - [`address()`] says what an address is that an archive has hidden or cut.
//! - [`is_bot`] and [`signs()`] say who is a program, and what gave it away.

mod address;
mod blocks;
mod bots;
mod community;
mod handle;
mod identity;
mod letters;
mod name;
mod profile;
mod reason;
mod suggest;

pub use address::{Address, address};
pub use bots::{Behaviour, BotSign, bot_sign, is_bot, signs};
pub use identity::{Identity, account, proof, proven, proven_by};
pub use profile::Profile;
pub use reason::Reason;
pub use suggest::{LEAST, Meeting, Suggestion, suggest, weigh};
