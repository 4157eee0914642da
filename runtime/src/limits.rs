//! The limits on the cost of hostile input, each with its unit and reason. Those that a program may
//! change are fields of [`Limits`](crate::server::Limits).

/// Steps of matching that one request may cost beyond [`PATTERN_STEPS_PER_BYTE`]. A step takes 2 to
/// 10 ns, so this is less than 0.1 s.
pub(crate) const PATTERN_STEPS: u64 = 10_000_000;

/// Free matching steps for each byte of text. The cost of these steps is proportional to the
/// request, and every usual pattern takes fewer.
pub(crate) const PATTERN_STEPS_PER_BYTE: u64 = 32;

/// Steps beyond the free ones that the backtracking engine may take for one text. It stores about
/// 30 bytes for each step, so this is 30 MB.
pub(crate) const BACKTRACKING_STEPS: u64 = 1_000_000;

/// States of the linear engine. Each takes 24 bytes, and compiling them takes time.
pub(crate) const PATTERN_STATES: u64 = 300_000;

/// Bytes of an expression that is compiled for the linear engine: all states and their data.
#[cfg(feature = "linear")]
pub(crate) const PATTERN_BYTES: usize = 20 << 20;

/// Pieces (values, and 64 bytes of text each) that any request may have read again as another member
/// of a union, as may a text that belongs to none. Texts in use need fewer than a thousand.
pub(crate) const UNION_PIECES: usize = 50_000;

/// Further pieces for each byte of JSON text: several readings of all of it.
pub(crate) const UNION_PIECES_PER_BYTE: usize = 2;

/// The maximum of further pieces, unless the text is so long that this is less than one reading of
/// it. A piece takes 100 to 400 ns, so this is at most a fifth of a second.
pub(crate) const UNION_PIECES_MOST: usize = 500_000;

/// Bytes of text that usually hold one piece at most: lists of single digits have more.
pub(crate) const UNION_BYTES_PER_PIECE: usize = 4;

/// Nested groups of a pattern. More could exhaust the stack.
pub(crate) const PATTERN_DEPTH: usize = 200;

/// Keys in a name that is read, such as `a[b][c]` in a query or form.
pub(crate) const KEYS_OF_NAME: usize = 16;

/// Nested objects that are written into a query as such names.
pub(crate) const QUERY_DEPTH: usize = 16;

/// Nesting levels of a parameter value that is written.
pub(crate) const PARAM_DEPTH: u8 = 64;

/// Nesting levels of a path into a response that an error shows.
#[cfg(feature = "client")]
pub(crate) const SHOWN_DEPTH: usize = 128;

/// Characters of the body of an undocumented error that a message shows.
#[cfg(feature = "client")]
pub(crate) const SHOWN_EXCERPT: usize = 300;

/// Values that are visited to find all faults of a refused request. Each member of a union that is
/// tried counts again. A visit takes 20 to 100 ns, so this is less than 20 ms.
#[cfg(feature = "schemas")]
pub(crate) const FAULT_STEPS: usize = 200_000;

/// Faults that are reported at most, if no setting says otherwise.
#[cfg(any(feature = "server", feature = "cassettes", feature = "validate"))]
pub(crate) const FAULTS: usize = 32;

/// Bytes of the pointer of a fault, and bytes of its text.
pub(crate) const FAULT_POINTER: usize = 512;
pub(crate) const FAULT_DETAIL: usize = 300;

/// Bytes of an event or a line of a stream, which is held in memory as a whole before it is
/// decoded.
pub(crate) const ITEM_BYTES: usize = 16 << 20;

/// Bytes of items that a stream reads before it lets other tasks run, even if more have arrived. Reading
/// so many takes 0.1 ms, or 5 ms at worst.
pub(crate) const PACE_BYTES: usize = 16 << 10;

/// Bytes of an event ID, which all later events share. IDs in practice are numbers or hashes.
pub(crate) const EVENT_ID_BYTES: usize = 64 << 10;

/// Bytes of a body from which on it is read on a thread of its own. Going there takes 20 µs, reading
/// so much 0.2 ms, or 50 ms at worst.
#[cfg(feature = "server")]
pub(crate) const APART_BYTES: usize = 64 << 10;

/// Bytes of a multipart body that are searched together. A body of 2 MiB needs 128 searches.
#[cfg(feature = "server")]
pub(crate) const CHUNK_BYTES: usize = 16 << 10;
