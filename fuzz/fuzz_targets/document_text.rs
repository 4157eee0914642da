//! Runs the generator on any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| api_fuzz::generator::document(text));
