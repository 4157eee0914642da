//! A secret has no text by accident.

use specwright_runtime::Secret;

fn main() {
    let secret = Secret::from("secret");
    println!("{secret}");
}
