//! Any bytes, cut into pieces of JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sources::json::cut_anything(bytes));
