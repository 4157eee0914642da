//! Two documents that look like `OpenAPI` and differ a little: compared, and the findings reported.
#![no_main]

use api_fuzz::plausible::Siblings;

libfuzzer_sys::fuzz_target!(|siblings: Siblings| {
    let (old, new) = siblings.texts();
    api_fuzz::drift::compare(old.as_bytes(), new.as_bytes());
});
