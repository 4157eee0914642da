//! `object!`: a struct with named properties.

/// Implements `Serialize` and `Deserialize` for a struct with named properties. Each field is
/// `required` (`T`; `Option<T>` if it is nullable), `optional` (`Option<T>`), `maybe`
/// ([`MaybeAbsent`](crate::MaybeAbsent)) or `any` (`Option<serde_json::Value>`, with `null` as a
/// value). The first three can have the suffix `_number` if their numbers may arrive as text.
/// `..rest` names the map of all other properties; those in `except [..]` are not kept.
///
/// The setter of a property follows `=>`, as in [`setters!`](crate::setters!).
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct User {
///     pub user_id: String,
///     pub nick: Option<String>,
/// }
/// specwright_runtime::object!(User {
///     required user_id = "userId",
///     optional nick = "nick" => into nick(String),
/// });
///
/// let user: User = serde_json::from_str(r#"{"userId":"u1","seen":true}"#).unwrap();
/// assert_eq!(user, User { user_id: "u1".into(), nick: None });
/// assert_eq!(serde_json::to_string(&user.nick("u")).unwrap(), r#"{"userId":"u1","nick":"u"}"#);
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident {
        $($kind:ident $field:ident = $wire:literal $(=> $how:ident $setter:ident($value:ty))?),* $(,)?
        $(..$extra:ident $(except [$($unsent:literal),*])? $(=> $extra_how:ident $extra_setter:ident($extra_value:ty))?)?
    }) => {
        impl $name {
            $($($crate::setters!(@$how $field $setter $value);)?)*
            $($($crate::setters!(@$extra_how $extra $extra_setter $extra_value);)?)?
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::object!(@write self serializer $name { $($kind $field = $wire),* } $($extra)?)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::object::read(deserializer)
            }
        }

        impl<'de> $crate::object::Object<'de> for $name {
            const NAME: &'static str = stringify!($name);

            fn read<A: $crate::__private::MapAccess<'de>>(
                properties: $crate::object::Properties<A>,
            ) -> Result<Self, A::Error> {
                $(let mut $field = $crate::object::$kind(None);)*
                $(let mut $extra = ::std::collections::BTreeMap::new();)?
                let slots: &mut [$crate::object::NamedSlot<'_, 'de, A>] = &mut [$(($wire, &mut $field)),*];
                $crate::object!(@read properties slots $($extra [$($($unsent),*)?])?)?;
                Ok(Self { $($field: $field.done(),)* $($extra)? })
            }
        }
    };
    (@write $self:ident $serializer:ident $name:ident { $($kind:ident $field:ident = $wire:literal),* }) => {
        $crate::object::Writer::new($serializer)$(.$kind($wire, &$self.$field))*.end()
    };
    (@write $self:ident $serializer:ident $name:ident { $($kind:ident $field:ident = $wire:literal),* } $extra:ident) => {
        $crate::object::Writer::new($serializer)
            $(.$kind($wire, &$self.$field))*
            .extra(stringify!($name), &[$($wire),*], &$self.$extra)
            .end()
    };
    (@read $properties:ident $slots:ident) => { $properties.read($slots) };
    (@read $properties:ident $slots:ident $extra:ident []) => { $properties.read_with_extra($slots, &mut $extra) };
    (@read $properties:ident $slots:ident $extra:ident [$($unsent:literal),+]) => {
        $properties.read_with_extra_except($slots, &mut $extra, &[$($unsent),+])
    };
}
