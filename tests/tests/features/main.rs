//! Tests of the modules generated from `tests/fixtures/emit`, called from client to server. There
//! is one file for each fixture.

/// Connects an in-process client to a service, with a recorder of its requests. Further arguments
/// are settings of the client.
macro_rules! connect {
    ($api:ident, $service:expr $(, $($setting:tt)+)?) => {{
        let router = tests::generated::$api::server::router($service);
        let recorder = specwright_runtime::client::Recorder::around(specwright_runtime::client::InProcess::new(router));
        let builder = tests::generated::$api::Client::builder("http://in-process").transport(recorder.clone());
        (builder $($($setting)+)? .build().unwrap(), recorder)
    }};
}

/// Makes a client without a server. Requests are recorded and get 204. Further arguments are
/// settings of the client.
macro_rules! record {
    ($api:ident $(, $($setting:tt)+)?) => {{
        let recorder = specwright_runtime::client::Recorder::new();
        for _ in 0..16 {
            recorder.respond_with(specwright_runtime::client::MockResponse::empty(204));
        }
        let builder = tests::generated::$api::Client::builder("http://recorded").transport(recorder.clone());
        (builder $($($setting)+)? .build().unwrap(), recorder)
    }};
}

mod raw_request;
mod received;

mod additional_properties;
mod all_of;
mod any_json;
mod api_keys;
mod arrays;
mod assertions;
mod broken_values;
mod callbacks;
mod calls;
mod choices;
mod content_parameters;
mod cookies;
mod coverage;
mod defaults;
mod differential;
mod django;
mod documentation;
mod drawings;
mod enums;
mod equal_shapes;
mod events;
mod fastapi;
mod fastapi_service;
mod fastify;
mod form;
mod formats;
mod header_parameters;
mod hono;
mod http_authentication;
mod integers;
mod json_media_types;
mod multipart;
mod names;
mod newtypes;
mod null_versus_absent;
mod oauth;
mod optional_body;
mod pages;
mod path_safety;
mod path_styles;
mod paths;
mod pattern_properties;
mod payments;
mod petstore;
mod query_styles;
mod raw_bodies;
mod read_only_write_only;
mod real_servers;
mod recursion;
mod references;
mod refusals;
mod response_headers;
mod security_alternatives;
mod sent;
mod servers;
mod service;
mod several_media_types;
mod signed_webhooks;
mod statuses;
mod streamed_files;
mod streams;
mod tag_values;
mod trains;
mod union_constant;
mod union_discriminator;
mod union_shape;
mod unsupported_keywords;
mod validation;
mod version_2_0;
mod version_3_0;
mod version_3_2;
