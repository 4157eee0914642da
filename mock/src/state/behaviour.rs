//! Describes in words what was inferred about a document.

use serde::Serialize;
use specwright_runtime::descriptor::Operation;

use super::list::pages;
use super::resource::{Resource, Role};
use crate::document::Document;

/// A behaviour of a mock that the document does not state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Behaviour {
    /// The path of the collection.
    pub resource: &'static str,
    /// The `operationId` of the operation.
    pub operation: Option<&'static str>,
    /// How certain it is: always `inferred`.
    pub certainty: &'static str,
    /// What the mock does.
    pub rule: String,
}

/// The behaviours of resources.
pub(super) fn of(document: &Document, resources: &[Resource]) -> Vec<Behaviour> {
    resources.iter().flat_map(|resource| of_resource(document, resource)).collect()
}

/// The behaviour of a `DELETE` whose path is not that of a resource.
pub(super) fn of_removal(operation: &'static Operation) -> Behaviour {
    Behaviour {
        resource: operation.path.rsplit_once('/').map_or("", |(collection, _)| collection),
        operation: Some(operation.id),
        certainty: "inferred",
        rule: "what it removes is not found again, nor what is below its path, until `PUT` or `POST` makes it again"
            .to_owned(),
    }
}

fn of_resource(document: &Document, resource: &Resource) -> Vec<Behaviour> {
    let say = |operation: Option<&'static str>, rule: String| Behaviour {
        resource: resource.collection,
        operation,
        certainty: "inferred",
        rule,
    };
    let mut found = vec![say(
        None,
        format!("`{}` identifies a {} by its property `{}`", resource.parameter, resource.noun, resource.id.name),
    )];
    for (index, role) in &resource.operations {
        let Some(operation) = document.operations.get(*index) else { continue };
        found.push(say(Some(operation.descriptor.id), rule(*role, &resource.noun)));
        if *role == Role::List {
            let filters = resource.filters.iter();
            found.extend(filters.map(|name| {
                say(Some(operation.descriptor.id), format!("`{name}` keeps the items with an equal `{name}`"))
            }));
            let paged = pages(operation).map(|(name, page)| {
                say(Some(operation.descriptor.id), format!("`{name}` is the {} of a page", page.word()))
            });
            found.extend(paged);
        }
    }
    found
}

fn rule(role: Role, noun: &str) -> String {
    match role {
        Role::Create => format!("adds a {noun}; its ID and times are generated if the request has none"),
        Role::List => format!("lists each {noun} in the order of creation"),
        Role::Read => format!("returns a {noun} if it exists, else 404"),
        Role::Replace => format!("replaces a {noun}; properties that a request cannot contain are kept"),
        Role::Patch => format!("merges the body into a {noun} (RFC 7396)"),
        Role::Delete => format!("removes a {noun}, and what is below its path"),
    }
}
