//! Faults × operations: every cell, and what came of it.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use authing::clock::Clock;
use authing::emulator::Pool;
use authing::transport::{Effect, UreqTransport};
use authing::{Client, Error, User};
use rustls::ServerConfig;

use super::fault::{self, Aim, Connections, Fault, Play, Wire};
use super::promise::{Class, Failure, Lasting, RetryAfter, is_retryable, promised};
use super::support::{Script, Server};

const BOB: &str = "5f718016d8e5f7e9d6d3a1b2";
/// On the pool's clock, on which waits take no time.
const DEADLINE: Duration = Duration::from_secs(60);
const SHORT_TIMEOUT: Duration = Duration::from_millis(300);
/// For calls of which one attempt is answered.
const LONGER_TIMEOUT: Duration = Duration::from_millis(900);
const SHORT_DEADLINE: Duration = Duration::from_millis(300);
/// What a busy machine may add to a deadline before a call counts as hanging.
const TOLERANCE: Duration = Duration::from_millis(500);
/// Cells that wait take no time from each other; the others do.
const WAITING_AT_ONCE: usize = 32;
const WORKING_AT_ONCE: usize = 4;

/// One operation of each effect and wire form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Find,
    Detail,
    Update,
    Create,
    /// A create that is looked up if nobody knows whether it happened.
    Reconcile,
}

impl Op {
    pub(crate) const ALL: [Self; 4] = [Self::Find, Self::Detail, Self::Update, Self::Create];

    fn effect(self) -> Effect {
        match self {
            Self::Find | Self::Detail => Effect::Read,
            Self::Update => Effect::Idempotent,
            Self::Create | Self::Reconcile => Effect::Mutation,
        }
    }

    fn wire(self) -> Wire {
        if self == Self::Detail { Wire::Rest } else { Wire::GraphQl }
    }

    /// As the server sees it.
    fn name(self) -> &'static str {
        match self {
            Self::Find => "findUser",
            Self::Detail => "users",
            Self::Update => "updateUser",
            Self::Create | Self::Reconcile => "createUser",
        }
    }

    fn send(self, client: &Client, timeout: Duration, deadline: Duration) -> Result<Option<User>, Error> {
        let users = client.users();
        match self {
            Self::Find => users.find().username("bob").with_timeout(timeout).with_deadline(deadline).send(),
            Self::Detail => users.detail(BOB).with_timeout(timeout).with_deadline(deadline).send(),
            Self::Update => {
                let update = users.update(BOB).nickname("Nicky");
                update.with_timeout(timeout).with_deadline(deadline).send().map(Some)
            }
            Self::Create => {
                let create = users.create().username("alice");
                create.with_timeout(timeout).with_deadline(deadline).send().map(Some)
            }
            Self::Reconcile => {
                let create = users.create().username("alice").with_timeout(timeout).with_deadline(deadline);
                create.reconcile().map(|reconciled| Some(reconciled.into_user()))
            }
        }
    }

    fn creates(self) -> bool {
        matches!(self, Self::Create | Self::Reconcile)
    }
}

/// One combination to be tried.
#[derive(Clone)]
pub(crate) struct Cell {
    pub(crate) fault: Fault,
    pub(crate) op: Op,
    pub(crate) aim: Aim,
    pub(crate) lasting: Lasting,
    pub(crate) fresh: bool,
    pub(crate) tls: Option<(Arc<ServerConfig>, Arc<ServerConfig>)>,
}

/// What came of it.
pub(crate) struct Row {
    title: String,
    outcome: String,
    attempts: usize,
    reached: usize,
    created: usize,
    overshoot: Duration,
    problems: Vec<String>,
}

impl Cell {
    pub(crate) fn plain(fault: &Fault, op: Op, aim: Aim, lasting: Lasting, fresh: bool) -> Self {
        Self { fault: fault.clone(), op, aim, lasting, fresh, tls: None }
    }

    fn title(&self) -> String {
        let connection = if self.fresh { "fresh" } else { "reused" };
        let Self { fault, op, aim, lasting, .. } = self;
        let [op, aim, lasting] = [format!("{op:?}"), format!("{aim:?}"), format!("{lasting:?}")];
        format!("{:<34} {op:<7} {aim:<10} {lasting:<16} {connection:<7}", fault.name)
    }

    /// Tries it with a server, a pool and a client of its own.
    pub(crate) fn run(&self, transport: UreqTransport) -> Row {
        let other = TcpListener::bind("127.0.0.1:0").unwrap();
        other.set_nonblocking(true).unwrap();
        let fault = fault::redirecting_to(&self.fault, other.local_addr().unwrap());
        let pool = Pool::from_seed(&format!(
            r#"{{"version":1,"users":[{{"id":"{BOB}","username":"bob","nickname":"Bob"}}]}}"#
        ))
        .unwrap();
        let server = Server::start(
            pool.clone(),
            Script {
                play: fault.play.clone(),
                aim: self.aim,
                times: if self.lasting == Lasting::Once { 1 } else { usize::MAX },
                carried_out: fault.carried_out,
                closes: self.fresh,
                tls: self.tls.clone(),
            },
        );
        let client = server.client(transport).build().unwrap();
        if self.aim == Aim::Operation {
            // The token is there, and a connection with it unless the server closes them.
            assert!(client.users().detail("nobody").send().unwrap().is_none());
        }
        server.arm();
        let (timeout, deadline) = match (fault.stalls, self.lasting) {
            (true, Lasting::PastTheDeadline) => (DEADLINE, SHORT_DEADLINE),
            (true, Lasting::Once) => (LONGER_TIMEOUT, DEADLINE),
            (true, Lasting::Always) => (SHORT_TIMEOUT, DEADLINE),
            (false, _) => (DEADLINE / 4, DEADLINE),
        };
        let begun = pool.clock().now();
        let result = self.op.send(&client, timeout, deadline);
        let overshoot = (pool.clock().now() - begun).saturating_sub(deadline);

        let mut problems = Vec::new();
        let mut judge = Judge { cell: self, server: &server, problems: &mut problems };
        judge.outcome(&result);
        judge.requests(&result);
        judge.pool_afterwards(&result);
        if was_followed(&other) {
            problems.push("the other host was contacted".to_owned());
        }
        if overshoot > TOLERANCE {
            problems.push(format!("{overshoot:?} past the deadline"));
        }
        let (attempts, reached) = (self.sent(&server), server.carried_out(self.op.name()));
        let created = server.carried_out(Op::Create.name());
        if !matches!(fault.play, Play::Refused) {
            server.disarm();
            match client.users().find().username("bob").send() {
                Ok(Some(user)) if user.id == BOB => {}
                other => problems.push(format!("the client is of no use afterwards: {other:?}")),
            }
        }
        let outcome = match &result {
            Ok(_) => "Ok".to_owned(),
            Err(error) => {
                let happened = if error.may_have_happened() { ", may have happened" } else { "" };
                format!("{:?}{happened}", error.kind())
            }
        };
        Row { title: self.title(), outcome, attempts, reached, created, overshoot, problems }
    }

    /// How often what is aimed at was sent, as the server saw it.
    fn sent(&self, server: &Server) -> usize {
        let is_aimed_at = |name: &str| match (self.aim, self.op) {
            (Aim::Token, _) => name == "accessToken",
            // The look-up is not the create.
            (Aim::Operation, Op::Reconcile) => name == self.op.name(),
            (Aim::Operation, _) => name != "accessToken",
        };
        match self.fault.play {
            // Seen by nobody, or as a connection without a request.
            Play::Refused => 0,
            Play::ResetAtAccept | Play::Handshake(_) | Play::Certificate => {
                let others = server.seen().iter().filter(|seen| !is_aimed_at(&seen.operation)).count();
                server.connections() - others
            }
            Play::Cut(_) | Play::Answer(_) => server
                .seen()
                .iter()
                .filter(|seen| seen.operation == "?" || is_aimed_at(&seen.operation))
                .count(),
        }
    }
}

/// Holds what came of a cell against the promises.
struct Judge<'a> {
    cell: &'a Cell,
    server: &'a Server,
    problems: &'a mut Vec<String>,
}

impl Judge<'_> {
    fn expect(&mut self, holds: bool, problem: impl FnOnce() -> String) {
        if !holds {
            self.problems.push(problem());
        }
    }

    fn failure(&self) -> Option<Failure> {
        let Cell { fault, op, aim, lasting, .. } = self.cell;
        let is_open = matches!(fault.class, Class::Unknown(_) | Class::Unreadable | Class::Partial(_));
        if (*op, *lasting, is_open, fault.carried_out) == (Op::Reconcile, Lasting::Once, true, true) {
            // The look-up finds who was created.
            return None;
        }
        match aim {
            Aim::Operation => promised(fault.class, op.effect(), *lasting).failure,
            // Asking for a token changes nothing, and what needs it has not been sent.
            Aim::Token => {
                let failure = promised(as_of_the_token(fault.class), Effect::Read, *lasting).failure;
                failure.map(|failure| Failure {
                    kind: as_credentials(failure.kind),
                    may_have_happened: Some(false),
                    ..failure
                })
            }
        }
    }

    fn outcome(&mut self, result: &Result<Option<User>, Error>) {
        let effect = self.cell.op.effect();
        let failure = self.failure();
        match (result, failure) {
            (Ok(user), None) => {
                let name = if self.cell.op.creates() { "alice" } else { "bob" };
                let found = user.as_ref().and_then(|user| user.username.as_deref());
                self.expect(found == Some(name), || format!("answered with {found:?}"));
            }
            // Chance may have decided for a request that certainly was not delivered, and then for a success.
            (Ok(_), Some(failure)) if failure.may_have_happened.is_none() => {}
            (Ok(_), Some(failure)) => self.problems.push(format!("succeeded, expected {failure:?}")),
            (Err(error), None) => self.problems.push(format!("failed: {error:?}")),
            (Err(error), Some(failure)) => {
                let happened = failure.may_have_happened.unwrap_or(error.may_have_happened());
                self.expect(error.kind() == failure.kind, || format!("{:?}", error.kind()));
                self.expect(error.may_have_happened() == happened, || {
                    format!("may_have_happened is {}", error.may_have_happened())
                });
                self.expect(error.is_retryable() == is_retryable(failure.kind, effect, happened), || {
                    format!("is_retryable is {}", error.is_retryable())
                });
                let kind = failure.kind;
                self.expect(error.is_timeout() == (kind == authing::ErrorKind::Timeout), || {
                    "is_timeout".into()
                });
                self.expect(error.is_connection() == (kind == authing::ErrorKind::Connection), || {
                    "is_connection".into()
                });
                let waits = match failure.retry_after {
                    RetryAfter::None => error.retry_after().is_none(),
                    RetryAfter::AtLeast(asked) => error.retry_after().is_some_and(|after| after >= asked),
                    RetryAfter::Any => true,
                };
                self.expect(waits, || format!("retry_after is {:?}", error.retry_after()));
                let printed = error.to_string();
                self.expect(!printed.contains('\n') && printed.len() < 500, || {
                    format!("printed as {printed:?}")
                });
            }
        }
    }

    fn requests(&mut self, result: &Result<Option<User>, Error>) {
        let Cell { fault, op, aim, lasting, .. } = self.cell;
        if *op == Op::Reconcile && *lasting != Lasting::Once {
            // The look-up has met the same fault, as often as a read does.
            return;
        }
        let promise = match aim {
            Aim::Operation => promised(fault.class, op.effect(), *lasting),
            Aim::Token => promised(as_of_the_token(fault.class), Effect::Read, *lasting),
        };
        let sent = self.cell.sent(self.server);
        if !matches!(fault.play, Play::Refused) {
            self.expect(promise.attempts.contains(&sent), || {
                format!("sent {sent} times, expected {:?}", promise.attempts)
            });
        }
        if let (Err(error), Aim::Operation) = (result, aim) {
            let attempts = error.attempts() as usize;
            let seen = if matches!(fault.play, Play::Refused) { *promise.attempts.end() } else { sent };
            self.expect(attempts == seen, || format!("says it was sent {attempts} times"));
            let gave_up = attempts < *promise.attempts.end() && fault.class == Class::PerhapsDelivered;
            self.expect(!gave_up || error.may_have_happened(), || "gave up for no reason".to_owned());
        }
        let seen = self.server.seen();
        let pauses = seen.windows(2).map(|two| two[1].at - two[0].at);
        let shortest = pauses.filter(|_| *aim == Aim::Operation).min();
        self.expect(shortest.is_none_or(|shortest| shortest >= promise.pause), || {
            format!("sent again after {shortest:?}")
        });
        let tokens = seen.iter().filter(|seen| seen.operation == "accessToken").count();
        let expected = usize::from(fault.class == Class::TokenRejected);
        self.expect(*aim == Aim::Token || tokens == expected, || format!("{tokens} token requests"));
    }

    fn pool_afterwards(&mut self, result: &Result<Option<User>, Error>) {
        let Cell { op, .. } = self.cell;
        let reached = self.server.carried_out(op.name());
        let users = self.server.pool.client().users();
        let alice = users.find().username("alice").send().unwrap();
        let nickname = users.find().username("bob").send().unwrap().and_then(|bob| bob.nickname);
        let changed = match op {
            Op::Find | Op::Detail => false,
            Op::Update => nickname.as_deref() == Some("Nicky"),
            Op::Create | Op::Reconcile => alice.is_some(),
        };
        self.expect(changed == (reached > 0 && op.effect() != Effect::Read), || {
            format!("reached the pool {reached} times, and changed it: {changed}")
        });
        self.expect(!op.creates() || reached <= 1, || format!("created {reached} times"));
        match result {
            Ok(_) => self.expect(reached > 0, || "succeeded without the pool".to_owned()),
            Err(error) => self.expect(!changed || error.may_have_happened(), || {
                "changed the pool, and the error does not say that it may have".to_owned()
            }),
        }
        if !op.creates() {
            self.expect(alice.is_none(), || "created somebody".to_owned());
        }
    }
}

/// There is no token yet that could be replaced.
fn as_of_the_token(class: Class) -> Class {
    match class {
        Class::TokenRejected => Class::Answered(authing::ErrorKind::Authentication),
        Class::Partial(kind) => Class::Answered(kind),
        class => class,
    }
}

/// A refusal to give a token is one of the credentials, unless the host does not know the query.
fn as_credentials(kind: authing::ErrorKind) -> authing::ErrorKind {
    use authing::ErrorKind::{
        Authentication, InvalidInput, NotFound, PermissionDenied, Refused, UnexpectedAnswer,
    };
    match kind {
        InvalidInput => UnexpectedAnswer,
        NotFound | PermissionDenied | Refused => Authentication,
        kind => kind,
    }
}

/// Runs cells in parallel, prints them as a table and fails if one is not as promised.
pub(crate) fn run(title: &str, cells: Vec<Cell>, transport: impl Fn() -> UreqTransport + Sync) {
    let begun = Instant::now();
    let again = cells.clone();
    let rows = Mutex::new(Vec::new());
    let (waiting, working): (Vec<_>, Vec<_>) =
        cells.into_iter().enumerate().partition(|(_, cell)| cell.fault.stalls);
    for (cells, at_once) in [(working, WORKING_AT_ONCE), (waiting, WAITING_AT_ONCE)] {
        let cells = Mutex::new(VecDeque::from(cells));
        thread::scope(|scope| {
            for _ in 0..at_once {
                scope.spawn(|| {
                    loop {
                        let Some((index, cell)) = cells.lock().unwrap().pop_front() else { return };
                        let row = cell.run(transport());
                        rows.lock().unwrap().push((index, row));
                    }
                });
            }
        });
    }
    let mut rows = rows.into_inner().unwrap();
    rows.sort_by_key(|(index, _)| *index);
    // A machine that is busy elsewhere can use up a short timeout by itself. Cells that have one get a second
    // try, alone; but what was done twice was done twice, and what goes wrong everywhere is not the machine's
    // fault.
    let mut repeated = 0;
    let is_rare = rows.iter().filter(|(_, row)| !row.problems.is_empty()).count() <= 10;
    for (index, row) in &mut rows {
        let second = again.get(*index).filter(|cell| is_rare && cell.fault.stalls);
        if let (Some(cell), false, 0..=1) = (second, row.problems.is_empty(), row.created) {
            println!("again: {}: {}", row.title, row.problems.join("; "));
            *row = cell.run(transport());
            repeated += 1;
        }
    }
    println!("\n{title}");
    println!("{:<78} {:<38} sent carried out", "fault, operation, aimed at, lasting, connection", "outcome");
    for (_, row) in &rows {
        let verdict = if row.problems.is_empty() { "" } else { "  BROKEN" };
        println!("{:<78} {:<38} {:>4} {:>11}{verdict}", row.title, row.outcome, row.attempts, row.reached);
    }
    let broken: Vec<_> = rows.iter().filter(|(_, row)| !row.problems.is_empty()).collect();
    for (_, row) in &broken {
        println!("BROKEN {}: {}", row.title, row.problems.join("; "));
    }
    println!("cells: {} ({repeated} of them tried twice)", rows.len());
    println!("cells that are not as promised: {}", broken.len());
    println!("duplicated creates: {}", rows.iter().filter(|(_, row)| row.created > 1).count());
    println!("hangs past the deadline: {}", rows.iter().filter(|(_, row)| row.overshoot > TOLERANCE).count());
    println!(
        "worst deadline overshoot: {:?}",
        rows.iter().map(|(_, row)| row.overshoot).max().unwrap_or_default()
    );
    println!("time: {:.1?}", begun.elapsed());
    assert!(broken.is_empty(), "{} of {} cells are not as promised", broken.len(), rows.len());
}

/// Every cell of the faults that a plain server can play.
fn cells(aim: Aim, ops: &[Op]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for fault in fault::all() {
        for op in ops.iter().copied() {
            let wire = if aim == Aim::Token { Wire::GraphQl } else { op.wire() };
            let needs_a_body = fault.name.ends_with("half the body");
            if fault.only.is_some_and(|only| only != wire) || (needs_a_body && wire == Wire::Rest) {
                continue;
            }
            if aim == Aim::Token && fault.spares_the_token {
                continue;
            }
            let mut lasting = vec![Lasting::Always];
            if !matches!(fault.play, Play::Refused) {
                lasting.push(Lasting::Once);
            }
            if fault.stalls {
                lasting.push(Lasting::PastTheDeadline);
            }
            for lasting in lasting {
                for fresh in [false, true] {
                    let is_possible = match fault.connections {
                        Connections::Both => aim == Aim::Operation || fresh,
                        Connections::Fresh => fresh,
                        Connections::Reused => !fresh,
                    };
                    if is_possible {
                        cells.push(Cell::plain(&fault, op, aim, lasting, fresh));
                    }
                }
            }
        }
    }
    cells
}

pub(crate) fn transport() -> UreqTransport {
    UreqTransport::builder().no_proxy().max_body(1 << 20).build()
}

#[test]
fn every_operation_keeps_its_promises_under_every_fault() {
    let _alone = super::alone();
    run("Faults of the operation", cells(Aim::Operation, &Op::ALL), transport);
}

#[test]
fn a_token_that_cannot_be_had_is_an_error_and_nothing_is_sent() {
    let _alone = super::alone();
    run("Faults of the token query", cells(Aim::Token, &[Op::Find, Op::Create]), transport);
}

#[test]
fn a_create_that_is_reconciled_finds_who_is_there_and_creates_nobody_twice() {
    let _alone = super::alone();
    run("Faults of a create that is reconciled", cells(Aim::Operation, &[Op::Reconcile]), transport);
}

/// Returns whether a redirect to this address was followed. A connection alone does not show that: the port may
/// have been that of another test before, whose client still tries it.
fn was_followed(address: &TcpListener) -> bool {
    while let Ok((mut connection, _)) = address.accept() {
        connection.set_nonblocking(false).unwrap();
        connection.set_read_timeout(Some(SHORT_TIMEOUT)).unwrap();
        let mut request = [0; 1024];
        let length = connection.read(&mut request).unwrap_or(0);
        if String::from_utf8_lossy(&request[..length]).contains("/elsewhere") {
            return true;
        }
    }
    false
}

#[test]
fn a_redirect_that_is_followed_is_noticed_and_another_connection_is_none() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    drop(TcpStream::connect(address).unwrap());
    assert!(!was_followed(&listener));
    let mut connection = TcpStream::connect(address).unwrap();
    connection.write_all(b"GET /elsewhere HTTP/1.1\r\n").unwrap();
    assert!(was_followed(&listener));
}
