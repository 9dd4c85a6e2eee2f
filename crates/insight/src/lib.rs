//! The questions a community asks of its tables, one file per question.
//!
//! Ranked lists are made in Rust over small columns that are read once ([`Community::open`]); what a
//! list needs beyond that is looked up in the tables and the index when it is asked for. Knows
//! nothing of HTTP, HTML or any source.

pub mod views;
