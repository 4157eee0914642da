//! The intermediate representation: an API in which every decision is made and every Rust name is
//! chosen.
//!
//! **Invariant:** nothing here refers to a document node or to `openapiv3`. An emitter needs only
//! an [`Api`], and cannot fail.

mod aliases;
mod body;
mod constraints;
mod doc;
mod features;
mod foreign;
mod former;
mod media;
mod mentions;
mod name;
mod operation;
mod paging;
mod parts;
mod response;
mod security;
mod size;
mod structs;
mod type_modules;
mod types;
mod unions;

pub use body::{BodyContent, BodyKind, FormField, MultipartPart, PartContent, RequestBody, StreamedForm};
pub(crate) use constraints::all_patterns;
pub use constraints::{Assertion, Constraints};
pub use doc::{Doc, Origin};
pub use features::{Gate, TagFeature, TagFeatures};
pub use foreign::{Foreign, ForeignId};
pub use former::{Former, FormerOperation, FormerSetter, FormerType};
pub use media::{Media, Style};
pub use name::{ConstantName, FieldName, FunctionName, ModuleName, TypeName, VariantName};
pub use operation::{
    Group, Location, Method, Operation, Parameter, PathTemplate, Segment, SegmentPiece, Split, TagGroup, Webhook,
    WebhookSignature, Webhooks,
};
pub use paging::{Count, More, PageSize, Paging, PagingMethods, Walk};
pub use response::{
    ErrorAlias, Header, HeaderForm, HeaderGroup, HeaderHolder, ResponseBody, ResponseCase, Responses, SharedErrors,
    Side, Status,
};
pub use security::{Alternative, Credential, Flow, FlowKind, Requirement, Scheme, SchemeKind, Server, ServerVariable};
pub(crate) use size::of_kind as size_of_kind;
pub use structs::{Constant, Extra, Field, Presence, Struct};
pub use type_modules::TypeModule;
pub use types::{
    Decoration, Enum, EnumVariant, Format, IntegerEnum, IntegerKind, Newtype, Reading, Scalar, Shape, SharedType,
    Statistics, TypeDef, TypeId, TypeKind, TypeTable, TypeUse, Usage,
};
pub use unions::{Otherwise, Probe, TagValue, TagWrite, Tagging, Union, UnionVariant};

/// One API, ready to print.
#[derive(Clone, Debug)]
pub struct Api {
    /// Name of the generated module or crate, such as `prelude_so`.
    pub module: ModuleName,
    /// Stem of the server trait and of other names for the whole API, such as `PreludeSo`.
    pub type_stem: TypeName,
    /// The path of the document, as headers of generated files cite it: relative to the workspace,
    /// with `/`.
    pub source: String,
    /// Location of the document.
    pub origin: Origin,
    /// `info.title`.
    pub title: String,
    /// `info.version`, verbatim.
    pub version: String,
    /// `info.summary`, `info.description` and `externalDocs`.
    pub doc: Doc,
    /// Whether the documentation of some element has a provenance. If so, the module explains the
    /// word.
    pub has_provenance: bool,
    /// Documented base URLs, in the document's order.
    pub servers: Vec<Server>,
    /// Security schemes that operations need, in the order of their names; [`Requirement::scheme`]
    /// indexes them.
    pub schemes: Vec<Scheme>,
    /// The distinct sets of schemes that operations require together. They become variants of the
    /// generated `Credentials` enum.
    pub credentials: Vec<Credential>,
    /// Every generated type.
    pub types: TypeTable,
    /// Features of the runtime that the types need, sorted.
    pub runtime_features: Vec<&'static str>,
    /// Operations in the document's order.
    pub operations: Vec<Operation>,
    /// How the methods of the server are distributed over traits.
    pub split: Split,
    /// The operations of each tag, as methods of the client in addition to the flat ones. Empty
    /// unless `provider.toml` asks for them.
    pub tag_groups: Vec<TagGroup>,
    /// The types of each tag, if `provider.toml` asks for modules of them.
    pub type_modules: Vec<TypeModule>,
    /// Groups of headers; [`ResponseCase::headers`] and [`MultipartPart::headers`] index them.
    pub header_groups: Vec<HeaderGroup>,
    /// Groups that several `header_groups` are aliases of; [`HeaderGroup::shared`] indexes them.
    pub shared_headers: Vec<HeaderGroup>,
    /// Errors of several operations; [`Responses::shared_error`] indexes them.
    pub shared_errors: Vec<SharedErrors>,
    /// Webhooks and callbacks: requests that the API sends to the application.
    pub webhooks: Option<Webhooks>,
    /// Cargo features by tag, if `provider.toml` asks for them and the API has a crate of its own.
    pub features: Option<TagFeatures>,
    /// Names of earlier versions.
    pub former: Former,
}

impl Api {
    /// Webhooks and callbacks, in the document's order.
    #[must_use]
    pub fn called_back(&self) -> impl ExactSizeIterator<Item = &Webhook> + Clone {
        self.webhooks.as_ref().map_or(&[][..], |webhooks| &webhooks.items).iter()
    }
}
