//! What derive promises: conversations, people and states as written down, and the same bytes
//! whether tables grew step by step or were made at once.

mod community;
mod conversations;
mod people;
mod steps;
