//! The bundled documents, compared with their sources and with the generated code.

mod examples;
mod ids;
mod pages;
mod seeds;
mod sources;
