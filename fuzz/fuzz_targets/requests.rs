//! Reads any bytes as requests and as responses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| api_fuzz::requests::read(bytes));
