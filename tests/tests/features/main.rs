//! What is generated for each document in `tests/fixtures/emit`, called from client to server: one file of tests for each.

/// A client whose requests reach the service in the same process, and a record of what it sent; settings of the client follow.
macro_rules! connect {
    ($api:ident, $service:expr $(, $($setting:tt)+)?) => {{
        let router = tests::generated::$api::server::router($service);
        let sent = specwright_runtime::client::Recorder::around(specwright_runtime::client::InProcess::new(router));
        let builder = tests::generated::$api::Client::builder("http://in-process").transport(sent.clone());
        (builder $($($setting)+)? .build().unwrap(), sent)
    }};
}

/// A client whose requests are recorded and answered with 204, without a server; settings of the client follow.
macro_rules! record {
    ($api:ident $(, $($setting:tt)+)?) => {{
        let sent = specwright_runtime::client::Recorder::new();
        for _ in 0..16 {
            sent.respond_with(specwright_runtime::client::MockResponse::empty(204));
        }
        let builder = tests::generated::$api::Client::builder("http://recorded").transport(sent.clone());
        (builder $($($setting)+)? .build().unwrap(), sent)
    }};
}

mod ask;
mod seen;

mod additional_properties;
mod all_of;
mod any_json;
mod api_keys;
mod arrays;
mod callbacks;
mod calls;
mod content_parameters;
mod cookies;
mod coverage;
mod defaults;
mod documentation;
mod enums;
mod form;
mod formats;
mod header_parameters;
mod http_authentication;
mod integers;
mod json_media_types;
mod multipart;
mod names;
mod newtypes;
mod null_versus_absent;
mod oauth;
mod optional_body;
mod path_safety;
mod path_styles;
mod paths;
mod pattern_properties;
mod petstore;
mod query_styles;
mod raw_bodies;
mod read_only_write_only;
mod recursion;
mod references;
mod response_headers;
mod security_alternatives;
mod servers;
mod service;
mod several_media_types;
mod statuses;
mod streams;
mod union_constant;
mod union_discriminator;
mod union_shape;
mod unsupported_keywords;
mod validation;
mod version_3_0;
mod version_3_2;
