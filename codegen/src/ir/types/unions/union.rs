//! Turns a [`UnionSchema`] into a [`Union`], with the types, names, probes and tagging of its
//! members.

use std::collections::HashMap;

use crate::ir::model::{
    Constraints, Doc, Probe, Scalar, TagValue, Tagging, TypeId, TypeKind, TypeUse, Union, UnionVariant,
};
use crate::ir::naming::{self, Scope};
use crate::ir::types::builder::TypeBuilder;
use crate::ir::types::codes;
use crate::ir::types::doc;
use crate::ir::types::kind::{Facet, Schema, SchemaKind, UnionMember, UnionSchema};
use crate::ir::types::mode::Mode;

use super::label::type_word;
use crate::lower::EVENTS_BY_NAME;

impl<'d> TypeBuilder<'d> {
    /// The union, or an alias if all members turn out to have the same type.
    pub(in crate::ir::types) fn union(&mut self, schema: &Schema<'d>, union: &UnionSchema<'d>, mode: Mode) -> TypeKind {
        let (mut members, mut types) = self.members(union, mode);
        if let [only] = types.as_slice() {
            return TypeKind::Alias(only.clone());
        }
        if let Some(combined) = self.inspector.combined(schema, union, &members, mode) {
            types.push(self.realize(combined.schema.clone(), mode));
            members.push(combined);
        }
        let union = UnionSchema { members, discriminator: union.discriminator.clone(), overlaps: union.overlaps };
        let tagging = self.inspector.tagging(&union, mode);
        let labels = union.members.iter().map(Self::variant_label).enumerate();
        let raws: Vec<String> = labels.map(|(index, label)| by_tag(&tagging, index, label)).collect();
        let raws = without_name(raws, &schema.path.name());
        let raws: Vec<&str> = raws.iter().map(String::as_str).collect();
        let names = Scope::new().variants(&raws);
        let probes = self.probes(schema, &union, &tagging, mode);
        let mut variants = Vec::with_capacity(types.len());
        for (((name, ty), probe), member) in names.into_iter().zip(types).zip(probes).zip(&union.members) {
            let inline = member.alternative.reference().is_none()
                && matches!(member.schema.kind, SchemaKind::Reference(..) | SchemaKind::Scalar(..));
            let doc = if member.schema.facet == Facet::Combined {
                Doc::of_text(None, Some("A value that has properties of several members."))
            } else if inline {
                doc::of_parts(std::slice::from_ref(&member.alternative))
            } else {
                Doc::of_text(None, member.alternative.str("description"))
            };
            let combined = member.schema.facet == Facet::Combined;
            variants.push(UnionVariant { name, ty, boxed: false, combined, doc, tag: None, probe });
        }
        let by_name = schema.conjuncts.iter().any(|conjunct| conjunct.flag(EVENTS_BY_NAME));
        TypeKind::Union(Union { variants, tagging, by_name })
    }

    /// The members and their types. Each type occurs once, and any JSON is last.
    fn members(&mut self, union: &UnionSchema<'d>, mode: Mode) -> (Vec<UnionMember<'d>>, Vec<TypeUse>) {
        let (mut members, mut types): (Vec<UnionMember<'d>>, Vec<TypeUse>) = (Vec::new(), Vec::new());
        let (rest, specific): (Vec<_>, Vec<_>) =
            union.members.iter().partition(|member| matches!(member.schema.kind, SchemaKind::Any(_)));
        // Equal shapes mention the same types. A union may have thousands of members.
        let mut alike: HashMap<Vec<TypeId>, Vec<usize>> = HashMap::new();
        for member in specific.into_iter().chain(rest) {
            let ty = TypeUse { nullable: false, ..self.realize(member.schema.clone(), mode) };
            let mut mentioned = Vec::new();
            ty.mentions(&mut mentioned);
            let alike = alike.entry(mentioned).or_default();
            let equal = alike.iter().find(|index| types.get(**index).is_some_and(|other| other.shape == ty.shape));
            match equal.and_then(|index| types.get_mut(*index)) {
                Some(other) if other.constraints != ty.constraints => other.constraints = Constraints::default(),
                Some(_) => {}
                None => {
                    alike.push(types.len());
                    types.push(ty);
                    members.push(member.clone());
                }
            }
        }
        (members, types)
    }

    fn variant_label(member: &UnionMember<'d>) -> String {
        if member.rest {
            return "other".to_owned();
        }
        if member.schema.facet == Facet::Combined {
            return "combined".to_owned();
        }
        if let SchemaKind::Reference(target, _) = &member.schema.kind {
            return target.path.name();
        }
        let label = member.alternative.path.last_word();
        let is_generic = label.is_empty() || member.alternative.str("type").map(type_word) == Some(label);
        if is_generic { word(&member.schema.kind).to_owned() } else { label.to_owned() }
    }

    fn probes(&self, schema: &Schema<'d>, union: &UnionSchema<'d>, tagging: &Tagging, mode: Mode) -> Vec<Probe> {
        let mut probes: Vec<Probe> =
            union.members.iter().map(|member| self.inspector.probe(&member.schema, mode)).collect();
        match tagging {
            Tagging::Property { wire, values, .. } => self.inspector.confine(&mut probes, union, wire, values),
            Tagging::Shape => {
                self.report_ambiguity(schema, &probes);
                forget(&mut probes);
            }
        }
        probes
    }

    fn report_ambiguity(&self, schema: &Schema<'d>, probes: &[Probe]) {
        let alike = |left: &Probe, right: &Probe| left == right && left.json & (Probe::OBJECT | Probe::ARRAY) != 0;
        let rest = |at: usize| probes.get(at + 1..).unwrap_or_default();
        let found = probes
            .iter()
            .take(64)
            .enumerate()
            .any(|(at, probe)| rest(at).iter().take(64).any(|other| alike(probe, other)));
        if let Some(conjunct) = schema.conjuncts.first().filter(|_| found) {
            let help = "add a discriminator, or a required property with one value for each member";
            self.inspector.report(
                &codes::AMBIGUOUS_UNION,
                conjunct,
                "two members of this union look alike; the first that decodes wins",
                help,
            );
        }
    }
}

/// Removes the name of the union from the start or the end of each label, if the labels stay
/// distinct.
///
/// **Invariant:** a label depends on the labels with which it collides, but not on their order.
fn without_name(labels: Vec<String>, union: &str) -> Vec<String> {
    let union = naming::pascal(union);
    let short: Vec<String> = labels.iter().map(|label| shortened(label, &union)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &short {
        *counts.entry(name).or_default() += 1;
    }
    let distinct: Vec<bool> = short.iter().map(|name| counts.get(name.as_str()) == Some(&1)).collect();
    labels.into_iter().zip(short).zip(distinct).map(|((long, short), is)| if is { short } else { long }).collect()
}

fn shortened(label: &str, union: &str) -> String {
    let name = naming::pascal(label);
    let starts_a_word = |rest: &&str| rest.chars().next().is_some_and(char::is_uppercase);
    let rest = name.strip_prefix(union).filter(starts_a_word).or_else(|| name.strip_suffix(union));
    rest.filter(|rest| !rest.is_empty() && !union.is_empty()).map_or_else(|| label.to_owned(), str::to_owned)
}

/// Simplifies the probe of a member that is the only object, because any object is one of its
/// values.
fn forget(probes: &mut [Probe]) {
    let mut objects = probes.iter_mut().filter(|probe| probe.json & Probe::OBJECT != 0);
    if let (Some(only), None) = (objects.next(), objects.next()) {
        *only = Probe { json: only.json, strings: std::mem::take(&mut only.strings), ..Probe::default() };
    }
}

/// The only tag value of a member, if the name of the member says it, too: `dog` for `DogInput`.
fn by_tag(tagging: &Tagging, index: usize, label: String) -> String {
    let Tagging::Property { values, .. } = tagging else { return label };
    let mut own = values.iter().filter(|(_, member)| *member == index).map(|(value, _)| value);
    let (Some(TagValue::Text(tag)), None) = (own.next(), own.next()) else { return label };
    let (name, words) = (naming::snake(&label), naming::snake(tag));
    let says_so = !words.is_empty() && format!("_{name}_").contains(&format!("_{words}_"));
    if says_so { tag.clone() } else { label }
}

/// The name of a variant whose type has no name.
fn word(kind: &SchemaKind<'_>) -> &'static str {
    match kind {
        SchemaKind::Reference(..) | SchemaKind::Struct(_) => "object",
        SchemaKind::Scalar(scalar, _) => match scalar {
            Scalar::Bool => "boolean",
            Scalar::Integer(_) => "integer",
            Scalar::Float64 => "number",
            Scalar::Null => "null",
            Scalar::Text(format) => format_word(*format),
            _ => "string",
        },
        SchemaKind::Strings(..) => "string",
        SchemaKind::Integers(_) => "integer",
        SchemaKind::List(..) | SchemaKind::MixedList(..) => "list",
        SchemaKind::Tuple(..) => "tuple",
        SchemaKind::Map(..) => "map",
        SchemaKind::Union(_) => "alternative",
        SchemaKind::Any(_) => "other",
    }
}

fn format_word(format: crate::ir::model::Format) -> &'static str {
    use crate::ir::model::Format;
    match format {
        Format::DateTime => "date_time",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::Email => "email",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Decimal => "decimal",
        Format::Byte => "base64",
    }
}
