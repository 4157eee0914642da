//! Makes the target of every `$ref` a component. For example, the target of
//! `#/components/schemas/S/properties/a` moves to `components` and gets a name. All references are
//! local: `bundle` has resolved those to other files.
//!
//! Anchors, `$id`s, `$dynamicRef`s, `$recursiveRef`s and pointers relative to a schema are resolved
//! too. A dangling reference is reported at its location. A dangling schema becomes any JSON;
//! `operations` handles the others.

mod collect;
mod definitions;
mod dynamic;
mod hoist;
mod plan;
mod recursive;
mod rewrite;

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::limits::REFERENCE_ROUNDS;

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    dynamic::run(&mut document.root);
    recursive::run(&mut document.root);
    definitions::run(&mut document.root, out);
    for _ in 0..REFERENCE_ROUNDS {
        let found = collect::collect(&document.root);
        if found.is_empty() {
            return;
        }
        let plan = plan::plan(&document.root, &found);
        rewrite::rewrite(&mut document.root, &plan, out);
        if !hoist::hoist(&mut document.root, &plan) {
            return;
        }
    }
}
