//! Any two texts, with a NUL between them: compared as documents, and the findings reported.
#![no_main]

libfuzzer_sys::fuzz_target!(|texts: &[u8]| {
    let (old, new) = api_fuzz::halves(texts);
    api_fuzz::drift::compare(old, new);
});
