//! The cost of one job in one process.

use std::fmt;
use std::time::Instant;

use cpu_time::ProcessTime;

/// The cost of a job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// Wall-clock seconds.
    pub(crate) wall: f64,
    /// CPU seconds of the whole process.
    pub(crate) cpu: f64,
    /// The peak memory of the process in MiB, beyond that of the idle process.
    pub(crate) peak: f64,
    /// Bytes of the response bodies, if known.
    pub(crate) bytes: f64,
    /// Requests, if known.
    pub(crate) requests: f64,
}

/// As text, to pass it between processes.
impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wall, cpu, peak, bytes, requests } = self;
        write!(f, "{wall} {cpu} {peak} {bytes} {requests}")
    }
}

impl Measured {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
        let [wall, cpu, peak, bytes, requests] = numbers.try_into().ok()?;
        Some(Self { wall, cpu, peak, bytes, requests })
    }
}

/// Starts when the process is ready for the work.
pub(crate) struct Meter {
    idle: f64,
    cpu: ProcessTime,
    wall: Instant,
}

impl Meter {
    pub(crate) fn start() -> Self {
        Self { idle: peak_memory(), cpu: ProcessTime::now(), wall: Instant::now() }
    }

    pub(crate) fn stop(self) -> Measured {
        Measured {
            wall: self.wall.elapsed().as_secs_f64(),
            cpu: self.cpu.elapsed().as_secs_f64(),
            peak: peak_memory() - self.idle,
            bytes: 0.0,
            requests: 0.0,
        }
    }
}

/// Returns the peak memory of this process in MiB.
fn peak_memory() -> f64 {
    // On systems other than Linux, the rows of memory are 0.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
