//! A gibibyte that travels as a mebibyte: what it does to the memory of a process.

use std::io::Write;
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use authing::emulator::Pool;
use authing::transport::UreqTransport;
use flate2::{Compress, Compression, FlushCompress};

use super::fault::{Aim, Ending, Play};
use super::support::{Script, Server, head};

const CHILD: &str = "AUTHING_TEST_BOMB";
const UNPACKED: u64 = 1 << 30;
const MOST: u64 = 100 * 1024;

/// Zeros in gzip, made of one block that stands alone and is repeated.
fn bomb() -> Vec<u8> {
    let block = 1 << 20;
    let mut deflated = Vec::with_capacity(1 << 16);
    let mut compress = Compress::new(Compression::best(), false);
    compress.compress_vec(&vec![0; block], &mut deflated, FlushCompress::Full).unwrap();
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for _ in 0..UNPACKED / block as u64 {
        bomb.extend_from_slice(&deflated);
    }
    bomb
}

/// The most memory that this process has had, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_bomb_of_a_gibibyte_is_an_error_and_takes_no_memory() {
    if std::env::var_os(CHILD).is_some() {
        return detonate();
    }
    let _alone = super::alone();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "bomb::a_bomb_of_a_gibibyte_is_an_error_and_takes_no_memory", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{said}{}", String::from_utf8_lossy(&child.stderr));
    for line in said.lines().filter(|line| line.starts_with("bomb")) {
        println!("{line}");
    }
}

/// The bomb and a client with default limits, in a process of their own.
fn detonate() {
    let bomb = bomb();
    let packed = bomb.len();
    let play = Play::Answer(std::sync::Arc::new(move |_, _| {
        let length = bomb.len().to_string();
        let head = head(200, &[("content-encoding", "gzip"), ("content-length", &length)]);
        ([head, bomb.clone()].concat(), Ending::KeepAlive)
    }));
    let script =
        Script { play, aim: Aim::Operation, times: usize::MAX, carried_out: false, closes: false, tls: None };
    let server = Server::start(Pool::new(), script);
    let client = server.client(UreqTransport::builder().no_proxy().build()).build().unwrap();
    client.users().find().username("nobody").send().unwrap();
    let before = peak();
    server.arm();
    let error = client.users().find().username("nobody").send().unwrap_err();
    assert!(error.is_unexpected_answer(), "{error:?}");
    assert!(error.message().ends_with(" is too large") && error.attempts() == 1, "{error:?}");
    println!("\nbomb: {UNPACKED} bytes packed into {packed}");
    if let (Some(before), Some(after)) = (before, peak()) {
        println!(
            "bomb: peak memory {after} KiB, {before} KiB before (the server's copy of {} KiB included)",
            packed / 1024
        );
        assert!(after < MOST, "{after} KiB");
    }
}

#[test]
fn a_body_that_never_ends_takes_no_memory_either() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let chunk = vec![b' '; 1 << 16];
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&chunk).is_ok() {}
        }
    });
    let pool = Pool::new();
    let transport = UreqTransport::builder().no_proxy().build();
    let client = pool.client_builder().host(host).transport(transport).build().unwrap();
    let error = client.users().find().username("nobody").send().unwrap_err();
    assert!(error.is_unexpected_answer() && error.message().ends_with(" is too large"), "{error:?}");
}
