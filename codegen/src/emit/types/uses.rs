//! Finds where each type is used. If the document does not describe a type, its documentation names
//! the use: "Body of the `404 Not Found` response of `getUser`."

use std::collections::BTreeMap;

use crate::emit::phrases::{self, code};
use crate::emit::rustdoc;
use crate::ir::model::{
    Api, BodyKind, Extra, Header, HeaderGroup, Location, Operation, Origin, Parameter, Reading, ResponseBody,
    ResponseCase, Shape, TypeDef, TypeId, TypeKind, TypeName, TypeTable, TypeUse,
};

/// At most this many uses are recorded. Two are named; a third one makes it "elsewhere".
const MAX_USES: usize = 3;

/// The uses of all types.
pub(super) struct Uses<'a> {
    types: &'a TypeTable,
    of_type: BTreeMap<TypeId, Vec<Use<'a>>>,
    /// Names of the types that have other readings.
    usual: BTreeMap<&'a Origin, &'a TypeName>,
}

/// One use of a type.
#[derive(Clone, Copy)]
struct Use<'a> {
    site: Site<'a>,
    wrapper: Wrapper,
}

/// The element that uses a type.
#[derive(Clone, Copy)]
enum Site<'a> {
    Response(&'a Operation, &'a ResponseCase),
    Request(&'a Operation),
    Parameter(&'a Operation, &'a Parameter),
    Header(&'a HeaderGroup, &'a Header),
    Property(&'a TypeDef, &'a str),
    OtherProperties(&'a TypeDef),
    Member(&'a TypeDef),
    Target(&'a TypeDef),
}

/// How the type is wrapped at its site.
#[derive(Clone, Copy)]
enum Wrapper {
    None,
    Item,
    Value,
    Event,
    Line,
}

impl<'a> Uses<'a> {
    /// The uses of the types of an API.
    pub(super) fn of(api: &'a Api) -> Self {
        let usual = api.types.iter().filter(|(_, definition)| definition.reading == Reading::Usual);
        let usual = usual.map(|(_, definition)| (&definition.origin, &definition.name)).collect();
        let mut uses = Self { types: &api.types, of_type: BTreeMap::new(), usual };
        for operation in api.operations.iter().chain(api.called_back().map(|webhook| &webhook.operation)) {
            uses.operation(operation);
        }
        for group in &api.header_groups {
            group.headers.iter().for_each(|header| uses.add(Site::Header(group, header), &header.ty));
        }
        api.types.iter().for_each(|(_, definition)| uses.definition(definition));
        uses
    }

    fn operation(&mut self, operation: &'a Operation) {
        for outcome in operation.responses.success.iter().chain(&operation.responses.error) {
            let site = Site::Response(operation, outcome);
            match &outcome.body {
                ResponseBody::Json(ty) | ResponseBody::Text(ty) | ResponseBody::Form(ty) => self.add(site, ty),
                ResponseBody::Events(ty) => self.wrapped(site, Wrapper::Event, ty),
                ResponseBody::Lines(ty) => self.wrapped(site, Wrapper::Line, ty),
                ResponseBody::Empty | ResponseBody::Bytes | ResponseBody::Stream => {}
            }
        }
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            let site = Site::Request(operation);
            match &content.kind {
                BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Text(ty) => self.add(site, ty),
                BodyKind::Multipart { ty, .. } => self.push(*ty, Use { site, wrapper: Wrapper::None }),
                BodyKind::Lines(ty) => self.wrapped(site, Wrapper::Line, ty),
                BodyKind::Events(ty) => self.wrapped(site, Wrapper::Event, ty),
                BodyKind::Binary => {}
            }
        }
        for parameter in &operation.parameters {
            self.add(Site::Parameter(operation, parameter), &parameter.ty);
        }
    }

    fn definition(&mut self, definition: &'a TypeDef) {
        match &definition.kind {
            TypeKind::Struct(body) => {
                body.fields.iter().for_each(|field| self.add(Site::Property(definition, &field.wire), &field.ty));
                if let Extra::Kept { value, .. } = &body.extra {
                    self.add(Site::OtherProperties(definition), value);
                }
            }
            TypeKind::Union(union) => {
                union.variants.iter().for_each(|member| self.add(Site::Member(definition), &member.ty));
            }
            TypeKind::Newtype(newtype) => self.add(Site::Target(definition), &newtype.inner),
            TypeKind::Alias(target) => self.add(Site::Target(definition), target),
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => {}
        }
    }

    fn add(&mut self, site: Site<'a>, ty: &'a TypeUse) {
        match &ty.shape {
            Shape::List(item) => self.wrapped(site, Wrapper::Item, item),
            Shape::Map(value, _) => self.wrapped(site, Wrapper::Value, value),
            Shape::Tuple(items) => items.iter().for_each(|item| self.wrapped(site, Wrapper::Item, item)),
            Shape::Named(_) | Shape::Scalar(_) | Shape::Any => self.wrapped(site, Wrapper::None, ty),
        }
    }

    /// Deeper wrappers are not distinguished: an item of a list of lists is an item.
    fn wrapped(&mut self, site: Site<'a>, wrapper: Wrapper, ty: &'a TypeUse) {
        let mut ids = Vec::new();
        ty.mentions(&mut ids);
        for id in ids {
            self.push(id, Use { site, wrapper });
        }
    }

    /// A use of a type inside itself does not describe it.
    fn push(&mut self, id: TypeId, one: Use<'a>) {
        if one.site.holder().is_some_and(|holder| std::ptr::eq(holder, self.types.get(id))) {
            return;
        }
        let uses = self.of_type.entry(id).or_default();
        if uses.len() < MAX_USES {
            uses.push(one);
        }
    }

    /// Whether another type uses a type. The documentation of that other type then links to it.
    pub(super) fn is_part(&self, id: TypeId) -> bool {
        self.of_type.get(&id).and_then(|uses| uses.first()).is_some_and(|one| one.site.holder().is_some())
    }

    /// The summary of a type that the document does not describe.
    pub(super) fn summary(&self, id: TypeId, definition: &TypeDef) -> String {
        if let Some(reading) = self.reading(definition) {
            return reading;
        }
        let uses = self.of_type.get(&id).map(Vec::as_slice).unwrap_or_default();
        match (uses, &definition.schema_name) {
            ([one], _) => format!("{}.", one.alone()),
            ([one, other], _) => format!("{}; also {}.", one.alone(), other.inside()),
            ([one, ..], None) => format!("{}, and elsewhere.", one.alone()),
            (_, Some(name)) => format!("Component schema {}.", rustdoc::code(name)),
            ([], None) => "Schema without a name.".to_owned(),
        }
    }

    /// The reading of the schema that a type represents, if that is not the usual reading.
    pub(super) fn reading(&self, definition: &TypeDef) -> Option<String> {
        let (alone, of_usual) = match definition.reading {
            Reading::Usual => return None,
            Reading::Request => (
                "As sent in requests, without read-only properties.",
                "as sent in requests, without read-only properties.",
            ),
            Reading::Form => (
                "As sent in multipart bodies, where files are bytes with a name.",
                "as sent in multipart bodies, where files are bytes with a name.",
            ),
        };
        let usual = self.usual.get(&definition.origin);
        Some(usual.map_or_else(|| alone.to_owned(), |usual| format!("[`{usual}`] {of_usual}")))
    }
}

impl Use<'_> {
    /// The use as the beginning of a sentence.
    fn alone(self) -> String {
        match self.wrapper {
            Wrapper::None => {
                let (article, noun) = self.site.phrase();
                match article {
                    Some(article) => format!("{}{noun}", article.at_start),
                    None => noun,
                }
            }
            Wrapper::Item => format!("Item of {}", self.site.noun()),
            Wrapper::Value => format!("Value of {}", self.site.noun()),
            Wrapper::Event => format!("Event in {}", self.site.noun()),
            Wrapper::Line => format!("Line in {}", self.site.noun()),
        }
    }

    /// The use inside a sentence.
    fn inside(self) -> String {
        match self.wrapper {
            Wrapper::None => self.site.noun(),
            Wrapper::Item => format!("an item of {}", self.site.noun()),
            Wrapper::Value => format!("a value of {}", self.site.noun()),
            Wrapper::Event => format!("an event in {}", self.site.noun()),
            Wrapper::Line => format!("a line in {}", self.site.noun()),
        }
    }
}

/// The first words of a phrase, at the start of a sentence and inside a sentence.
#[derive(Clone, Copy)]
struct Article {
    at_start: &'static str,
    inside: &'static str,
}

impl<'a> Site<'a> {
    /// The type to which the site belongs.
    fn holder(self) -> Option<&'a TypeDef> {
        match self {
            Self::Response(..) | Self::Request(_) | Self::Parameter(..) | Self::Header(..) => None,
            Self::Property(holder, _) | Self::OtherProperties(holder) | Self::Member(holder) | Self::Target(holder) => {
                Some(holder)
            }
        }
    }

    fn noun(self) -> String {
        let (article, noun) = self.phrase();
        article.map_or_else(|| noun.clone(), |article| format!("{}{noun}", article.inside))
    }

    fn phrase(self) -> (Option<Article>, String) {
        let article = |at_start, inside| Some(Article { at_start, inside });
        match self {
            Self::Response(operation, outcome) => {
                let of = format!("{} of `{}`", phrases::response(outcome), code(&operation.id));
                (article("Body of the ", "the body of the "), of)
            }
            Self::Request(operation) => {
                (article("Request body of ", "the request body of "), format!("`{}`", code(&operation.id)))
            }
            Self::Parameter(operation, parameter) => {
                let (at_start, inside) = location(parameter.location);
                (article(at_start, inside), format!("`{}` of `{}`", code(&parameter.wire), code(&operation.id)))
            }
            Self::Header(group, header) => {
                let of =
                    format!("`{}` of [`{name}`](super::operations::{name})", code(&header.wire), name = group.name);
                (article("Header ", "the header "), of)
            }
            Self::Property(holder, wire) => (None, property(wire, holder)),
            Self::OtherProperties(holder) => {
                (article("Other properties of ", "the other properties of "), format!("[`{}`]", holder.name))
            }
            Self::Member(union) => (article("Member of ", "a member of "), format!("[`{}`]", union.name)),
            Self::Target(holder) => (article("Content of ", ""), format!("[`{}`]", holder.name)),
        }
    }
}

fn location(location: Location) -> (&'static str, &'static str) {
    match location {
        Location::Path => ("Path parameter ", "the path parameter "),
        Location::Query => ("Query parameter ", "the query parameter "),
        Location::Header => ("Header ", "the header "),
        Location::Cookie => ("Cookie ", "the cookie "),
        Location::QueryString => ("Query string ", "the query string "),
    }
}

/// ``code` of [`InvalidRequestError`]``
pub(super) fn property(wire: &str, holder: &TypeDef) -> String {
    format!("{} of [`{}`]", rustdoc::code(wire), holder.name)
}
