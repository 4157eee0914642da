//! Media types, and how values are written where there is no JSON.

/// Serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the style of its name")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    TabDelimited,
    DeepObject,
}

/// A media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// As documented, such as `application/json; charset=utf-8` or `*/*`.
    pub text: String,
    /// Type and subtype without parameters, in lower case: `application/json`.
    pub essence: String,
}
