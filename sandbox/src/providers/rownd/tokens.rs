//! Tokens of Rownd's users. They are issued for tests, and verified with a published key, as server
//! libraries do.
//!
//! The keys are ordinary records (`rownd/signing`), so tokens survive a restart and are valid in
//! every sandbox on the same database.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_compact::{KeyPair, PublicKey, Seed, Signature};
use generated_client::rownd::types::{AuthMetadata, AuthMetadataRequired, JsonWebKey, JsonWebKeySet};
use serde_json::{Value, json};

use crate::providers::make;
use crate::store::{Database, StoreError};

/// Lifetime of a token, in seconds.
pub(crate) const LIFETIME: i64 = 3600;
/// The claim that server libraries read.
const USER: &str = "https://auth.rownd.io/app_user_id";
const VERIFIED: &str = "https://auth.rownd.io/is_verified_user";

/// The owner of a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bearer {
    pub app: String,
    pub user: String,
}

/// The key pairs by name. Malformed records are skipped.
async fn pairs(database: &Database) -> Result<Vec<(String, KeyPair)>, StoreError> {
    let records = database.list("rownd/signing").await?;
    let pairs = records.into_iter().filter_map(|(id, record)| {
        let seed = BASE64.decode(make::text(&record, "seed")).ok()?;
        Some((id, KeyPair::from_seed(Seed::from_slice(&seed).ok()?)))
    });
    Ok(pairs.collect())
}

/// The public keys.
pub(super) async fn keys(database: &Database) -> Result<JsonWebKeySet, StoreError> {
    let key = |(id, pair): (String, KeyPair)| {
        let key = JsonWebKey::new("OKP").crv("Ed25519").x(BASE64.encode(pair.pk.as_slice()));
        key.kid(id).alg("EdDSA").r#use("sig")
    };
    Ok(JsonWebKeySet::new(pairs(database).await?.into_iter().map(key)))
}

/// The metadata that server libraries fetch first. `origin` is the address that they used.
pub(super) fn metadata(origin: &str) -> AuthMetadata {
    let jwks_uri = format!("{origin}/hub/auth/keys");
    AuthMetadata::new(AuthMetadataRequired { issuer: origin.to_owned(), jwks_uri })
        .id_token_signing_alg_values_supported(["EdDSA"])
}

/// Issues a token for a user, signed with the first key; `None` if the user or a key is missing.
pub(crate) async fn issue(
    database: &Database,
    origin: &str,
    app: &str,
    user: &str,
) -> Result<Option<String>, StoreError> {
    let record = database.get(&super::users_of(app), user).await?;
    let (Some(record), Some((id, pair))) = (record, pairs(database).await?.into_iter().next()) else {
        return Ok(None);
    };
    let now = make::seconds();
    let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": id});
    let claims = json!({
        "iss": origin, "sub": user, "aud": [format!("app:{app}")], "jti": make::uuid(),
        "iat": now, "exp": now + LIFETIME,
        USER: user, VERIFIED: make::text(&record, "auth_level") == "verified",
    });
    let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = pair.sk.sign(signed.as_bytes(), None);
    Ok(Some(format!("{signed}.{}", BASE64.encode(signature))))
}

/// The owner of a token, if one of the keys signed it and it has not expired.
pub(super) async fn verify(database: &Database, token: &str) -> Result<Option<Bearer>, StoreError> {
    let keys: Vec<PublicKey> = pairs(database).await?.into_iter().map(|(_, pair)| pair.pk).collect();
    Ok(read(&keys, token))
}

fn read(keys: &[PublicKey], token: &str) -> Option<Bearer> {
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = Signature::from_slice(&BASE64.decode(signature).ok()?).ok()?;
    // The header is ignored, because there is only one algorithm.
    keys.iter().find(|key| key.verify(signed, &signature).is_ok())?;
    let (_, claims) = signed.split_once('.')?;
    let claims: Value = serde_json::from_slice(&BASE64.decode(claims).ok()?).ok()?;
    let lives = claims["exp"].as_i64().is_some_and(|at| at > make::seconds());
    let app = claims["aud"][0].as_str()?.strip_prefix("app:")?;
    lives.then(|| Bearer { app: app.to_owned(), user: make::text(&claims, USER).to_owned() })
}
