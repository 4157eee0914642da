//! A challenge of a server, and the proof that responds to it.

use http_auth::ChallengeRef;
use md5::Md5;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::params::encode_component;
use crate::security::Basic;

/// The hash functions, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Md5,
    Sha256,
}

/// A challenge that can be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    /// Whether the hash of the password also covers the nonces.
    is_session: bool,
    /// Whether the proof has a count. Servers from before 1999 do not support it.
    has_count: bool,
    hides_user: bool,
}

impl Challenge {
    /// Reads a challenge; `None` if it is of another scheme, has another algorithm, or protects
    /// bodies.
    pub fn read(challenge: &ChallengeRef<'_>) -> Option<Self> {
        if !challenge.scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let given = |name: &str| {
            let found = challenge.params.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_unescaped())
        };
        let algorithm = given("algorithm").map_or_else(|| "md5".to_owned(), |name| name.to_ascii_lowercase());
        let (algorithm, is_session) = match algorithm.as_str() {
            "md5" => (Algorithm::Md5, false),
            "md5-sess" => (Algorithm::Md5, true),
            "sha-256" => (Algorithm::Sha256, false),
            "sha-256-sess" => (Algorithm::Sha256, true),
            _ => return None,
        };
        let has_count = match given("qop") {
            Some(kinds) if kinds.split(',').any(|kind| kind.trim().eq_ignore_ascii_case("auth")) => true,
            Some(_) => return None,
            None => false,
        };
        Some(Self {
            realm: given("realm")?,
            nonce: given("nonce")?,
            opaque: given("opaque"),
            algorithm,
            is_session,
            has_count,
            hides_user: given("userhash").is_some_and(|text| text.eq_ignore_ascii_case("true")),
        })
    }

    /// A client chooses the strongest of several challenges.
    pub fn strength(&self) -> impl Ord + use<> {
        (self.algorithm, self.has_count)
    }

    /// The value of `Authorization`. `own` is the nonce of the client.
    pub fn proof(&self, credentials: &Basic, method: &str, uri: &str, count: u32, own: &str) -> String {
        let count = format!("{count:08x}");
        let secret = self.secret(credentials, own);
        let request = self.hash(&[method, uri]);
        let proof = if self.has_count {
            self.hash(&[&secret, &self.nonce, &count, own, "auth", &request])
        } else {
            self.hash(&[&secret, &self.nonce, &request])
        };
        let name = match (self.algorithm, self.is_session) {
            (Algorithm::Md5, false) => "MD5",
            (Algorithm::Md5, true) => "MD5-sess",
            (Algorithm::Sha256, false) => "SHA-256",
            (Algorithm::Sha256, true) => "SHA-256-sess",
        };
        let mut text = format!(
            "Digest {}, realm={}, nonce={}, uri={}, algorithm={name}, response=\"{proof}\"",
            self.user(credentials),
            quoted(&self.realm),
            quoted(&self.nonce),
            quoted(uri)
        );
        if self.has_count {
            text.extend([", qop=auth, nc=", &count, ", cnonce=\"", own, "\""]);
        } else if self.is_session {
            text.extend([", cnonce=\"", own, "\""]);
        }
        if let Some(opaque) = &self.opaque {
            text.extend([", opaque=", &quoted(opaque)]);
        }
        if self.hides_user {
            text += ", userhash=true";
        }
        text
    }

    /// The hash of name and password.
    fn secret(&self, credentials: &Basic, own: &str) -> Zeroizing<String> {
        let plain = self.hash(&[&credentials.username, &self.realm, credentials.password.expose()]);
        Zeroizing::new(if self.is_session { self.hash(&[&plain, &self.nonce, own]) } else { plain })
    }

    /// The user name, which may only be ASCII between quotes.
    fn user(&self, credentials: &Basic) -> String {
        let name = &credentials.username;
        if self.hides_user {
            return format!("username=\"{}\"", self.hash(&[name, &self.realm]));
        }
        if name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return format!("username={}", quoted(name));
        }
        format!("username*=UTF-8''{}", encode_component(name))
    }

    /// The hash of these texts, with colons between them.
    fn hash(&self, texts: &[&str]) -> String {
        let joined = Zeroizing::new(texts.join(":"));
        match self.algorithm {
            Algorithm::Md5 => hexadecimal(&Md5::digest(joined.as_bytes())),
            Algorithm::Sha256 => hexadecimal(&Sha256::digest(joined.as_bytes())),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::Challenge;
    use crate::security::Basic;

    fn of(header: &str) -> Option<Challenge> {
        let challenges = http_auth::parse_challenges(header).ok()?;
        challenges.iter().filter_map(Challenge::read).max_by_key(Challenge::strength)
    }

    const OWN: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    #[test]
    fn proofs_are_those_of_the_example_in_rfc_7616() {
        for (algorithm, response) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ] {
            let header = format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            );
            let credentials = Basic::new("Mufasa", "Circle of Life");
            let proof = of(&header).unwrap().proof(&credentials, "GET", "/dir/index.html", 1, OWN);
            assert_eq!(
                proof,
                format!(
                    "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", \
                     nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", \
                     algorithm={algorithm}, response=\"{response}\", qop=auth, nc=00000001, cnonce=\"{OWN}\", \
                     opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
                )
            );
        }
    }

    #[test]
    fn the_proof_of_rfc_2069_has_no_count() {
        let header = "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";
        let credentials = Basic::new("Mufasa", "CircleOfLife");
        let proof = of(header).unwrap().proof(&credentials, "GET", "/dir/index.html", 1, "x");
        // The erratum of the RFC corrects the response in its example.
        assert!(proof.contains("response=\"1949323746fe6a43ef61f9606e7febea\""), "{proof}");
        assert!(!proof.contains("cnonce") && !proof.contains("CircleOfLife"), "{proof}");
    }

    #[test]
    fn the_strongest_known_challenge_is_met() {
        let both = "Basic realm=\"a\", Digest realm=\"a\", nonce=\"1\", qop=auth, Digest realm=\"a\", nonce=\"2\", \
                    qop=\"auth\", algorithm=SHA-256, Digest realm=\"a\", nonce=\"3\", qop=auth, algorithm=SHA-512-256";
        assert_eq!(of(both).unwrap().nonce, "2");
        for header in
            ["Basic realm=\"a\"", "Digest realm=\"a\"", "Digest realm=\"a\", nonce=\"1\", qop=auth-int", "=", ""]
        {
            assert_eq!(of(header), None, "{header}");
        }
    }

    #[test]
    fn names_are_escaped_or_hidden() {
        let proof = |header: &str, user: &str| of(header).unwrap().proof(&Basic::new(user, "p"), "GET", "/", 1, "x");
        let header = "Digest realm=\"a\\\"b\", nonce=\"1\", qop=auth";
        assert!(proof(header, "a\"\\").contains("username=\"a\\\"\\\\\", realm=\"a\\\"b\""));
        assert!(proof(header, "Jäsøn").contains("username*=UTF-8''J%C3%A4s%C3%B8n"));
        let hidden = proof("Digest realm=\"a\", nonce=\"1\", qop=auth, userhash=true", "Jason");
        assert!(!hidden.contains("Jason") && hidden.ends_with("userhash=true"), "{hidden}");
    }
}
