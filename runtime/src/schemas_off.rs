//! Takes the place of the schemas where no enabled feature reads them.

/// The schemas of an API, without any content.
#[derive(Debug)]
pub struct LazySchemas(());

impl LazySchemas {
    /// No schemas.
    pub const NONE: Self = Self(());
}
