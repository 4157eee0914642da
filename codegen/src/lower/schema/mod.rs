//! Turns one schema of any dialect into the canonical form: the table of the passes on schemas, in the order in which they run.
//!
//! The rule it keeps: children are canonical before their parent, each pass is idempotent, and a pass that loses meaning says so.

mod bookkeeping;
mod booleans;
mod bounds;
mod composition;
mod constants;
mod content;
mod enums;
mod examples;
mod implied;
mod inexpressible;
mod keywords;
mod members;
mod nullable;
mod objects;
mod patterns;
mod siblings;
mod tuples;
mod types;

use keywords::Keywords;
pub use members::is_annotation;

use super::Cx;
use crate::document::Node;

/// One pass on a schema whose children are canonical.
#[derive(Debug)]
pub struct SchemaPass {
    /// The name of its file.
    pub name: &'static str,
    /// The pass has nothing to do on schemas without any of these keywords.
    on: Keywords,
    /// What it does.
    pub run: fn(&mut Node, &mut Cx<'_>),
}

/// The passes in their order.
pub static PASSES: &[SchemaPass] = &[
    SchemaPass { name: "bookkeeping", on: Keywords::BOOKKEEPING, run: bookkeeping::run },
    SchemaPass { name: "examples", on: Keywords::EXAMPLE, run: examples::run },
    SchemaPass { name: "nullable", on: Keywords::NULLABLE, run: nullable::run },
    SchemaPass { name: "bounds", on: Keywords::BOUND, run: bounds::run },
    SchemaPass { name: "tuples", on: Keywords::ITEMS, run: tuples::run },
    SchemaPass { name: "content", on: Keywords::CONTENT.and(Keywords::TYPE), run: content::run },
    SchemaPass { name: "patterns", on: Keywords::PATTERN, run: patterns::run },
    SchemaPass { name: "constants", on: Keywords::CONST, run: constants::run },
    SchemaPass { name: "types", on: Keywords::TYPE, run: types::run },
    SchemaPass { name: "enums", on: Keywords::ENUM, run: enums::run },
    SchemaPass { name: "inexpressible", on: Keywords::INEXPRESSIBLE, run: inexpressible::run },
    SchemaPass { name: "objects", on: Keywords::OBJECT, run: objects::run },
    SchemaPass { name: "composition", on: Keywords::UNION.and(Keywords::ALL_OF), run: composition::run },
    SchemaPass { name: "siblings", on: Keywords::REF, run: siblings::run },
    SchemaPass { name: "implied", on: Keywords::ANY, run: implied::run },
];

/// Brings a schema whose children are canonical to the canonical form.
pub fn canonical(node: &mut Node, cx: &mut Cx<'_>) {
    booleans::run(node, cx);
    let mut keywords = of(node);
    for pass in PASSES {
        if keywords.meets(pass.on) {
            (pass.run)(node, cx);
            keywords = of(node);
        }
    }
}

fn of(node: &Node) -> Keywords {
    node.as_object().map_or(Keywords::NONE, Keywords::of)
}
