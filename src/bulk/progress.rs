//! The progress of a run.

use std::time::Duration;

use super::Summary;

/// The progress of a run, passed to [`on_progress`](super::Bulk::on_progress) after each row.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// The rows so far.
    pub summary: Summary,
    /// The number of rows, if the iterator knows it and the run is not a shard.
    pub total: Option<u64>,
    /// The time since the run started.
    pub elapsed: Duration,
}

impl Progress {
    /// Returns the number of rows that have been reported.
    #[inline]
    pub fn done(&self) -> u64 {
        self.summary.total()
    }

    /// Returns the number of rows that failed or whose outcome is unknown.
    #[inline]
    pub fn failed(&self) -> u64 {
        self.summary.failed + self.summary.unknown
    }

    /// Returns the rows per second of this run, without those that an earlier run finished.
    #[expect(clippy::cast_precision_loss, reason = "a rate is no count")]
    #[inline]
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        let rows = self.done().saturating_sub(self.summary.from_journal);
        if seconds > 0.0 { rows as f64 / seconds } else { 0.0 }
    }

    /// Returns the estimated time left. `None` if the number of rows or the rate is not known.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    #[inline]
    pub fn time_left(&self) -> Option<Duration> {
        let left = self.total?.saturating_sub(self.done());
        if left == 0 {
            return Some(Duration::ZERO);
        }
        let rate = self.rate();
        if rate <= 0.0 {
            return None;
        }
        Duration::try_from_secs_f64(left as f64 / rate).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_known_at_the_end_and_where_there_is_a_rate() {
        let progress = |done: u64, from_journal: u64, total: Option<u64>, seconds: u64| Progress {
            summary: Summary { created: done, from_journal, ..Summary::default() },
            total,
            elapsed: Duration::from_secs(seconds),
        };
        assert_eq!(progress(10, 0, Some(30), 5).time_left(), Some(Duration::from_secs(10)));
        assert_eq!(progress(10, 10, Some(30), 5).time_left(), None, "nothing was done by this run");
        assert_eq!(progress(30, 30, Some(30), 5).time_left(), Some(Duration::ZERO));
        assert_eq!(progress(10, 0, None, 5).time_left(), None);
        assert!(progress(1, 0, Some(u64::MAX), u64::MAX).time_left().is_none(), "longer than any duration");
    }
}
