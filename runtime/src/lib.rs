//! The runtime of generated API clients and servers: requests, credentials, retries, errors,
//! routing and validation. Nothing here depends on a particular API: generated code passes static
//! tables ([`descriptor`]) and typed values.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod body;
pub mod descriptor;
pub mod form;
pub mod headers;
pub mod media;
pub mod multipart;
pub mod newtype;
pub mod object;
pub mod params;
pub mod security;
pub mod status;
pub mod stream;
pub mod success;
pub mod text;
pub mod union;
pub mod validation;
pub mod value;

#[cfg(feature = "client")]
pub mod client;

#[cfg(feature = "schemas")]
pub mod schema;

#[cfg(feature = "signatures")]
pub mod signature;

#[cfg(feature = "server")]
pub mod server;

mod budget;
mod confidential;
mod future;
mod json;
mod limits;
#[cfg(feature = "server")]
mod long_bodies;
mod macros;
mod random;
#[cfg(not(feature = "schemas"))]
mod schemas_off;

pub use body::{Body, ByteStream, StreamError};
pub use bytes::Bytes;
#[cfg(feature = "chrono")]
pub use chrono;
pub use future::{BoxFuture, MaybeSend, MaybeSync};
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
#[cfg(feature = "jiff")]
pub use jiff;
pub use multipart::File;
#[cfg(feature = "decimal")]
pub use rust_decimal;
#[cfg(feature = "schemas")]
pub use schema::LazySchemas;
#[cfg(not(feature = "schemas"))]
pub use schemas_off::LazySchemas;
pub use security::Basic;
pub use stream::{ByName, Event, Events, Lines};
#[cfg(feature = "time")]
pub use time;
#[cfg(feature = "url")]
pub use url;
#[cfg(feature = "uuid")]
pub use uuid;
pub use validation::Invalid;
#[cfg(feature = "time")]
pub use value::Rfc3339;
pub use value::{
    Base64, Date, DateTime, Decimal, Duration, Email, FormatError, Ipv4, Ipv6, MaybeAbsent, Never, Null, Secret, Text,
    Time, Uri, Uuid, required_nullable,
};

/// Names that the macros use; not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use serde::de::MapAccess;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Converts an error of the runtime into one of serde.
    #[must_use]
    pub fn custom<E: serde::de::Error>(error: crate::Invalid) -> E {
        E::custom(error)
    }
}
