//! The real binary, from outside: one program of tests, since linking each would take longer than running it.

mod alerts;
mod behind;
mod common;
mod damage;
mod definitions;
mod desk;
mod erase;
mod journey;
mod kill;
mod mcp;
mod metrics;
mod office;
mod people;
mod pipes;
mod search;
mod understanding;
mod workspace;
mod writers;
