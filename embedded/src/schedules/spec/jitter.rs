//! Scatter: the same schedule and time always give the same delay, different schedules different ones.

use std::time::Duration;

/// A delay below `most`, in whole milliseconds.
pub(super) fn delay(seed: &str, nominal: i64, most: Duration) -> Duration {
    let milliseconds = most.as_millis().min(u128::from(u32::MAX));
    let bytes = nominal.to_be_bytes().into_iter().chain(seed.bytes());
    // FNV-1a, then mixed until the last byte matters to the first bits.
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let hash = (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let delay = (u128::from(hash) * milliseconds) >> 32;
    Duration::from_millis(u64::try_from(delay).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_spread_and_repeatable() {
        let most = Duration::from_secs(100);
        let delays: Vec<_> = (0..1000).map(|hour| delay("seed", hour * 3600, most)).collect();
        assert!(delays.iter().all(|delay| *delay < most));
        assert_eq!(delays, (0..1000).map(|hour| delay("seed", hour * 3600, most)).collect::<Vec<_>>());
        let early = delays.iter().filter(|delay| **delay < most / 4).count();
        assert!((200..300).contains(&early), "{early} of 1000 in the first quarter");
        assert_ne!(delay("a", 0, most), delay("b", 0, most));
        assert_eq!(delay("a", 0, Duration::from_micros(500)), Duration::ZERO);
    }
}
