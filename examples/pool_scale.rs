//! Measures a large emulated pool: its start, its memory, and how response times depend on its size.
//!
//! ```text
//! cargo run --release --example pool_scale -- [USERS]
//! ```

#![allow(clippy::print_stdout, reason = "it prints its results")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use authing::emulator::Pool;
use authing::transport::{Method, Request, Transport};
use serde_json::{Value, json};

const FIELDS: &str = "id arn userPoolId status username email emailVerified phone phoneVerified unionid openid nickname \
    registerSource photo password oauth token tokenExpiredAt loginsCount lastLogin lastIP signedUp blocked isDeleted \
    device browser company name givenName familyName middleName profile preferredUsername website gender birthdate \
    zoneinfo locale address formatted streetAddress locality region postalCode city province country createdAt updatedAt \
    externalId identities { openid userIdInIdp userId connectionId isSocial provider type userPoolId }";

fn main() -> Result<()> {
    let users = match std::env::args().nth(1) {
        Some(users) => users.parse().context("the number of users")?,
        None => 1_000_000,
    };
    println!("{:>9} users{:>16}{:>16}", "", 1000, users);
    let small = Measured::new(1000)?;
    let large = Measured::new(users)?;
    print("start", &[small.start, large.start]);
    println!("{:<15}{:>13} MiB{:>12} MiB", "resident", small.resident / 1024, large.resident / 1024);
    let rows: [(&str, Measure); 7] = [
        ("detail", Measured::detail),
        ("find username", Measured::find_username),
        ("find email", Measured::find_email),
        ("list first 10", |pool| pool.list(1, 10)),
        ("list middle 10", |pool| pool.list(pool.users / 20, 10)),
        ("list first 200", |pool| pool.list(1, 200)),
        ("served list 200", Measured::served),
    ];
    for (name, measure) in rows {
        print(name, &[measure(&small)?, measure(&large)?]);
    }
    Ok(())
}

type Measure = fn(&Measured) -> Result<Duration>;

fn print(name: &str, times: &[Duration]) {
    print!("{name:<15}");
    for time in times {
        print!("{:>13.1} µs ", time.as_secs_f64() * 1e6);
    }
    println!();
}

struct Measured {
    pool: Pool,
    users: usize,
    token: String,
    start: Duration,
    /// In KiB.
    resident: usize,
    username: String,
    email: String,
    id: String,
}

impl Measured {
    fn new(users: usize) -> Result<Self> {
        let started = Instant::now();
        let pool = Pool::builder().generated_users(users, 1).build();
        let start = started.elapsed();
        let mut measured = Self {
            pool,
            users,
            token: String::new(),
            start,
            resident: resident().unwrap_or(0),
            username: String::new(),
            email: String::new(),
            id: String::new(),
        };
        let secret = measured.pool.secret().expose().to_owned();
        let answer = measured.ask(
            "query ($id: String!, $secret: String!) { accessToken(userPoolId: $id, secret: $secret) { accessToken } }",
            &json!({ "id": measured.pool.id(), "secret": secret }),
        )?;
        measured.token = text(&answer, "/data/accessToken/accessToken")?;
        let query = "query ($page: Int) { users(page: $page, limit: 1) { list { id username email } } }";
        let answer = measured.ask(query, &json!({ "page": users / 2 }))?;
        measured.id = text(&answer, "/data/users/list/0/id")?;
        measured.username = text(&answer, "/data/users/list/0/username")?;
        measured.email = text(&answer, "/data/users/list/0/email")?;
        Ok(measured)
    }

    fn send(&self, method: Method, path: &str, body: Option<String>) -> Result<Vec<u8>> {
        let mut request = Request::new(method, format!("http://pool{path}"))
            .with_header("authorization", format!("Bearer {}", self.token));
        if let Some(body) = body {
            request = request.with_body(body);
        }
        Ok(self.pool.send(&request)?.into_body())
    }

    fn ask(&self, query: &str, variables: &Value) -> Result<Value> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        Ok(serde_json::from_slice(&self.send(Method::Post, "/graphql/v2", Some(body))?)?)
    }

    fn time(mut call: impl FnMut() -> Result<()>) -> Result<Duration> {
        const ROUNDS: u32 = 200;
        call()?;
        let started = Instant::now();
        for _ in 0..ROUNDS {
            call()?;
        }
        Ok(started.elapsed() / ROUNDS)
    }

    fn detail(&self) -> Result<Duration> {
        Self::time(|| self.send(Method::Get, &format!("/api/v2/users/{}", self.id), None).map(drop))
    }

    fn graphql(&self, query: &str, variables: &Value) -> Result<Duration> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let answer = self.send(Method::Post, "/graphql/v2", Some(body.clone()))?;
        anyhow::ensure!(
            !String::from_utf8_lossy(&answer).contains("errors"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        Self::time(|| self.send(Method::Post, "/graphql/v2", Some(body.clone())).map(drop))
    }

    fn find_username(&self) -> Result<Duration> {
        let query = format!("query ($x: String) {{ findUser(username: $x) {{ {FIELDS} }} }}");
        self.graphql(&query, &json!({ "x": self.username }))
    }

    fn find_email(&self) -> Result<Duration> {
        let query = format!("query ($x: String) {{ findUser(email: $x) {{ {FIELDS} }} }}");
        self.graphql(&query, &json!({ "x": self.email }))
    }

    fn list(&self, page: usize, limit: usize) -> Result<Duration> {
        self.graphql(&list(), &json!({ "page": page, "limit": limit }))
    }

    /// A page of two hundred over a socket, including headers.
    fn served(&self) -> Result<Duration> {
        let server = self.pool.serve("127.0.0.1:0")?;
        let mut stream = TcpStream::connect(server.addr())?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::with_capacity(1 << 16, stream.try_clone()?);
        let body = json!({ "query": list(), "variables": { "page": 1, "limit": 200 } }).to_string();
        let head = format!(
            "POST /graphql/v2 HTTP/1.1\r\nhost: pool\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
            self.token,
            body.len()
        );
        let request = format!("{head}{body}");
        let mut answer = Vec::new();
        Self::time(|| {
            stream.write_all(request.as_bytes())?;
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line)?;
                if let Some(value) = line.strip_prefix("content-length: ") {
                    length = value.trim().parse()?;
                }
                if line == "\r\n" {
                    break;
                }
            }
            answer.resize(length, 0);
            reader.read_exact(&mut answer)?;
            Ok(())
        })
    }
}

fn list() -> String {
    format!(
        "query ($page: Int, $limit: Int) {{ users(page: $page, limit: $limit) {{ totalCount list {{ {FIELDS} }} }} }}"
    )
}

fn text(value: &Value, pointer: &str) -> Result<String> {
    Ok(value
        .pointer(pointer)
        .and_then(Value::as_str)
        .with_context(|| format!("{pointer} in {value}"))?
        .to_owned())
}

/// The resident memory of the process in KiB, if the system reports it.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?
        .trim()
        .strip_suffix(" kB")?
        .trim()
        .parse()
        .ok()
}
