//! A service can't forget to find out who is calling.

use generated_client::prelude_so::server;

struct Open;

impl server::PreludeSo for Open {
    type Principal = ();
}

fn main() {}
