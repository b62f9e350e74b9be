//! How far a run is.

use std::time::Duration;

use super::Summary;

/// How far a run is, as its [`on_progress`](super::Bulk::on_progress) is told after each row.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// The rows so far.
    pub summary: Summary,
    /// How many rows there are, if the iterator knows and the run is not a shard.
    pub total: Option<u64>,
    /// The time since the run began.
    pub elapsed: Duration,
}

impl Progress {
    /// The rows that are accounted for.
    pub fn done(&self) -> u64 {
        self.summary.total()
    }

    /// The rows that failed or whose outcome is unknown.
    pub fn failed(&self) -> u64 {
        self.summary.failed + self.summary.unknown
    }

    /// Rows a second of this run, without those that an earlier run finished.
    #[expect(clippy::cast_precision_loss, reason = "a rate is no count")]
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        let rows = self.done().saturating_sub(self.summary.from_journal);
        if seconds > 0.0 { rows as f64 / seconds } else { 0.0 }
    }

    /// The time left at this rate. `None` as long as the number of rows or the rate is not known.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    pub fn time_left(&self) -> Option<Duration> {
        let left = self.total?.saturating_sub(self.done());
        let rate = self.rate();
        if rate <= 0.0 {
            return None;
        }
        Duration::try_from_secs_f64(left as f64 / rate).ok()
    }
}
