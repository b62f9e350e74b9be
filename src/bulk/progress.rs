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
        let rate = self.rate();
        if rate <= 0.0 {
            return None;
        }
        Duration::try_from_secs_f64(left as f64 / rate).ok()
    }
}
