//! Tests of sources and tables as a whole, on made-up and on the shared real input: one program, because each
//! links everything.

mod calendar;
mod conformance;
mod corpus;
mod documents;
mod git;
mod github;
mod irc;
mod mail;
mod new_source;
mod overlap;
mod questions;
mod reference;
mod whole_way;
