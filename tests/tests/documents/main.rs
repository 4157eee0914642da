//! The bundled documents, compared with their sources and with the generated code.

mod examples;
mod ids;
mod readme;
mod seeds;
mod sources;
