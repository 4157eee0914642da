//! Traffic of an API, checked against its document: each request as the generated server would read
//! it, and each response as if it were such a request.
//!
//! Violations of one kind are counted together, and a kind that occurs several times is proposed as
//! an overlay. **Invariant:** nothing here shows a body, a header or a parameter. The only values
//! that are shown are short words which the document lists wrongly ([`Violations`]).

mod checker;
mod exchange;
mod har;
mod kind;
mod proposal;
mod proposed;
mod reader;
mod report;
mod responses;
mod tally;
mod words;

pub use self::checker::{Checked, Checker, Found};
pub use self::exchange::Exchange;
pub use self::har::{HarError, Replayed};
pub use self::kind::{Side, Violations};
pub use self::proposed::{Proposal, overlay};
pub use self::report::Report;
pub use self::tally::Traffic;
