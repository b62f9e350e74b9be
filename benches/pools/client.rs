//! The work as done by the client.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::thread;

use authing::bulk::UpsertKey;
use authing::{Client, UserField, UserInput};

use crate::hand::unknown;
use crate::measure::{Measured, Meter};
use crate::{Place, THREADS, username};

pub(crate) fn run(job: &str, size: usize, place: &Place) -> Measured {
    let client = Client::builder()
        .user_pool_id(place.pool_id.clone())
        .secret(place.secret.clone())
        .host(place.url.clone())
        .build()
        .unwrap();
    let mut measured = match job {
        "export" => export(&client, size, 0),
        "export, prefetch 2" => export(&client, size, 2),
        "export, prefetch 8" => export(&client, size, 8),
        "export, two fields" => export_two_fields(&client, size),
        "export to a file" => export_to_file(&client, size),
        "export by its method" => export_by_its_method(&client, size),
        "plan" => plan(&client, size),
        "threads" => threads(&client, size),
        "import" => import(&client, size, Import { password: true, journal: false }),
        "import with a journal" => import(&client, size, Import { password: true, journal: true }),
        "import without passwords" => import(&client, size, Import { password: false, journal: false }),
        "batch" => {
            let ids = ids(size);
            let meter = Meter::start();
            assert_eq!(client.users().batch(ids).send().unwrap().len(), size);
            meter.stop()
        }
        "delete_many" => {
            let ids = ids(size);
            let meter = Meter::start();
            client.users().delete_many(ids).send().unwrap();
            meter.stop()
        }
        _ => unknown(job),
    };
    let stats = client.stats();
    (measured.bytes, measured.requests) = (stats.bytes_received as f64, stats.requests as f64);
    measured
}

fn export(client: &Client, size: usize, prefetch: u32) -> Measured {
    let meter = Meter::start();
    let mut users = client.users().list().limit(200).iter().prefetch(prefetch);
    assert_eq!(users.by_ref().filter(|user| !user.as_ref().unwrap().id.is_empty()).count(), size);
    assert!(users.is_complete());
    meter.stop()
}

fn export_two_fields(client: &Client, size: usize) -> Measured {
    let meter = Meter::start();
    let users = client.users().list().limit(200).select([UserField::Id, UserField::Email]);
    let mut users = users.iter();
    assert_eq!(users.by_ref().filter(|user| user.as_ref().unwrap().email().unwrap().is_some()).count(), size);
    assert!(users.is_complete());
    meter.stop()
}

fn export_to_file(client: &Client, size: usize) -> Measured {
    let path = crate::scratch("client.ndjson");
    let meter = Meter::start();
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let mut written = 0;
    for user in client.users().list().limit(200).iter_raw() {
        file.write_all(user.unwrap().to_line().as_bytes()).unwrap();
        file.write_all(b"\n").unwrap();
        written += 1;
    }
    file.flush().unwrap();
    assert_eq!(written, size);
    let measured = meter.stop();
    std::fs::remove_file(path).unwrap();
    measured
}

fn export_by_its_method(client: &Client, size: usize) -> Measured {
    let path = crate::scratch("client.ndjson");
    let meter = Meter::start();
    let exported = client.users().list().export(&path).send().unwrap();
    let measured = meter.stop();
    assert_eq!((exported.rows, exported.is_complete()), (size as u64, true));
    std::fs::remove_file(path).unwrap();
    measured
}

/// Plans rows that are what the users are.
fn plan(client: &Client, size: usize) -> Measured {
    let rows = || (0..size).map(|number| (number.to_string(), UserInput::new().username(username(number))));
    let meter = Meter::start();
    let plan = client.users().plan(UpsertKey::Username, rows).send().unwrap();
    assert!(plan.is_empty() && plan.summary().unchanged == size as u64);
    meter.stop()
}

fn threads(client: &Client, size: usize) -> Measured {
    let find = |number| client.users().find().username(username(number)).send().unwrap().is_some();
    thread::scope(|scope| (0..THREADS).for_each(|number| drop(scope.spawn(move || assert!(find(number))))));
    let meter = Meter::start();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || (thread..size).step_by(THREADS).for_each(|number| assert!(find(number))));
        }
    });
    meter.stop()
}

struct Import {
    password: bool,
    journal: bool,
}

fn import(client: &Client, size: usize, import: Import) -> Measured {
    let journal = crate::scratch("import.journal");
    let rows = (0..size).map(|number| {
        let user = UserInput::new().username(username(number));
        (number.to_string(), if import.password { user.password("correct horse battery") } else { user })
    });
    let meter = Meter::start();
    let bulk = client.bulk().concurrency(THREADS);
    let bulk = if import.journal { bulk.journal(&journal) } else { bulk };
    assert_eq!(bulk.create(rows).send().unwrap().created, size as u64);
    let measured = meter.stop();
    _ = std::fs::remove_file(journal);
    measured
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("5f718016d8e5f7e9{number:08x}")).collect()
}
