//! Matches a text with a pattern, separated by a NUL.
#![no_main]

libfuzzer_sys::fuzz_target!(|texts: &[u8]| {
    let (pattern, text) = api_fuzz::halves(texts);
    api_fuzz::hostile::pattern(pattern, text);
});
