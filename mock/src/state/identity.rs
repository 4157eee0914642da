//! New IDs and times, which a service makes and a request cannot contain.

use jiff::Timestamp;
use serde_json::{Map, Value};
use specwright_codegen::ir::model::{Format, Scalar};

use super::resource::Resource;
use crate::types::{Field, Kind, Shape, Typed, check};

/// The ID of the item with this number in its collection: the first candidate that is valid for the
/// property. The same numbers give the same IDs in every run.
pub(super) fn make(resource: &Resource, seed: u64, number: u64) -> Option<Value> {
    let mixed = mix(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let other = mix(mixed ^ 0x5851_f42d_4c95_7f2d);
    let candidates = [
        Value::from(number),
        Value::from(format!("{}_{number}", resource.noun)),
        Value::from(uuid(mixed, other)),
        Value::from(number.to_string()),
        Value::from(format!("{mixed:016x}{:08x}", other >> 32)),
        Value::from(format!("{}{number}", resource.noun)),
        Value::from(format!("{mixed:016x}{other:016x}")),
        Value::from(format!("A{number:05}")),
    ];
    let has_format = matches!(format(resource.id.ty.shape), Some(Format::Uuid));
    let start = if has_format { 2 } else { 0 };
    candidates.into_iter().skip(start).find(|value| is_valid(resource.id, value))
}

/// Whether a value is valid for a property.
pub(super) fn is_valid(field: &'static Field, value: &Value) -> bool {
    Typed::from_json(field.ty, value).is_ok_and(|typed| check(&typed, value).is_none())
}

/// Sets the times of creation and of the last change, if the item has them.
pub(super) fn stamp(resource: &Resource, item: &mut Map<String, Value>, is_new: bool) {
    let now = Timestamp::now();
    for field in resource.fields {
        let name: String = field.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let is_change = ["updated", "modified", "lastmodified", "lastupdated", "changed"]
            .iter()
            .any(|word| name.starts_with(word) && !name.ends_with("by"));
        let is_creation = name.starts_with("created") && !name.ends_with("by");
        if !(is_change || is_creation && is_new) {
            continue;
        }
        let seconds = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let time = match (format(field.ty.shape), field.ty.shape) {
            (Some(Format::DateTime), _) => Value::from(seconds.to_string()),
            (Some(Format::Date), _) => Value::from(seconds.to_string().chars().take(10).collect::<String>()),
            (_, Shape::Scalar(Scalar::Integer(_))) => Value::from(now.as_second()),
            _ => continue,
        };
        if is_valid(field, &time) {
            item.insert(field.name.to_owned(), time);
        }
    }
}

fn format(shape: Shape) -> Option<Format> {
    match shape {
        Shape::Scalar(Scalar::Text(format)) => Some(format),
        Shape::Foreign(format) => format,
        Shape::Named(definition) => match definition.kind() {
            Kind::Newtype { inner, .. } => format(inner.shape),
            _ => None,
        },
        _ => None,
    }
}

/// A UUID of version 4.
fn uuid(high: u64, low: u64) -> String {
    let (high, low) = ((high & !0xf000) | 0x4000, (low & !(0b11 << 62)) | (0b10 << 62));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use specwright_runtime::value::Uuid;

    use super::uuid;

    #[test]
    fn a_uuid_is_one_of_version_4() {
        let text = uuid(u64::MAX, u64::MAX);
        assert_eq!(text, "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert!(Uuid::new(uuid(0, 0)).is_ok());
    }
}
