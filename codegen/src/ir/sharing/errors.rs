//! Defines the enums of errors that several operations share.
//!
//! **Invariant:** operations of the API and webhooks share no enum, since different files decode
//! and send their responses.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::key::Keys;
use super::{Class, docs, name, sorted, uses};
use crate::ir::model::{
    ErrorAlias, HeaderGroup, Operation, ResponseCase, Responses, SharedErrors, Side, Status, TypeId, TypeTable,
};
use crate::ir::naming::{Naming, fnv64};

/// An operation: on which side, and its index there.
pub(super) type Place = (Side, usize);

/// The operations whose errors may be equal.
pub(super) struct Operations<'o> {
    pub(super) api: &'o mut [Operation],
    pub(super) webhooks: Vec<&'o mut Operation>,
}

impl Operations<'_> {
    fn all(&self) -> impl Iterator<Item = (Place, &Operation)> {
        let of_api = self.api.iter().enumerate().map(|(index, one)| ((Side::Api, index), one));
        let webhooks = self.webhooks.iter().enumerate().map(|(index, one)| ((Side::Webhooks, index), &**one));
        of_api.chain(webhooks)
    }

    fn get(&self, (side, index): Place) -> Option<&Operation> {
        match side {
            Side::Api => self.api.get(index),
            Side::Webhooks => self.webhooks.get(index).map(|one| &**one),
        }
    }

    fn get_mut(&mut self, (side, index): Place) -> Option<&mut Operation> {
        match side {
            Side::Api => self.api.get_mut(index),
            Side::Webhooks => self.webhooks.get_mut(index).map(|one| &mut **one),
        }
    }
}

/// The classes of operations with equal errors.
pub(super) fn classes(
    table: &TypeTable,
    groups: &[HeaderGroup],
    operations: &Operations<'_>,
    classes: &Classes,
) -> Vec<Class<Place>> {
    let mut members: BTreeMap<(Side, String), Vec<Place>> = BTreeMap::new();
    for (place, operation) in operations.all().filter(|(_, operation)| !operation.responses.error.is_empty()) {
        let key = key(&classes.keys(table), groups, &operation.responses);
        members.entry((place.0, key)).or_default().push(place);
    }
    let shared = members.into_values().filter(|members| members.len() > 1);
    let found = shared.filter_map(|members| {
        let (side, _) = *members.first()?;
        let responses = &operations.get(*members.first()?)?.responses;
        let digest = fnv64(&format!("{side:?} {}", key(&classes.contents(table), groups, responses)));
        Some(Class { stem: name::of_errors(&responses.error), digest, members })
    });
    sorted(found.collect())
}

/// The definitions of classes. The error types of their operations become aliases of them.
pub(super) fn define(
    table: &TypeTable,
    operations: &mut Operations<'_>,
    classes: &[Class<Place>],
    naming: &mut Naming,
) -> Vec<SharedErrors> {
    let mut shared = Vec::with_capacity(classes.len());
    for class in classes {
        let responses: Vec<&Responses> =
            class.members.iter().filter_map(|place| Some(&operations.get(*place)?.responses)).collect();
        let Some(first) = responses.first() else { continue };
        let successes = successes(first);
        let Some(mut cases) = docs::common_cases(&responses) else { continue };
        cases.iter_mut().filter_map(|case| case.body.ty_mut()).for_each(|ty| *ty = uses::shared(table, ty));
        let side = class.members.first().map_or(Side::Api, |(side, _)| *side);
        let places = class.members.iter().map(|(_, index)| *index).collect();
        for place in &class.members {
            if let Some(operation) = operations.get_mut(*place) {
                let number = number(operation.error.as_str());
                operation.responses.shared_error = Some(ErrorAlias { shared: shared.len(), number });
            }
        }
        shared.push(SharedErrors { name: class.name(naming), cases, successes, side, places });
    }
    shared
}

/// 32 bits of a name. Two equal numbers would only make one type of two.
fn number(name: &str) -> u32 {
    let digest = fnv64(name);
    u32::try_from((digest ^ (digest >> 32)) & 0xffff_ffff).unwrap_or_default()
}

/// Everything about errors that is printed, besides documentation.
fn key<F: Fn(TypeId) -> String>(keys: &Keys<'_, F>, groups: &[HeaderGroup], responses: &Responses) -> String {
    let case = |one: &ResponseCase| {
        let ResponseCase { variant, status, media, also, body, headers, doc } = one;
        let ty = body.ty().map(|ty| keys.of_use(ty)).unwrap_or_default();
        let kind = body.kind();
        let headers = headers.and_then(|index| groups.get(index)).map(|group| keys.of_headers(group));
        let media: Vec<&str> = media.iter().chain(also).map(|media| media.text.as_str()).collect();
        format!("{variant} {status:?} {media:?} {kind} {ty} {headers:?} {}", doc.deprecated.is_some())
    };
    let cases: Vec<String> = responses.error.iter().map(case).collect();
    format!("errors {cases:?} {:?}", successes(responses))
}

/// The documented successes, if errors document every other status.
fn successes(responses: &Responses) -> Vec<Status> {
    if !responses.error.iter().any(|case| case.status == Status::Default) {
        return Vec::new();
    }
    Status::of(&responses.success)
}
