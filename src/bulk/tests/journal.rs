//! Runs that resume after an interruption.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;

use super::*;
#[cfg(unix)]
use crate::bulk::log::tests::SYNCED;
use crate::bulk::sealed::seal;

/// A file that is removed when dropped.
struct File(PathBuf);

impl File {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("authing-bulk-{}-{number}.journal", std::process::id())))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.0);
    }
}

const ROWS: usize = 3;

fn run(pool: &Pool, file: &File, rows: usize) -> Result<Summary, Error> {
    pool.client().bulk().concurrency(2).journal(&file.0).create(people(rows)).send()
}

#[test]
fn a_journal_cut_off_at_any_byte_leads_to_the_same_pool() {
    let file = File::new();
    let full = Pool::builder().id("one").build();
    assert_eq!(run(&full, &file, ROWS).unwrap().created, 3);
    let bytes = fs::read(&file.0).unwrap();
    for cut in 0..=bytes.len() {
        // The requests were carried out, and the end of the journal was lost.
        fs::write(&file.0, &bytes[..cut]).unwrap();
        let summary = run(&full, &file, ROWS).unwrap();
        assert_eq!((summary.created + summary.already_there, summary.failed), (3, 0), "cut at {cut}");
        assert_eq!(usernames(&full), expected(ROWS), "cut at {cut}");
        let again = run(&full, &file, ROWS).unwrap();
        assert_eq!((again.from_journal, again.total()), (3, 3), "cut at {cut}");
    }
    for cut in (0..bytes.len()).step_by(7) {
        // The intents were written, and the requests were not carried out.
        fs::write(&file.0, &bytes[..cut]).unwrap();
        let empty = Pool::builder().id("one").build();
        let summary = run(&empty, &file, ROWS).unwrap();
        assert_eq!(summary.created + summary.already_there, 3, "cut at {cut}");
        assert_eq!(u64::try_from(ids(&empty).len()).unwrap(), 3 - summary.from_journal, "cut at {cut}");
    }
}

#[test]
fn rows_that_are_finished_are_not_sent_again_and_failed_ones_are() {
    let (pool, file) = (Pool::new(), File::new());
    pool.faults().times(1, "createUser", Fault::error(2030, "no"));
    let summary = run(&pool, &file, 20).unwrap();
    assert_eq!((summary.created, summary.failed), (19, 1));
    pool.clear_requests();
    let summary = run(&pool, &file, 20).unwrap();
    assert_eq!((summary.created, summary.from_journal), (20, 19));
    assert_eq!((requests(&pool, "createUser"), requests(&pool, "findUser")), (1, 0));
}

#[test]
fn an_unknown_outcome_is_looked_up_by_the_next_run() {
    let (pool, file) = (Pool::new(), File::new());
    pool.faults().times(1, "createUser", Fault::reset().after_carrying_out());
    pool.faults().times(3, "findUser", Fault::status(400));
    let summary = run(&pool, &file, 1).unwrap();
    assert_eq!(summary.unknown, 1, "{summary}");
    pool.faults().clear();
    let summary = run(&pool, &file, 1).unwrap();
    assert_eq!((summary.already_there, requests(&pool, "createUser")), (1, 1));
}

#[test]
fn users_who_may_have_been_deleted_are_looked_up_by_the_next_run() {
    let (pool, file) = (Pool::builder().generated_users(5, 1).build(), File::new());
    let (ids, client) = (ids(&pool), pool.client_builder().retry(Retry::none()).build().unwrap());
    let run = || client.bulk().journal(&file.0).delete(&ids).send().unwrap();
    pool.faults().next("deleteUsers", Fault::reset().after_carrying_out());
    pool.faults().next("userBatch", Fault::status(400));
    assert_eq!(run().unknown, 5);
    assert_eq!(run().done, 5);
    assert_eq!(requests(&pool, "deleteUsers"), 1);
}

#[test]
fn the_outcome_of_a_change_remains_unknown_until_the_user_can_be_read() {
    let (pool, file) = (Pool::builder().generated_users(1, 1).build(), File::new());
    let (ids, client) = (ids(&pool), pool.client_builder().retry(Retry::none()).build().unwrap());
    let change = || UserChange::new(&ids[0], UserPatch::new().nickname("N"));
    let run = || client.bulk().journal(&file.0).update([("1", change())]).send().unwrap();
    pool.faults().next("updateUser", Fault::reset().after_carrying_out());
    assert_eq!(run().unknown, 1);
    pool.faults().next("userBatch", Fault::status(400));
    assert_eq!(run().unknown, 1);
    assert_eq!(run().unchanged, 1);
}

#[test]
fn rows_that_may_have_been_sent_are_looked_up_also_after_a_run_that_was_stopped_before_them() {
    let (pool, file, stop) = (Pool::new(), File::new(), StopHandle::new());
    pool.faults().always("createUser", Fault::reset().after_carrying_out());
    pool.faults().always("findUser", Fault::status(400));
    assert_eq!(run(&pool, &file, 20).unwrap().unknown, 20);
    pool.faults().clear();
    let stopped = pool.client().bulk().concurrency(1).stop(stop.clone()).journal(&file.0);
    let stopped = stopped.create(people(20)).for_each(|_| stop.stop()).unwrap();
    assert!(stopped.not_attempted > 10, "{stopped}");
    assert_eq!(run(&pool, &file, 20).unwrap().already_there, 20);
    assert_eq!(requests(&pool, "createUser"), 20);
}

#[cfg(feature = "token-file")]
#[test]
fn a_journal_is_used_by_one_run_at_a_time() {
    let (pool, file) = (Pool::new(), File::new());
    let mut errors = Vec::new();
    let first = pool.client().bulk().journal(&file.0).create(people(1));
    first.for_each(|_| errors.extend(run(&pool, &file, 1).err())).unwrap();
    assert!(errors[0].to_string().contains("is in use by another run"), "{errors:?}");
}

#[test]
fn a_stopped_run_goes_on() {
    let (pool, file, stop) = (Pool::new(), File::new(), StopHandle::new());
    let stopped = pool.client().bulk().stop(stop.clone()).journal(&file.0).create(people(100));
    let summary = stopped
        .for_each(|row| {
            if row.index == 9 {
                stop.stop();
            }
        })
        .unwrap();
    assert!(summary.not_attempted > 0);
    pool.clear_requests();
    let again = run(&pool, &file, 100).unwrap();
    assert_eq!((again.created, again.from_journal), (100, summary.created));
    let text = format!("100 rows, 100 created; {} of them by an earlier run", summary.created);
    assert_eq!(again.to_string(), text);
    assert_eq!(requests(&pool, "findUser"), 0, "what was not attempted is not looked up");
    assert_eq!(usernames(&pool), expected(100));
}

#[test]
fn a_journal_of_something_else_is_refused_by_name() {
    let (pool, file) = (Pool::builder().id("one").build(), File::new());
    run(&pool, &file, 5).unwrap();
    let refusal = |run: Result<Summary, Error>| {
        let error = run.unwrap_err();
        assert_eq!((error.field(), error.operation()), (Some("journal"), "bulk"), "{error}");
        error.to_string()
    };
    let other = Pool::builder().id("two").build();
    assert!(refusal(run(&other, &file, 5)).contains("another pool"));
    let client = pool.client();
    let others = client.bulk().journal(&file.0).create(people(6).skip(1)).send();
    assert!(refusal(others).contains("other rows"));
    assert!(refusal(run(&pool, &file, 4)).contains("other rows"));
    let work = client.bulk().journal(&file.0).upsert(UpsertKey::Username, people(5)).send();
    assert!(refusal(work).contains("another operation"));
    let options = client.bulk().journal(&file.0).keep_password().create(people(5)).send();
    assert!(refusal(options).contains("of other options"));
    assert_eq!(run(&pool, &file, 5).unwrap().from_journal, 5, "and is left as it is");
    let mut bytes = fs::read(&file.0).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file.0, &bytes).unwrap();
    assert!(refusal(run(&pool, &file, 5)).contains("damaged"));
    fs::write(&file.0, "{\"username\": \"bob\"}\n").unwrap();
    assert!(refusal(run(&pool, &file, 5)).contains("not a journal"));
    assert_eq!(fs::read_to_string(&file.0).unwrap(), "{\"username\": \"bob\"}\n");
    assert_eq!(usernames(&pool), expected(5));
}

#[test]
fn a_journal_of_another_host_version_or_shard_is_refused_by_name() {
    let pool = Pool::builder().id("one").build();
    let refused = |file: &File, client: &Client, shard: Option<(u32, u32)>, reason: &str| {
        let before = fs::read(&file.0).unwrap();
        let bulk = client.bulk().journal(&file.0);
        let bulk = match shard {
            Some((part, parts)) => bulk.shard(part, parts),
            None => bulk,
        };
        let error = bulk.create(people(5)).send().unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(fs::read(&file.0).unwrap(), before);
    };
    let (client, file) = (pool.client(), File::new());
    run(&pool, &file, 5).unwrap();
    let elsewhere = pool.client_builder().host("http://127.0.0.1:9").build().unwrap();
    refused(&file, &elsewhere, None, "is of another host: `");
    refused(&file, &elsewhere, None, ", not `http://127.0.0.1:9`");
    refused(&file, &client, Some((0, 2)), "is of another shard");
    let of_shard = File::new();
    client.bulk().shard(0, 2).journal(&of_shard.0).create(people(5)).send().unwrap();
    refused(&of_shard, &client, Some((1, 2)), "is of another shard");
    refused(&of_shard, &client, Some((0, 3)), "is of another shard");
    refused(&of_shard, &client, None, "is of another shard");

    let lines = fs::read(&file.0).unwrap();
    let header = lines.split_inclusive(|byte| *byte == b'\n').next().unwrap();
    let newer = seal(br#"{"authing_bulk_journal":2,"whatever":["else"]}"#);
    for rest in [&b""[..], &lines[header.len()..]] {
        fs::write(&file.0, [&newer, rest].concat()).unwrap();
        refused(&file, &client, None, "is of another version: `2`, not `1`");
    }
    fs::write(&file.0, [&lines, header].concat()).unwrap();
    refused(&file, &client, None, "is damaged");
    fs::write(&file.0, &lines[header.len()..]).unwrap();
    refused(&file, &client, None, "does not begin as a journal does");
    for changed in [b'X', b'\n'] {
        let mut damaged = header.to_vec();
        damaged[header.len() / 2] = changed;
        fs::write(&file.0, damaged).unwrap();
        refused(&file, &client, None, "its first line is damaged");
    }
}

#[cfg(unix)]
#[test]
fn a_journal_and_its_name_are_durable_before_anything_is_appended() {
    let (pool, file) = (Pool::new(), File::new());
    for rows in [0, 3] {
        run(&pool, &file, rows).unwrap();
        let length = fs::metadata(&file.0).unwrap().len();
        SYNCED.take();
        // Also by a run that finds the journal: the one before it may have failed.
        run(&pool, &file, rows).unwrap();
        let synced = SYNCED.take();
        assert_eq!((synced.len(), synced[0]), (2, Some(length)), "{synced:?}");
    }
    fs::remove_file(&file.0).unwrap();
    run(&pool, &file, 3).unwrap();
    let header = fs::read_to_string(&file.0).unwrap().find('\n').unwrap() as u64 + 1;
    let synced = SYNCED.take();
    assert_eq!((synced.len(), synced[0]), (2, Some(header)), "{synced:?}");
}

#[test]
fn shards_have_journals_of_their_own_and_share_the_rows_in_any_order() {
    let pool = Pool::new();
    let (first, second) = (File::new(), File::new());
    let rows: Vec<_> = people(40).collect();
    let run = |file: &File, part: u32, is_reversed: bool| {
        let rows: Vec<_> = if is_reversed { rows.iter().rev().cloned().collect() } else { rows.clone() };
        pool.client().bulk().shard(part, 2).journal(&file.0).create(rows).send().unwrap()
    };
    let (one, two) = (run(&first, 0, false), run(&second, 1, true));
    assert_eq!((one.created + two.created, one.already_there + two.already_there), (40, 0));
    assert_eq!(usernames(&pool), expected(40));
    assert_eq!(run(&first, 0, false).from_journal, one.created);
    assert_eq!(run(&second, 1, true).from_journal, two.created);
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_a_journal() {
    use std::os::unix::fs::PermissionsExt;

    let (pool, file) = (Pool::new(), File::new());
    run(&pool, &file, 1).unwrap();
    assert_eq!(fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(feature = "password")]
#[test]
fn secrets_are_in_no_journal_and_in_no_written_row() {
    let (pool, file) = (Pool::new(), File::new());
    let row = Row::new("secretive", UserInput::new().username("u0").password("planted-1").oauth("planted-2"));
    let mut written = Vec::new();
    let run = pool.client().bulk().journal(&file.0).create([row]);
    run.for_each(|row| row.write_row(&mut written).unwrap()).unwrap();
    written.extend(fs::read(&file.0).unwrap());
    let written = String::from_utf8(written).unwrap();
    assert!(!written.contains("planted") && written.contains("u0"), "{written}");
}

#[test]
fn an_id_that_an_earlier_run_has_deleted_is_done_where_it_is_given_again() {
    let (pool, file) = (Pool::new(), File::new());
    pool.client().bulk().create(people(3)).send().unwrap();
    let mut rows = ids(&pool);
    rows.push(rows[0].clone());
    let run = |rows: &[String]| {
        let bulk = pool.client().bulk().concurrency(1).journal(&file.0);
        bulk.delete(rows.to_vec()).send().unwrap()
    };
    assert_eq!(run(&rows[..2]).done, 2);
    let summary = run(&rows);
    assert_eq!((summary.done, summary.from_journal, summary.failed), (4, 2, 0), "{summary}");
    assert_eq!(ids(&pool), [""; 0]);
}
