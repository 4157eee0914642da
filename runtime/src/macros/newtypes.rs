//! `string_newtype!` and `newtype!`: a separate type for one value.

/// Implements construction, access, `Display`, `FromStr`, `Serialize` and `Deserialize` for
/// `pub struct Id(String)`. If it is `checked`, `new` and the conversions check `CONSTRAINTS`;
/// deserialization does not.
///
/// ```
/// use specwright_runtime::validation::Constraints;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct UserId(String);
/// specwright_runtime::string_newtype!(UserId);
/// let (text, id) = (String::from("u1"), UserId::from("u1"));
/// assert!([UserId::from(&text), UserId::from(&id)].iter().all(|id| id.as_str() == "u1"));
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Code(String);
/// specwright_runtime::string_newtype!(checked Code);
/// impl Code {
///     pub const CONSTRAINTS: &'static Constraints = &Constraints { min_length: Some(3), ..Constraints::NONE };
/// }
/// assert!(Code::new("ab").is_err());
/// ```
///
/// With `or number`, a value may also arrive as a number, which becomes its decimal digits:
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct GroupId(String);
/// specwright_runtime::string_newtype!(GroupId or number);
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

        // Arguments are often borrowed from a response or a configuration.
        impl From<&String> for $name {
            fn from(value: &String) -> Self {
                Self(value.clone())
            }
        }

        impl From<&$name> for $name {
            fn from(value: &$name) -> Self {
                value.clone()
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
            /// Wraps a value that satisfies [`Self::CONSTRAINTS`].
            ///
            /// # Errors
            /// If it does not.
            pub fn new(value: impl Into<String>) -> Result<Self, $crate::validation::Invalid> {
                let value = value.into();
                $crate::validation::check_str(Self::CONSTRAINTS, &value)?;
                Ok(Self(value))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::validation::Invalid;

            fn try_from(value: String) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::validation::Invalid;

            fn try_from(value: &str) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::validation::Invalid;

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

            /// The value, owned.
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

/// Implements `From`, access, `Serialize` and `Deserialize` for a newtype around any type. If it is
/// `checked`, `new` and `TryFrom` replace `From`.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Tree(Vec<Tree>);
/// specwright_runtime::newtype!(Tree, Vec<Tree>);
/// assert_eq!(serde_json::from_str::<Tree>("[[],[]]").unwrap().get().len(), 2);
/// ```
#[macro_export]
macro_rules! newtype {
    ($name:ident, $inner:ty, or text) => {
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        $crate::newtype!(@own $name, $inner);
        $crate::newtype!(@number $name, $inner);
    };
    (checked $name:ident, $inner:ty, or text) => {
        $crate::newtype!(@checked $name, $inner);
        $crate::newtype!(@own $name, $inner);
        $crate::newtype!(@number $name, $inner);
    };
    ($name:ident, $inner:ty) => {
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        $crate::newtype!(@access $name, $inner);
    };
    (checked $name:ident, $inner:ty) => {
        $crate::newtype!(@checked $name, $inner);
        $crate::newtype!(@access $name, $inner);
    };
    (@checked $name:ident, $inner:ty) => {
        impl $name {
            /// Wraps a value that satisfies [`Self::CONSTRAINTS`].
            ///
            /// # Errors
            /// If it does not.
            pub fn new(value: $inner) -> Result<Self, $crate::validation::Invalid> {
                $crate::newtype::Check::check(&value, Self::CONSTRAINTS)?;
                Ok(Self(value))
            }
        }

        impl TryFrom<$inner> for $name {
            type Error = $crate::validation::Invalid;

            fn try_from(value: $inner) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }
    };
    (@access $name:ident, $inner:ty) => {
        $crate::newtype!(@own $name, $inner);
        $crate::newtype!(@serde $name, $inner);
    };
    (@own $name:ident, $inner:ty) => {
        impl $name {
            /// The value.
            #[must_use]
            pub fn get(&self) -> &$inner {
                &self.0
            }

            /// The value, owned.
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
    };
    (@number $name:ident, $inner:ty) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::__private::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::object::number::read(deserializer).map(Self)
            }
        }
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
