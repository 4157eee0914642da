//! Defines the enums of successes and errors that several operations share.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::Classes;
use super::key::Keys;
use super::{Class, docs, name, sorted, uses};
use crate::ir::model::{HeaderGroup, Operation, Outcome, ResponseBody, ResponseCase, Side, Status, TypeId, TypeTable};
use crate::ir::naming::{Naming, fnv64};

/// One of the two enums of the operation of an index.
type Member = (usize, Side);

/// The classes of equal enums.
pub(super) fn classes(
    table: &TypeTable,
    groups: &[HeaderGroup],
    operations: &[Operation],
    classes: &Classes,
) -> Vec<Class<Member>> {
    let mut members: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for (index, operation) in operations.iter().enumerate() {
        for side in [Side::Success, Side::Error] {
            let (cases, others) = sides(operation, side);
            if is_plain(cases) {
                let key = key(&classes.keys(table), groups, side, cases, others);
                members.entry(key).or_default().push((index, side));
            }
        }
    }
    let shared = members.into_values().filter(|members| members.len() > 1);
    let found = shared.filter_map(|members| {
        let (index, side) = *members.first()?;
        let (cases, others) = sides(operations.get(index)?, side);
        let digest = fnv64(&key(&classes.contents(table), groups, side, cases, others));
        Some(Class { stem: name::of_outcome(table, side, cases), digest, members })
    });
    sorted(found.collect())
}

/// The definitions of classes, whose members become aliases of them.
pub(super) fn define(
    table: &TypeTable,
    operations: &mut [Operation],
    classes: &[Class<Member>],
    naming: &mut Naming,
) -> Vec<Outcome> {
    let mut shared = Vec::with_capacity(classes.len());
    for class in classes {
        let members = class.members.iter();
        let members = members.filter_map(|(index, side)| Some(sides(operations.get(*index)?, *side)));
        let members: Vec<(&[ResponseCase], &[ResponseCase])> = members.collect();
        let (Some((_, side)), Some((_, others))) = (class.members.first(), members.first()) else { continue };
        let others = others.to_vec();
        let cases: Vec<&[ResponseCase]> = members.iter().map(|(cases, _)| *cases).collect();
        let mut cases = docs::common_cases(&cases);
        for case in &mut cases {
            uses::of_body(table, &mut case.body);
        }
        for (index, side) in &class.members {
            let Some(operation) = operations.get_mut(*index) else { continue };
            match side {
                Side::Success => operation.shared.success = Some(shared.len()),
                Side::Error => operation.shared.error = Some(shared.len()),
            }
        }
        shared.push(Outcome { name: class.name(naming), side: *side, cases, others });
    }
    shared
}

/// The responses of one enum of an operation, and those of the other.
fn sides(operation: &Operation, side: Side) -> (&[ResponseCase], &[ResponseCase]) {
    let (success, error) = (&operation.responses.success, &operation.responses.error);
    match side {
        Side::Success => (success, error),
        Side::Error => (error, success),
    }
}

/// Whether the order of the responses says nothing: of several media types of one status, the first
/// also decodes what no other does.
fn is_plain(cases: &[ResponseCase]) -> bool {
    let statuses: BTreeSet<Status> = cases.iter().map(|case| case.status).collect();
    !cases.is_empty() && statuses.len() == cases.len()
}

/// What is printed of an enum, as text; responses are in the order of their statuses.
fn key<F: Fn(TypeId) -> String>(
    keys: &Keys<'_, F>,
    groups: &[HeaderGroup],
    side: Side,
    cases: &[ResponseCase],
    others: &[ResponseCase],
) -> String {
    let case = |case: &ResponseCase| {
        let body = match &case.body {
            ResponseBody::Empty => "empty".to_owned(),
            ResponseBody::Json(ty) => format!("json {}", keys.of_use(ty)),
            ResponseBody::Text(ty) => format!("text {}", keys.of_use(ty)),
            ResponseBody::Form(ty) => format!("form {}", keys.of_use(ty)),
            ResponseBody::Events(ty) => format!("events {}", keys.of_use(ty)),
            ResponseBody::Lines(ty) => format!("lines {}", keys.of_use(ty)),
            ResponseBody::Bytes => "bytes".to_owned(),
            ResponseBody::Stream => "stream".to_owned(),
        };
        let media = case.media.as_ref().map(|media| &media.text);
        let headers = case.headers.and_then(|index| groups.get(index)).map(|group| keys.of_headers(group));
        format!("{} {:?} {media:?} {body} {headers:?}", case.variant, case.status)
    };
    let cases: Vec<(Status, String)> = cases.iter().map(|one| (one.status, case(one))).collect();
    let mut statuses: Vec<Status> = Vec::new();
    if cases.iter().any(|(status, _)| *status == Status::Default) {
        statuses.extend(others.iter().map(|other| other.status));
        statuses.sort_unstable();
        statuses.dedup();
    }
    format!("{side:?} {cases:?} {statuses:?}")
}
