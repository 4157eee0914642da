//! `setters!`: the optional properties of a struct.

/// Adds a method for each optional property of a struct, which sets it and returns the struct.
/// `optional` properties are `Option`s, and so are a `list` and a `map`; `rest` are all other
/// properties, and any other field is a `value`. A `list` is collected, and so are the pairs of a `map`
/// or `rest`; with `map_of` and `rest_of`, the values are taken as they are. The name of a method is
/// written after that of the field where they differ.
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
///     optional age(u8),
///     optional from as with_from(impl Into<String>),
///     list tags(impl IntoIterator<Item = impl Into<String>>),
///     value nick(impl Into<MaybeAbsent<String>>),
/// });
///
/// let user = User::default().age(7).with_from("Rome").tags(["a", "b"]).nick(None);
/// assert_eq!((user.age, user.from.as_deref(), user.nick.is_null()), (Some(7), Some("Rome"), true));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident { $($kind:ident $field:ident $(as $setter:ident)? ($value:ty)),+ $(,)? }) => {
        impl $name {
            $($crate::setters!(@$kind $field $(as $setter)?, $value);)+
        }
    };
    (@$kind:ident $field:ident, $value:ty) => {
        $crate::setters!(@$kind $field as $field, $value);
    };
    (@optional $field:ident as $setter:ident, $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, value: $value) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    (@list $field:ident as $setter:ident, $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, values: $value) -> Self {
            self.$field = Some(values.into_iter().map(Into::into).collect());
            self
        }
    };
    (@map $field:ident as $setter:ident, $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, entries: $value) -> Self {
            self.$field = Some(entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect());
            self
        }
    };
    (@map_of $field:ident as $setter:ident, $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, entries: $value) -> Self {
            self.$field = Some(entries.into_iter().map(|(name, value)| (name.into(), value)).collect());
            self
        }
    };
    (@rest $field:ident as $setter:ident, $value:ty) => {
        /// Sets the other properties.
        #[must_use]
        pub fn $setter(mut self, entries: $value) -> Self {
            self.$field = entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
            self
        }
    };
    (@rest_of $field:ident as $setter:ident, $value:ty) => {
        /// Sets the other properties.
        #[must_use]
        pub fn $setter(mut self, entries: $value) -> Self {
            self.$field = entries.into_iter().map(|(name, value)| (name.into(), value)).collect();
            self
        }
    };
    (@value $field:ident as $setter:ident, $value:ty) => {
        /// Sets the property.
        #[must_use]
        pub fn $setter(mut self, value: $value) -> Self {
            self.$field = value.into();
            self
        }
    };
}
