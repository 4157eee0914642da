//! The documented responses of a document, and those that a test has covered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde_yaml::Value;
use specwright_runtime::client::{Error, FromResponse, SendFuture};
use specwright_runtime::server::Failure;

use crate::script::Script;

/// The number of responses in a document, by operation and status: one for each media type and
/// member of a `oneOf`.
pub type Documented = BTreeMap<(String, u16), usize>;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The operations of a document: method in upper case, path and operation.
pub fn operations(document: &Value) -> impl Iterator<Item = (String, &str, &Value)> {
    let paths = document["paths"].as_mapping().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| {
            let operation = item.get(method)?;
            Some((method.to_uppercase(), path.as_str()?, operation))
        })
    })
}

/// The documented responses of a document.
///
/// # Panics
///
/// If a status is a class or `default`, which no bundled document has.
#[must_use]
pub fn documented(document: &Value) -> Documented {
    let mut found = Documented::new();
    for (_, _, operation) in operations(document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        for (status, response) in operation["responses"].as_mapping().into_iter().flatten() {
            let media = response["content"].as_mapping().into_iter().flat_map(|content| content.values());
            let variants = media.map(|media| members(document, &media["schema"])).sum::<usize>();
            let status = status.as_str().and_then(|status| status.parse().ok()).expect("a status");
            found.insert((id.to_owned(), status), variants.max(1));
        }
    }
    found
}

/// The number of members in the `oneOf` of a schema, or of the component that it refers to. Without
/// one, it is 1.
fn members(document: &Value, schema: &Value) -> usize {
    let component = schema["$ref"].as_str().and_then(|target| target.strip_prefix("#/components/schemas/"));
    let schema = component.map_or(schema, |name| &document["components"]["schemas"][name]);
    schema["oneOf"].as_sequence().map_or(1, Vec::len)
}

/// Responses that were received, by operation and status. Each is a different variant.
#[derive(Debug, Default)]
pub struct Covered(BTreeMap<(String, u16), BTreeSet<String>>);

impl Covered {
    /// Prepares a response, sends the call, and asserts that the client receives that response with
    /// its status.
    ///
    /// # Panics
    ///
    /// If it receives something else.
    pub async fn round<S, E>(
        &mut self,
        script: &Script,
        at: (&str, u16),
        call: SendFuture<S, E>,
        response: impl Fn() -> Result<S, E>,
    ) where
        S: FromResponse + Debug + Send + 'static,
        E: FromResponse + Debug + Send + 'static,
    {
        let (id, status) = at;
        script.respond_with::<S, E>(response().map_err(Failure::Api));
        let (received, shown) = match call.await {
            Ok(response) => (response.status(), format!("Ok({:?})", response.inner())),
            Err(Error::Api(response)) => (response.status(), format!("Err({:?})", response.inner())),
            Err(other) => panic!("{id}, {status}: {other}"),
        };
        assert_eq!(received.as_u16(), status, "{id}");
        assert_eq!(shown, format!("{:?}", response()), "{id}, {status}");
        // The names of the variants without their fields: `Err(NotFound(AppNotFoundError(`.
        let variant = shown.split([' ', '"']).next().unwrap_or_default().to_owned();
        self.0.entry((id.to_owned(), status)).or_default().insert(variant);
    }

    /// Records a response that a test checks by itself.
    pub fn record(&mut self, id: &str, status: u16, variant: &str) {
        self.0.entry((id.to_owned(), status)).or_default().insert(variant.to_owned());
    }

    /// Asserts that every documented response is covered.
    ///
    /// # Panics
    ///
    /// If one is missing.
    pub fn assert_complete(&self, document: &str) {
        let document = serde_yaml::from_str(document).expect("a document in YAML");
        let covered: Documented = self.0.iter().map(|(at, variants)| (at.clone(), variants.len())).collect();
        assert_eq!(covered, documented(&document));
    }
}
