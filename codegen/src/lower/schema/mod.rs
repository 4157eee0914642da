//! Turns one schema of any dialect into the canonical form. The table lists the passes in order.
//!
//! **Invariant:** children are canonical before their parent, each pass is idempotent, and a pass
//! that loses meaning reports it.

mod assertions;
mod bookkeeping;
mod booleans;
mod bounds;
mod composition;
mod constants;
mod content;
mod enums;
mod examples;
mod implied;
mod members;
mod nullable;
mod objects;
mod patterns;
mod siblings;
mod tuples;
mod types;
mod unevaluated;

pub use implied::implied_type;
pub use members::is_annotation;

use crate::document::Node;
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// One pass on a schema whose children are canonical.
#[derive(Debug)]
pub struct SchemaPass {
    /// The name of its file.
    pub name: &'static str,
    /// The keywords that it works on. It skips schemas without any of them.
    on: KeywordSet,
    /// Does the work.
    pub run: fn(&mut Node, &mut NodeContext<'_>),
}

/// The passes in their order.
pub static PASSES: &[SchemaPass] = &[
    SchemaPass { name: "bookkeeping", on: bookkeeping::ON, run: bookkeeping::run },
    SchemaPass { name: "examples", on: examples::ON, run: examples::run },
    SchemaPass { name: "nullable", on: nullable::ON, run: nullable::run },
    SchemaPass { name: "bounds", on: bounds::ON, run: bounds::run },
    SchemaPass { name: "tuples", on: tuples::ON, run: tuples::run },
    SchemaPass { name: "content", on: content::ON, run: content::run },
    SchemaPass { name: "patterns", on: patterns::ON, run: patterns::run },
    SchemaPass { name: "constants", on: constants::ON, run: constants::run },
    SchemaPass { name: "types", on: types::ON, run: types::run },
    SchemaPass { name: "enums", on: enums::ON, run: enums::run },
    SchemaPass { name: "assertions", on: assertions::ON, run: assertions::run },
    SchemaPass { name: "unevaluated", on: unevaluated::ON, run: unevaluated::run },
    SchemaPass { name: "objects", on: objects::ON, run: objects::run },
    SchemaPass { name: "composition", on: composition::ON, run: composition::run },
    SchemaPass { name: "siblings", on: siblings::ON, run: siblings::run },
    SchemaPass { name: "implied", on: KeywordSet::ANY, run: implied::run },
];

/// Rewrites a schema whose children are canonical into the canonical form.
pub fn canonical(node: &mut Node, context: &mut NodeContext<'_>) {
    booleans::run(node, context);
    let mut keywords = of(node);
    for pass in PASSES {
        if keywords.meets(pass.on) {
            (pass.run)(node, context);
            keywords = of(node);
        }
    }
}

fn of(node: &Node) -> KeywordSet {
    node.as_object().map_or(KeywordSet::NONE, KeywordSet::in_schema)
}
