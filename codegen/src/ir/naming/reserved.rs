//! Names that the language, the prelude and generated code have taken.

/// Keywords of all editions, but those of [`NEVER_RAW`].
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern",
    "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
pub(super) const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Types and traits that generated code names without a path, and those a reader would mistake for the ones of the
/// standard library.
pub(super) const TYPES: &[&str] = &[
    "Self", "Option", "Some", "None", "Vec", "Result", "Ok", "Err", "Box", "String", "Value", "Default", "Clone", "Copy", "Debug",
    "Display", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Send", "Sync", "Sized", "Drop", "Fn", "FnMut", "FnOnce", "From",
    "Into", "TryFrom", "TryInto", "AsRef", "AsMut", "ToString", "ToOwned", "Iterator", "IntoIterator", "Extend", "FromStr",
    "FromIterator", "Future", "BTreeMap", "Serialize", "Serializer", "Deserialize", "Deserializer", "MaybeAbsent", "Secret",
    "Null", "Never", "DateTime", "Date", "Time", "Duration", "Uuid", "Uri", "Email", "Ipv4", "Ipv6", "Decimal", "Base64", "Client",
    "ClientBuilder", "Error", "Failure", "Credentials", "ResponseValue", "Principal",
];
