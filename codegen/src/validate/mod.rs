//! Reports what the format does not allow in a document, without changing the document.
//!
//! **Invariant:** one rule per file, and an error only where nothing sensible can be generated.
//! Rules check the document as written; `lower` reports what it changes.

mod discriminators;
mod duplicate_ids;
mod enums;
mod equal_paths;
mod media_types;
mod patterns;
mod root;
mod security;
mod servers;
mod statuses;
mod structure;
mod tuples;
mod versions;

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::walk::walk_in;

/// A rule about one object of the format.
#[derive(Debug)]
pub struct NodeRule {
    /// The name of its file.
    pub name: &'static str,
    /// Checks and reports.
    check: fn(&Document, Kind, &Node, &mut NodeContext<'_>),
}

/// A rule about the document as a whole.
#[derive(Debug)]
pub struct DocumentRule {
    /// The name of its file.
    pub name: &'static str,
    /// Checks and reports.
    check: fn(&Document, &mut Diagnostics),
}

/// The rules about single objects, which run in one walk.
pub static NODE_RULES: &[NodeRule] = &[
    NodeRule { name: "structure", check: structure::check },
    NodeRule { name: "patterns", check: patterns::check },
    NodeRule { name: "enums", check: enums::check },
    NodeRule { name: "tuples", check: tuples::check },
    NodeRule { name: "discriminators", check: discriminators::check },
    NodeRule { name: "statuses", check: statuses::check },
    NodeRule { name: "media_types", check: media_types::check },
    NodeRule { name: "servers", check: servers::check },
    NodeRule { name: "versions", check: versions::check },
];

/// The rules about the document as a whole.
pub static DOCUMENT_RULES: &[DocumentRule] = &[
    DocumentRule { name: "root", check: root::check },
    DocumentRule { name: "duplicate_ids", check: duplicate_ids::check },
    DocumentRule { name: "equal_paths", check: equal_paths::check },
    DocumentRule { name: "security", check: security::check },
];

/// Checks a document before it is lowered.
pub fn validate(document: &Document, out: &mut Diagnostics) {
    for rule in DOCUMENT_RULES {
        (rule.check)(document, out);
    }
    walk_in(document.version.line, &document.root, &mut |kind, node, path| {
        let mut context = NodeContext::new(path, out);
        for rule in NODE_RULES {
            (rule.check)(document, kind, node, &mut context);
        }
    });
}
