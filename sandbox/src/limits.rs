//! The limits on what a caller can cost the sandbox, each with its unit and reason.

/// Bytes of records that can be imported: about 50,000 users. Reading them takes about a second.
pub(crate) const IMPORT_BYTES: usize = 16 << 20;

/// Nesting levels of arrays and objects in records. No provider has a record with more than ten.
pub(crate) const IMPORT_DEPTH: usize = 64;

/// Values in records. Each takes about 100 bytes of memory.
pub(crate) const IMPORT_VALUES: usize = 1_000_000;

/// Imports that are read at the same time. Others wait.
pub(crate) const IMPORTS: usize = 1;
