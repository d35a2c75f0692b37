//! When a message that was not accepted is sent again.

use std::time::Duration;

use rand::RngExt as _;

/// The waits after each try, in minutes but for the first: three days in all.
const WAITS: [Duration; 10] = [
    Duration::from_secs(10),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3600),
    Duration::from_secs(5 * 3600),
    Duration::from_secs(10 * 3600),
    Duration::from_secs(14 * 3600),
    Duration::from_secs(16 * 3600),
    Duration::from_secs(24 * 3600),
];
/// What waits behind a message that nobody was there for waits no longer than this: whoever is back is found soon.
const BEHIND: Duration = Duration::from_secs(3600);
/// The longest that a receiver may ask for.
const ASKED: Duration = Duration::from_secs(6 * 3600);

fn at(step: i64) -> Option<Duration> {
    WAITS.get(usize::try_from(step).ok()?).copied()
}

/// The wait after this many tries, a tenth more or less by chance, and no shorter than the receiver asked for; none: it
/// is given up.
pub fn after(tries: i64, asked: Option<u64>) -> Option<Duration> {
    let wait = at(tries.saturating_sub(1).max(0))?.mul_f64(rand::rng().random_range(0.9..1.1));
    Some(wait.max(asked.map_or(Duration::ZERO, Duration::from_secs).min(ASKED)))
}

/// How long everything else for an endpoint waits when nobody was there, for this many times in a row.
pub fn behind(failures: i64) -> Duration {
    at(failures.max(0)).unwrap_or(BEHIND).min(BEHIND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_for_three_days_and_then_given_up() {
        let all: Duration = WAITS.iter().sum();
        assert!(all > Duration::from_secs(71 * 3600) && all <= Duration::from_secs(72 * 3600), "{all:?}");
        assert!(WAITS.is_sorted());
        for tries in 1..=10 {
            let wait = after(tries, None).unwrap();
            let base = at(tries - 1).unwrap();
            assert!(wait >= base.mul_f64(0.9) && wait <= base.mul_f64(1.1), "{tries}: {wait:?}");
        }
        assert_eq!(after(11, None), None);
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_any() {
        assert_eq!(after(1, Some(600)), Some(Duration::from_secs(600)));
        assert_eq!(after(1, Some(u64::MAX)), Some(ASKED));
        assert!(after(4, Some(1)).unwrap() > Duration::from_secs(1500));
        assert_eq!((behind(0), behind(99)), (Duration::from_secs(10), BEHIND));
    }
}
