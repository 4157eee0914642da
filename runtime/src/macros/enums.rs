//! `string_enum!` and `integer_enum!`: enums of named values. Error types are spelled out, because
//! a variant may be called `Err` or `Error`, which would make `Self::Err` ambiguous.

/// Implements `ALL`, `as_str`, `Display`, `FromStr`, `AsRef<str>`, `From<&str>`, `From<String>`, comparison,
/// `Hash`, `Serialize` and `Deserialize` for an open enum of strings, which keeps other values in
/// `Unknown(String)`. A `closed` enum refuses them, and has `TryFrom` instead of `From`. Values
/// compare and hash by their text. With derived impls, `Unknown("paid")` would not equal `Paid`,
/// and they would take a sixth of the time to check a crate with many enums.
///
/// ```
/// #[derive(Clone, Debug)]
/// pub enum Plan {
///     Free,
///     Paid,
///     Unknown(String),
/// }
/// specwright_runtime::string_enum!(Plan { Free = "free", Paid = "paid" });
///
/// assert_eq!(serde_json::from_str::<Plan>("\"paid\"").unwrap(), Plan::Paid);
/// assert_eq!(Plan::from("gold").as_str(), "gold");
/// assert!(Plan::from("gold") > Plan::Free);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $wire:literal),+ $(,)? }) => {
        impl $name {
            /// Every documented value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value on the wire.
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

            fn from_str(value: &str) -> Result<Self, ::std::convert::Infallible> {
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

            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)+
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::validation::Invalid;

            fn try_from(value: &str) -> Result<Self, $crate::validation::Invalid> {
                match value {
                    $($wire => Ok(Self::$variant),)+
                    _ => Err($crate::text::unlisted(&[$($wire),+])),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::validation::Invalid;

            fn try_from(value: String) -> Result<Self, $crate::validation::Invalid> {
                Self::try_from(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::validation::Invalid;

            fn from_str(value: &str) -> Result<Self, $crate::validation::Invalid> {
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
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

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

/// Implements `ALL`, `value`, `Display`, `FromStr`, `From<i64>`, `Serialize` and `Deserialize` for
/// an open enum of integers, which keeps other values in `Unknown(i64)`. A `closed` enum refuses
/// them, and has `TryFrom` instead of `From`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Level {
///     Low,
///     High,
///     Unknown(i64),
/// }
/// specwright_runtime::integer_enum!(Level { Low = 1, High = 2 });
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

            fn from_str(value: &str) -> Result<Self, ::std::num::ParseIntError> {
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
            type Error = $crate::validation::Invalid;

            fn try_from(value: i64) -> Result<Self, $crate::validation::Invalid> {
                match value {
                    $($value => Ok(Self::$variant),)+
                    _ => Err($crate::text::unlisted(&[$(stringify!($value)),+])),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::validation::Invalid;

            fn from_str(value: &str) -> Result<Self, $crate::validation::Invalid> {
                Self::try_from(value.parse::<i64>().map_err(|_| $crate::validation::Invalid::new("must be a whole number"))?)
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

            /// The value on the wire.
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
