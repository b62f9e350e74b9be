//! Out of a pool.

use std::io::Read;

use authing::UserField;
use authing::emulator::{Fault, Pool};
use authing::files::{Exported, Format};
use authing::transport::{Request, Response};
use serde_json::{Value, json};

use crate::support::{Scratch, exported, secretive, text, varied};

/// Without what is null: a model leaves it out, and the service does not.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields =
                fields.into_iter().filter(|(_, value)| !value.is_null() && *value != Value::Array(vec![]));
            fields.map(|(name, value)| (name, without_nulls(value))).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        plain => plain,
    }
}

#[test]
fn a_line_is_a_user_as_the_service_sent_them_without_secrets() {
    let pool = varied(450);
    let file = exported(&pool, Format::Ndjson);
    let users = pool.client().users().list().include_custom_data();
    let mut lines = file.lines();
    for user in users {
        let line: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
        let user = serde_json::to_value(user.unwrap()).unwrap();
        assert_eq!(without_nulls(line), without_nulls(user));
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn the_name_of_a_file_tells_its_format() {
    let (pool, scratch) = (varied(20), Scratch::new());
    for (name, format) in [("u.ndjson", Format::Ndjson), ("u.csv", Format::Csv)] {
        let plain = scratch.path(name);
        let report = pool.client().users().list().limit(7).export(&plain).prefetch(2).send().unwrap();
        assert_eq!((report.rows, report.is_complete()), (20, true));
        assert_eq!(text(&plain), exported(&pool, format));
        let compressed = scratch.path(&format!("{name}.gz"));
        pool.client().users().list().export(&compressed).exactly().send().unwrap();
        let mut decoded = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&compressed).unwrap())
            .read_to_string(&mut decoded)
            .unwrap();
        assert_eq!(decoded, text(&plain));
    }
    let error = pool.client().users().list().export(scratch.path("u.xlsx")).send().unwrap_err();
    assert_eq!((error.field(), error.operation()), (Some("path"), "export"));
    assert_eq!(scratch.names(), ["u.csv", "u.csv.gz", "u.ndjson", "u.ndjson.gz"]);
}

#[test]
fn an_export_that_fails_leaves_what_was_there() {
    let (pool, scratch) = (Pool::builder().generated_users(50, 1).build(), Scratch::new());
    let path = scratch.path("u.ndjson");
    std::fs::write(&path, "old").unwrap();
    pool.faults().times(10, "users", Fault::error(2004, "gone").after_carrying_out());
    let error = pool.client().users().list().limit(10).export(&path).send().unwrap_err();
    assert!(error.is_not_found(), "{error}");
    pool.faults().clear();
    let error = pool.client().users().list().page(2).export(&path).must_be_complete().send().unwrap_err();
    assert!(error.to_string().contains("not certain"), "{error}");
    assert_eq!((text(&path), scratch.names()), ("old".to_owned(), vec!["u.ndjson".to_owned()]));
    let error = pool.client().users().list().export(scratch.path("none/u.csv")).send().unwrap_err();
    assert!(error.to_string().contains("cannot be written"), "{error}");
    pool.client().users().list().export(&path).send().unwrap();
    assert_eq!(text(&path).lines().count(), 50);
}

#[test]
fn a_writer_that_fails_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let pool = varied(3);
    for format in [Format::Ndjson, Format::Csv] {
        let error = pool.client().users().list().export_to(Full, format).send().unwrap_err();
        assert_eq!(error.operation(), "export");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "full");
    }
}

#[test]
fn secrets_are_written_only_if_they_are_asked_for() {
    let pool = secretive();
    for format in [Format::Ndjson, Format::Csv] {
        let plain = exported(&pool, format);
        assert!(plain.contains("bob") && plain.contains("github") && !plain.contains("planted"), "{plain}");
        let mut all = Vec::new();
        let list = pool.client().users().list();
        list.export_to(&mut all, format).with_secrets().send().unwrap();
        let all = String::from_utf8(all).unwrap();
        // The document of the list does not ask for the tokens of linked accounts.
        assert!(all.contains("planted-oauth"), "{all}");
    }
}

#[test]
fn a_table_has_its_cells_guarded_and_its_columns_typed() {
    let pool = varied(16);
    let file = exported(&pool, Format::Csv);
    let mut table = csv::Reader::from_reader(file.as_bytes());
    let header = table.headers().unwrap().clone();
    let names: Vec<_> = header.iter().collect();
    assert!(names.starts_with(&["id", "username", "email", "phone", "externalId"]), "{names:?}");
    assert_eq!(
        names[names.len() - 8..],
        [
            "customData.text:string",
            "customData.level:number",
            "customData.since:datetime",
            "customData.remote:boolean",
            "customData.car:object",
            "customData.grade:select",
            "customData.=odd:key, \"quoted\":string",
            "customData",
        ]
    );
    let column = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 16);
    for row in &rows {
        for (name, cell) in names.iter().zip(row) {
            let is_number = name.ends_with(":number");
            assert!(
                is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']),
                "{name}: {cell:?}"
            );
        }
    }
    assert_eq!(&rows[0][column("phone")], "'+86 18800000000");
    assert_eq!(&rows[0][column("registerSource")], r#"["import:manual","a,b"]"#);
    assert_eq!(&rows[1][column("customData.level:number")], "-1.5");
    assert_eq!(&rows[1][column("customData.text:string")], "'");
    assert_eq!(&rows[2][column("customData.text:string")], "");
}

#[test]
fn columns_can_be_chosen_and_members_be_exported() {
    let pool = varied(4);
    let client = pool.client();
    client.groups().create("staff", "Staff").send().unwrap();
    let ids: Vec<String> = client.users().list().iter().map(|user| user.unwrap().id).take(2).collect();
    client.groups().add_users("staff", &ids).send().unwrap();
    let mut file = Vec::new();
    let members = client.groups().list_users("staff");
    let report = members
        .export_to(&mut file, Format::Csv)
        .columns([UserField::ExternalId, UserField::Id])
        .send()
        .unwrap();
    assert_eq!((report.rows, report.left_out), (2, Vec::<String>::new()));
    let file = String::from_utf8(file).unwrap();
    let mut lines: Vec<&str> = file.lines().collect();
    lines[1..].sort_unstable();
    let expected = [format!("\"\",\"{}\"", ids[1]), format!("\"E-0\",\"{}\"", ids[0])];
    assert_eq!((lines[0], &lines[1..]), ("\"externalId\",\"id\"", &[&*expected[0], &*expected[1]][..]));
}

#[test]
fn what_was_not_selected_is_neither_requested_nor_written() {
    let pool = varied(3);
    let list = || pool.client().users().list().select([UserField::Username, UserField::CustomData]);
    let mut file = Vec::new();
    list().export_to(&mut file, Format::Csv).send().unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(file.starts_with("\"id\",\"username\",\"customData.text:string\","), "{file}");
    let mut lines = Vec::new();
    list().export_to(&mut lines, Format::Ndjson).send().unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let user: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(user.as_object().unwrap().keys().collect::<Vec<_>>(), ["customData", "id", "username"]);
    pool.clear_requests();
    pool.client()
        .users()
        .list()
        .select([UserField::Email])
        .export_to(Vec::new(), Format::Csv)
        .send()
        .unwrap();
    let asked: Vec<String> = pool.requests().iter().map(|request| request.operation().to_owned()).collect();
    assert_eq!(asked, ["accessToken", "users"], "no definitions, where no custom data is wanted");
}

/// The export of a list that the service sends as this JSON, and the file.
fn export_of(list: &Value, format: Format) -> (Exported, String) {
    let list = json!({"users": {"totalCount": list.as_array().unwrap().len(), "list": list}});
    let answer = move |request: &Request| {
        Ok(match request.operation() {
            "accessToken" => Response::token("TOKEN"),
            "udf" => Response::graphql(json!({"udf": []})),
            _ => Response::graphql(list.clone()),
        })
    };
    let builder = authing::Client::builder().user_pool_id("POOL").secret("SECRET").transport(answer);
    let mut file = Vec::new();
    let export = builder.build().unwrap().users().list().export_to(&mut file, format);
    (export.send().unwrap(), String::from_utf8(file).unwrap())
}

#[test]
fn items_that_are_no_users_are_counted_and_make_an_export_incomplete() {
    for format in [Format::Ndjson, Format::Csv] {
        let (exported, _) = export_of(&json!([{"id": "1"}, null, 7]), format);
        assert_eq!((exported.rows, exported.odd), (1, 2), "{exported}");
        assert!(!exported.is_complete());
    }
}

#[test]
fn odd_custom_data_costs_no_user_and_makes_a_table_incomplete() {
    let level = json!({"key": "level", "dataType": "NUMBER", "value": "3"});
    for odd in [json!([level, 7, {"value": "x"}]), json!({"level": 3}), json!("odd")] {
        let list = json!([{"id": "1", "customData": odd}, {"id": "2", "customData": [level]}]);
        let (exported, table) = export_of(&list, Format::Csv);
        assert_eq!((exported.rows, &exported.left_out[..]), (2, &["customData".to_owned()][..]), "{odd}");
        let levels = table.matches(r#"{""level"":3}"#).count();
        assert_eq!((levels, exported.is_complete()), (1 + usize::from(odd.is_array()), false), "{table}");
        let (exported, lines) = export_of(&list, Format::Ndjson);
        assert!(exported.is_complete() && lines.contains(&odd.to_string()), "{lines}");
    }
}

#[test]
fn a_chosen_column_that_would_have_no_values_is_refused() {
    let pool = varied(3);
    let list = || pool.client().users().list();
    let (mut file, csv) = (Vec::new(), Format::Csv);
    let unselected = list().select([UserField::Email]).export_to(&mut file, csv);
    let error = unselected.columns([UserField::Id, UserField::Username]).send().unwrap_err();
    assert_eq!(error.message(), "`username` is not requested: `select` it on the list");
    let error = list().export_to(&mut file, csv).columns([UserField::PhoneCountryCode]).send().unwrap_err();
    assert_eq!(error.message(), "`phoneCountryCode` is not requested: `select` it on the list");
    let error = list().export_to(&mut file, csv).columns([UserField::Password]).send().unwrap_err();
    assert_eq!(error.message(), "`password` is secret: it is written only `with_secrets`");
    assert_eq!((error.field(), error.operation()), (Some("columns"), "export"));
    assert!(file.is_empty());

    let both = [UserField::Id, UserField::Password];
    list().export_to(&mut file, csv).columns(both).with_secrets().send().unwrap();
    list().select([UserField::Email]).export_to(&mut file, csv).columns([UserField::Email]).send().unwrap();
}

#[test]
fn columns_that_no_import_could_read_are_refused_before_anything_is_asked() {
    let pool = varied(3);
    pool.clear_requests();
    for columns in [vec![], vec![UserField::from("shoeSize")], vec![UserField::Id, UserField::Id]] {
        let mut file = Vec::new();
        let export = pool.client().users().list().export_to(&mut file, Format::Csv).columns(columns);
        let error = export.send().unwrap_err();
        assert_eq!((error.field(), error.operation()), (Some("columns"), "export"), "{error}");
        assert!(file.is_empty());
    }
    assert!(pool.requests().is_empty());
}

#[test]
fn an_export_of_many_users_keeps_hashes_of_ids_in_a_file_that_it_leaves_nowhere() {
    const USERS: u64 = 30_000;
    let scratch = std::sync::Arc::new(Scratch::new());
    for (repeats, exactly) in [(false, false), (true, false), (false, true)] {
        let seen = scratch.clone();
        let transport = move |request: &Request| {
            if request.operation() == "accessToken" {
                return Ok(Response::token("token"));
            }
            let body: Value = serde_json::from_slice(request.body().unwrap_or_default()).unwrap();
            let number = |name: &str| body["variables"][name].as_u64().unwrap();
            let (page, limit) = (number("page"), number("limit"));
            let mut ids: Vec<u64> = ((page - 1) * limit..(page * limit).min(USERS)).collect();
            if repeats && page > 1 && ids.len() > 1 {
                ids[0] = page * 7;
            }
            if ids.last() == Some(&(USERS - 1)) && page > 1 && limit > 1 {
                let names = seen.names();
                assert!(names.iter().all(|name| name.ends_with(".part") || name == "u.ndjson"), "{names:?}");
                #[cfg(target_os = "linux")]
                {
                    let files = std::fs::read_dir("/proc/self/fd").unwrap();
                    let names = files.filter_map(|file| std::fs::read_link(file.unwrap().path()).ok());
                    let is_ours = |name: &std::path::PathBuf| {
                        let name = name.to_string_lossy();
                        name.starts_with(&*seen.path(".authing-").to_string_lossy())
                            && name.ends_with("(deleted)")
                    };
                    // `exactly` has a set of its own.
                    assert_eq!(names.filter(is_ours).count(), if exactly { 2 } else { 1 });
                }
            }
            let list: Vec<Value> = ids.iter().map(|id| json!({"id": id.to_string()})).collect();
            let page = json!({"data": {"users": {"totalCount": USERS, "list": list}}});
            Ok(Response::new(200, page.to_string()))
        };
        let client = authing::Client::builder().user_pool_id("POOL").secret("SECRET");
        let client = client.transport_fn(transport).build().unwrap();
        let export = client.users().list().limit(1000).export(scratch.path("u.ndjson"));
        let exported = if exactly { export.exactly() } else { export }.send().unwrap();
        let doubled = if repeats { 29 } else { 0 };
        assert_eq!((exported.rows, exported.report.doubled), (USERS - doubled, doubled));
        assert_eq!(exported.is_complete(), !repeats);
        let text = text(&scratch.path("u.ndjson"));
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len() as u64, USERS - doubled);
        assert_eq!(scratch.names(), ["u.ndjson"]);
    }
}
