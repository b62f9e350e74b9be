//! Calls from inside an async program, and the storm that a client must not make.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use authing::emulator::Pool;
use authing::transport::{Delivered, Request, Response, TransportError, TransportErrorKind, UreqTransport};

#[test]
fn a_call_works_on_the_worker_of_a_runtime_and_in_its_blocking_pool() {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let transport = UreqTransport::builder().no_proxy().build();
    let client = pool.client_builder().host(server.url()).transport(transport).build().unwrap();
    let multi = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let current = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut number = 0;
    let mut create = || {
        number += 1;
        let (client, name) = (client.clone(), format!("user-{number}"));
        move || client.users().create().username(name).send().map(|user| user.id)
    };
    for runtime in [multi, current] {
        let (on_worker, blocking, here) = (create(), create(), create());
        runtime.block_on(async {
            tokio::spawn(async move { on_worker() }).await.unwrap().unwrap();
            tokio::task::spawn_blocking(blocking).await.unwrap().unwrap();
            here().unwrap();
            // A client may be made and dropped there too, with the server that it talks to.
            let pool = Pool::new();
            let server = pool.serve("127.0.0.1:0").unwrap();
            let transport = UreqTransport::builder().no_proxy().build();
            let client = pool.client_builder().host(server.url()).transport(transport).build().unwrap();
            client.users().create().username("alice").send().unwrap();
        });
    }
    assert_eq!(client.users().list().send().unwrap().total_count, 6);
}

#[test]
fn ten_thousand_calls_that_all_fail_send_at_most_a_fifth_more() {
    for delivered in [Delivered::No, Delivered::Maybe] {
        let pool = Pool::new();
        let sent = Arc::new(AtomicUsize::new(0));
        let (count, tokens) = (Arc::clone(&sent), pool.clone());
        let client = pool
            .client_builder()
            .transport(move |request: &Request| -> Result<Response, TransportError> {
                if request.operation() == "accessToken" {
                    return authing::transport::Transport::send(&tokens, request);
                }
                count.fetch_add(1, Ordering::Relaxed);
                Err(TransportError::new(TransportErrorKind::Interrupted, delivered))
            })
            .build()
            .unwrap();
        for _ in 0..10_000 {
            assert!(client.users().find().username("bob").send().is_err());
        }
        let sent = sent.load(Ordering::Relaxed);
        println!("10,000 calls that fail ({delivered:?} delivered): {sent} requests");
        assert!((10_000..=12_100).contains(&sent), "{sent}");
    }
}
