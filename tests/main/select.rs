//! Responses that are narrowed to some fields of each user, against the pool, which has the schema.

use authing::emulator::Pool;
use authing::transport::{DryRun, Response};
use authing::users::BatchKey;
use authing::{Client, CustomTarget, DataType, Error, PartialUser, UserField};
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Log, answering};

const USERS: usize = 250;

fn pool() -> Client {
    Pool::builder().generated_users(USERS, 1).build().client()
}

/// What each operation that answers users over GraphQL makes of a user who has a place everywhere.
fn everywhere(client: &Client, fields: &[UserField]) -> Vec<(&'static str, Result<PartialUser, Error>)> {
    fn first(list: Vec<PartialUser>) -> PartialUser {
        list.into_iter().next().unwrap()
    }
    let (users, fields) = (client.users(), || fields.to_vec());
    let bob = users.find().username("bob").send().unwrap().unwrap().id;
    let org = client.orgs().list().send().unwrap().list.remove(0);
    let (name, patch) = (format!("ann-{}", users.list().send().unwrap().total_count), "Nicky");
    vec![
        ("users", users.list().select(fields()).send().map(|page| first(page.list))),
        ("searchUser", users.search("bob").select(fields()).send().map(|page| first(page.list))),
        ("findUser", users.find().username("bob").select(fields()).send().map(Option::unwrap)),
        ("userBatch", users.batch(["bob"]).by(BatchKey::Username).select(fields()).send().map(first)),
        ("archivedUsers", users.list_archived().select(fields()).send().map(|page| first(page.list))),
        ("role", client.roles().list_users("auditor").select(fields()).send().map(|page| first(page.list))),
        ("group", client.groups().list_users("staff").select(fields()).send().map(|page| first(page.list))),
        (
            "nodeById",
            client
                .orgs()
                .list_members(&org.root().unwrap().id)
                .select(fields())
                .send()
                .map(|page| first(page.list)),
        ),
        ("createUser", users.create().username(name).select(fields()).send()),
        ("updateUser", users.update(bob).nickname(patch).select(fields()).send()),
    ]
}

/// A pool with a user who has a role, a group, a department and custom data, and with one who was deleted.
fn furnished() -> Client {
    let client = Pool::new().client();
    client.custom_fields().set(CustomTarget::User, "age", DataType::Number, "Age").send().unwrap();
    let bob = client
        .users()
        .create()
        .username("bob")
        .email("bob@example.com")
        .custom_data("age", 18)
        .send()
        .unwrap();
    client.roles().create("auditor").send().unwrap();
    client.users().add_roles(&bob.id, ["auditor"]).send().unwrap();
    client.groups().create("staff", "Staff").send().unwrap();
    client.users().add_group(&bob.id, "staff").send().unwrap();
    let org = client.orgs().create("Acme").code("acme").send().unwrap();
    client.orgs().add_members(&org.root().unwrap().id, [&bob.id]).send().unwrap();
    let gone = client.users().create().username("gone").send().unwrap();
    client.users().delete(gone.id).send().unwrap();
    client
}

#[test]
fn every_field_can_be_selected_in_every_operation_and_no_other_is_there_then() {
    let client = furnished();
    for field in UserField::ALL {
        for (operation, user) in everywhere(&client, std::slice::from_ref(field)) {
            let user = user.unwrap_or_else(|error| panic!("{operation}, {field}: {error}"));
            assert!(!user.id().is_empty());
            for other in UserField::ALL {
                let is_there = other == field || *other == UserField::Id;
                assert_eq!(user.is_selected(other), is_there, "{operation} of {field}: {other}");
            }
        }
    }
    for (operation, user) in everywhere(&client, UserField::ALL) {
        let user = user.unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert!(UserField::ALL.iter().all(|field| user.is_selected(field)), "{operation}");
    }
}

#[test]
fn custom_data_is_there_by_its_flag_before_or_after_and_by_its_field() {
    let client = furnished();
    let find = || client.users().find().username("bob");
    for request in [
        find().include_custom_data().select([UserField::Email]),
        find().select([UserField::Email]).include_custom_data(),
        find().select([UserField::Email, UserField::CustomData]),
        find().select([UserField::CustomData, UserField::Email]).include_custom_data(),
    ] {
        let bob = request.send().unwrap().unwrap();
        assert_eq!(bob.email().unwrap(), Some("bob@example.com"));
        assert_eq!(bob.custom_data().unwrap().unwrap().get("age").unwrap().as_i64(), Some(18));
    }
    assert!(find().select([UserField::Email]).send().unwrap().unwrap().custom_data().is_err());
}

#[test]
fn a_selected_list_is_paged_in_every_way() {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        email: String,
    }

    let client = pool();
    let list = || client.users().list().select([UserField::Email]).limit(40);
    let all: Vec<String> = client.users().list().iter().map(|user| user.unwrap().id).collect();
    assert_eq!(all.len(), USERS);
    let ids = |users: &mut dyn Iterator<Item = Result<PartialUser, Error>>| -> Vec<String> {
        users
            .map(|user| {
                let user = user.unwrap();
                assert!(user.email().unwrap().unwrap().contains('@') && user.phone().is_err());
                user.id().to_owned()
            })
            .collect()
    };
    let mut items = list().iter();
    assert_eq!(ids(&mut items), all);
    assert!(items.is_complete());
    assert_eq!(ids(&mut list().into_iter()), all);
    assert_eq!(ids(&mut list().iter().prefetch(3)), all);
    assert_eq!(ids(&mut list().iter().exactly()), all);
    assert_eq!(ids(&mut list().pages().flat_map(|page| page.unwrap().list.into_iter().map(Ok))), all);
    let rows: Vec<Row> = list().iter_as().map(Result::unwrap).collect();
    assert!(rows.iter().all(|row| row.email.contains('@')));
    assert_eq!(rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), all);
    for item in list().iter_raw() {
        let item: Value = item.unwrap().parse().unwrap();
        assert_eq!(item.as_object().unwrap().keys().collect::<Vec<_>>(), ["email", "id"]);
    }
    let mut begun = list().iter();
    assert_eq!(begun.by_ref().take(60).count(), 60);
    assert_eq!(ids(&mut list().iter().resume(begun.position())), all[60..]);
}

#[test]
fn a_narrow_list_takes_a_quarter_of_the_bytes_at_most() {
    let client = pool();
    let received = |count: &dyn Fn() -> usize| {
        let before = client.stats().bytes_received;
        assert_eq!(count(), USERS);
        client.stats().bytes_received - before
    };
    let whole = received(&|| client.users().list().limit(200).iter().map(Result::unwrap).count());
    let narrow = received(&|| {
        client
            .users()
            .list()
            .select([UserField::Id, UserField::Email])
            .limit(200)
            .iter()
            .map(Result::unwrap)
            .count()
    });
    println!("{narrow} of {whole} bytes: {:.3}", narrow as f64 / whole as f64);
    assert!(narrow * 4 <= whole, "{narrow} of {whole} bytes");
}

#[test]
fn ids_are_split_as_before() {
    let client = pool();
    let ids: Vec<String> = client.users().list().iter().map(|user| user.unwrap().id).collect();
    let found = client.users().batch(&ids).select([UserField::Username]).send().unwrap();
    assert_eq!(found.iter().map(PartialUser::id).collect::<Vec<_>>(), ids);
    assert!(found.iter().all(|user| user.username().unwrap().is_some() && user.email().is_err()));
}

#[test]
fn every_page_is_asked_for_by_one_document() {
    let log = Log::default();
    let page = r#"{"data":{"users":{"totalCount":3,"list":[{"id":"ID"}]}}}"#;
    let client = answering(&log, move |request| {
        let body = String::from_utf8(request.body().unwrap().to_vec()).unwrap();
        let number = body.split("\"page\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
        Response::new(200, page.replace("ID", &number))
    })
    .build()
    .unwrap();
    let users = client.users().list().select(["email", "id"]).limit(1);
    assert_eq!(users.clone().iter().map(Result::unwrap).count(), 3);
    users.send().unwrap();
    client.users().list().select([UserField::Id, UserField::Email]).limit(1).send().unwrap();
    let documents: Vec<String> = log
        .requests()
        .iter()
        .filter(|request| request.operation() == "users")
        .map(|request| {
            let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
            body["query"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(documents.len() >= 5 && documents.iter().all(|document| *document == documents[0]));
    assert!(documents[0].ends_with("fragment User on User {\n  id\n  email\n}\n"), "{}", documents[0]);
}

#[test]
fn what_cannot_be_selected_is_refused_before_anything_is_sent() {
    let log = Log::default();
    let client = answering(&log, |_| Response::new(200, "{}")).build().unwrap();
    let fields = [UserField::Email, UserField::from("shoeSize")];
    let error = client.users().list().select(fields.clone()).send().unwrap_err();
    assert_eq!((error.field(), error.operation()), (Some("select"), "users"));
    assert!(error.is_invalid_input() && error.to_string().contains("`shoeSize`"), "{error}");
    assert!(client.users().list().select(fields).iter().next().unwrap().is_err());
    assert!(client.users().find().username("bob").select([""; 0]).send().unwrap_err().is_invalid_input());
    assert_eq!(log.len(), 0);
}

#[test]
fn a_dry_run_lets_selected_lists_through_and_plans_selected_changes() {
    let pool = Pool::builder().generated_users(3, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let dry_run = DryRun::new(authing::transport::UreqTransport::new());
    let client = Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(server.url())
        .transport(dry_run.clone())
        .build()
        .unwrap();
    assert_eq!(client.users().list().select([UserField::Email]).iter().map(Result::unwrap).count(), 3);
    assert!(dry_run.plan().is_empty());
    let _planned = client.users().create().username("bob").select([UserField::Id]).send();
    assert_eq!(dry_run.plan().len(), 1);
    assert_eq!(pool.client().users().list().send().unwrap().total_count, 3);
}
