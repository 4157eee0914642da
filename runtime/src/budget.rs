//! The budget of a request: the work that it may cause beyond what is proportional to its length.
//! The work is counted as steps of matching patterns, values that unions read again, and values
//! that are visited to find faults. **Invariant:** all texts of a request share one budget, however
//! many parameters, parts or items it has.

use std::cell::Cell;

#[cfg(feature = "schemas")]
use crate::limits::FAULT_STEPS;
#[cfg(any(feature = "server", test))]
use crate::limits::PATTERN_STEPS;
use crate::limits::{UNION_BYTES_PER_PIECE, UNION_PIECES, UNION_PIECES_MOST, UNION_PIECES_PER_BYTE};

/// The work that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// Steps of matching patterns; `None` for responses, whose texts are not refused.
    steps: Option<u64>,
    /// Pieces that unions may have read again.
    pieces: usize,
    /// Bytes of the JSON texts that have added their pieces.
    bytes: usize,
    /// Values that may be visited to find faults.
    #[cfg(feature = "schemas")]
    visits: usize,
}

thread_local! {
    /// The budget of the request or response that this thread reads.
    static CURRENT: Cell<Option<Budget>> = const { Cell::new(None) };
    /// Whether this thread is within a JSON text, which has added its pieces.
    static IN_TEXT: Cell<bool> = const { Cell::new(false) };
}

impl Budget {
    /// The budget of a request.
    #[cfg(any(feature = "server", test))]
    pub(crate) const REQUEST: Self = Self { steps: Some(PATTERN_STEPS), ..Self::RESPONSE };

    /// The budget of a response, or of a value that is neither.
    pub(crate) const RESPONSE: Self = Self {
        steps: None,
        pieces: UNION_PIECES,
        bytes: 0,
        #[cfg(feature = "schemas")]
        visits: FAULT_STEPS,
    };

    /// The budget of a request with this number of matching steps.
    #[cfg(test)]
    pub(crate) fn of_steps(steps: u64) -> Self {
        Self { steps: Some(steps), ..Self::REQUEST }
    }

    /// Reads or validates something within the budget, which shrinks by its cost.
    pub(crate) fn spend<T>(&mut self, read: impl FnOnce() -> T) -> T {
        let bounded = Bounded::by(*self);
        let value = read();
        *self = bounded.left();
        value
    }

    /// The steps of matching that are left.
    pub(crate) fn steps(self) -> Option<u64> {
        self.steps
    }

    /// Adds the pieces of a further text.
    fn with_text(self, length: usize) -> Self {
        let bytes = self.bytes.saturating_add(length);
        let more = pieces_of(bytes).saturating_sub(pieces_of(self.bytes));
        Self { pieces: self.pieces.saturating_add(more), bytes, ..self }
    }
}

/// The pieces that this number of bytes of JSON text adds.
fn pieces_of(bytes: usize) -> usize {
    let proportional = bytes / UNION_BYTES_PER_PIECE;
    bytes.saturating_mul(UNION_PIECES_PER_BYTE).min(UNION_PIECES_MOST.max(proportional))
}

/// A guard while a part of a request or response is read or validated.
#[must_use]
pub(crate) struct Bounded {
    outer: Option<Budget>,
    outer_text: bool,
}

impl Bounded {
    /// Continues with the rest of the budget.
    pub(crate) fn by(left: Budget) -> Self {
        Self { outer: CURRENT.replace(Some(left)), outer_text: IN_TEXT.replace(false) }
    }

    /// The rest of the budget.
    #[expect(clippy::unused_self, reason = "only the guard knows that there is a budget")]
    pub(crate) fn left(&self) -> Budget {
        CURRENT.get().unwrap_or(Budget::RESPONSE)
    }
}

impl Drop for Bounded {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
        IN_TEXT.set(self.outer_text);
    }
}

/// A guard while a JSON text is read. One within it adds nothing.
#[must_use]
pub(crate) struct Text {
    outermost: bool,
    /// For a text that belongs to no request. Its budget ends with it.
    _alone: Option<Bounded>,
}

impl Text {
    /// A text of this number of bytes.
    pub(crate) fn of(length: usize) -> Self {
        if IN_TEXT.get() {
            return Self { outermost: false, _alone: None };
        }
        let alone = CURRENT.get().is_none().then(|| Bounded::by(Budget::RESPONSE));
        CURRENT.set(CURRENT.get().map(|budget| budget.with_text(length)));
        IN_TEXT.set(true);
        Self { outermost: true, _alone: alone }
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        if self.outermost {
            IN_TEXT.set(false);
        }
    }
}

/// Whether this thread is within a JSON text.
pub(crate) fn is_in_text() -> bool {
    IN_TEXT.get()
}

/// The budget of the current request or response, if there is one.
pub(crate) fn current() -> Option<Budget> {
    CURRENT.get()
}

/// Whether unions may read nothing again.
pub(crate) fn is_spent() -> bool {
    CURRENT.get().is_some_and(|budget| budget.pieces == 0)
}

/// Pays with steps of matching; they are not counted outside of a request.
pub(crate) fn pay_steps(price: u64) {
    CURRENT.set(
        CURRENT.get().map(|budget| Budget { steps: budget.steps.map(|left| left.saturating_sub(price)), ..budget }),
    );
}

/// Pays with pieces; `false` if there are too few.
pub(crate) fn pay_pieces(price: impl FnOnce() -> usize) -> bool {
    let Some(budget) = CURRENT.get() else { return true };
    let rest = budget.pieces.checked_sub(price());
    CURRENT.set(Some(Budget { pieces: rest.unwrap_or(0), ..budget }));
    rest.is_some()
}

/// The visits that are left.
#[cfg(feature = "schemas")]
pub(crate) fn visits() -> usize {
    CURRENT.get().map_or(FAULT_STEPS, |budget| budget.visits)
}

/// Sets the visits that are left.
#[cfg(feature = "schemas")]
pub(crate) fn leave_visits(visits: usize) {
    CURRENT.set(CURRENT.get().map(|budget| Budget { visits, ..budget }));
}

#[cfg(test)]
mod tests {
    use super::{Bounded, Budget, Text, current, pay_pieces};

    fn pieces() -> usize {
        current().unwrap().pieces
    }

    #[test]
    fn the_pieces_are_bounded_and_proportional_only_for_the_longest() {
        let budget = |length| Budget::RESPONSE.with_text(length).pieces;
        assert_eq!(budget(1_000), 52_000);
        assert_eq!(budget(2 << 20), 50_000 + (1 << 19));
        assert_eq!(budget(1 << 20), 550_000);
        assert_eq!(budget(64 << 20), 50_000 + (16 << 20));
    }

    #[test]
    fn many_texts_of_a_request_have_no_more_than_one_of_their_length() {
        let request = Bounded::by(Budget::REQUEST);
        for _ in 0..4096 {
            let _text = Text::of(512);
        }
        assert_eq!(pieces(), 50_000 + (1 << 19));
        assert!(pay_pieces(|| 574_288));
        {
            let _next = Text::of(400);
            let _within = Text::of(400);
            assert_eq!(pieces(), 100);
            assert!(!pay_pieces(|| 101));
        }
        assert_eq!(request.left().pieces, 0);
        drop(request);
        assert_eq!(current(), None);
    }

    #[test]
    fn a_text_of_no_request_has_a_budget_of_its_own() {
        for _ in 0..2 {
            let _text = Text::of(1_000);
            assert!(pay_pieces(|| 52_000));
            assert!(!pay_pieces(|| 1));
        }
        assert_eq!(current(), None);
        assert!(pay_pieces(|| usize::MAX));
    }
}
