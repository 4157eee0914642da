//! Macros that generated types call: each says in a line how a type is written, and stands in for a page of impls.

/// Implements `Serialize` and `Deserialize` for a struct with named properties.
///
/// Each field is `required` (`T`; `Option<T>` where `null` is a value), `optional` (`Option<T>`), `maybe`
/// ([`MaybeAbsent`](crate::MaybeAbsent)) or `any` (`Option<serde_json::Value>`, where `null` is a value); `..rest` names the map
/// that keeps all other properties.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct User {
///     pub user_id: String,
///     pub nick: Option<String>,
/// }
/// api_runtime::object!(User { required user_id = "userId", optional nick = "nick" });
///
/// let user: User = serde_json::from_str(r#"{"userId":"u1","seen":true}"#).unwrap();
/// assert_eq!(user, User { user_id: "u1".into(), nick: None });
/// assert_eq!(serde_json::to_string(&user).unwrap(), r#"{"userId":"u1"}"#);
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident { $($kind:ident $field:ident = $wire:literal),* $(,)? $(..$extra:ident)? }) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::object::Writer::new(serializer)
                    $(.$kind($wire, &self.$field))*
                    $(.extra(&self.$extra))?
                    .end()
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
                $(let mut $field = $crate::object::$kind();)*
                $(let mut $extra = ::std::collections::BTreeMap::new();)?
                let slots: &mut [$crate::object::Slot<'_, 'de, A>] = &mut [$(($wire, &mut $field)),*];
                let complete = $crate::object!(@read properties slots $($extra)?)?;
                let (Some(_), $(Some($field),)*) = (complete, $($field.done(),)*) else {
                    return Err($crate::object::incomplete());
                };
                Ok(Self { $($field,)* $($extra)? })
            }
        }
    };
    (@read $properties:ident $slots:ident) => { $properties.read($slots) };
    (@read $properties:ident $slots:ident $extra:ident) => { $properties.read_with_extra($slots, &mut $extra) };
}

/// Implements `ALL`, `as_str`, `Display`, `FromStr`, `From<&str>`, `From<String>`, `Serialize` and `Deserialize` for an enum
/// of named strings that keeps others in `Unknown(String)`. A `closed` enum refuses others: `TryFrom` in the place of `From`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Plan {
///     Free,
///     Paid,
///     Unknown(String),
/// }
/// api_runtime::string_enum!(Plan { Free = "free", Paid = "paid" });
///
/// assert_eq!(serde_json::from_str::<Plan>("\"paid\"").unwrap(), Plan::Paid);
/// assert_eq!(Plan::from("gold").as_str(), "gold");
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $wire:literal),+ $(,)? }) => {
        impl $name {
            /// Every documented value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)+
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)+
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        $crate::string_enum!(@text $name);

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::text::read(deserializer, |value| Some(Self::from(value)), stringify!($name))
            }
        }
    };
    (closed $name:ident { $($variant:ident = $wire:literal),+ $(,)? }) => {
        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)+
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::rules::Invalid;

            fn try_from(value: &str) -> Result<Self, Self::Error> {
                match value {
                    $($wire => Ok(Self::$variant),)+
                    _ => Err($crate::text::unlisted(&[$($wire),+])),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::rules::Invalid;

            fn try_from(value: String) -> Result<Self, Self::Error> {
                Self::try_from(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::rules::Invalid;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Self::try_from(value)
            }
        }

        $crate::string_enum!(@text $name);

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::text::read(deserializer, |value| Self::try_from(value).ok(), stringify!($name))
            }
        }
    };
    (@text $name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// The same for an enum of named integers, with `Unknown(i64)` for others unless it is `closed`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Level {
///     Low,
///     High,
///     Unknown(i64),
/// }
/// api_runtime::integer_enum!(Level { Low = 1, High = 2 });
///
/// assert_eq!(serde_json::from_str::<Level>("2").unwrap(), Level::High);
/// assert_eq!(Level::from(7).value(), 7);
/// ```
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $value:literal),+ $(,)? }) => {
        $crate::integer_enum!(@all $name { $($variant = $value),+ } { Self::Unknown(value) => *value, });

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    _ => Self::Unknown(value),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                value.parse().map(<Self as From<i64>>::from)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <i64 as $crate::__private::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
    (closed $name:ident { $($variant:ident = $value:literal),+ $(,)? }) => {
        $crate::integer_enum!(@all $name { $($variant = $value),+ } {});

        impl TryFrom<i64> for $name {
            type Error = $crate::rules::Invalid;

            fn try_from(value: i64) -> Result<Self, Self::Error> {
                match value {
                    $($value => Ok(Self::$variant),)+
                    _ => Err($crate::text::unlisted(&[$(stringify!($value)),+])),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::rules::Invalid;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Self::try_from(value.parse::<i64>().map_err(|_| $crate::rules::Invalid::new("must be a whole number"))?)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from(<i64 as $crate::__private::Deserialize>::deserialize(deserializer)?)
                    .map_err($crate::__private::custom)
            }
        }
    };
    (@all $name:ident { $($variant:ident = $value:literal),+ } { $($unknown:tt)* }) => {
        impl $name {
            /// Every documented value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it is sent.
            #[must_use]
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)+
                    $($unknown)*
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }
    };
}

/// Implements construction, access, `Display`, `FromStr`, `Serialize` and `Deserialize` for `pub struct Id(String)`.
/// Of a `checked` one, `new` and the conversions check `RULES`; values from the other side are read as they are.
///
/// ```
/// use api_runtime::rules::Rules;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct UserId(String);
/// api_runtime::string_newtype!(UserId);
/// assert_eq!(UserId::from("u1").as_str(), "u1");
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Code(String);
/// api_runtime::string_newtype!(checked Code);
/// impl Code {
///     pub const RULES: &'static Rules = &Rules { min_length: Some(3), ..Rules::NONE };
/// }
/// assert!(Code::new("ab").is_err());
/// ```
///
/// With `or number` a value may also arrive as a number, and is its decimal digits:
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct GroupId(String);
/// api_runtime::string_newtype!(GroupId or number);
/// assert_eq!(serde_json::from_str::<Vec<GroupId>>(r#"[7, "7"]"#).unwrap(), ["7", "7"].map(GroupId::from));
/// ```
#[macro_export]
macro_rules! string_newtype {
    ($name:ident $($numbers:ident number)?) => {
        impl $name {
            /// Wraps a value.
            #[must_use]
            pub fn new(value: impl Into<String>) -> Self {
                Self(value.into())
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self(value)
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self(value.to_owned())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self(value.to_owned()))
            }
        }

        $crate::string_newtype!(@text $name);
        $crate::string_newtype!(@serde $name $($numbers)?);
    };
    (checked $name:ident $($numbers:ident number)?) => {
        impl $name {
            /// Wraps a value that satisfies [`Self::RULES`].
            ///
            /// # Errors
            /// If it doesn't.
            pub fn new(value: impl Into<String>) -> Result<Self, $crate::rules::Invalid> {
                let value = value.into();
                $crate::rules::check_str(Self::RULES, &value)?;
                Ok(Self(value))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::rules::Invalid;

            fn try_from(value: String) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::rules::Invalid;

            fn try_from(value: &str) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::rules::Invalid;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Self::new(value)
            }
        }

        $crate::string_newtype!(@text $name);
        $crate::string_newtype!(@serde $name $($numbers)?);
    };
    (@text $name:ident) => {
        impl $name {
            /// The value.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The value, taken out.
            #[must_use]
            pub fn into_inner(self) -> String {
                self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
    (@serde $name:ident) => {
        $crate::newtype!(@serde $name, String);
    };
    (@serde $name:ident or) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::text::read_or_number(deserializer, stringify!($name)).map(Self)
            }
        }
    };
}

/// The same for a newtype of another type: `From` it and back, `Serialize` and `Deserialize`; `new` and `TryFrom` if it is
/// `checked`.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Tree(Vec<Tree>);
/// api_runtime::newtype!(Tree, Vec<Tree>);
/// assert_eq!(serde_json::from_str::<Tree>("[[],[]]").unwrap().get().len(), 2);
/// ```
#[macro_export]
macro_rules! newtype {
    ($name:ident, $inner:ty) => {
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        $crate::newtype!(@access $name, $inner);
    };
    (checked $name:ident, $inner:ty) => {
        impl $name {
            /// Wraps a value that satisfies [`Self::RULES`].
            ///
            /// # Errors
            /// If it doesn't.
            pub fn new(value: $inner) -> Result<Self, $crate::rules::Invalid> {
                $crate::newtype::Check::check(&value, Self::RULES)?;
                Ok(Self(value))
            }
        }

        impl TryFrom<$inner> for $name {
            type Error = $crate::rules::Invalid;

            fn try_from(value: $inner) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }

        $crate::newtype!(@access $name, $inner);
    };
    (@access $name:ident, $inner:ty) => {
        impl $name {
            /// The value.
            #[must_use]
            pub fn get(&self) -> &$inner {
                &self.0
            }

            /// The value, taken out.
            #[must_use]
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }

        impl AsRef<$inner> for $name {
            fn as_ref(&self) -> &$inner {
                &self.0
            }
        }

        $crate::newtype!(@serde $name, $inner);
    };
    (@serde $name:ident, $inner:ty) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::__private::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$inner as $crate::__private::Deserialize>::deserialize(deserializer).map(Self)
            }
        }
    };
}

/// Implements `Serialize` and `Deserialize` for an enum of which each variant holds one member of a union, whose
/// [`Union`](crate::union::Union) tells them apart. A member whose own type lacks the tag says what to write.
///
/// ```
/// use api_runtime::union::{Member, Probe, Tag, Union, member};
///
/// #[derive(Debug, PartialEq)]
/// pub enum IdOrName {
///     Id(i64),
///     Name(String),
/// }
/// api_runtime::union!(IdOrName { Id, Name });
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
    ($name:ident { $($variant:ident $(writes $property:literal = $value:literal)?),+ $(,)? }) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::union!(@write serializer value $($property = $value)?),)+
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
    (@write $serializer:ident $member:ident $property:literal = $value:literal) => {
        $crate::union::write_tagged($serializer, $property, $value, $member)
    };
}
