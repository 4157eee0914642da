//! Reads any bytes as server-sent events.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| api_fuzz::hostile::events(bytes));
