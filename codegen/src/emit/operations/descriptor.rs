//! Prints the descriptor of an operation: a static with the fields that differ from the runtime's
//! defaults.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::outcome::is_streamed;
use super::paging;
use crate::ir::model::{
    Alternative, Api, BodyContent, BodyKind, FormField, Location, MultipartPart, Operation, Parameter, PartContent,
    RequestBody, ResponseBody, ResponseCase, Segment, SegmentPiece, Server, Status, Style,
};

/// `operation!(PATCH_USER_PROFILE = "patchUserProfile" "PATCH" "/users/{user_id}" { … });`
pub(super) fn descriptor(api: &Api, operation: &Operation) -> TokenStream {
    let constant = &operation.constant;
    let (id, method, path) = (&operation.id, &operation.method.0, &operation.path.raw);
    let segments = operation.path.segments.iter().map(segment);
    let alternatives: Vec<TokenStream> = operation.security.iter().map(|one| alternative(api, one)).collect();
    let security = (!alternatives.is_empty()).then(|| quote!(security: #(#alternatives)|*,));
    let others = other_fields(operation);
    quote! {
        specwright_runtime::operation! {
            #constant = #id #method #path { path: #(#segments)/ *, #security #(#others,)* }
        }
    }
}

/// The fields that not every operation has.
fn other_fields(operation: &Operation) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    if !operation.tags.is_empty() {
        let tags = &operation.tags;
        fields.push(quote!(tags: &[#(#tags),*]));
    }
    if !operation.path.query.is_empty() {
        let pairs = operation.path.query.iter().map(|(key, value)| fixed_pair(key, value.as_deref()));
        fields.push(quote!(fixed_query: &[#(#pairs),*]));
    }
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(parameter);
        fields.push(quote!(parameters: &[#(#parameters),*]));
    }
    fields.extend(operation.body.as_ref().map(body));
    let mut contents = operation.body.iter().flat_map(|body| &body.contents);
    if contents.any(|content| content.streamed.is_some()) {
        fields.push(quote!(streams_files: true));
    }
    if let Some(accept) = accept(operation) {
        fields.push(quote!(accept: #accept));
    }
    if streams(operation) {
        fields.push(quote!(streams: true));
    }
    if streams(operation) || leaves_body(operation) {
        let buffered = buffered(operation);
        if !buffered.is_empty() {
            fields.push(quote!(buffered: &[#(#buffered),*]));
        }
    }
    if leaves_body(operation) {
        fields.push(quote!(undocumented_body: true));
    }
    let redirects = redirects(operation);
    if !redirects.is_empty() {
        let redirects = redirects.into_iter().map(Literal::u16_unsuffixed);
        fields.push(quote!(redirects: &[#(#redirects),*]));
    }
    if let Some(server) = operation.servers.first() {
        let url = default_url(server);
        fields.push(quote!(server: Some(#url)));
    }
    fields.extend(operation.idempotency_key.as_ref().map(|name| quote!(idempotency_key: Some(#name))));
    fields.extend(operation.paging.as_ref().map(paging::field));
    fields.extend(operation.invalid_status().map(|status| {
        let status = Literal::u16_unsuffixed(status);
        quote!(invalid: Some(#status))
    }));
    fields
}

fn fixed_pair(key: &str, value: Option<&str>) -> TokenStream {
    let value = value.map_or_else(|| quote!(None), |value| quote!(Some(#value)));
    quote!((#key, #value))
}

/// `"pages"`, `(0)`, `(0) ~ "." ~ (1)`
fn segment(segment: &Segment) -> TokenStream {
    if segment.pieces.is_empty() {
        return quote!(());
    }
    let pieces = segment.pieces.iter().map(|piece| match piece {
        SegmentPiece::Literal(text) => quote!(#text),
        SegmentPiece::Parameter(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!((#index))
        }
    });
    quote!(#(#pieces)~*)
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let name = &parameter.wire;
    let defaults = LocationDefaults::of(parameter.location);
    let base = defaults.constant;
    let mut fields = Vec::new();
    if parameter.style != defaults.style {
        let style = style(parameter.style);
        fields.push(quote!(style: #style));
    }
    if parameter.explode != defaults.explode {
        let explode = parameter.explode;
        fields.push(quote!(explode: #explode));
    }
    if parameter.allow_reserved {
        fields.push(quote!(allow_reserved: true));
    }
    if parameter.required != defaults.required {
        let required = parameter.required;
        fields.push(quote!(required: #required));
    }
    if parameter.content.is_some() {
        fields.push(quote!(json: true));
    }
    if parameter.allow_empty {
        fields.push(quote!(allow_empty: true));
    }
    if let (true, Some(function)) = (fields.is_empty(), defaults.function) {
        // A call takes the compiler less time than a struct with a base.
        let function = format_ident!("{function}");
        return quote!(rt::Parameter::#function(#name));
    }
    quote!(rt::Parameter { name: #name, #(#fields,)* ..rt::Parameter::#base })
}

/// The values of the runtime's constant for a location.
struct LocationDefaults {
    constant: Ident,
    /// The function that makes a parameter from its name.
    function: Option<&'static str>,
    style: Style,
    explode: bool,
    required: bool,
}

impl LocationDefaults {
    fn of(location: Location) -> Self {
        let (constant, function, style, explode) = match location {
            Location::Path => ("PATH", Some("path"), Style::Simple, false),
            Location::Query => ("QUERY", Some("query"), Style::Form, true),
            Location::Header => ("HEADER", Some("header"), Style::Simple, false),
            Location::Cookie => ("COOKIE", None, Style::Form, true),
            Location::QueryString => ("QUERY_STRING", None, Style::Form, true),
        };
        let constant = format_ident!("{constant}");
        Self { constant, function, style, explode, required: location == Location::Path }
    }
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(rt::Style::Simple),
        Style::Label => quote!(rt::Style::Label),
        Style::Matrix => quote!(rt::Style::Matrix),
        Style::Form => quote!(rt::Style::Form),
        Style::SpaceDelimited => quote!(rt::Style::SpaceDelimited),
        Style::PipeDelimited => quote!(rt::Style::PipeDelimited),
        Style::TabDelimited => quote!(rt::Style::TabDelimited),
        Style::DeepObject => quote!(rt::Style::DeepObject),
    }
}

fn body(body: &RequestBody) -> TokenStream {
    let required = body.required;
    let also = body.contents.iter().flat_map(|content| &content.also).map(|media| &media.text);
    let media = body.contents.iter().map(|content| &content.media.text).chain(also);
    quote!(body: Some(rt::RequestBody { required: #required, media: &[#(#media),*] }))
}

/// `API_KEY & OAUTH["read"]`; `()` if no credentials are required.
fn alternative(api: &Api, alternative: &Alternative) -> TokenStream {
    let requirements: Vec<TokenStream> = alternative
        .requirements
        .iter()
        .filter_map(|requirement| {
            let scheme = &api.schemes.get(requirement.scheme)?.constant;
            let scopes = &requirement.scopes;
            let scopes = (!scopes.is_empty()).then(|| quote!([#(#scopes),*]));
            Some(quote!(#scheme #scopes))
        })
        .collect();
    if requirements.is_empty() { quote!(()) } else { quote!(#(#requirements)&*) }
}

/// The media types of all responses, those of successes first, and any other as a last resort. A
/// server that can send only another media type should do so instead of responding with 406.
fn accept(operation: &Operation) -> Option<String> {
    let mut accept: Vec<&str> = Vec::new();
    for outcome in operation.responses.success.iter().chain(&operation.responses.error) {
        for media in outcome.media.iter().chain(&outcome.also) {
            if !accept.contains(&media.text.as_str()) {
                accept.push(&media.text);
            }
        }
    }
    match accept.as_slice() {
        [] => None,
        several if several.contains(&"*/*") => Some(several.join(", ")),
        several => Some(format!("{}, */*;q=0.1", several.join(", "))),
    }
}

fn streams(operation: &Operation) -> bool {
    operation.responses.success.iter().any(|outcome| is_streamed(&outcome.body))
}

/// Whether a success is documented without a body, though its status allows one.
fn leaves_body(operation: &Operation) -> bool {
    let may_have_body = |status: Status| match status {
        Status::Code(code) => (200..300).contains(&code) && code != 204 && code != 205,
        Status::Range(class) => class == 2,
        Status::Default => true,
    };
    let is_left = |outcome: &ResponseCase| matches!(outcome.body, ResponseBody::Empty) && may_have_body(outcome.status);
    operation.method.0 != "HEAD" && operation.responses.success.iter().any(is_left)
}

/// Media types of successes that are not streamed, other than JSON.
fn buffered(operation: &Operation) -> Vec<&str> {
    let mut buffered: Vec<&str> = Vec::new();
    for outcome in &operation.responses.success {
        let is_whole = matches!(outcome.body, ResponseBody::Text(_) | ResponseBody::Form(_) | ResponseBody::Bytes);
        if let Some(media) = outcome.media.as_ref().filter(|_| is_whole)
            && !buffered.contains(&media.text.as_str())
        {
            buffered.push(&media.text);
        }
    }
    buffered
}

/// The statuses of documented redirects.
fn redirects(operation: &Operation) -> Vec<u16> {
    const ALL: [u16; 5] = [301, 302, 303, 307, 308];
    let is_documented = |status: &u16| {
        operation.responses.success.iter().any(|outcome| match outcome.status {
            Status::Code(code) => code == *status,
            Status::Range(class) => class == 3,
            Status::Default => false,
        })
    };
    ALL.into_iter().filter(is_documented).collect()
}

/// A base URL with the default of each variable.
fn default_url(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.wire), &variable.default);
    }
    url
}

/// The tables of form and multipart bodies, for the bodies that need one.
pub(super) fn encodings(operation: &Operation) -> TokenStream {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents.map(|content| encoding(operation, content)).collect()
}

fn encoding(operation: &Operation, content: &BodyContent) -> TokenStream {
    match &content.kind {
        BodyKind::Form { fields, .. } if !fields.is_empty() => {
            let constant = form_constant(operation, content);
            let fields = fields.iter().map(form_field);
            quote!(specwright_runtime::form! { #constant { #(#fields,)* } })
        }
        BodyKind::Multipart { parts, .. } => {
            let constant = parts_constant(operation, content);
            let parts = parts.iter().map(part);
            quote!(specwright_runtime::multipart! { #constant { #(#parts,)* } })
        }
        _ => TokenStream::new(),
    }
}

/// Name of the table of a form body.
pub(crate) fn form_constant(operation: &Operation, content: &BodyContent) -> Ident {
    table_constant(operation, content, "FORM")
}

/// Name of the table of a multipart body.
pub(crate) fn parts_constant(operation: &Operation, content: &BodyContent) -> Ident {
    table_constant(operation, content, "PARTS")
}

/// `UPLOAD_PARTS`. If there is a second table of the same kind, which is rare, its name includes
/// its position among the bodies.
fn table_constant(operation: &Operation, content: &BodyContent, kind: &str) -> Ident {
    let contents = operation.body.as_ref().map_or(&[][..], |body| &body.contents);
    let same_kind = |one: &&BodyContent| std::mem::discriminant(&one.kind) == std::mem::discriminant(&content.kind);
    let position = contents.iter().filter(same_kind).position(|one| std::ptr::eq(one, content)).unwrap_or_default();
    let stem = operation.constant.plain();
    match position {
        0 => format_ident!("{stem}_{kind}"),
        more => format_ident!("{stem}_{kind}_{}", more + 1),
    }
}

/// `"tags" { style: rt::Style::DeepObject }`
fn form_field(field: &FormField) -> TokenStream {
    let name = &field.wire;
    let style = (field.style != Style::Form).then(|| {
        let style = style(field.style);
        quote!(style: #style,)
    });
    let explode = (!field.explode).then(|| quote!(explode: false,));
    let allow_reserved = field.allow_reserved.then(|| quote!(allow_reserved: true,));
    let json = field.json.then(|| quote!(json: true,));
    let null = field.empty_is_null.then(|| quote!(empty_is_null: true,));
    named(name, quote!(#style #explode #allow_reserved #json #null))
}

/// `"file" { content: rt::PartContent::File }`
fn part(part: &MultipartPart) -> TokenStream {
    let name = &part.wire;
    let content = match part.content {
        PartContent::Text => TokenStream::new(),
        PartContent::Json => quote!(content: rt::PartContent::Json,),
        PartContent::File => quote!(content: rt::PartContent::File,),
    };
    let repeated = part.repeated.then(|| quote!(repeated: true,));
    let content_type = part.content_type.as_ref().map(|text| quote!(content_type: Some(#text),));
    let style = part.style.map(|(style, explode)| {
        let style = self::style(style);
        quote!(style: Some((#style, #explode)),)
    });
    let null = part.empty_is_null.then(|| quote!(empty_is_null: true,));
    named(name, quote!(#content #repeated #content_type #style #null))
}

/// A name and the fields that differ from the defaults, without the last comma.
fn named(name: &str, fields: TokenStream) -> TokenStream {
    let mut fields: Vec<TokenTree> = fields.into_iter().collect();
    fields.pop();
    let fields: TokenStream = fields.into_iter().collect();
    quote!(#name { #fields })
}
