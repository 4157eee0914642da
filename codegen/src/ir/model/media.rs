//! Media types, and how values are written if they are not JSON.

/// Serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says the style")]
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
    /// The media type as documented, such as `application/json; charset=utf-8` or `*/*`.
    pub text: String,
    /// Type and subtype without parameters, in lower case: `application/json`.
    pub essence: String,
}
