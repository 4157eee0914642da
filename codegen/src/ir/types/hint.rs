//! What callers of the builder say about names.
//!
//! **Invariant:** a type that several operations share is named for what it is to all of them,
//! never after one.

use crate::document::Node;

/// Words that say nothing by themselves.
const GENERIC: &[&str] = &["request", "response"];

/// What a type of an operation is named after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameHint {
    /// The id of the operation.
    operation: String,
    /// What the type is to the operation, such as `not found`.
    words: Vec<String>,
    /// What it is when the operation is not named, such as `not found`, `response`.
    without_operation: Vec<String>,
}

impl NameHint {
    /// A type of an operation, by the operation's id.
    #[must_use]
    pub fn new(operation: impl Into<String>) -> Self {
        Self { operation: operation.into(), ..Self::default() }
    }

    /// A type within this one: `list_users` and `request` make `ListUsersRequest`.
    #[must_use]
    pub fn child(&self, word: &str) -> Self {
        let mut child = self.clone();
        child.words.push(word.to_owned());
        child.without_operation.push(word.to_owned());
        child
    }

    /// The body of a response: `list_users` and `not found` make `ListUsersNotFound`, or
    /// `NotFoundResponse` if several operations share it.
    #[must_use]
    pub fn response(&self, status: &str) -> Self {
        let mut response = self.child(status);
        response.without_operation.push("response".to_owned());
        response
    }

    /// All words, as raw text for `ir/naming`.
    #[must_use]
    pub fn raw(&self) -> String {
        let words = self.words.iter().map(String::as_str);
        std::iter::once(self.operation.as_str()).chain(words).collect::<Vec<_>>().join("-")
    }
}

/// The hints of everything that uses one type.
#[derive(Clone, Debug)]
pub struct SharedHint {
    first: NameHint,
    /// The words that the hints of several operations end in.
    common: Option<Vec<String>>,
}

impl SharedHint {
    /// The hint of the first use.
    #[must_use]
    pub fn new(first: &NameHint) -> Self {
        Self { first: first.clone(), common: None }
    }

    /// Adds the hint of another use.
    pub fn add(&mut self, hint: &NameHint) {
        if self.common.is_some() || hint.operation != self.first.operation {
            let known = self.common.take().unwrap_or_else(|| self.first.without_operation.clone());
            self.common = Some(common_end(&known, &hint.without_operation));
        }
    }

    /// What the type is named after if several operations use it.
    #[must_use]
    pub fn shared(&self) -> Option<String> {
        self.common.as_ref().map(|words| match words.as_slice() {
            [] => "shared".to_owned(),
            [only] if GENERIC.contains(&only.as_str()) => format!("shared-{only}"),
            words => words.join("-"),
        })
    }
}

/// The words that both lists end in.
fn common_end(left: &[String], right: &[String]) -> Vec<String> {
    let pairs = left.iter().rev().zip(right.iter().rev());
    let mut common: Vec<String> =
        pairs.take_while(|(left, right)| left == right).map(|(word, _)| word.clone()).collect();
    common.reverse();
    common
}

/// A path parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct PathParameter<'d, 'p> {
    /// The schema.
    pub schema: &'d Node,
    /// JSON Pointer of the schema.
    pub pointer: &'p str,
    /// Name on the wire.
    pub name: &'p str,
    /// Name under `components/parameters` (`x-component-name`), if it is a component.
    pub component: Option<&'p str>,
}
