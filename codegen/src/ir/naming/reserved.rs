//! Names that the language, the prelude and generated code use, and how other names avoid keywords.

use super::case::Case;

/// Keywords of all editions, except those of [`NEVER_RAW`].
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
pub(super) const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Methods of common traits and of every generated struct. A setter with the same name would hide
/// them.
pub(super) const METHODS: &[&str] = &[
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "new",
    "partial_cmp",
    "read",
    "serialize",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
    "validate",
];

/// Types and traits that generated code names without a path, and types that a reader would mistake
/// for those of the standard library.
pub(super) const TYPES: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Vec",
    "Result",
    "Ok",
    "Err",
    "Box",
    "String",
    "Value",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "Display",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
    "Send",
    "Sync",
    "Sized",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "Arc",
    "AsRef",
    "AsMut",
    "ToString",
    "ToOwned",
    "Iterator",
    "IntoIterator",
    "Extend",
    "FromStr",
    "FromIterator",
    "Future",
    "BTreeMap",
    "Serialize",
    "Serializer",
    "Deserialize",
    "Deserializer",
    "MaybeAbsent",
    "Secret",
    "Null",
    "Never",
    "DateTime",
    "Date",
    "Time",
    "Duration",
    "Uuid",
    "Uri",
    "Email",
    "Ipv4",
    "Ipv6",
    "Decimal",
    "Base64",
    "Client",
    "ClientBuilder",
    "Error",
    "Failure",
    "Credentials",
    "ResponseValue",
    "Principal",
];

/// Names that no method of an operation may have: other methods of client and server, methods of
/// traits that it would hide, and items next to the functions of operations.
pub const FUNCTIONS: &[&str] = &[
    "new",
    "new_with_client",
    "builder",
    "api_version",
    "baseurl",
    "client",
    "inner",
    "authenticate",
    "reject",
    "router",
    "routes",
    "as_ref",
    "clone",
    "clone_from",
    "drop",
    "borrow",
    "borrow_mut",
    "into",
    "try_into",
    "to_owned",
    "type_id",
    "fmt",
    "document",
    "operations",
    "rt",
    "service",
    "types",
];

/// Methods of a request builder that are not setters, the argument of the body, and the variable
/// that holds the call.
pub const SETTERS: &[&str] = &["send", "with", "into_future", "body", "call"];

/// The marker for a missing body, among those for missing parameters.
pub const MARKERS: &[&str] = &["Body"];

impl Case {
    /// Turns keywords into raw identifiers. Those that cannot be raw get an underscore or a word.
    pub(super) fn unreserve(self, name: String) -> String {
        match self {
            Self::Type if name == "Self" => "SelfType".to_owned(),
            Self::Variant if name == "Self" => "SelfValue".to_owned(),
            Self::Type | Self::Variant | Self::Constant => name,
            _ if NEVER_RAW.contains(&name.as_str()) => format!("{name}_"),
            Self::Module if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
            _ if KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
            _ => name,
        }
    }
}
