//! Information about names that callers of the builder provide.
//!
//! **Invariant:** a type is named after its own place: the operation to which it belongs, or the
//! component to which operations refer. It is never named after one of several users.

use crate::document::Node;
use crate::lower::COMPONENT_NAME;

/// The text from which a type of an operation is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameHint {
    /// The ID of the operation, or the name of the component.
    owner: String,
    /// Whether the owner is a component.
    is_shared: bool,
    /// The role of the type for its owner, such as `not found`.
    words: Vec<String>,
}

impl NameHint {
    /// A type of an operation, identified by the operation's ID.
    #[must_use]
    pub fn new(operation: impl Into<String>) -> Self {
        Self { owner: operation.into(), ..Self::default() }
    }

    /// A type inside this one: `list_users` and `request` make `ListUsersRequest`.
    #[must_use]
    pub fn child(&self, word: &str) -> Self {
        let mut child = self.clone();
        child.words.push(word.to_owned());
        child
    }

    /// A type of a component: `NotFound` and `response` make `NotFoundResponse`.
    #[must_use]
    pub fn of_component(name: &str, word: &str) -> Self {
        let says_so = word.is_empty() || name.to_lowercase().ends_with(word);
        let words = if says_so { Vec::new() } else { vec![word.to_owned()] };
        Self { owner: name.to_owned(), is_shared: true, words }
    }

    /// This hint, or the hint of the component from which the node was copied.
    #[must_use]
    pub fn at(self, node: &Node, word: &str) -> Self {
        let name = node.get(COMPONENT_NAME).and_then(Node::as_str);
        name.map_or(self, |name| Self::of_component(name, word))
    }

    /// Whether operations share the named type.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// All words, as raw text for `ir/naming`.
    #[must_use]
    pub fn raw(&self) -> String {
        let words = self.words.iter().map(String::as_str);
        std::iter::once(self.owner.as_str()).chain(words).collect::<Vec<_>>().join("-")
    }
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
