//! A document and an overlay, with a NUL between them: through the whole generator.
#![no_main]

libfuzzer_sys::fuzz_target!(|texts: &[u8]| {
    let (document, overlay) = api_fuzz::halves(texts);
    api_fuzz::generator::repaired(document, overlay);
});
