//! Credentials that belong together are given together.

use generated_client::rownd::Credentials;

fn main() {
    let _ = Credentials::AppKeyAndAppSecret { app_key: "key".into() };
}
