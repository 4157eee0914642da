//! Runs the generator on a document and an overlay, separated by a NUL.
#![no_main]

libfuzzer_sys::fuzz_target!(|texts: &[u8]| {
    let (document, overlay) = api_fuzz::halves(texts);
    api_fuzz::generator::document_with_overlay(document, overlay);
});
