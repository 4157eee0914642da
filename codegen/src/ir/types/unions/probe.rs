//! Probes of schemas, which are cheap descriptions of their values.

use crate::ir::model::{Probe, Scalar, TagValue};
use crate::ir::types::conjunction::{Conjunct, Flat, address};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{Schema, SchemaKind};
use crate::ir::types::mode::Mode;
use crate::limits::{ALTERNATIVES_DEPTH, PROBE_DEPTH};

const ANYTHING: u8 = 127;

impl<'d> Inspector<'d> {
    /// The probe of a member.
    pub(in crate::ir::types) fn probe(&self, schema: &Schema<'d>, mode: Mode) -> Probe {
        self.probe_within(&schema.kind, mode, PROBE_DEPTH)
    }

    fn probe_within(&self, kind: &SchemaKind<'d>, mode: Mode, depth: usize) -> Probe {
        let bits = |json| Probe { json, ..Probe::default() };
        match kind {
            SchemaKind::Reference(target, _) => match depth.checked_sub(1) {
                Some(depth) => self.probe_target(target, mode, depth),
                None => bits(ANYTHING),
            },
            SchemaKind::Scalar(Scalar::Foreign(id), _) => bits(self.json_types(*id)),
            SchemaKind::Scalar(scalar, _) => bits(scalar_bits(*scalar)),
            SchemaKind::Strings(values, open) => {
                let strings = values.iter().filter(|_| !open).map(|named| named.value.clone());
                Probe { json: Probe::STRING, strings: strings.collect(), ..Probe::default() }
            }
            SchemaKind::Integers(_) => bits(Probe::INTEGER),
            SchemaKind::List(..) | SchemaKind::MixedList(..) | SchemaKind::Tuple(..) => bits(Probe::ARRAY),
            SchemaKind::Map(..) => bits(Probe::OBJECT),
            SchemaKind::Struct(flat) => self.probe_struct(flat, mode),
            SchemaKind::Union(union) => {
                let probes = union.members.iter().map(|member| self.probe_within(&member.schema.kind, mode, depth));
                probes.reduce(|left, right| either(&left, &right)).unwrap_or_else(|| bits(ANYTHING))
            }
            SchemaKind::Any(_) => bits(ANYTHING),
        }
    }

    /// The probe of the target of a reference. It is cached, because several members may refer to
    /// it.
    fn probe_target(&self, target: &Conjunct<'d>, mode: Mode, depth: usize) -> Probe {
        let key = (address(target.node), mode, depth);
        if let Some(known) = self.probes.borrow().get(&key) {
            return known.clone();
        }
        let probe = match self.struct_of(target) {
            Some(flat) => self.probe_struct(&flat, mode),
            None => self.probe_within(&self.inspect(target).kind, mode, depth),
        };
        self.probes.borrow_mut().insert(key, probe.clone());
        probe
    }

    /// The nodes of a schema, if it is a struct that has its own properties.
    pub(in crate::ir::types) fn struct_of(&self, target: &Conjunct<'d>) -> Option<Flat<'d>> {
        let parent = self.graph.is_parent(target);
        let flat = self.graph.flatten(std::slice::from_ref(target));
        let plain =
            !parent && flat.has(&["properties"]) && !flat.conjuncts.iter().any(|conjunct| conjunct.flag("x-untyped"));
        let object = flat.all("type").all(|node| node.as_str() == Some("object"));
        (plain && object && self.groups(&flat).is_empty()).then_some(flat)
    }

    /// Inspects a single schema.
    pub(in crate::ir::types) fn inspect(&self, conjunct: &Conjunct<'d>) -> Schema<'d> {
        self.schema(vec![conjunct.clone()], &conjunct.path, ALTERNATIVES_DEPTH)
    }

    fn probe_struct(&self, flat: &Flat<'d>, mode: Mode) -> Probe {
        let mut probe = Probe { json: Probe::OBJECT, ..Probe::default() };
        let required = flat.required();
        let properties = self.graph.carried(flat, mode);
        let undeclared = required.iter().filter(|name| !flat.conjuncts.iter().any(|conjunct| declares(conjunct, name)));
        probe.required.extend(undeclared.map(|name| (*name).to_owned()));
        for (name, conjunction) in properties {
            probe.known.push(name.to_owned());
            if required.contains(name) {
                probe.required.push(name.to_owned());
            }
            let values = self.scalars_of(&conjunction).unwrap_or_default();
            if values.len() == 1 {
                probe.constants.push((name.to_owned(), values));
            }
        }
        probe.closed = crate::ir::types::shapes::is_closed(flat);
        if probe.closed {
            // A closed object accepts the properties that are sent only in the other direction.
            let declared = flat.properties().into_keys();
            let others: Vec<String> =
                declared.filter(|name| !probe.known.iter().any(|known| known == name)).map(str::to_owned).collect();
            probe.known.extend(others);
        }
        probe
    }

    /// The only values that a property may have, if its schema lists them and all are scalars.
    pub(in crate::ir::types) fn scalars_of(&self, conjunction: &[Conjunct<'d>]) -> Option<Vec<TagValue>> {
        let flat = self.graph.flatten(conjunction);
        if !flat.has(&["enum"]) || flat.has(&["oneOf", "anyOf"]) {
            return None;
        }
        let values = crate::ir::types::constraints::allowed(&flat);
        let scalars: Option<Vec<TagValue>> = values.iter().map(TagValue::of).collect();
        let is_text = |value: &TagValue| matches!(value, TagValue::Text(_));
        let alike = |values: &Vec<TagValue>| values.iter().all(is_text) || !values.iter().any(is_text);
        scalars.filter(|scalars| !scalars.is_empty() && alike(scalars))
    }
}

fn declares(conjunct: &Conjunct<'_>, name: &str) -> bool {
    conjunct.get("properties").is_some_and(|properties| properties.get(name).is_some())
}

fn scalar_bits(scalar: Scalar) -> u8 {
    match scalar {
        Scalar::Bool => Probe::BOOL,
        Scalar::Integer(_) => Probe::INTEGER,
        Scalar::Float64 => Probe::INTEGER | Probe::NUMBER,
        Scalar::String | Scalar::Text(_) | Scalar::Secret | Scalar::Binary => Probe::STRING,
        Scalar::Null => Probe::NULL,
        Scalar::Foreign(_) => Probe::ALL,
        Scalar::Never => 0,
    }
}

/// The probe of a value that may belong to either schema.
fn either(left: &Probe, right: &Probe) -> Probe {
    let objects = left.json & right.json & Probe::OBJECT != 0;
    let only = if left.json & Probe::OBJECT != 0 { left } else { right };
    let required = if objects {
        left.required.iter().filter(|name| right.required.contains(name)).cloned().collect()
    } else {
        only.required.clone()
    };
    let mut known = left.known.clone();
    known.extend(right.known.iter().filter(|name| !left.known.contains(name)).cloned());
    let strings = match (left.json & Probe::STRING != 0, right.json & Probe::STRING != 0) {
        (true, true) if left.strings.is_empty() || right.strings.is_empty() => Vec::new(),
        _ => left.strings.iter().chain(&right.strings).cloned().collect(),
    };
    let constants = if objects { Vec::new() } else { only.constants.clone() };
    let closed = if objects { left.closed && right.closed } else { only.closed };
    Probe { json: left.json | right.json, required, known, constants, closed, strings }
}
