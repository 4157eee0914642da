//! A secret cannot be displayed.

use specwright_runtime::Secret;

fn main() {
    let secret = Secret::from("secret");
    println!("{secret}");
}
