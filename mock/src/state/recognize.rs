//! The paths and types of a document → its resources. Anything uncertain is left out, because a
//! resource that behaves differently from its service is misleading.

use specwright_codegen::ir::model::Status;
use specwright_runtime::descriptor::{Location, Piece};

use super::fields::{fields, has_empty_success, is_open, item_in, list_in, plain, success};
use super::resource::{Resource, Role};
use super::settings::StateSettings;
use crate::document::{BodyKind, Document, Operation};
use crate::types::{Field, Shape, Type};

/// The number of initial items, unless the settings say otherwise.
const SEED: usize = 2;

/// The resources of a document.
#[must_use]
pub fn recognize(document: &'static Document, settings: &StateSettings) -> Vec<Resource> {
    let mut items: Vec<&'static Operation> = Vec::new();
    for operation in document.operations {
        let is_known = items.iter().any(|known| known.descriptor.path == operation.descriptor.path);
        if !is_known && last_parameter(operation).is_some() {
            items.push(operation);
        }
    }
    let found = items.into_iter().filter_map(|item| resource(document, item, settings));
    found.collect()
}

/// The index of the parameter that is the whole last segment.
fn last_parameter(operation: &Operation) -> Option<usize> {
    match operation.descriptor.segments.last()? {
        [Piece::Parameter(index)] => Some(*index),
        _ => None,
    }
}

/// The operations on the items and on the collection of a possible resource.
struct Candidate {
    document: &'static Document,
    members: Vec<(usize, &'static Operation)>,
    collection: Vec<(usize, &'static Operation)>,
    parameter: &'static str,
    noun: String,
    /// The property that the settings choose as the ID.
    id: Option<String>,
}

impl Candidate {
    /// The property that identifies an item of this shape.
    fn id_of(&self, shape: Shape) -> Option<&'static Field> {
        match &self.id {
            Some(name) => fields(shape).iter().find(|field| field.name == name),
            None => identifier(fields(shape), self.parameter, &self.noun),
        }
    }

    fn is_item(&self, shape: Shape) -> bool {
        self.id_of(shape).is_some()
    }

    /// The type that the operation with a method returns.
    fn returned(&self, list: &[(usize, &'static Operation)], method: &str) -> Option<&'static Type> {
        let (_, operation) = list.iter().find(|(_, one)| one.descriptor.method == method)?;
        success(self.document, operation.ir)
    }

    /// The type of an item: the type that a read returns, or else the item type of a list, or else
    /// the type that a creation returns.
    fn item_shape(&self) -> Option<Shape> {
        let is_item = |shape: Shape| self.is_item(shape);
        if let Some(ty) = self.returned(&self.members, "GET") {
            return item_in(ty, &self.noun, &is_item).map(|(_, shape)| shape);
        }
        let listed = self.returned(&self.collection, "GET").and_then(|ty| list_in(ty, &is_item));
        let created = || self.returned(&self.collection, "POST").and_then(|ty| item_in(ty, &self.noun, &is_item));
        listed.or_else(created).map(|(_, shape)| shape)
    }

    /// The role of each operation.
    fn roles(&self) -> Vec<(usize, Role)> {
        let members = self.members.iter().filter_map(|(index, one)| Some((*index, self.of_member(one)?)));
        let others = self.collection.iter().filter_map(|(index, one)| Some((*index, self.of_collection(one)?)));
        members.chain(others).collect()
    }

    fn of_member(&self, operation: &Operation) -> Option<Role> {
        let changes = self.members.iter().any(|(_, one)| ["PUT", "PATCH"].contains(&one.descriptor.method));
        match operation.descriptor.method {
            "GET" => self.holds_item(operation).then_some(Role::Read),
            "PUT" => has_object(operation).then_some(Role::Replace),
            "PATCH" => has_object(operation).then_some(Role::Patch),
            "POST" if creates(operation) && self.holds_item(operation) => Some(Role::Create),
            "POST" => (!changes && has_object(operation) && self.responds(operation)).then_some(Role::Patch),
            "DELETE" => Some(Role::Delete),
            _ => None,
        }
    }

    fn of_collection(&self, operation: &Operation) -> Option<Role> {
        match operation.descriptor.method {
            "GET" => {
                let listed = success(self.document, operation.ir)?;
                list_in(listed, &|shape| self.is_item(shape)).map(|_| Role::List)
            }
            "POST" if operation.body.is_empty() => self.holds_item(operation).then_some(Role::Create),
            "POST" => (has_object(operation) && self.responds(operation)).then_some(Role::Create),
            _ => None,
        }
    }

    fn holds_item(&self, operation: &Operation) -> bool {
        let ty = success(self.document, operation.ir);
        ty.and_then(|ty| item_in(ty, &self.noun, &|shape| self.is_item(shape))).is_some()
    }

    /// Whether the success of a change is the item or has no body.
    fn responds(&self, operation: &Operation) -> bool {
        match success(self.document, operation.ir) {
            Some(_) => self.holds_item(operation),
            None => has_empty_success(operation.ir),
        }
    }
}

fn resource(document: &'static Document, item: &'static Operation, settings: &StateSettings) -> Option<Resource> {
    let parameter = item.descriptor.parameters.get(last_parameter(item)?)?.name;
    let (_, before) = item.descriptor.segments.split_last()?;
    let Some([Piece::Literal(word)]) = before.last() else { return None };
    let collection = document.operations.iter().find(|other| is_collection(other, before))?.descriptor.path;
    let chosen = settings.resource(collection);
    if chosen.is_some_and(|chosen| chosen.ignore) {
        return None;
    }
    let of = |path: &str| {
        let all = document.operations.iter().enumerate();
        all.filter(|(_, one)| one.descriptor.path == path).collect::<Vec<_>>()
    };
    let candidate = Candidate {
        document,
        members: of(item.descriptor.path),
        collection: of(collection),
        parameter,
        noun: singular(word),
        id: chosen.and_then(|chosen| chosen.id.clone()),
    };
    let shape = candidate.item_shape()?;
    let mut operations = candidate.roles();
    if let Some(roles) = chosen.and_then(|chosen| chosen.roles.as_ref()) {
        operations.retain(|(_, role)| roles.contains(role));
    }
    let scope = before.iter().flat_map(|pieces| pieces.iter()).filter_map(|piece| match piece {
        Piece::Parameter(index) => Some(item.descriptor.parameters.get(*index)?.name),
        Piece::Literal(_) => None,
    });
    let mut filters = filters(document, &operations, fields(shape));
    if let Some(chosen) = chosen.and_then(|chosen| chosen.filters.as_ref()) {
        filters.retain(|name| chosen.iter().any(|one| one == name));
    }
    is_useful(&operations).then_some(Resource {
        collection,
        item: item.descriptor.path,
        id: candidate.id_of(shape)?,
        noun: candidate.noun,
        parameter,
        fields: fields(shape),
        is_open: is_open(shape),
        scope: scope.collect(),
        operations,
        filters,
        seed: chosen.and_then(|chosen| chosen.seed).unwrap_or(SEED),
    })
}

/// Whether there is a source of items, and whether items can be read or changed one by one.
fn is_useful(operations: &[(usize, Role)]) -> bool {
    let has = |roles: &[Role]| operations.iter().any(|(_, known)| roles.contains(known));
    has(&[Role::Create, Role::List]) && has(&[Role::Read, Role::Delete, Role::Patch, Role::Replace])
}

/// Whether the path of an operation consists of exactly these segments.
fn is_collection(operation: &Operation, segments: &[&[Piece]]) -> bool {
    let is_alike = |pair: (&&[Piece], &&[Piece])| match pair {
        ([Piece::Parameter(_)], [Piece::Parameter(_)]) => true,
        (left, right) => left == right,
    };
    let own = operation.descriptor.segments;
    operation.descriptor.fixed_query.is_empty() && own.len() == segments.len() && own.iter().zip(segments).all(is_alike)
}

/// Whether the success of an operation says that something was created.
fn creates(operation: &Operation) -> bool {
    operation.ir.responses.success.iter().any(|case| case.status == Status::Code(201))
}

/// Whether the body of a request is an object.
fn has_object(operation: &Operation) -> bool {
    body_type(operation)
        .is_some_and(|ty| super::fields::object(ty.shape).is_some() || matches!(ty.shape, Shape::Map(_)))
}

/// The type of a body that is an object.
pub(super) fn body_type(operation: &Operation) -> Option<&'static Type> {
    operation.body.iter().find_map(|body| match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty, _) => Some(*ty),
        _ => None,
    })
}

/// The query parameters of the list that have the name of a property.
fn filters(document: &'static Document, operations: &[(usize, Role)], fields: &'static [Field]) -> Vec<&'static str> {
    let list = operations.iter().find(|(_, role)| *role == Role::List);
    let parameters = list.and_then(|(index, _)| document.operations.get(*index)).map(|list| list.descriptor.parameters);
    let query = parameters.unwrap_or_default().iter().filter(|parameter| parameter.location == Location::Query);
    query.map(|parameter| parameter.name).filter(|name| fields.iter().any(|field| field.name == *name)).collect()
}

/// The property to which a path parameter refers: the one with the same name, or the usual one for
/// it.
fn identifier(fields: &'static [Field], parameter: &str, noun: &str) -> Option<&'static Field> {
    let (asked, noun) = (plain(parameter), plain(noun));
    let named = |wanted: &str| fields.iter().find(|field| plain(field.name) == wanted && is_scalar(field.ty.shape));
    if let Some(same) = named(&asked) {
        return Some(same);
    }
    let is_id = asked.ends_with("id") || asked == noun;
    if is_id && let Some(id) = named("id").or_else(|| named(&format!("{noun}id"))) {
        return Some(id);
    }
    // `orgName` names an organization by its `name`.
    let usual = || ["uuid", "name", "key", "slug", "code", "number", "login"].into_iter();
    let same = usual().find_map(|usual| named(usual).filter(|_| asked.ends_with(usual) && asked.len() > usual.len()));
    // `branch` names a branch by the only property that could.
    let mut all = usual().filter_map(named).filter(|_| asked == noun);
    same.or_else(|| all.next().filter(|_| all.next().is_none()))
}

/// Whether a value can be in a path.
fn is_scalar(shape: Shape) -> bool {
    match shape {
        Shape::Scalar(_) | Shape::Foreign(_) => true,
        Shape::Named(definition) => match definition.kind() {
            crate::types::Kind::Newtype { inner, .. } => is_scalar(inner.shape),
            crate::types::Kind::Texts { .. } | crate::types::Kind::Integers { .. } => true,
            _ => false,
        },
        Shape::List(_) | Shape::Map(_) | Shape::Tuple(_) | Shape::Any => false,
    }
}

/// `pets` → `pet`.
fn singular(word: &str) -> String {
    match word {
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end)) => word[..word.len() - 2].to_owned(),
        _ if word.ends_with('s') && !word.ends_with("ss") && word.len() > 2 => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn nouns_are_singular() {
        for (word, expected) in
            [("pets", "pet"), ("policies", "policy"), ("boxes", "box"), ("classes", "class"), ("staff", "staff")]
        {
            assert_eq!(singular(word), expected);
        }
    }
}
