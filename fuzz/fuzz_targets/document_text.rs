//! Any text, as a document: through the whole generator.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| api_fuzz::generator::document(text));
