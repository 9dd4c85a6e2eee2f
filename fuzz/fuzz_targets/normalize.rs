//! An item of any bytes, turned into rows by the kind that its first line names.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| testkit::fuzz::normalize(sources::SOURCES, bytes));
