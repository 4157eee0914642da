//! A secret has no text by accident.

use api_runtime::Secret;

fn main() {
    let secret = Secret::from("secret");
    println!("{secret}");
}
