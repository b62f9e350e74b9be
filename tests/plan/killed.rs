//! A program that plans and applies, killed again and again: it makes a new plan each time, and the pool ends
//! as if nothing had happened. `KILLS` in the environment asks for more than 8 kills.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use authing::bulk::{Summary, UpsertKey};
use authing::emulator::{Fault, Pool};
use authing::plan::Missing;
use authing::{Client, UserInput};

use crate::support::{File, fill, row, users_of};

const ROWS: usize = 150;

fn rows() -> impl Iterator<Item = (String, UserInput)> {
    (0..ROWS).map(|n| (format!("k{n}"), row(n).nickname("New").custom_data("level", 5)))
}

fn plan_and_apply(client: &Client, journal: &Path, undo: &Path) -> Summary {
    let plan = client.users().plan(UpsertKey::ExternalId, rows);
    let plan = plan.missing(Missing::Suspend { at_most: 9 }).send().unwrap();
    plan.apply().concurrency(4).journal(journal).undo(undo).send().unwrap()
}

/// Does nothing unless the test below starts it.
#[test]
fn child() {
    let (Ok(journal), Ok(undo)) = (std::env::var("PLAN_JOURNAL"), std::env::var("PLAN_UNDO")) else { return };
    plan_and_apply(&Client::from_env().unwrap(), journal.as_ref(), undo.as_ref());
}

fn start(pool: &Pool, host: &str, journal: &File, undo: &File) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::child", "--test-threads", "1"])
        .env("PLAN_JOURNAL", journal.path())
        .env("PLAN_UNDO", undo.path())
        .env("AUTHING_USERPOOL_ID", pool.id())
        .env("AUTHING_USERPOOL_SECRET", pool.secret().expose())
        .env("AUTHING_HOST", host)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_program_plans_again_and_loses_and_doubles_nobody_and_all_of_it_is_undone() {
    let kills: usize = std::env::var("KILLS").ok().map_or(8, |kills| kills.parse().unwrap());
    let pool = Pool::builder().seed(7).build();
    fill(&pool, 50);
    // Missing, and to be suspended.
    for n in 900..905 {
        pool.client().users().create_from(&row(n)).send().unwrap();
    }
    let before = users_of(&pool);
    let server = pool.serve("127.0.0.1:0").unwrap();
    let (journal, undo) = (File::new(), File::new());
    let mut killed = 0;
    for round in 0..kills {
        pool.faults().clear();
        if round % 2 == 1 {
            pool.faults().every(7, Fault::reset().after_carrying_out());
        }
        let mut child = start(&pool, &server.url(), &journal, &undo);
        let until = server.requests() + 8 + 2 * ROWS / kills.max(1) + round % 5;
        let late = Instant::now() + Duration::from_secs(60);
        while server.requests() < until && child.try_wait().unwrap().is_none() && Instant::now() < late {
            thread::sleep(Duration::from_micros(200));
        }
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    pool.faults().clear();
    let client = Client::builder().user_pool_id(pool.id()).secret(pool.secret().clone());
    let client = client.host(server.url()).build().unwrap();
    let summary = plan_and_apply(&client, journal.path(), undo.path());
    assert!(summary.is_success(), "{summary}");
    assert!(killed > kills / 2, "{killed} of {kills} were killed at work");
    let after = users_of(&pool);
    assert_eq!(after.len(), ROWS + 5);
    for n in 0..ROWS {
        let user = &after[&format!("e{n}")];
        assert_eq!((&user["nickname"], &user["customData"]["level"]), (&"New".into(), &5.into()), "e{n}");
    }
    assert!((900..905).all(|n| after[&format!("e{n}")]["status"] == "Suspended"));
    let undone = client.users().undo(undo.path()).send().unwrap();
    assert!(undone.is_success(), "{undone}");
    assert_eq!(users_of(&pool), before);
}
