//! Turns paths, webhooks and callbacks into operations. Each has its names, path, parameters,
//! bodies and responses.
//!
//! **Invariant:** every chosen operation of the document is in the API, or a diagnostic says why it
//! is skipped.

mod ambiguous;
mod body;
mod choose;
mod collisions;
mod content;
mod emptiness;
mod encoding;
mod find;
mod headers;
mod media;
mod names;
mod nesting;
mod parameters;
pub(super) mod path;
mod responses;
mod status;
mod stripped;
mod value_kind;
mod webhooks;

use std::collections::BTreeMap;

pub(super) use choose::{Chosen, choose};
pub(crate) use find::count;
pub(super) use find::{Found, follow, is_token, paths, webhooks};
use names::{OperationNames, OperationScope};

use super::model::{Alternative, Doc, HeaderGroup, Method, Operation, TypeTable, Usage};
use super::naming::Naming;
use super::origin::origin;
use super::security::Security;
use super::servers;
use super::types::{self, Choices, NameHint, TypeBuilder};
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::openapi::operations;

/// Builds operations, and contains the types, names and headers that they share.
pub(super) struct OperationBuilder<'d, 'o> {
    document: &'d Document,
    types: TypeBuilder<'d>,
    out: &'o mut Diagnostics,
    scope: OperationScope,
    groups: Vec<HeaderGroup>,
    /// The name from which each group is named, by index of the group.
    group_hints: Vec<NameHint>,
    /// Headers of components → the index of their group.
    known_groups: BTreeMap<String, usize>,
    direction: Direction,
}

/// The direction of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// The application calls the API.
    ToApi,
    /// The API calls the application: webhooks and callbacks.
    FromApi,
}

impl<'d, 'o> OperationBuilder<'d, 'o> {
    pub fn new(document: &'d Document, choices: &Choices, out: &'o mut Diagnostics) -> Self {
        Self {
            document,
            types: TypeBuilder::new(document, choices),
            out,
            scope: OperationScope::new(),
            groups: Vec::new(),
            group_hints: Vec::new(),
            known_groups: BTreeMap::new(),
            direction: Direction::ToApi,
        }
    }

    /// The names of the API's types.
    pub fn naming(&mut self) -> &mut Naming {
        self.types.naming()
    }

    /// Where diagnostics are reported.
    pub fn out(&mut self) -> &mut Diagnostics {
        self.out
    }

    /// The operations of the paths, except those whose security cannot be satisfied.
    pub fn operations(&mut self, chosen: &'d [Chosen<'d>], security: &mut Security<'_>) -> Vec<Operation> {
        self.direction = Direction::ToApi;
        let mut operations = Vec::with_capacity(chosen.len());
        let names = self.names_of(chosen.iter());
        for (one, names) in chosen.iter().zip(names) {
            if let Ok(alternatives) = security.alternatives(one.found.node, &one.found.pointer, self.out) {
                operations.push(self.operation(one, names, alternatives));
            }
        }
        ambiguous::report(self.document, &operations, self.out);
        operations
    }

    /// Types, header groups and the names of both, after all operations are built.
    pub fn finish(mut self) -> (TypeTable, Vec<HeaderGroup>, Naming) {
        let groups = self.take_header_groups();
        let (types, naming) = types::finish(self.types, self.out);
        (types, groups, naming)
    }

    /// The names of operations, each at the index of its operation.
    fn names_of<'a>(&mut self, chosen: impl Iterator<Item = &'a Chosen<'d>>) -> Vec<OperationNames>
    where
        'd: 'a,
    {
        let chosen: Vec<&Chosen<'d>> = chosen.collect();
        let ids: Vec<&str> = chosen.iter().map(|one| one.id.as_str()).collect();
        let names = self.scope.names(&ids, self.types.naming());
        collisions::report(&chosen, &names, &self.scope, self.out);
        names
    }

    fn operation(&mut self, chosen: &'d Chosen<'d>, names: OperationNames, security: Vec<Alternative>) -> Operation {
        let found = chosen.found;
        let mut setters = body::setter_scope();
        let body = self.request_body(found, &names.hint, &mut setters);
        let (parameters, path) = self.parameters(found, &names.hint, &mut setters);
        let responses = self.responses(found, &names.hint);
        Operation {
            id: chosen.id.clone(),
            name: names.name,
            constant: names.constant,
            builder: names.builder,
            input: names.input,
            success: names.success,
            error: names.error,
            body_name: names.body,
            method: Method(found.method.clone()),
            path,
            doc: Doc::of(found.node),
            tags: operations::tags(found.node).map(str::to_owned).collect(),
            parameters,
            body,
            responses,
            security,
            servers: servers::build(self.document, found.node, &found.pointer, self.out),
            origin: origin(self.document, found.node, &found.pointer),
            idempotency_key: None,
            paging: None,
        }
    }

    /// The direction of values in requests.
    fn request_usage(&self) -> Usage {
        let to_api = self.direction == Direction::ToApi;
        Usage { request: to_api, response: !to_api }
    }

    /// The direction of values in responses.
    fn response_usage(&self) -> Usage {
        let to_api = self.direction == Direction::ToApi;
        Usage { request: !to_api, response: to_api }
    }
}

#[cfg(test)]
mod tests;
