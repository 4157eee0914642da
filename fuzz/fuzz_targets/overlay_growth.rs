//! Applies any text as an overlay to one small document.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| api_fuzz::generator::overlay(text));
