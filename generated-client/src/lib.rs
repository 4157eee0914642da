//! Typed clients and server traits, generated from OpenAPI documents.
