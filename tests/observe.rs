//! What a client counts, over real sockets.
#![cfg(feature = "ureq")]

use authing::Client;
use authing::emulator::Pool;

#[test]
fn a_client_counts_its_connections_requests_and_tokens() {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let client = Client::builder().user_pool_id(pool.id()).secret(pool.secret().clone()).host(server.url());
    let client = client.build().unwrap();
    for _ in 0..5 {
        client.users().list().send().unwrap();
    }
    let stats = client.stats();
    assert_eq!(stats.connections_opened, Some(1));
    assert_eq!((stats.calls, stats.requests, stats.token_fetches, stats.retries), (5, 6, 1, 0));
    assert_eq!((server.connections(), server.requests()), (1, 6));
}
