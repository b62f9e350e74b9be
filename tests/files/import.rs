//! Into a pool.

use std::collections::BTreeMap;

use authing::bulk::{Outcome, Row, Unreadable, UpsertKey};
use authing::emulator::{Fault, Pool};
use authing::files::{Format, Import};
use authing::{CustomValue, UserField, UserInput};

use crate::support::{Scratch, empty, secretive, text};

/// The keys of the rows, and why some of them cannot be read.
fn read(rows: &Import) -> Vec<String> {
    let read = |row: Result<Row<UserInput>, Unreadable>| match row {
        Ok(row) => row.key,
        Err(row) => format!("{}: {}", row.key, row.error.message()),
    };
    rows.iter().map(read).collect()
}

#[test]
fn a_row_that_cannot_be_read_is_told_with_its_place() {
    let file = "username,loginsCount,customData.level:number\nbob,many,\n\nann,2,x\neve,2\n\"two\nlines\",1,1\nx,,\n";
    assert_eq!(
        read(&Import::of_bytes(file, Format::Csv).unwrap()),
        [
            "line 2: line 2, column 2 (`loginsCount`) is not a whole number",
            "line 4: line 4, column 3 (`customData.level:number`) is not a number",
            "line 5: line 5: there are 2 cells in place of 3",
            "line 6",
            "line 8",
        ]
    );
    let file = "{\"username\":\"bob\",\"blocked\":\"perhaps\"}\n\n{\"username\":\n{\"usrname\":\"x\"}\n{\"customData\":7}\n{}\n";
    assert_eq!(
        read(&Import::of_bytes(file, Format::Ndjson).unwrap()),
        [
            "line 1: line 1, `blocked` is not true or false",
            "line 3: line 3, column 12: EOF while parsing a value",
            "line 4: line 4, `usrname` is no field of a user; if that is right, let it be ignored",
            "line 5: line 5, `customData` is not custom data: invalid type: integer `7`, expected a map",
            "line 6",
        ]
    );
    let rows = Import::of_bytes(&b"username\nb\xffb\n"[..], Format::Csv).unwrap();
    assert_eq!(read(&rows), ["line 2: line 2, column 1 (`username`) is not UTF-8"]);
}

#[test]
fn a_row_without_the_key_of_the_rows_is_an_error() {
    for (file, format) in [
        ("username,phone\nbob,1\n,2\n", Format::Csv),
        ("{\"username\":\"bob\"}\n\n{\"phone\":\"2\"}\n", Format::Ndjson),
    ] {
        let rows = Import::of_bytes(file, format).unwrap().keyed_by(UserField::Username);
        let missing = "line 3: line 3: username is needed: it is the key of the rows";
        assert_eq!(read(&rows), ["bob", missing]);
    }
}

#[test]
fn ignored_fields_are_not_read_whatever_the_format() {
    for (file, format) in [
        ("username,blocked,shoe\nbob,perhaps,43\n", Format::Csv),
        ("{\"username\":\"bob\",\"blocked\":\"perhaps\",\"shoe\":43}\n", Format::Ndjson),
    ] {
        let rows = Import::of_bytes(file, format).unwrap().ignore(["blocked", "shoe"]);
        assert_eq!(rows.iter().next().unwrap().unwrap().input, UserInput::new().username("bob"));
    }
}

#[test]
fn compressed_files_that_were_joined_are_one_file() {
    let scratch = Scratch::new();
    let (path, joined) = (scratch.path("u.ndjson.gz"), scratch.path("joined.ndjson.gz"));
    let pool = Pool::builder().generated_users(3, 1).build();
    pool.client().users().list().export(&path).send().unwrap();
    std::fs::write(&joined, std::fs::read(&path).unwrap().repeat(2)).unwrap();
    assert_eq!(Import::open(&joined).unwrap().iter().map(Result::unwrap).count(), 6);
}

#[test]
fn a_table_needs_names_of_columns_and_each_once() {
    for (file, reason) in [
        ("", "the first line does not name the columns"),
        ("id,id\n", "there are two columns of the name `id`"),
        ("customData.a:number,customData.a\n", "there are two columns of the name `customData.a`"),
        ("id;name\n1;a\n", "the cells must be separated by commas, and the first line is `id;name`"),
        ("id\tname\n", "the cells must be separated by commas, and the first line is `id\tname`"),
    ] {
        let error = Import::of_bytes(file, Format::Csv).unwrap_err();
        assert_eq!(error.message(), reason);
    }
    assert!(Import::open("/nowhere/users.csv").unwrap_err().to_string().contains("cannot be read"));
}

#[test]
fn a_table_from_elsewhere_is_read() {
    let file = "\u{feff}username,blocked,gender,registerSource,customData.level,customData.text,shoe\r\n\
                bob,TRUE,F,hr,7,7,43\r\n";
    let pool = empty();
    let definitions = pool.client().custom_fields().list(authing::CustomTarget::User).send().unwrap();
    let rows = Import::of_bytes(file, Format::Csv).unwrap().typed_by(&definitions).ignore(["shoe"]);
    let rows = rows.keyed_by(UserField::Username);
    let bob = rows.iter().next().unwrap().unwrap();
    assert_eq!(bob.key, "bob");
    let mut data: Vec<(&str, &CustomValue)> = bob.input.custom_data.iter().collect();
    data.sort_by_key(|(key, _)| *key);
    assert_eq!(data, [("level", &CustomValue::from(7)), ("text", &CustomValue::from("7"))]);
    assert_eq!(pool.client().bulk().create(rows).send().unwrap().created, 1);
    let bob = pool.client().users().find().username("bob").include_custom_data().send().unwrap().unwrap();
    assert_eq!((bob.blocked, bob.register_source), (Some(true), vec!["hr".to_owned()]));
    assert_eq!(bob.custom_data.unwrap().get("level"), Some(7.into()));
}

#[test]
fn rows_are_read_as_often_as_need_be_and_an_upsert_the_second_time_changes_nothing() {
    let pool = Pool::new();
    let rows = Import::of_bytes("username,nickname\nu1,A\nu2,B\n", Format::Csv).unwrap();
    let run = || pool.client().bulk().upsert(UpsertKey::Username, &rows).send().unwrap();
    assert_eq!(run().created, 2);
    assert_eq!(run().unchanged, 2);
}

#[test]
fn what_no_import_carries_is_said_before_it_begins() {
    for format in [Format::Ndjson, Format::Csv] {
        let pool = secretive();
        let mut file = Vec::new();
        pool.client().users().list().export_to(&mut file, format).send().unwrap();
        let rows = Import::of_bytes(file, format).unwrap();
        let lost = rows.cannot_carry().unwrap();
        let fields: Vec<&str> = lost.fields().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            ["arn", "city", "createdAt", "id", "identities", "status", "updatedAt", "userPoolId"]
        );
        assert_eq!((lost.rows, lost.unreadable), (1, 0));
        let said = lost.to_string();
        assert!(
            said.contains(
                "`city` of 1 rows is not carried: a create does not take it; the remainder sets it"
            ),
            "{said}"
        );
        assert!(said.contains("groups, roles, departments"), "{said}");
    }
    let lost = Import::of_bytes("usrname,nickname\nx,y\n", Format::Csv).unwrap().cannot_carry().unwrap();
    assert_eq!((lost.rows, lost.unreadable, lost.fields().count()), (1, 1, 1));
}

#[test]
fn failed_rows_are_written_as_they_stand() {
    let (pool, scratch) = (Pool::new(), Scratch::new());
    pool.client().users().create().username("u2").phone("1").send().unwrap();
    let csv = "username,phone,password\nu1,'+1,secret\nu3,1,\"sec,ret\"\nu4,2,x\nu5,2,\n,,\n";
    let rows = Import::of_bytes(csv, Format::Csv).unwrap();
    let path = scratch.path("failed.csv");
    let mut rejects = rows.rejects(&path).unwrap();
    let mut outcomes = Vec::new();
    let summary = pool
        .client()
        .bulk()
        .concurrency(1)
        .create(&rows)
        .for_each(|row| {
            rejects.add(&row);
            outcomes.push(matches!(row.outcome, Outcome::Created(_)));
        })
        .unwrap();
    assert_eq!(outcomes, [true, false, true, false, false], "{summary}");
    assert_eq!(rejects.finish().unwrap(), 3);
    let expected =
        "\"username\",\"phone\",\"password\"\n\"u3\",\"1\",\"sec,ret\"\n\"u5\",\"2\",\"\"\n\"\",\"\",\"\"\n";
    assert_eq!(text(&path), expected);
    assert_eq!(Import::open(&path).unwrap().iter().count(), 3);

    let ndjson = "{\"username\":\"u6\"}\n{\"username\":\n\n{\"username\" : \"u6\"}";
    let rows = Import::of_bytes(ndjson, Format::Ndjson).unwrap();
    let path = scratch.path("failed.ndjson");
    let mut rejects = rows.rejects(&path).unwrap();
    pool.client().bulk().concurrency(1).create(&rows).for_each(|row| rejects.add(&row)).unwrap();
    rejects.finish().unwrap();
    assert_eq!(text(&path), "{\"username\":\n");
    assert!(rows.rejects(scratch.path("failed.csv")).is_err());
    // They would replace the file that they are read from.
    let rows = Import::open(&path).unwrap();
    for same in [path.clone(), scratch.path("./failed.ndjson")] {
        let error = rows.rejects(same).unwrap_err();
        assert!(error.field() == Some("path") && error.message().contains("the file of the rows"), "{error}");
    }
    assert_eq!(text(&path), "{\"username\":\n");
    assert_eq!(scratch.names(), ["failed.csv", "failed.ndjson"]);
}

#[test]
fn a_report_that_comes_twice_writes_and_changes_nobody_else() {
    let (pool, scratch) = (Pool::new(), Scratch::new());
    let (client, path) = (pool.client(), scratch.path("failed.csv"));
    let file = "username,blocked,city\nu1,,A\nu2,perhaps,B\nu3,,C\nu4,perhaps,D\n";
    let rows = Import::of_bytes(file, Format::Csv).unwrap();
    let (mut rejects, mut remainder) = (rows.rejects(&path).unwrap(), rows.remainder(&client));
    let run = client.bulk().create(&rows).for_each(|row| {
        for _ in 0..2 {
            rejects.add(&row);
            remainder.add(&row);
        }
    });
    assert_eq!(run.unwrap().created, 2);
    for error in [rejects.finish().unwrap_err(), remainder.finish().unwrap_err()] {
        assert!(error.message().contains("reported twice"), "{error}");
    }
    assert_eq!(scratch.names(), [""; 0]);
    assert!(client.users().list().iter().all(|user| user.unwrap().city.is_none()));
}

#[test]
fn a_file_that_is_cut_off_is_no_shorter_file() {
    let scratch = Scratch::new();
    let path = scratch.path("u.ndjson.gz");
    let pool = Pool::builder().generated_users(2_000, 1).build();
    pool.client().users().list().export(&path).send().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let rows = Import::open(&path).unwrap();
    let last = rows.iter().last().unwrap().unwrap_err();
    assert!(last.error.message().contains("from here on"), "{}", last.error);
    assert!(rows.cannot_carry().is_err());
    // The unreadable end is a failed row without text.
    let (client, copy) = (Pool::new().client(), scratch.path("failed.ndjson"));
    let mut rejects = rows.rejects(&copy).unwrap();
    let summary = client.bulk().concurrency(8).create(&rows).for_each(|row| rejects.add(&row)).unwrap();
    assert_eq!((summary.failed, rejects.finish().unwrap()), (1, 0));
    assert_eq!(text(&copy), "");
}

#[cfg(feature = "password")]
#[test]
fn passwords_of_a_file_are_those_of_the_new_users() {
    let rows = Import::of_bytes("username,password,oauth\nbob,planted,o\n", Format::Csv).unwrap();
    let bob = rows.iter().next().unwrap().unwrap().input;
    assert_eq!(bob, UserInput::new().username("bob").password("planted").oauth("o"));
    let rows = Import::of_bytes("username,blocked,password\nbob,perhaps,planted\n", Format::Csv).unwrap();
    let row = rows.iter().next().unwrap().unwrap_err();
    assert!(row.text.contains("planted") && !format!("{row:?} {row:#?}").contains("planted"), "{row:?}");
    let client = Pool::new().client();
    let summary = client.bulk().create(&rows).for_each(|row| {
        assert!(!format!("{row:?}").contains("planted"), "{row:?}");
        let mut written = Vec::new();
        row.write_row(&mut written).unwrap();
        assert!(String::from_utf8(written).unwrap().contains("planted"));
    });
    assert_eq!(summary.unwrap().failed, 1);
}

#[test]
fn a_plan_takes_a_file_and_the_second_one_has_nothing_to_do() {
    let pool = Pool::new();
    let rows = Import::of_bytes("username,nickname\nu1,A\nu2,B\n", Format::Csv).unwrap();
    let plan = || pool.client().users().plan(UpsertKey::Username, || &rows).send().unwrap();
    assert_eq!(plan().summary().create, 2);
    plan().apply().send().unwrap();
    assert_eq!(plan().summary().create, 0);
}

#[test]
fn the_remainder_goes_on_where_rows_failed_and_the_second_time_changes_nothing() {
    let pool = Pool::new();
    pool.client().users().create().username("u1").phone("1").send().unwrap();
    let file =
        "username,phone,city,status\nu0,,A,\nu2,1,B,Suspended\nu3,,C,Resigned\nu4,,,Suspended\nu5,x,D,\n";
    let rows = Import::of_bytes(file, Format::Csv).unwrap();
    let client = pool.client();
    let run = || {
        let mut remainder = rows.remainder(&client).concurrency(2);
        client.bulk().create(&rows).for_each(|row| remainder.add(&row)).unwrap();
        remainder.finish().unwrap()
    };
    let first = run();
    assert_eq!((first.changed, first.suspended, first.resigned, first.failed), (3, 1, 1, 0), "{first:?}");
    // Rows are created side by side, so the order of the list says nothing.
    let city = |user: authing::User| (user.username.unwrap(), user.city.unwrap_or_default());
    let cities: BTreeMap<_, _> = client.users().list().iter().map(|user| city(user.unwrap())).collect();
    let expected = [("u0", "A"), ("u1", ""), ("u3", "C"), ("u4", ""), ("u5", "D")];
    assert!(cities.iter().map(|(name, city)| (&**name, &**city)).eq(expected), "{cities:?}");
    let second = run();
    assert_eq!((second.changed, second.unchanged, second.suspended), (0, 3, 1), "{second:?}");
}

#[test]
fn the_remainder_sets_numbers_as_texts_and_reports_what_it_cannot_set() {
    let pool = Pool::new();
    let file =
        "{\"username\":\"u1\",\"city\":7}\n{\"username\":\"u2\",\"city\":[\"x\"],\"province\":\"P\"}\n";
    let rows = Import::of_bytes(file, Format::Ndjson).unwrap();
    let client = pool.client();
    let mut remainder = rows.remainder(&client);
    client.bulk().create(&rows).for_each(|row| remainder.add(&row)).unwrap();
    let set = remainder.finish().unwrap();
    assert_eq!((set.changed, set.failed), (2, 1), "{set:?}");
    let (key, error) = &set.errors[0];
    assert_eq!((&**key, error.message()), ("line 2", "`city` is not a text"));
    let find = |name: &str| client.users().find().username(name).send().unwrap().unwrap();
    assert_eq!(find("u1").city.as_deref(), Some("7"));
    assert_eq!((find("u2").city, find("u2").province.as_deref()), (None, Some("P")));
}

#[test]
fn the_remainder_counts_what_failed_and_keeps_the_first_hundred_errors() {
    let pool = Pool::new();
    let client = pool.client();
    pool.faults().always("updateUser", Fault::error(1001, "no"));
    pool.faults().always("POST /api/v2/users/{id}/suspend", Fault::error(1001, "no"));
    pool.faults().always("POST /api/v3/resign-user", Fault::error(1001, "no"));
    let (rows, statuses) = (110, ["Activated", "Suspended", "Resigned"]);
    let lines = (0..rows).map(|n| format!("u{n},C,{}\n", statuses[n % 3]));
    let file = format!("username,city,status\n{}", lines.collect::<String>());
    let rows = Import::of_bytes(file, Format::Csv).unwrap();
    let mut remainder = rows.remainder(&client);
    client.bulk().create(&rows).for_each(|row| remainder.add(&row)).unwrap();
    let set = remainder.finish().unwrap();
    assert_eq!((set.changed, set.suspended, set.resigned, set.failed), (0, 0, 0, 110 + 37 + 36));
    assert_eq!(set.errors.len(), 100);
}

#[cfg(feature = "password")]
#[test]
fn hashes_are_kept_where_the_run_is_told_so() {
    let pool = Pool::new();
    let rows = Import::of_bytes("username,password\nbob,$2a$10$hash\n", Format::Csv).unwrap();
    assert_eq!(pool.client().bulk().keep_password().create(&rows).send().unwrap().created, 1);
    assert!(pool.snapshot().contains("\"passwordHash\":\"$2a$10$hash\""));
}
