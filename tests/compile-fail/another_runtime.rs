//! Code that was generated for another series of the runtime.

specwright_runtime::requires!("0.0");

fn main() {}
