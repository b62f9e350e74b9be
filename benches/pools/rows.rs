//! The rows of the table: what is measured, the comparison, and the target.

use crate::measure::Measured;

/// A job, run in its own process.
pub(crate) struct Job {
    /// Whether it is run by the client or written by hand.
    pub(crate) is_client: bool,
    pub(crate) name: &'static str,
    /// Users.
    pub(crate) size: usize,
}

/// The figure of interest.
#[derive(Clone, Copy)]
pub(crate) enum Figure {
    Wall,
    Cpu,
    /// Operations per second.
    Rate,
    Bytes,
    Peak,
    Requests,
}

pub(crate) enum Reach {
    /// The figure is at most this multiple of the other.
    Ratio(f64),
    /// The figure is at least this multiple of the other.
    AtLeast(f64),
    /// The figure is at most this, and so is the other.
    Most(f64),
    /// It is at most so many bytes more for each further user.
    BytesEach(f64),
}

pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// The comparison.
    pub(crate) other: &'static str,
    pub(crate) base: Job,
    pub(crate) job: Job,
    pub(crate) figures: Vec<(Figure, Reach)>,
    /// The latency of each response in milliseconds.
    pub(crate) latency: u32,
    pub(crate) rounds: usize,
    /// How the client does it.
    pub(crate) how: &'static str,
}

impl Figure {
    pub(crate) fn of(self, job: &Job, measured: &Measured) -> f64 {
        match self {
            Self::Wall => measured.wall,
            Self::Cpu => measured.cpu,
            Self::Rate => job.size as f64 / measured.wall,
            Self::Bytes => measured.bytes / 1e6,
            Self::Peak => measured.peak,
            Self::Requests => measured.requests,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::Cpu => "CPU",
            Self::Rate => "calls",
            Self::Bytes => "bytes",
            Self::Peak => "peak memory",
            Self::Requests => "requests",
        }
    }

    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Wall | Self::Cpu => "s",
            Self::Rate => "/s",
            Self::Bytes => "MB",
            Self::Peak => "MiB",
            Self::Requests => "",
        }
    }
}

fn by_hand(name: &'static str, size: usize) -> Job {
    Job { is_client: false, name, size }
}

fn client(name: &'static str, size: usize) -> Job {
    Job { is_client: true, name, size }
}

pub(crate) fn rows(is_quick: bool) -> Vec<Row> {
    let of = |quick: usize, full: usize| if is_quick { quick } else { full };
    let export = of(20_000, 100_000);
    let slow_export = of(50_000, 100_000);
    let import = of(800, 20_000);
    let (few, many) = (10_000, of(100_000, 1_000_000));
    vec![
        Row {
            name: "export, prefetch(2)",
            other: "by hand",
            base: by_hand("export", export),
            job: client("export, prefetch 2", export),
            figures: vec![(Figure::Wall, Reach::Ratio(0.70))],
            latency: 0,
            rounds: of(5, 11),
            how: "two threads fetch and decode the next pages while the program reads one",
        },
        Row {
            name: "export to NDJSON on disk",
            other: "by hand",
            base: by_hand("export to a file", export),
            job: client("export to a file", export),
            figures: vec![(Figure::Cpu, Reach::Ratio(0.50))],
            latency: 0,
            rounds: of(5, 11),
            how: "the text of each user is found in the response and written; nothing but the id is decoded",
        },
        Row {
            name: "`export` to NDJSON on disk",
            other: "by hand",
            base: by_hand("export to a file", export),
            job: client("export by its method", export),
            figures: vec![(Figure::Cpu, Reach::Ratio(0.50))],
            latency: 0,
            rounds: of(5, 11),
            how: "the same; each text is searched for secrets, which are left out",
        },
        Row {
            name: "export, 20 ms, prefetch(8)",
            other: "by hand",
            base: by_hand("export", slow_export),
            job: client("export, prefetch 8", slow_export),
            figures: vec![(Figure::Wall, Reach::Ratio(0.15))],
            latency: 20,
            rounds: of(1, 5),
            how: "each response takes 20 ms; eight requests are under way at the same time; the order stays",
        },
        Row {
            name: "export, select",
            other: "all fields",
            base: client("export", export),
            job: client("export, two fields", export),
            figures: vec![(Figure::Bytes, Reach::Ratio(0.25)), (Figure::Wall, Reach::Ratio(0.45))],
            latency: 0,
            rounds: of(5, 11),
            how: "the document of `select([Id, Email])` asks for these fields alone",
        },
        Row {
            name: "8 threads, one client",
            other: "an agent for each",
            base: by_hand("threads", of(20_000, 80_000)),
            job: client("threads", of(20_000, 80_000)),
            figures: vec![(Figure::Rate, Reach::AtLeast(0.98))],
            latency: 0,
            rounds: of(5, 11),
            how: "each thread keeps its connection; token and counters are shared",
        },
        Row {
            name: "import with passwords, 20 ms, 8 at a time",
            other: "by hand",
            base: by_hand("import", import),
            job: client("import", import),
            figures: vec![(Figure::Wall, Reach::Ratio(0.14))],
            latency: 20,
            rounds: of(1, 3),
            how: "each response takes 20 ms; eight threads carry out the rows, which are read ahead and reported in order",
        },
        Row {
            name: "batch of 100,000 ids",
            other: "10,000 ids",
            base: client("batch", 10_000),
            job: client("batch", 100_000),
            figures: vec![(Figure::Cpu, Reach::Ratio(11.0))],
            latency: 0,
            rounds: of(3, 11),
            how: "80 ids a request; nothing grows with the number of requests but the answer",
        },
        Row {
            name: "delete_many of 100,000 ids",
            other: "10,000 ids",
            base: client("delete_many", 10_000),
            job: client("delete_many", 100_000),
            figures: vec![(Figure::Cpu, Reach::Ratio(11.0))],
            latency: 0,
            rounds: of(5, 11),
            how: "80 ids a request",
        },
        Row {
            name: if is_quick { "export of 100,000 users" } else { "export of 1,000,000 users" },
            other: "10,000 users",
            base: client("export, prefetch 2", few),
            job: client("export, prefetch 2", many),
            figures: vec![(Figure::Peak, Reach::Most(24.0))],
            latency: 0,
            rounds: of(1, 3),
            how: "a few pages, and 8 to 13 bytes for each user, by which those that come twice are known",
        },
        Row {
            name: if is_quick { "`export` of 100,000 users" } else { "`export` of 1,000,000 users" },
            other: "10,000 users",
            base: client("export by its method", few),
            job: client("export by its method", many),
            figures: vec![(Figure::Peak, Reach::Most(24.0)), (Figure::Peak, Reach::Ratio(1.25))],
            latency: 0,
            rounds: of(1, 3),
            how: "a few pages, and a fixed number of these bytes; the others are in a temporary file",
        },
        Row {
            name: if is_quick { "import of 100,000 users" } else { "import of 1,000,000 users" },
            other: "10,000 users",
            base: client("import without passwords", few),
            job: client("import without passwords", many),
            figures: vec![(Figure::Peak, Reach::Most(24.0))],
            latency: 0,
            rounds: of(1, 3),
            how: "64 rows are under way; the others are not read yet, or reported and forgotten",
        },
        Row {
            name: if is_quick { "plan of 100,000 users" } else { "plan of 1,000,000 users" },
            other: "10,000 users",
            base: client("plan", few),
            job: client("plan", many),
            figures: vec![(Figure::Peak, Reach::BytesEach(64.0))],
            latency: 0,
            rounds: of(1, 3),
            how: "of each row and each user hashes are kept",
        },
        Row {
            name: "plan of 5,000 unchanged users",
            other: "an export",
            base: client("export", 5_000),
            job: client("plan", 5_000),
            figures: vec![(Figure::Requests, Reach::Ratio(1.10))],
            latency: 0,
            rounds: 1,
            how: "all that it needs of the pool is one list",
        },
        Row {
            name: "the same import with a journal",
            other: "without a journal",
            base: client("import", import),
            job: client("import with a journal", import),
            figures: vec![(Figure::Wall, Reach::Ratio(1.05))],
            latency: 20,
            rounds: of(3, 3),
            how: "one thread makes all that waits durable with one sync, ahead of the rows that are sent",
        },
    ]
}
