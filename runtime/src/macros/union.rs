//! `union!`: an enum with one variant for each member.

/// Implements `Serialize` and `Deserialize` for an enum with one variant for each member of a
/// union. Its [`Union`](crate::union::Union) impl tells the members apart. `writes` sets the tag of
/// a member; `adds` sets it only if the member has none.
///
/// ```
/// use specwright_runtime::union::{Member, Probe, Tag, Union, member};
///
/// #[derive(Debug, PartialEq)]
/// pub enum IdOrName {
///     Id(i64),
///     Name(String),
/// }
/// specwright_runtime::union!(IdOrName { Id, Name });
/// impl Union for IdOrName {
///     const NAME: &'static str = "IdOrName";
///     const TAG: Tag = Tag::NONE;
///     const MEMBERS: &'static [Member<Self>] = &[
///         Member { name: "Id", probe: Probe { json: Probe::INTEGER, ..Probe::ANY }, read: |value| member(value, Self::Id) },
///         Member { name: "Name", probe: Probe { json: Probe::STRING, ..Probe::ANY }, read: |value| member(value, Self::Name) },
///     ];
/// }
///
/// assert_eq!(serde_json::from_str::<IdOrName>("7").unwrap(), IdOrName::Id(7));
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident $($how:ident $property:literal = $value:literal)?),+ $(,)? }) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::union!(@write serializer value $($how $property = $value)?),)+
                }
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::union::read(deserializer)
            }
        }
    };
    (@write $serializer:ident $value:ident) => {
        $crate::__private::Serialize::serialize($value, $serializer)
    };
    (@write $serializer:ident $member:ident writes $property:literal = $value:literal) => {
        $crate::union::write_tagged($serializer, $property, $value, $member)
    };
    (@write $serializer:ident $member:ident adds $property:literal = $value:literal) => {
        $crate::union::write_with_tag($serializer, $property, $value, $member)
    };
}
