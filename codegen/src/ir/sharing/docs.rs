//! Keeps the parts of the documentation that equal items have in common. The rest is printed at
//! each place.

use std::collections::BTreeMap;

use crate::ir::model::{Doc, HeaderGroup, ResponseCase, Responses, TypeKind};

/// The documentation of properties, values, members or headers, by name.
type Parts<'d> = BTreeMap<String, &'d Doc>;

/// The first of some equal definitions, with the documentation that all of them share.
pub(super) fn common(kinds: &[&TypeKind]) -> Option<TypeKind> {
    let mut kind = (*kinds.first()?).clone();
    let rest = kinds.get(1..).unwrap_or_default();
    let others: Vec<Parts<'_>> = rest.iter().map(|kind| kind.parts().into_iter().collect()).collect();
    keep(kind.parts_mut(), &others);
    Some(kind)
}

/// The first of some equal groups, with the documentation that all of them share.
pub(super) fn common_headers(groups: &[&HeaderGroup]) -> Option<HeaderGroup> {
    let mut group = (*groups.first()?).clone();
    let rest = groups.get(1..).unwrap_or_default();
    let others: Vec<Parts<'_>> = rest.iter().map(|group| group.parts().into_iter().collect()).collect();
    keep(group.parts_mut(), &others);
    Some(group)
}

/// The errors of the first of some operations with equal errors, with the documentation that all of
/// them share.
pub(super) fn common_cases(responses: &[&Responses]) -> Option<Vec<ResponseCase>> {
    let mut cases = responses.first()?.error.clone();
    for other in responses.get(1..).unwrap_or_default() {
        cases.iter_mut().zip(&other.error).for_each(|(case, other)| shorten(&mut case.doc, &other.doc));
    }
    Some(cases)
}

fn keep(parts: Vec<(String, &mut Doc)>, others: &[Parts<'_>]) {
    for (name, doc) in parts {
        others.iter().filter_map(|other| other.get(&name)).for_each(|other| shorten(doc, other));
    }
}

/// Removes the parts that another text lacks.
fn shorten(doc: &mut Doc, other: &Doc) {
    if (&doc.summary, &doc.body) != (&other.summary, &other.body) {
        (doc.summary, doc.body) = (None, None);
    }
    if doc.link != other.link {
        doc.link = None;
    }
    if doc.provenance != other.provenance {
        doc.provenance = None;
    }
    if doc.examples != other.examples {
        doc.examples.clear();
    }
}
