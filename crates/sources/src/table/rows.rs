//! What each kind of row becomes: a file each.

mod activity;
mod event;
mod measurement;
mod message;
mod person;
mod who;

pub use activity::activity;
pub use event::event;
pub use measurement::measurements;
pub use message::message;
pub use person::person;
