//! `operation!`, `form!` and `multipart!`: the descriptors of operations and of their bodies.

/// Declares the descriptor of an operation: its name, `operationId`, method and path template, then
/// the segments of the path, the security alternatives if there are any, and the other fields that
/// differ from [`Operation::BASE`](crate::descriptor::Operation::BASE). A number in parentheses is
/// the index of a parameter; `~` joins the pieces of a segment, and `()` is an empty one. Schemes
/// are those of the module `security` next to the call, with their scopes; `()` requires none.
///
/// ```
/// use specwright_runtime::descriptor::Parameter;
///
/// mod security {
///     use specwright_runtime::descriptor::{Scheme, SchemeKind};
///
///     pub static API_KEY: Scheme = Scheme { name: "api_key", kind: SchemeKind::Header("X-Key") };
///     pub static OAUTH: Scheme = Scheme { name: "oauth", kind: SchemeKind::Bearer };
/// }
///
/// specwright_runtime::operation!(GET_PAGE = "getPage" "GET" "/books/{page}.{format}" {
///     path: "books" / (0) ~ "." ~ (1),
///     security: API_KEY | OAUTH[
///         "read",
///         "pages",
///     ],
///     parameters: &[
///         Parameter { name: "page", ..Parameter::PATH },
///         Parameter { name: "format", ..Parameter::PATH },
///     ],
/// });
///
/// assert_eq!(GET_PAGE.segments.len(), 2);
/// assert_eq!(GET_PAGE.security[1].requirements[0].scopes, ["read", "pages"]);
/// assert!(GET_PAGE.idempotent);
/// ```
///
/// Each of the two rules expands to the whole static. If one called the other, every operation
/// would cost another expansion.
#[macro_export]
macro_rules! operation {
    ($name:ident = $id:literal $method:literal $template:literal {
        path: $( $( $($text:literal)? $(( $($index:literal)? ))? )~* )/ *
        , security: $( $(())? $( $scheme:ident $([ $($scope:literal),* $(,)? ])? )&* )|+
        $(, $field:ident: $value:expr )* $(,)?
    }) => {
        pub static $name: $crate::descriptor::Operation = $crate::descriptor::Operation {
            id: $id,
            method: $method,
            path: $template,
            segments: &[$(&[$(
                $($crate::descriptor::Piece::Literal($text),)?
                $($($crate::descriptor::Piece::Parameter($index),)?)?
            )*]),*],
            security: &[$($crate::descriptor::Alternative {
                requirements: &[$(
                    $crate::descriptor::Requirement { scheme: &security::$scheme, scopes: &[$($($scope),*)?] }
                ),*],
            }),+],
            idempotent: $crate::descriptor::is_idempotent($method),
            $($field: $value,)*
            ..$crate::descriptor::Operation::BASE
        };
    };
    ($name:ident = $id:literal $method:literal $template:literal {
        path: $( $( $($text:literal)? $(( $($index:literal)? ))? )~* )/ *
        $(, $field:ident: $value:expr )* $(,)?
    }) => {
        pub static $name: $crate::descriptor::Operation = $crate::descriptor::Operation {
            id: $id,
            method: $method,
            path: $template,
            segments: &[$(&[$(
                $($crate::descriptor::Piece::Literal($text),)?
                $($($crate::descriptor::Piece::Parameter($index),)?)?
            )*]),*],
            idempotent: $crate::descriptor::is_idempotent($method),
            $($field: $value,)*
            ..$crate::descriptor::Operation::BASE
        };
    };
}

/// Declares how the properties of a form body are written. Each has the fields that differ from
/// [`FormField::DEFAULT`](crate::descriptor::FormField::DEFAULT).
///
/// ```
/// use specwright_runtime::descriptor::Style;
///
/// specwright_runtime::form!(SEARCH_FORM {
///     "tags" { style: Style::DeepObject },
///     "filter" { json: true },
/// });
///
/// assert_eq!((SEARCH_FORM[0].name, SEARCH_FORM[0].style), ("tags", Style::DeepObject));
/// ```
#[macro_export]
macro_rules! form {
    ($name:ident { $($property:literal { $($field:ident: $value:expr),* $(,)? }),* $(,)? }) => {
        pub static $name: &[$crate::descriptor::FormField] = &[$($crate::descriptor::FormField {
            name: $property,
            $($field: $value,)*
            ..$crate::descriptor::FormField::DEFAULT
        }),*];
    };
}

/// Declares the parts of a multipart body. Each has the fields that differ from
/// [`MultipartField::TEXT`](crate::descriptor::MultipartField::TEXT).
///
/// ```
/// use specwright_runtime::descriptor::PartContent;
///
/// specwright_runtime::multipart!(UPLOAD_PARTS {
///     "title" {},
///     "file" { content: PartContent::File },
/// });
///
/// assert_eq!((UPLOAD_PARTS[1].name, UPLOAD_PARTS[1].content), ("file", PartContent::File));
/// ```
#[macro_export]
macro_rules! multipart {
    ($name:ident { $($part:literal { $($field:ident: $value:expr),* $(,)? }),* $(,)? }) => {
        pub static $name: &[$crate::descriptor::MultipartField] = &[$($crate::descriptor::MultipartField {
            name: $part,
            $($field: $value,)*
            ..$crate::descriptor::MultipartField::TEXT
        }),*];
    };
}
