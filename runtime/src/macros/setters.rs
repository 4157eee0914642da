//! `setters!`: the optional properties of a struct.

/// Adds a method for each optional property of a struct, which sets it and returns the struct. After
/// the field come how the method converts its argument, its name, and the type that it converts to:
///
/// | word | the method takes | the field is |
/// |---|---|---|
/// | `set` | the value | an `Option` |
/// | `into` | what converts into the value | an `Option` |
/// | `or_null` | a value, an `Option` of it, or what else converts | a [`MaybeAbsent`](crate::MaybeAbsent) |
/// | `list`, `list_into` | items, or what converts into them | an `Option` of a list |
/// | `map`, `map_into` | pairs, whose values are converted or not | an `Option` of a map |
/// | `rest`, `rest_into` | the same | a map |
///
/// ```
/// use specwright_runtime::MaybeAbsent;
///
/// #[derive(Debug, Default, PartialEq)]
/// pub struct User {
///     pub age: Option<u8>,
///     pub from: Option<String>,
///     pub tags: Option<Vec<String>>,
///     pub nick: MaybeAbsent<String>,
/// }
/// specwright_runtime::setters!(User {
///     age => set age(u8),
///     from => into with_from(String),
///     tags => list_into tags(String),
///     nick => or_null nick(String),
/// });
///
/// let user = User::default().age(7).with_from("Rome").tags(["a", "b"]).nick(None);
/// assert_eq!((user.age, user.from.as_deref(), user.nick.is_null()), (Some(7), Some("Rome"), true));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident { $($field:ident => $how:ident $setter:ident($value:ty)),+ $(,)? }) => {
        impl $name {
            $($crate::setters!(@$how $field $setter $value);)+
        }
    };
    (@set $field:ident $setter:ident $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, value: $value) -> Self {
            self.$field = Some(value);
            self
        }
    };
    (@into $field:ident $setter:ident $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, value: impl Into<$value>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    (@or_null $field:ident $setter:ident $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, value: impl Into<$crate::MaybeAbsent<$value>>) -> Self {
            self.$field = value.into();
            self
        }
    };
    (@list $field:ident $setter:ident $item:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, values: impl IntoIterator<Item = $item>) -> Self {
            self.$field = Some(values.into_iter().collect());
            self
        }
    };
    (@list_into $field:ident $setter:ident $item:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, values: impl IntoIterator<Item = impl Into<$item>>) -> Self {
            self.$field = Some(values.into_iter().map(Into::into).collect());
            self
        }
    };
    (@map $field:ident $setter:ident $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, entries: impl IntoIterator<Item = (impl Into<String>, $value)>) -> Self {
            self.$field = Some(entries.into_iter().map(|(name, value)| (name.into(), value)).collect());
            self
        }
    };
    (@map_into $field:ident $setter:ident $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<$value>)>) -> Self {
            self.$field = Some(entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect());
            self
        }
    };
    (@rest $field:ident $setter:ident $value:ty) => {
        /// Sets the other properties.
        #[must_use]
        pub fn $setter(mut self, entries: impl IntoIterator<Item = (impl Into<String>, $value)>) -> Self {
            self.$field = entries.into_iter().map(|(name, value)| (name.into(), value)).collect();
            self
        }
    };
    (@rest_into $field:ident $setter:ident $value:ty) => {
        /// Sets the other properties.
        #[must_use]
        pub fn $setter(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<$value>)>) -> Self {
            self.$field = entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
            self
        }
    };
}
