//! The generated servers of the fixtures, with no method implemented: a valid request gets 501.

use axum::Router;
use futures::{Stream, StreamExt as _};
use specwright_runtime::StreamError;
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::generated::streams::{operations as o, server as s};

struct Nothing;

macro_rules! nothing {
    ($($module:ident $service:ident),* $(,)?) => {
        $(impl tests::generated::$module::server::$service for Nothing {})*
    };
}

macro_rules! open {
    ($($module:ident $service:ident),* $(,)?) => {
        fn open() -> Vec<(&'static str, Router)> {
            vec![$((stringify!($module), tests::generated::$module::server::router(Nothing))),*]
        }
    };
}

macro_rules! guarded {
    ($($module:ident $service:ident),* $(,)?) => {
        $(impl tests::generated::$module::server::$service for Nothing {
            type Principal = ();

            async fn authenticate(
                &self,
                _: tests::generated::$module::security::Credentials,
                _: &Context,
            ) -> Result<(), AuthError> {
                Ok(())
            }
        })*

        fn guarded() -> Vec<(&'static str, Router)> {
            vec![$((stringify!($module), tests::generated::$module::server::router(Nothing))),*]
        }
    };
}

nothing![
    additional_properties AdditionalProperties,
    all_of AllOf,
    any_json AnyJson,
    arrays Arrays,
    callbacks Callbacks,
    calls Calls,
    content_parameters ContentParameters,
    cookies Cookies,
    defaults Defaults,
    documentation Documentation,
    drawings Drawings,
    enums Enums,
    equal_shapes EqualShapes,
    form Form,
    formats Formats,
    header_parameters HeaderParameters,
    integers Integers,
    json_media_types JsonMediaTypes,
    multipart Multipart,
    names Names,
    newtypes Newtypes,
    null_versus_absent NullVersusAbsent,
    optional_body OptionalBody,
    path_safety PathSafety,
    path_styles PathStyles,
    paths Paths,
    pattern_properties PatternProperties,
    payments Payments,
    petstore Petstore,
    query_styles QueryStyles,
    raw_bodies RawBodies,
    read_only_write_only ReadOnlyWriteOnly,
    real_servers RealServers,
    recursion Recursion,
    response_headers ResponseHeaders,
    servers Servers,
    service Service,
    several_media_types SeveralMediaTypes,
    statuses Statuses,
    tag_values TagValues,
    trains Trains,
    union_constant UnionConstant,
    union_discriminator UnionDiscriminator,
    union_shape UnionShape,
    unsupported_keywords UnsupportedKeywords,
    validation Validation,
    version_3_0 Version3_0,
];

open![
    additional_properties AdditionalProperties,
    all_of AllOf,
    any_json AnyJson,
    arrays Arrays,
    callbacks Callbacks,
    calls Calls,
    content_parameters ContentParameters,
    cookies Cookies,
    defaults Defaults,
    documentation Documentation,
    drawings Drawings,
    enums Enums,
    equal_shapes EqualShapes,
    form Form,
    formats Formats,
    header_parameters HeaderParameters,
    integers Integers,
    json_media_types JsonMediaTypes,
    multipart Multipart,
    names Names,
    newtypes Newtypes,
    null_versus_absent NullVersusAbsent,
    optional_body OptionalBody,
    path_safety PathSafety,
    path_styles PathStyles,
    paths Paths,
    pattern_properties PatternProperties,
    payments Payments,
    petstore Petstore,
    query_styles QueryStyles,
    raw_bodies RawBodies,
    read_only_write_only ReadOnlyWriteOnly,
    real_servers RealServers,
    recursion Recursion,
    response_headers ResponseHeaders,
    servers Servers,
    service Service,
    several_media_types SeveralMediaTypes,
    statuses Statuses,
    streams Streams,
    tag_values TagValues,
    trains Trains,
    union_constant UnionConstant,
    union_discriminator UnionDiscriminator,
    union_shape UnionShape,
    unsupported_keywords UnsupportedKeywords,
    validation Validation,
    version_3_0 Version3_0,
];

guarded![
    api_keys ApiKeys,
    http_authentication HttpAuthentication,
    oauth Oauth,
    references References,
    security_alternatives SecurityAlternatives,
    version_2_0 Version2_0,
    version_3_2 Version3_2,
];

impl tests::generated::service::server::Users for Nothing {}
impl tests::generated::service::server::Groups for Nothing {}

/// The servers of all fixtures, by name, except `choices`: its types belong to an application, and
/// only that application can read them.
pub fn all() -> Vec<(&'static str, Router)> {
    open().into_iter().chain(guarded()).collect()
}

/// A mock reads the items of a stream, so this service does too.
impl s::Streams for Nothing {
    async fn import(&self, input: s::ImportInput, _: Context) -> Result<o::ImportSuccess, Failure<o::ImportError>> {
        all_of(input.body).await
    }

    async fn replay(&self, input: s::ReplayInput, _: Context) -> Result<o::ReplaySuccess, Failure<o::ReplayError>> {
        all_of(input.body).await
    }

    async fn note(&self, input: s::NoteInput, _: Context) -> Result<o::NoteSuccess, Failure<o::NoteError>> {
        match input.body {
            Some(body) => all_of(body).await,
            None => Err(Failure::NotImplemented),
        }
    }
}

/// Reads a stream to its end.
async fn all_of<T, S, E>(mut stream: impl Stream<Item = Result<T, StreamError>> + Unpin) -> Result<S, Failure<E>> {
    while let Some(item) = stream.next().await {
        item.map_err(Failure::internal)?;
    }
    Err(Failure::NotImplemented)
}
