//! A service that returns prepared bytes, in a process of its own.
//!
//! One thread for each connection. A URL begins with the number of users and the latency of each response in
//! milliseconds, as in `/100000/20/graphql/v2`. A response contains the fields that the document requests.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::template::Template;

type Templates = Arc<Mutex<HashMap<Vec<u8>, Arc<Template>>>>;

/// Serves until the input ends.
pub(crate) fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let templates = Templates::default();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let templates = Arc::clone(&templates);
            // An error is a client that disconnects.
            thread::spawn(move || Connection::new(stream?, templates)?.answer());
        }
    });
    io::stdin().lines().for_each(drop);
}

struct Connection {
    stream: TcpStream,
    input: Vec<u8>,
    output: Vec<u8>,
    templates: Templates,
    /// The template of the last document.
    template: Option<(Vec<u8>, Arc<Template>)>,
}

impl Connection {
    fn new(stream: TcpStream, templates: Templates) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream, input: Vec::new(), output: Vec::new(), templates, template: None })
    }

    fn answer(mut self) -> io::Result<()> {
        while let Some(head) = self.read()? {
            let input = std::mem::take(&mut self.input);
            let (head, body) = input.split_at(head);
            let line = std::str::from_utf8(head).unwrap().lines().next().unwrap();
            let path = line.split(' ').nth(1).unwrap();
            let mut parts = path.splitn(4, '/').skip(1);
            let mut number = || parts.next().unwrap().parse::<u64>().unwrap();
            let (users, latency) = (number(), number());
            self.output.clear();
            // The length is written when it is known.
            self.output
                .extend_from_slice(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ");
            let length_at = self.output.len();
            self.output.extend_from_slice(b"0000000000\r\n\r\n");
            let begin = self.output.len();
            self.write_body(parts.next().unwrap(), body, users);
            let length = format!("{:010}", self.output.len() - begin);
            self.output[length_at..length_at + 10].copy_from_slice(length.as_bytes());
            if latency > 0 {
                thread::sleep(Duration::from_millis(latency));
            }
            self.stream.write_all(&self.output)?;
            self.input = input;
        }
        Ok(())
    }

    /// Reads a request. Returns the length of its head.
    fn read(&mut self) -> io::Result<Option<usize>> {
        self.input.clear();
        let mut piece = [0; 16 * 1024];
        loop {
            if let Some(head) = position(&self.input, b"\r\n\r\n") {
                let length = content_length(&self.input[..head]);
                if self.input.len() >= head + 4 + length {
                    return Ok(Some(head + 4));
                }
            }
            match self.stream.read(&mut piece)? {
                0 => return Ok(None),
                length => self.input.extend_from_slice(&piece[..length]),
            }
        }
    }

    fn write_body(&mut self, path: &str, body: &[u8], users: u64) {
        if path.ends_with(".well-known") {
            let key =
                json!({"code": 200, "message": "ok", "data": {"publicKey": authing::DEFAULT_PUBLIC_KEY}});
            return self.output.extend_from_slice(key.to_string().as_bytes());
        }
        let has = |text: &str| position(body, text.as_bytes()).is_some();
        if has("accessToken(") {
            let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
            let token = json!({"accessToken": "a-token", "iat": now, "exp": now + 1_296_000});
            let data = json!({"data": {"accessToken": token}}).to_string();
            self.output.extend_from_slice(data.as_bytes());
        } else if has("deleteUsers(") {
            self.output.extend_from_slice(br#"{"data":{"deleteUsers":{"code":200,"message":"ok"}}}"#);
        } else if has("createUser(") {
            self.one("createUser", body);
        } else if has("findUser(") {
            self.one("findUser", body);
        } else if has("userBatch(") {
            let at = position(body, br#""ids":["#).unwrap();
            let ids = body[at + 7..].split(|byte| *byte == b']').next().unwrap();
            let ids = std::str::from_utf8(ids).unwrap().split('"').skip(1).step_by(2);
            let numbers = ids.map(|id| u32::from_str_radix(&id[16..], 16).unwrap());
            self.list(r#"{"data":{"userBatch":["#, "]}}", body, numbers);
        } else {
            let (page, limit) = (variable(body, "page"), variable(body, "limit"));
            let head = format!(r#"{{"data":{{"users":{{"totalCount":{users},"list":["#);
            let first = (page - 1).saturating_mul(limit).min(users);
            let numbers = first..(first + limit).min(users);
            self.list(&head, "]}}}", body, numbers.map(|number| u32::try_from(number).unwrap()));
        }
    }

    /// Returns the user whose number is in the username.
    fn one(&mut self, root: &str, body: &[u8]) {
        let at = position(body, br#""username":"user-"#).unwrap() + 17;
        let number = decimal(&body[at..]);
        let head = format!(r#"{{"data":{{"{root}":"#);
        self.list(&head, "}}", body, std::iter::once(u32::try_from(number).unwrap()));
    }

    fn list(&mut self, head: &str, tail: &str, body: &[u8], numbers: impl Iterator<Item = u32>) {
        let template = self.template(body);
        self.output.extend_from_slice(head.as_bytes());
        for (index, number) in numbers.enumerate() {
            if index > 0 {
                self.output.push(b',');
            }
            template.write(number, &mut self.output);
        }
        self.output.extend_from_slice(tail.as_bytes());
    }

    fn template(&mut self, body: &[u8]) -> Arc<Template> {
        let at = position(body, br#""query":""#).unwrap() + 9;
        let document = body[at..].split(|byte| *byte == b'"').next().unwrap();
        match &self.template {
            Some((known, template)) if known == document => Arc::clone(template),
            _ => {
                let mut templates = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
                let make = || Arc::new(Template::new(std::str::from_utf8(document).unwrap()));
                let template = Arc::clone(templates.entry(document.to_vec()).or_insert_with(make));
                self.template = Some((document.to_vec(), Arc::clone(&template)));
                template
            }
        }
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

fn content_length(head: &[u8]) -> usize {
    let head = std::str::from_utf8(head).unwrap();
    let line = head.lines().filter_map(|line| line.split_once(':'));
    line.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map(|(_, length)| length.trim().parse().unwrap())
        .next()
        .unwrap_or(0)
}

fn variable(body: &[u8], name: &str) -> u64 {
    let name = format!(r#""{name}":"#);
    decimal(&body[position(body, name.as_bytes()).unwrap() + name.len()..])
}

fn decimal(bytes: &[u8]) -> u64 {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}
