//! One client in many threads, over real sockets: what the server counts.

use std::sync::Barrier;
use std::thread;

use authing::emulator::{Pool, Server};
use authing::transport::UreqTransport;
use authing::{Client, ClientBuilder};

use crate::support::Log;

const THREADS: usize = 64;

fn settings(pool: &Pool, server: &Server, log: &Log) -> ClientBuilder {
    Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(server.url())
        .transport(log.before(UreqTransport::builder().no_proxy().build()))
}

#[test]
fn a_first_call_on_64_threads_fetches_one_token_over_at_most_64_connections() {
    let pool = Pool::builder().generated_users(10, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let log = Log::default();
    let client = settings(&pool, &server, &log).build().unwrap();
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let client = client.clone();
            scope.spawn(|| {
                let client = client;
                barrier.wait();
                assert_eq!(client.users().list().limit(3).send().unwrap().list.len(), 3);
            });
        }
    });
    println!(
        "{THREADS} threads: {} token requests, {} requests at the server, {} connections",
        log.count("accessToken"),
        server.requests(),
        server.connections()
    );
    assert_eq!(log.count("accessToken"), 1);
    assert_eq!(server.requests(), THREADS + 1, "nothing but that token and the calls reached the server");
    assert!(server.connections() <= THREADS, "{} connections", server.connections());
}

#[test]
fn a_first_password_on_many_threads_asks_for_the_key_once() {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let log = Log::default();
    let client = settings(&pool, &server, &log).build().unwrap();
    let barrier = Barrier::new(8);
    thread::scope(|scope| {
        for number in 0..8 {
            let (client, barrier) = (&client, &barrier);
            scope.spawn(move || {
                barrier.wait();
                client.users().create().username(number.to_string()).password("123456").send().unwrap();
            });
        }
    });
    assert_eq!((log.count("wellKnown"), log.count("accessToken"), log.count("createUser")), (1, 1, 8));
    assert_eq!(server.requests(), 10);
}

#[test]
fn calls_one_after_another_are_one_request_each_over_one_connection() {
    let pool = Pool::builder().generated_users(300, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let client = settings(&pool, &server, &Log::default()).build().unwrap();
    let users = client.users();
    let id = users.list().limit(1).send().unwrap().list.remove(0).id;
    assert_eq!(server.requests(), 2, "the token and the call");
    let calls: [&dyn Fn(); 6] = [
        &|| drop(users.detail(&id).send().unwrap().unwrap()),
        &|| drop(users.find().username("nobody").send().unwrap()),
        &|| drop(users.list().limit(200).send().unwrap()),
        &|| drop(users.search("a").send().unwrap()),
        &|| drop(users.batch([&id]).send().unwrap()),
        &|| drop(users.update(&id).nickname("N").send().unwrap()),
    ];
    for call in calls.iter().cycle().take(60) {
        let before = server.requests();
        call();
        assert_eq!(server.requests(), before + 1);
    }
    println!("62 requests over {} connection", server.connections());
    assert_eq!((server.requests(), server.connections()), (62, 1));
}
