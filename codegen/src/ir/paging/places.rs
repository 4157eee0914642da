//! The places of a body: every property with its path and its content.

use super::words::{self, plain};
use crate::document::pointer;
use crate::ir::model::{Field, Format, Scalar, Shape, TypeKind, TypeTable, TypeUse};
use crate::limits::{PAGING_DEPTH, PAGING_PLACES};

/// The maximum depth to which aliases and newtypes are followed.
const ALIASES: usize = 32;

/// A property of a body.
pub(super) struct Place<'t> {
    /// The properties that lead to it. There is at least one.
    pub steps: Vec<&'t str>,
    /// The name of the last without separators.
    pub name: String,
    /// Its content.
    pub holds: Holds<'t>,
}

/// The content of a property.
#[derive(Clone, Copy)]
pub(super) enum Holds<'t> {
    Text,
    Url,
    Number,
    Flag,
    /// A scalar of several types, or any JSON.
    Any,
    /// A list of these items.
    List(&'t TypeUse),
    Object,
    Other,
}

impl Holds<'_> {
    /// Whether it can hold a token.
    pub fn is_token(self) -> bool {
        matches!(self, Self::Text | Self::Url | Self::Number | Self::Any)
    }

    /// Whether it can hold a URL.
    pub fn is_url(self) -> bool {
        matches!(self, Self::Text | Self::Url | Self::Any)
    }
}

impl Place<'_> {
    pub fn pointer(&self) -> String {
        self.steps.iter().fold(String::new(), |at, step| pointer::join(&at, step))
    }

    /// The name of the object that contains it; `None` at the top.
    pub fn within(&self) -> Option<String> {
        self.steps.iter().rev().nth(1).map(|step| plain(step))
    }

    /// Whether it is at the top, or in objects that concern pages.
    pub fn is_about_pages(&self) -> bool {
        let around = self.steps.split_last().map_or(&[][..], |(_, around)| around);
        around.iter().all(|step| {
            let name = plain(step);
            words::rank(words::ABOUT_PAGES, &name).is_some() || words::rank(words::WRAPPERS, &name).is_some()
        })
    }
}

/// All places of a body, with those at the top first. A body that is not an object has none.
pub(super) fn of<'t>(types: &'t TypeTable, body: &'t TypeUse) -> Vec<Place<'t>> {
    let mut places: Vec<Place<'t>> = Vec::new();
    let mut layer: Vec<(Vec<&'t str>, &'t TypeUse)> = vec![(Vec::new(), body)];
    for _ in 0..PAGING_DEPTH {
        let mut next = Vec::new();
        for (steps, ty) in layer {
            for field in fields(types, ty) {
                let steps: Vec<&str> = steps.iter().copied().chain([field.wire.as_str()]).collect();
                let holds = holds(types, &field.ty);
                if matches!(holds, Holds::Object) {
                    next.push((steps.clone(), &field.ty));
                }
                places.push(Place { steps, name: plain(&field.wire), holds });
                if places.len() == PAGING_PLACES {
                    return places;
                }
            }
        }
        layer = next;
    }
    places
}

/// The properties of an object.
pub(super) fn fields<'t>(types: &'t TypeTable, ty: &'t TypeUse) -> &'t [Field] {
    match resolved(types, ty) {
        Shape::Named(id) => match &types.get(*id).kind {
            TypeKind::Struct(object) => &object.fields,
            _ => &[],
        },
        _ => &[],
    }
}

/// The shape behind aliases and the newtypes of scalars.
fn resolved<'t>(types: &'t TypeTable, ty: &'t TypeUse) -> &'t Shape {
    let mut shape = &ty.shape;
    for _ in 0..ALIASES {
        let Shape::Named(id) = shape else { break };
        match &types.get(*id).kind {
            TypeKind::Alias(target) => shape = &target.shape,
            TypeKind::Newtype(newtype) if matches!(newtype.inner.shape, Shape::Scalar(_)) => {
                shape = &newtype.inner.shape;
            }
            _ => break,
        }
    }
    shape
}

/// The content of a type.
pub(super) fn holds<'t>(types: &'t TypeTable, ty: &'t TypeUse) -> Holds<'t> {
    match resolved(types, ty) {
        Shape::List(item) => Holds::List(item),
        Shape::Any => Holds::Any,
        Shape::Scalar(scalar) => match scalar {
            Scalar::Bool => Holds::Flag,
            Scalar::Integer(_) | Scalar::Float64 => Holds::Number,
            Scalar::Text(Format::Uri) => Holds::Url,
            Scalar::String | Scalar::Text(_) | Scalar::Secret | Scalar::Foreign(_) => Holds::Text,
            Scalar::Binary | Scalar::Null | Scalar::Never => Holds::Other,
        },
        Shape::Named(id) => match &types.get(*id).kind {
            TypeKind::Struct(_) => Holds::Object,
            TypeKind::Enum(_) => Holds::Text,
            TypeKind::IntegerEnum(_) => Holds::Number,
            TypeKind::Union(union) => {
                let is_scalar = |ty: &TypeUse| matches!(resolved(types, ty), Shape::Scalar(_) | Shape::Any);
                if union.variants.iter().all(|variant| is_scalar(&variant.ty)) { Holds::Any } else { Holds::Other }
            }
            TypeKind::Newtype(_) | TypeKind::Alias(_) => Holds::Other,
        },
        Shape::Map(..) | Shape::Tuple(_) => Holds::Other,
    }
}

/// Whether items have parts, or may have parts.
fn is_compound(types: &TypeTable, item: &TypeUse) -> bool {
    matches!(holds(types, item), Holds::Object | Holds::Any | Holds::Other)
}

/// The list of items among the places; `segment` is the last fixed segment of the path. `None` if
/// no list stands out.
pub(super) fn items<'p, 't>(types: &'t TypeTable, places: &'p [Place<'t>], segment: &str) -> Option<&'p Place<'t>> {
    for depth in 1..PAGING_DEPTH {
        let is_item_list = |place: &&Place<'_>| {
            let in_wrapper = place.within().is_none_or(|name| words::rank(words::WRAPPERS, &name).is_some());
            let is_other = words::rank(words::NOT_ITEMS, &place.name).is_some();
            place.steps.len() == depth && matches!(place.holds, Holds::List(_)) && in_wrapper && !is_other
        };
        let lists: Vec<&Place<'t>> = places.iter().filter(is_item_list).collect();
        if lists.is_empty() {
            continue;
        }
        let named = |wanted: &str| lists.iter().find(|place| place.name == wanted).copied();
        let compound: Vec<&&Place<'t>> =
            lists.iter().filter(|place| matches!(place.holds, Holds::List(item) if is_compound(types, item))).collect();
        let only = match (lists.as_slice(), compound.as_slice()) {
            ([only], _) => Some(*only),
            (_, [only]) => Some(**only),
            _ => None,
        };
        return named(&plain(segment)).or_else(|| words::ITEMS.iter().find_map(|name| named(name))).or(only);
    }
    None
}
