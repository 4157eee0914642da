//! The API in our terms: what the emitters print, with every decision made and every Rust name
//! chosen.
//!
//! **Architecture Invariant:** nothing here refers to a document node or to `openapiv3`; an emitter
//! that holds an [`Api`] needs nothing else, and cannot fail.

mod doc;
mod mentions;
mod name;
mod operation;
mod security;
mod size;
mod structs;
mod types;
mod unions;

pub use doc::{Doc, Origin};
pub use name::{ConstantName, FieldName, FunctionName, ModuleName, TypeName, VariantName};
pub use operation::{
    BodyContent, BodyKind, FormField, Group, Header, HeaderForm, HeaderGroup, HeaderHolder, Location, Media, Method,
    MultipartPart, Operation, Parameter, PartContent, PathTemplate, RequestBody, ResponseBody, ResponseCase, Responses,
    Segment, SegmentPiece, Split, Status, Style, Webhook, Webhooks,
};
pub use security::{Alternative, Credential, Requirement, Scheme, SchemeKind, Server, ServerVariable};
pub(crate) use size::of_kind as size_of_kind;
pub use structs::{Constant, Extra, Field, Presence, Struct};
pub use types::{
    Enum, EnumVariant, Format, IntegerEnum, IntegerKind, Newtype, Reading, Rules, Scalar, Shape, Statistics, TypeDef,
    TypeId, TypeKind, TypeTable, TypeUse, Usage,
};
pub use unions::{Otherwise, Probe, Tagging, Union, UnionVariant};

/// One API, ready to print.
#[derive(Clone, Debug)]
pub struct Api {
    /// Module or crate that receives the output, such as `prelude_so`.
    pub module: ModuleName,
    /// Stem of the trait and of other names that stand for the whole API, such as `PreludeSo`.
    pub type_stem: TypeName,
    /// The document as generated headers cite it: a path relative to the workspace, with `/`, never
    /// absolute.
    pub source: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`, verbatim.
    pub version: String,
    /// `info.summary`, `info.description`, external docs.
    pub doc: Doc,
    /// Whether the documentation of some element has a provenance, which the module then explains.
    pub has_provenance: bool,
    /// Documented base URLs, in the document's order.
    pub servers: Vec<Server>,
    /// Security schemes that some operation needs, in the document's order; [`Requirement::scheme`]
    /// indexes them.
    pub schemes: Vec<Scheme>,
    /// The distinct conjunctions of schemes over all operations; variants of the generated
    /// `Credentials` enum.
    pub credentials: Vec<Credential>,
    /// Every generated type.
    pub types: TypeTable,
    /// Operations in the document's order.
    pub operations: Vec<Operation>,
    /// How the methods of the server are spread over traits.
    pub split: Split,
    /// Groups of response headers that several outcomes share; [`Outcome::headers`] indexes them.
    pub header_groups: Vec<HeaderGroup>,
    /// Webhooks and callbacks: requests that the API sends to the application.
    pub webhooks: Option<Webhooks>,
}

impl Api {
    /// Webhooks and callbacks, in the document's order.
    #[must_use]
    pub fn called_back(&self) -> impl ExactSizeIterator<Item = &Webhook> + Clone {
        self.webhooks.as_ref().map_or(&[][..], |webhooks| &webhooks.items).iter()
    }
}
