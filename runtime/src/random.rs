//! Random numbers for boundaries, jitter and keys, seeded like the standard library's hash maps.
//! None of these uses needs a cryptographic generator, because a keyed `SipHash` of a counter
//! cannot be guessed from outside.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

static SEED: OnceLock<RandomState> = OnceLock::new();
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// 64 random bits, different at each call.
pub(crate) fn bits() -> u64 {
    let seed = SEED.get_or_init(RandomState::new);
    seed.hash_one(COUNTER.fetch_add(1, Ordering::Relaxed))
}

/// A number between 0 and 1.
#[cfg(feature = "client")]
pub(crate) fn fraction() -> f64 {
    f64::from(u32::try_from(bits() >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::bits;

    #[test]
    fn two_draws_differ() {
        assert_ne!(bits(), bits());
    }
}
