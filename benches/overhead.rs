//! What a call through the client costs, against the same call written by hand with ureq and serde.
//!
//! Both send the same bytes to the same served pool and read the answer into the same struct. What counts is the CPU time
//! of the calling thread, in alternating batches, so that a noisy machine is noisy for both. Printed is the ratio: client
//! over hand, batch by batch.
//!
//! Run with `cargo bench --bench overhead`; the number of batches is the first argument.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a program"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authing::emulator::Pool;
use authing::transport::{Method, Request, Response, Transport};
use authing::{Client, Page, User};
use cpu_time::ThreadTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const CALLS: [(&str, usize); 4] =
    [("detail", 200), ("find", 200), ("list(limit 10)", 100), ("list(limit 200)", 10)];

fn main() {
    let batches = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(31);
    let pool = Pool::builder().generated_users(1_000, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let client = Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(server.url())
        .build()
        .unwrap();
    let first = client.users().list().send().unwrap().list.remove(0);
    let (id, name) = (first.id, first.username.unwrap());

    println!("{:<16} {:>10} {:>10}   ratio min / median / max", "call", "by hand", "client");
    for (call, repeats) in CALLS {
        let send = |client: &Client| match call {
            "detail" => drop(client.users().detail(&id).send().unwrap()),
            "find" => drop(client.users().find().username(&name).send().unwrap()),
            "list(limit 10)" => drop(client.users().list().limit(10).send().unwrap()),
            _ => drop(client.users().list().limit(200).send().unwrap()),
        };
        let hand = ByHand::of(&pool, &server.url(), &send);
        let by_hand = || match call {
            "detail" => drop(hand.get::<Option<User>>()),
            "find" => drop(hand.post::<Find>()),
            _ => drop(hand.post::<List>()),
        };
        let (mut hands, mut clients, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for batch in 0..=batches {
            let a = batch_time(repeats, &by_hand);
            let b = batch_time(repeats, &|| send(&client));
            // The first batch warms both up.
            if batch > 0 {
                hands.push(a);
                clients.push(b);
                ratios.push(b / a);
            }
        }
        let ratios = sorted(ratios);
        println!(
            "{call:<16} {:>7.1} µs {:>7.1} µs   {:.2} / {:.2} / {:.2}",
            median(&sorted(hands)),
            median(&sorted(clients)),
            ratios[0],
            median(&ratios),
            ratios[ratios.len() - 1],
        );
    }
    println!("connections opened by both: {}, requests: {}", server.connections(), server.requests());
}

/// CPU microseconds a call.
fn batch_time(repeats: usize, call: &dyn Fn()) -> f64 {
    let started = ThreadTime::now();
    (0..repeats).for_each(|_| call());
    started.elapsed().as_secs_f64() * 1e6 / repeats as f64
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

/// The call as somebody would write it who has no client: an agent, a struct for the body, a struct for the answer.
struct ByHand {
    agent: ureq::Agent,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Body>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: String,
    operation_name: String,
    variables: Value,
}

#[derive(Deserialize)]
struct GraphQl<T> {
    data: T,
}

#[derive(Deserialize)]
struct Rest<T> {
    data: T,
}

#[derive(Deserialize)]
struct Find {
    #[serde(rename = "findUser")]
    _user: Option<User>,
}

#[derive(Deserialize)]
struct List {
    #[serde(rename = "users")]
    _page: Page<User>,
}

impl ByHand {
    /// Takes the request from what the client sends.
    fn of(pool: &Pool, host: &str, send: &dyn Fn(&Client)) -> Self {
        let sent: Arc<Mutex<Option<Request>>> = Arc::default();
        let (inner, seen) = (pool.clone(), Arc::clone(&sent));
        let client = pool
            .client_builder()
            .transport(move |request: &Request| -> Result<Response, _> {
                *seen.lock().unwrap() = Some(request.clone());
                inner.send(request)
            })
            .build()
            .unwrap();
        send(&client);
        let request = sent.lock().unwrap().take().unwrap();
        assert!(matches!(request.method(), Method::Get | Method::Post));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(Duration::from_secs(10)))
            .timeout_recv_body(Some(Duration::from_secs(10)))
            .build()
            .new_agent();
        Self {
            agent,
            url: request.url().replace("http://localhost", host),
            headers: request.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: request.body().map(|body| serde_json::from_slice(body).unwrap()),
        }
    }

    fn get<T: DeserializeOwned>(&self) -> T {
        let request = self
            .headers
            .iter()
            .fold(self.agent.get(&self.url), |request, (name, value)| request.header(name, value));
        let mut response = request.call().unwrap();
        let body = response.body_mut().read_to_vec().unwrap();
        serde_json::from_slice::<Rest<T>>(&body).unwrap().data
    }

    fn post<T: DeserializeOwned>(&self) -> T {
        let request = self
            .headers
            .iter()
            .fold(self.agent.post(&self.url), |request, (name, value)| request.header(name, value));
        let body = serde_json::to_vec(self.body.as_ref().unwrap()).unwrap();
        let mut response = request.send(&body[..]).unwrap();
        let body = response.body_mut().read_to_vec().unwrap();
        serde_json::from_slice::<GraphQl<T>>(&body).unwrap().data
    }
}
