//! `setters!`: the optional properties of a struct.

/// Adds a method for each optional property of a struct. The method sets the property and returns
/// the struct. After the field come the way in which the method converts its argument, its name,
/// and the type to which it converts:
///
/// | word | the method takes | the field is |
/// |---|---|---|
/// | `set` | the value | an `Option` |
/// | `into` | anything that converts into the value | an `Option` |
/// | `or_null` | a value, an `Option` of it, or anything else that converts | a [`MaybeAbsent`](crate::MaybeAbsent) |
/// | `list`, `list_into` | items, or values that convert into them | an `Option` of a list |
/// | `map`, `map_into` | pairs; `map_into` converts their values | an `Option` of a map |
/// | `rest`, `rest_into` | pairs; `rest_into` converts their values | a map |
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
