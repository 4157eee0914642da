//! Compares two versions of a document that looks like `OpenAPI`, and reports the findings.
#![no_main]

use api_fuzz::plausible::Siblings;

libfuzzer_sys::fuzz_target!(|siblings: Siblings| {
    let (old, new) = siblings.texts();
    api_fuzz::drift::compare(old.as_bytes(), new.as_bytes());
});
