//! Writes each type as one line, for tests to compare.

use crate::ir::model::*;

/// `struct Pet { name: String, tag?: Tag }`, one line per type.
pub fn outline(table: &TypeTable) -> Vec<String> {
    table.iter().map(|(_, definition)| line(table, definition)).collect()
}

fn line(table: &TypeTable, definition: &TypeDef) -> String {
    let name = &definition.name;
    match &definition.kind {
        TypeKind::Struct(object) => {
            let mut parts: Vec<String> = object.fields.iter().map(|f| field(table, f)).collect();
            match &object.extra {
                Extra::Ignored => {}
                Extra::Denied => parts.push("!".into()),
                Extra::Kept { value, patterns, .. } if patterns.is_empty() => {
                    parts.push(format!("..: {}", ty(table, value)));
                }
                Extra::Kept { value, patterns, .. } => {
                    parts.push(format!("..{}: {}", patterns.join("|"), ty(table, value)));
                }
            }
            format!("struct {name} {{ {} }}", parts.join(", "))
        }
        TypeKind::Enum(values) => {
            let names: Vec<String> = values.variants.iter().map(|v| format!("{}={}", v.name, v.wire)).collect();
            format!("{} {name} {{ {} }}", if values.open { "enum" } else { "closed enum" }, names.join(", "))
        }
        TypeKind::IntegerEnum(values) => {
            let names: Vec<String> = values.variants.iter().map(|(n, v, _)| format!("{n}={v}")).collect();
            format!("integer enum {name} {{ {} }}", names.join(", "))
        }
        TypeKind::Union(union) => {
            let parts: Vec<String> = union
                .variants
                .iter()
                .map(|v| format!("{}({}{})", v.name, if v.boxed { "box " } else { "" }, ty(table, &v.ty)))
                .collect();
            format!("union {name} {{ {} }} by {}", parts.join(", "), tagging(&union.tagging))
        }
        TypeKind::Newtype(newtype) => format!("newtype {name}({})", ty(table, &newtype.inner)),
        TypeKind::Alias(target) => format!("alias {name} = {}", ty(table, target)),
    }
}

fn tagging(tagging: &Tagging) -> String {
    match tagging {
        Tagging::Shape => "shape".into(),
        Tagging::Property { wire, values, writes, otherwise } => {
            let values: Vec<String> = values
                .iter()
                .map(|(v, i)| {
                    let written = writes.get(*i).and_then(Option::as_ref);
                    let sign = written.map_or(":", |written| if written.replaces { "+" } else { "?" });
                    format!("{v}{sign}{i}")
                })
                .collect();
            let otherwise = match otherwise {
                Otherwise::Refused => String::new(),
                Otherwise::Shape => " or shape".to_owned(),
                Otherwise::Member(index) => format!(" or member {index}"),
            };
            format!("{wire}[{}]{}", values.join(" "), otherwise)
        }
    }
}

fn field(table: &TypeTable, field: &Field) -> String {
    let constant = field.constant.as_ref().map(|constant| match constant {
        Constant::Variant { variant, .. } => format!(" = {variant}"),
        Constant::Text(text) => format!(" = {text:?}"),
        Constant::Integer(number) => format!(" = {number}"),
        Constant::Bool(value) => format!(" = {value}"),
        Constant::Number(number) => format!(" = {number}"),
        Constant::Json(value) => format!(" = {value}"),
    });
    let constant = constant.unwrap_or_default();
    let optional = if field.presence == Presence::Optional { "?" } else { "" };
    let boxed = if field.boxed { "box " } else { "" };
    format!("{}{optional}: {boxed}{}{constant}", field.name, ty(table, &field.ty))
}

/// A type where it is used; `?` after it for `null`, bounds in brackets.
pub fn ty(table: &TypeTable, ty_use: &TypeUse) -> String {
    let shape = match &ty_use.shape {
        Shape::Named(id) => table.get(*id).name.to_string(),
        Shape::Scalar(Scalar::Text(format)) => format!("{format:?}"),
        Shape::Scalar(Scalar::Integer(kind)) => format!("{kind:?}").to_lowercase(),
        Shape::Scalar(scalar) => format!("{scalar:?}"),
        Shape::List(inner) => format!("[{}]", ty(table, inner)),
        Shape::Map(inner, _) => format!("{{{}}}", ty(table, inner)),
        Shape::Tuple(items) => format!("({})", items.iter().map(|i| ty(table, i)).collect::<Vec<_>>().join(", ")),
        Shape::Any => "any".into(),
    };
    let constraints = if ty_use.constraints.is_empty() { "" } else { "*" };
    format!("{shape}{}{constraints}", if ty_use.nullable { "?" } else { "" })
}
