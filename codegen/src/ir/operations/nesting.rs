//! If a parameter nests too deep for its style, gives it a style that can write it.
//!
//! The format does not define how lists of objects and objects of objects are written. A query gets
//! `deepObject`, with indexes in lists; any other location gets JSON.

use super::OperationBuilder;
use super::find::FoundParameter;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::model::{Extra, Location, Media, Parameter, Shape, Style, TypeKind, TypeUse};
use crate::limits::ALIAS_CHAIN;

/// How deep the values of a type nest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nesting {
    Scalar,
    /// A list of scalars.
    List,
    /// An object of scalars.
    Object,
    /// An object of scalars and lists of scalars.
    ObjectOfLists,
    /// Anything else.
    Deep,
}

impl OperationBuilder<'_, '_> {
    /// The parameter in a style that can write its values.
    pub(super) fn writable(&mut self, found: &FoundParameter<'_>, parameter: Parameter) -> Parameter {
        let nesting = self.nesting(&parameter.ty);
        let most = match (parameter.location, parameter.style) {
            (_, Style::DeepObject) => Nesting::Deep,
            (Location::Query, _) if parameter.explode => Nesting::ObjectOfLists,
            _ => Nesting::Object,
        };
        if parameter.content.is_some() || parameter.location == Location::QueryString || nesting <= most {
            return parameter;
        }
        let message = format!("no style can write the nested values of the parameter `{}`", parameter.wire);
        let diagnostic = Diagnostic::new(&codes::NESTED_PARAMETER, found.node, message).at(&*found.pointer);
        if parameter.location == Location::Query {
            let example = match nesting {
                Nesting::ObjectOfLists => format!("{}[key]=value", parameter.wire),
                _ => format!("{}[0][key]=value", parameter.wire),
            };
            let help = format!("it is written as `{example}`; set `style: deepObject`, or use `content`");
            self.out.report(diagnostic.help(help));
            return Parameter { style: Style::DeepObject, explode: true, ..parameter };
        }
        self.out.report(diagnostic.help("it is written as JSON; document this with `content: {application/json: …}`"));
        let json = "application/json".to_owned();
        Parameter { content: Some(Media { text: json.clone(), essence: json }), ..parameter }
    }

    /// Values are followed only two levels deep, because types may contain themselves.
    fn nesting(&self, ty: &TypeUse) -> Nesting {
        let is_flat = |ty: &TypeUse| match self.outline(ty) {
            Outline::Scalar => true,
            Outline::List(items) => items.iter().all(|item| self.is_scalar(item)),
            Outline::Object(_) => false,
        };
        match self.outline(ty) {
            Outline::Scalar => Nesting::Scalar,
            Outline::List(items) if items.iter().all(|item| self.is_scalar(item)) => Nesting::List,
            Outline::Object(values) if values.iter().all(|value| self.is_scalar(value)) => Nesting::Object,
            Outline::Object(values) if values.iter().all(is_flat) => Nesting::ObjectOfLists,
            Outline::List(_) | Outline::Object(_) => Nesting::Deep,
        }
    }

    fn is_scalar(&self, ty: &TypeUse) -> bool {
        matches!(self.outline(ty), Outline::Scalar)
    }

    /// The structure of a type, behind aliases and newtypes.
    fn outline(&self, ty: &TypeUse) -> Outline {
        let mut ty = ty;
        for _ in 0..ALIAS_CHAIN {
            match &ty.shape {
                Shape::Scalar(_) | Shape::Any => return Outline::Scalar,
                Shape::List(item) => return Outline::List(vec![(**item).clone()]),
                Shape::Tuple(items) => return Outline::List(items.clone()),
                Shape::Map(value, _) => return Outline::Object(vec![(**value).clone()]),
                Shape::Named(id) => match &self.types.definition(*id).kind {
                    TypeKind::Struct(object) => {
                        let rest = match &object.extra {
                            Extra::Kept { value, .. } => Some((**value).clone()),
                            Extra::Ignored | Extra::Denied => None,
                        };
                        return Outline::Object(
                            object.fields.iter().map(|field| field.ty.clone()).chain(rest).collect(),
                        );
                    }
                    TypeKind::Alias(target) => ty = target,
                    TypeKind::Newtype(newtype) => ty = &newtype.inner,
                    // A union is written as its member is, and only a value decides which member
                    // that is.
                    TypeKind::Enum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_) => return Outline::Scalar,
                },
            }
        }
        Outline::Scalar
    }
}

/// The structure of a type.
enum Outline {
    Scalar,
    List(Vec<TypeUse>),
    Object(Vec<TypeUse>),
}
