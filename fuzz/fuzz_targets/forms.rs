//! Reads any bytes as forms, in chunks of every size.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| api_fuzz::requests::form(bytes));
