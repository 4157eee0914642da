//! `object!`: a struct with named properties.

/// Implements `Serialize` and `Deserialize` for a struct with named properties. Each field is
/// `required` (`T`; `Option<T>` if it is nullable), `optional` (`Option<T>`), `maybe`
/// ([`MaybeAbsent`](crate::MaybeAbsent)) or `any` (`Option<serde_json::Value>`, with `null` as a
/// value). The first three can have the suffix `_number` if their numbers may arrive as text.
/// `..rest` names the map of all other properties; those in `except [..]` are not kept.
///
/// The setter of a property follows `=>`, as in [`setters!`](crate::setters!).
///
/// `new` after the name adds the constructor with its argument, and without one `Default`. `from` gives what it sets a
/// property to; properties with setters are unset.
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
///
/// If several properties are required, the argument of `new` is a struct, which is made of the
/// properties with a type:
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct Page {
///     pub url: String,
///     pub size: u64,
///     pub kind: String,
///     pub title: Option<String>,
/// }
/// specwright_runtime::object!(Page new required: PageRequired {
///     required url: String = "url" from(required.url),
///     required size: u64 = "size" from(required.size),
///     required kind = "kind" from("page".into()),
///     optional title = "title" => into title(String),
/// });
///
/// let page = Page::new(PageRequired { url: "/".into(), size: 7 }).title("Home");
/// assert_eq!((page.kind.as_str(), page.title.as_deref()), ("page", Some("Home")));
///
/// #[derive(Debug, PartialEq)]
/// pub struct Tag {
///     pub name: String,
///     pub color: specwright_runtime::MaybeAbsent<String>,
/// }
/// specwright_runtime::object!(Tag new(name: impl Into<String>) {
///     required name = "name" from(name.into()),
///     maybe color = "color" => or_null color(String),
/// });
///
/// assert!(Tag::new("a").color.is_absent());
/// ```
///
/// Each of the rules expands to everything. If they called another one, every struct would
/// cost another expansion.
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
    ($name:ident new() {
        $(
            $kind:ident $field:ident = $wire:literal
            $(from($given:expr))? $(=> $how:ident $setter:ident($value:ty))?
        ),* $(,)?
        $(..$extra:ident $(except [$($unsent:literal),*])? $(=> $extra_how:ident $extra_setter:ident($extra_value:ty))?)?
    }) => {
        impl $name {
            /// Creates a value: required properties are given, constants are filled in, and all others are
            /// unset.
            #[must_use]
            pub fn new() -> Self {
                Self {
                    $($($field: $given,)? $($field: $crate::object::unset::$how,)?)*
                    $($extra: ::std::collections::BTreeMap::new(),)?
                }
            }

            $($($crate::setters!(@$how $field $setter $value);)?)*
            $($($crate::setters!(@$extra_how $extra $extra_setter $extra_value);)?)?
        }

        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
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
    ($name:ident new($argument:ident: $argument_type:ty) {
        $(
            $kind:ident $field:ident = $wire:literal
            $(from($given:expr))? $(=> $how:ident $setter:ident($value:ty))?
        ),* $(,)?
        $(..$extra:ident $(except [$($unsent:literal),*])? $(=> $extra_how:ident $extra_setter:ident($extra_value:ty))?)?
    }) => {
        impl $name {
            /// Creates a value: required properties are given, constants are filled in, and all others are
            /// unset.
            #[must_use]
            pub fn new($argument: $argument_type) -> Self {
                Self {
                    $($($field: $given,)? $($field: $crate::object::unset::$how,)?)*
                    $($extra: ::std::collections::BTreeMap::new(),)?
                }
            }

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
    ($name:ident new $argument:ident: $required:ident {
        $(
            $kind:ident $field:ident $(: $asked:ty)? = $wire:literal
            $(from($given:expr))? $(=> $how:ident $setter:ident($value:ty))?
        ),* $(,)?
        $(..$extra:ident $(except [$($unsent:literal),*])? $(=> $extra_how:ident $extra_setter:ident($extra_value:ty))?)?
    }) => {
        /// The properties that `new` requires.
        pub struct $required {
            $($(
                /// The property of this name.
                pub $field: $asked,
            )?)*
        }

        impl $name {
            /// Creates a value: required properties are given, constants are filled in, and all others are
            /// unset.
            #[must_use]
            pub fn new($argument: $required) -> Self {
                Self {
                    $($($field: $given,)? $($field: $crate::object::unset::$how,)?)*
                    $($extra: ::std::collections::BTreeMap::new(),)?
                }
            }

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
