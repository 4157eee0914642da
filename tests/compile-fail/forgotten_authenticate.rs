//! A service cannot omit authentication.

use generated_client::prelude_so::server;

struct Open;

impl server::PreludeSo for Open {
    type Principal = ();
}

fn main() {}
