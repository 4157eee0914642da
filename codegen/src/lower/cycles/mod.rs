//! Cuts compositions that contain themselves: `A: {allOf: [A]}`, `A: {$ref: B}` with
//! `B: {$ref: A}`.
//!
//! Recursion through properties, items and maps is left alone. One kind of cycle is useful: a base
//! lists its subtypes in `oneOf`, and they inherit from it through `allOf`. Each subtype gets the
//! base without the list, and nothing is lost.

mod cut;
mod edges;
mod graph;

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::limits::CYCLE_ROUNDS;

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    cut::aliases(&mut document.root, out);
    let all = edges::edges(&document.root);
    if graph::is_acyclic(&all) {
        return;
    }
    cut::unions(&mut document.root, out);
    for round in 0..=CYCLE_ROUNDS {
        let edges = edges::edges(&document.root);
        if !cut::inheritance(&mut document.root, &edges, round == CYCLE_ROUNDS, out) {
            return;
        }
    }
}
