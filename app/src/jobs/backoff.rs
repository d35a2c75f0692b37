//! How long to wait before the next try.

use std::time::Duration;

use rand::RngExt as _;

/// After the first failure.
const FIRST: Duration = Duration::from_secs(30);
/// At most.
const LONGEST: Duration = Duration::from_secs(6 * 3600);

/// The wait after this many attempts: doubled each time, up to six hours.
fn base(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 16)).unwrap_or(0);
    FIRST.saturating_mul(1 << doublings).min(LONGEST)
}

/// The wait after this many attempts, a quarter more or less by chance: what failed together is not tried together.
pub(super) fn wait(attempts: i64) -> Duration {
    base(attempts).mul_f64(rand::rng().random_range(0.75..1.25))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_six_hours() {
        let seconds: Vec<u64> = (1..=12).map(|n| base(n).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600]);
        assert_eq!(base(i64::MAX), LONGEST);
        assert_eq!(base(-1), FIRST);
    }

    #[test]
    fn chance_moves_a_wait_by_a_quarter_at_most() {
        let waits: Vec<Duration> = (0..200).map(|_| wait(2)).collect();
        assert!(waits.iter().all(|w| *w >= Duration::from_secs(45) && *w < Duration::from_secs(75)));
        assert!(waits.windows(2).any(|pair| pair[0] != pair[1]), "not all the same");
    }

    #[test]
    fn a_mail_is_tried_for_more_than_two_days() {
        let total: Duration = (1..super::super::Kind::Mail.max_attempts()).map(base).sum();
        assert!(total > Duration::from_secs(48 * 3600), "{total:?}");
    }
}
