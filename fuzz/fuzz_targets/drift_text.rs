//! Compares two texts, separated by a NUL, as documents, and reports the findings.
#![no_main]

libfuzzer_sys::fuzz_target!(|texts: &[u8]| {
    let (old, new) = api_fuzz::halves(texts);
    api_fuzz::drift::compare(old, new);
});
