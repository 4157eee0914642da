//! Data that lives until the program ends. The runtime's descriptors and constraints are static,
//! because generated code has them as constants. Those of a document that is read at run time must
//! become static too. **Invariant:** this happens only once for each document
//! ([`crate::document`]).

/// Keeps a value until the program ends.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Keeps values until the program ends.
pub(crate) fn leak_all<T>(values: Vec<T>) -> &'static [T] {
    Vec::leak(values)
}

/// Keeps a text until the program ends.
pub(crate) fn leak_text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

/// Keeps texts until the program ends.
pub(crate) fn leak_texts<'t>(texts: impl IntoIterator<Item = &'t String>) -> &'static [&'static str] {
    leak_all(texts.into_iter().map(|text| leak_text(text)).collect())
}
