//! The same work written by hand: loops over the calls of the peer.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::thread;

use crate::measure::{Measured, Meter};
use crate::peer::Peer;
use crate::{Place, Side, THREADS, username};

pub(crate) fn run(job: &str, size: usize, place: &Place) -> Measured {
    match job {
        "export" => {
            let peer = Peer::new(place);
            let meter = Meter::start();
            assert_eq!(peer.export(), size);
            meter.stop()
        }
        "export to a file" => {
            let peer = Peer::new(place);
            let path = crate::scratch("by-hand.ndjson");
            let meter = Meter::start();
            assert_eq!(export_to(&peer, BufWriter::new(File::create(&path).unwrap())), size);
            let measured = meter.stop();
            std::fs::remove_file(path).unwrap();
            measured
        }
        "threads" => {
            let ready: Vec<Peer> = (0..THREADS).map(|_| Peer::new(place)).collect();
            for peer in &ready {
                assert!(peer.find(&username(0)));
            }
            let meter = Meter::start();
            thread::scope(|scope| {
                for (thread, peer) in ready.into_iter().enumerate() {
                    scope.spawn(move || {
                        let peer = peer;
                        (thread..size).step_by(THREADS).for_each(|n| assert!(peer.find(&username(n))));
                    });
                }
            });
            meter.stop()
        }
        "import" => {
            let peer = Peer::new(place);
            let meter = Meter::start();
            (0..size).for_each(|number| peer.create(&username(number)));
            meter.stop()
        }
        _ => unknown(job),
    }
}

fn export_to(peer: &Peer, mut file: impl Write) -> usize {
    let mut written = 0;
    for number in 1.. {
        let page = peer.page(number, 200);
        for user in &page.list {
            serde_json::to_writer(&mut file, user).unwrap();
            file.write_all(b"\n").unwrap();
        }
        written += page.list.len();
        if page.list.is_empty() || written as u64 >= page.total_count {
            break;
        }
    }
    file.flush().unwrap();
    written
}

pub(crate) fn unknown(job: &str) -> ! {
    panic!("there is no job {job:?}")
}
