//! Credentials by security scheme: a client presents them, and a server recognizes them.

mod basic;
mod flows;

use std::fmt::Debug;

pub use basic::Basic;
pub use flows::{OAuthFlow, OAuthFlows};

use crate::descriptor::Scheme;
use crate::value::Secret;

/// The credentials of one API: a generated enum with one variant for each security requirement.
pub trait CredentialSet: Clone + Debug + Send + Sync + 'static {
    /// Splits the credentials by scheme.
    fn present(self) -> Presented;

    /// Combines credentials; `None` if the API has no requirement that consists of exactly these
    /// schemes.
    fn recognize(presented: Presented) -> Option<Self>;
}

/// The credential for one scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A key or token.
    Secret(Secret),
    /// A user name and a password.
    Basic(Basic),
    /// The connection itself (mutual TLS).
    Connection,
}

/// Proofs by scheme. `Debug` shows the schemes; secrets are redacted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presented {
    proofs: Vec<(&'static Scheme, Proof)>,
}

impl Presented {
    /// No credentials.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No credentials, with capacity for `count` schemes.
    #[cfg(feature = "server")]
    pub(crate) fn for_schemes(count: usize) -> Self {
        Self { proofs: Vec::with_capacity(count) }
    }

    /// Adds a key or token.
    #[must_use]
    pub fn secret(self, scheme: &'static Scheme, secret: Secret) -> Self {
        self.with(scheme, Proof::Secret(secret))
    }

    /// Adds a user name and a password.
    #[must_use]
    pub fn basic(self, scheme: &'static Scheme, basic: Basic) -> Self {
        self.with(scheme, Proof::Basic(basic))
    }

    /// Adds the proof of the connection itself (mutual TLS).
    #[must_use]
    pub fn connection(self, scheme: &'static Scheme) -> Self {
        self.with(scheme, Proof::Connection)
    }

    /// Adds a proof. It replaces one for the same scheme.
    #[must_use]
    pub fn with(mut self, scheme: &'static Scheme, proof: Proof) -> Self {
        self.proofs.retain(|(known, _)| *known != scheme);
        self.proofs.push((scheme, proof));
        self
    }

    /// Whether there are proofs for exactly these schemes.
    #[must_use]
    pub fn is(&self, schemes: &[&'static Scheme]) -> bool {
        self.proofs.len() == schemes.len() && schemes.iter().all(|scheme| self.get(scheme).is_some())
    }

    /// The proof for a scheme.
    #[must_use]
    pub fn get(&self, scheme: &Scheme) -> Option<&Proof> {
        self.proofs.iter().find(|(known, _)| *known == scheme).map(|(_, proof)| proof)
    }

    /// Removes and returns a key or token.
    #[must_use]
    pub fn take_secret(&mut self, scheme: &Scheme) -> Option<Secret> {
        match self.take(scheme)? {
            Proof::Secret(secret) => Some(secret),
            Proof::Basic(_) | Proof::Connection => None,
        }
    }

    /// Removes and returns a user name and a password.
    #[must_use]
    pub fn take_basic(&mut self, scheme: &Scheme) -> Option<Basic> {
        match self.take(scheme)? {
            Proof::Basic(basic) => Some(basic),
            Proof::Secret(_) | Proof::Connection => None,
        }
    }

    fn take(&mut self, scheme: &Scheme) -> Option<Proof> {
        let at = self.proofs.iter().position(|(known, _)| *known == scheme)?;
        Some(self.proofs.remove(at).1)
    }

    /// Whether there are no credentials.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.proofs.is_empty()
    }

    /// The schemes with their proofs.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Scheme, &Proof)> {
        self.proofs.iter().map(|(scheme, proof)| (*scheme, proof))
    }
}

impl IntoIterator for Presented {
    type Item = (&'static Scheme, Proof);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.proofs.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Basic, Presented};
    use crate::descriptor::{Scheme, SchemeKind};
    use crate::value::Secret;

    static KEY: Scheme = Scheme { name: "key", kind: SchemeKind::Header("x-key") };
    static USER: Scheme = Scheme { name: "user", kind: SchemeKind::Basic };

    #[test]
    fn proofs_are_kept_by_scheme_and_taken_once() {
        let mut presented = Presented::new()
            .secret(&KEY, Secret::from("old"))
            .secret(&KEY, Secret::from("new"))
            .basic(&USER, Basic::new("a", "b"));
        assert!(presented.is(&[&USER, &KEY]));
        assert!(!presented.is(&[&KEY]));
        assert_eq!(presented.take_secret(&KEY).unwrap().expose(), "new");
        assert_eq!(presented.take_secret(&KEY), None);
        assert_eq!(presented.take_basic(&USER).unwrap().username, "a");
        assert!(presented.is_empty());
    }

    #[test]
    fn debug_shows_schemes_but_no_secrets() {
        let text = format!(
            "{:?}",
            Presented::new().secret(&KEY, Secret::from("hunter2")).basic(&USER, Basic::new("joe", "hunter2"))
        );
        assert!(text.contains("x-key"));
        assert!(!text.contains("hunter2"));
    }
}
