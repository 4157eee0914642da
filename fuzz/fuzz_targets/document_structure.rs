//! Runs the generator on documents that look like `OpenAPI`.
#![no_main]

use api_fuzz::plausible::Document;

libfuzzer_sys::fuzz_target!(|document: Document| api_fuzz::generator::document(document.text().as_bytes()));
