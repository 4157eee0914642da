//! Any bytes, as requests and as answers: through everything that reads what comes from the
//! network.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| api_fuzz::requests::read(bytes));
