//! A file of any bytes, collected and turned into rows by the kind that its first line names.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| testkit::fuzz::collect(sources::SOURCES, bytes));
