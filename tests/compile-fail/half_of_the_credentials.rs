//! Credentials that belong together must all be given.

use generated_client::rownd::Credentials;

fn main() {
    let _ = Credentials::AppKeyAndAppSecret { app_key: "key".into() };
}
