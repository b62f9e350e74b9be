//! The pool over real HTTP and in the process: the sixteen operations, the whole day's work, and many ids.

use std::collections::HashSet;

use authing::emulator::{Pool, Server};
use authing::transport::UreqTransport;
use authing::{Client, DEFAULT_PUBLIC_KEY, SortBy, UserField, users::BatchKey};
use serde_json::Value;

use crate::flow;
use crate::support::Log;

/// A client that reaches a pool over sockets.
fn over_http(pool: &Pool, server: &Server, log: &Log) -> Client {
    Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(server.url())
        .lang("en-US")
        .transport(log.before(UreqTransport::builder().no_proxy().build()))
        .build()
        .unwrap()
}

/// Serves a pool for as long as the test runs.
fn served(pool: &Pool) -> (Server, Client, Log) {
    let (server, log) = (pool.serve("127.0.0.1:0").unwrap(), Log::default());
    let client = over_http(pool, &server, &log);
    (server, client, log)
}

/// How an operation travelled: the path of REST, or the operation and the fields of GraphQL at the top.
fn wire_form(log: &Log) -> String {
    let request = log.last();
    if request.url().ends_with("/graphql/v2") {
        let kind = log.last_body()["query"].as_str().unwrap().split_whitespace().next().unwrap().to_owned();
        format!("{kind} {}", request.operation())
    } else {
        let path = request.url().splitn(4, '/').nth(3).unwrap();
        let path: Vec<_> = path
            .split('?')
            .next()
            .unwrap()
            .split('/')
            .map(|part| if part.len() == 24 { "{id}" } else { part })
            .collect();
        format!("{} /{}", request.method(), path.join("/"))
    }
}

#[test]
fn each_of_the_sixteen_operations_works_over_http() {
    let pool = Pool::builder().generated_users(30, 7).build();
    let (server, client, log) = served(&pool);
    let users = client.users();
    client.groups().create("engineering", "Engineering").send().unwrap();
    client.roles().create("auditor").send().unwrap();
    let bob = users.create().username("bob").send().unwrap().id;
    let ann = users.create().username("ann").send().unwrap().id;
    let mut table: Vec<[String; 4]> = Vec::new();
    let mut show = |builder: &str, folder: &str, result: String| {
        assert!(crate::samples::fixture_folders().contains(folder), "{folder} has no fixtures");
        table.push([builder.to_owned(), wire_form(&log), format!("tests/fixtures/{folder}"), result]);
    };

    let carl = users.create().username("carl").password("123456").nickname("Carl").send().unwrap();
    show("users.create()", "users/create", format!("User {}", carl.username.as_deref().unwrap()));
    let changed = users.update(&bob).nickname("Nicky").clear(UserField::Company).send().unwrap();
    assert_eq!(changed.nickname.as_deref(), Some("Nicky"));
    show("users.update(id)", "users/update", "User with nickname Nicky".into());
    assert_eq!(users.detail(&bob).include_custom_data().send().unwrap().unwrap().id, bob);
    show("users.detail(id)", "users/detail", "Some(User)".into());
    let page = users.list().page(2).limit(10).sort_by(SortBy::CreatedAtDescending).send().unwrap();
    assert_eq!((page.total_count, page.list.len()), (33, 10));
    show("users.list()", "users/list", "10 of 33".into());
    assert_eq!(users.find().username("bob").send().unwrap().unwrap().id, bob);
    show("users.find()", "users/find", "Some(User)".into());
    let page = users.search("nicky").fields([UserField::Nickname]).page(1).limit(10).send().unwrap();
    assert_eq!((page.total_count, page.list[0].id.as_str()), (1, bob.as_str()));
    show("users.search(text)", "users/search", "1 of 1".into());
    let both = users.batch(["ann", "bob"]).by(BatchKey::Username).send().unwrap();
    assert_eq!(both.iter().map(|user| &user.id).collect::<Vec<_>>(), [&ann, &bob]);
    show("users.batch(ids)", "users/batch", "2 users".into());
    let token = users.refresh_token(&bob).send().unwrap();
    assert!(token.exp > token.iat);
    show("users.refresh_token(id)", "users/refresh_token", format!("{:?}", token.token));
    users.add_group(&bob, "engineering").send().unwrap();
    show("users.add_group(id, code)", "users/add_group", "200".into());
    assert_eq!(users.list_groups(&bob).send().unwrap().list[0].code, "engineering");
    show("users.list_groups(id)", "users/list_groups", "1 group".into());
    users.remove_group(&bob, "engineering").send().unwrap();
    show("users.remove_group(id, code)", "users/remove_group", "200".into());
    users.add_roles(&bob, ["auditor"]).namespace("default").send().unwrap();
    show("users.add_roles(id, codes)", "users/add_roles", "200".into());
    assert_eq!(users.list_roles(&bob).namespace("default").send().unwrap().list[0].code, "auditor");
    show("users.list_roles(id)", "users/list_roles", "1 role".into());
    users.remove_roles(&bob, ["auditor"]).namespace("default").send().unwrap();
    show("users.remove_roles(id, codes)", "users/remove_roles", "200".into());
    assert_eq!(users.delete(&bob).send().unwrap().code, Some(200));
    show("users.delete(id)", "users/delete", "200".into());
    assert_eq!(users.delete_many([&ann, &carl.id]).send().unwrap().code, Some(200));
    show("users.delete_many(ids)", "users/delete_many", "200".into());

    assert_eq!(users.list().send().unwrap().total_count, 30);
    assert_eq!(users.list_groups(&bob).send().unwrap_err().code(), None, "gone, and found out by null");
    println!("| Builder | Wire form | Fixtures | Answer of the served pool |\n|---|---|---|---|");
    for [builder, wire, folder, result] in &table {
        println!("| `{builder}` | `{wire}` | `{folder}` | {result} |");
    }
    assert_eq!(table.len(), 16);
    assert_eq!(server.connections(), 1);
}

#[test]
fn the_whole_days_work_is_done_over_http() {
    let pool = Pool::new();
    let (_server, client, _) = served(&pool);
    flow::everything(&client);
}

#[test]
fn the_whole_days_work_is_done_in_the_process() {
    flow::everything(&Pool::new().client_builder().lang("en-US").build().unwrap());
}

#[test]
fn two_hundred_ids_are_three_requests_and_come_back_in_order() {
    let pool = Pool::builder().generated_users(200, 3).build();
    let (_server, client, log) = served(&pool);
    let users = client.users();
    let ids: Vec<String> =
        users.list().limit(200).send().unwrap().into_iter().map(|user| user.id).rev().collect();
    let found: Vec<String> = users.batch(&ids).send().unwrap().into_iter().map(|user| user.id).collect();
    assert_eq!(found, ids);
    assert_eq!(log.count("userBatch"), 3);
    users.delete_many(&ids).send().unwrap();
    assert_eq!(log.count("deleteUsers"), 3);
    assert_eq!(users.list().send().unwrap().total_count, 0);
}

#[test]
fn an_id_that_does_not_exist_among_two_hundred_leaves_the_rest_unfinished() {
    let pool = Pool::builder().generated_users(200, 3).build();
    let (_server, client, log) = served(&pool);
    let users = client.users();
    let mut ids: Vec<String> =
        users.list().limit(200).send().unwrap().into_iter().map(|user| user.id).collect();
    ids[100] = crate::samples::ID.to_owned();
    let error = users.delete_many(&ids).send().unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.to_string(), "deleteUsers: user does not exist (code 2004) (120 ids unfinished)");
    assert_eq!(error.unfinished(), &ids[80..]);
    assert_eq!(log.count("deleteUsers"), 2, "the third piece is not sent");
    assert_eq!(users.list().send().unwrap().total_count, 120);
}

#[test]
fn every_user_is_seen_once_by_iterating() {
    let pool = Pool::builder().generated_users(250, 5).build();
    let (_server, client, log) = served(&pool);
    let mut users = client.users().list().sort_by(SortBy::CreatedAtAscending).iter();
    let ids: HashSet<String> = users.by_ref().map(|user| user.unwrap().id).collect();
    assert_eq!((ids.len(), users.total_count(), users.is_complete()), (250, Some(250), true));
    assert_eq!(log.count("users"), 3 + 2, "three pages, and two requests that prove that nothing is missing");
}

fn stored_password(pool: &Pool, username: &str) -> Option<String> {
    let seed: Value = serde_json::from_str(&pool.snapshot()).unwrap();
    let user = seed["users"].as_array().unwrap().iter().find(|user| user["username"] == username).cloned();
    user.and_then(|user| Some(user["passwordHash"].as_str()?.to_owned()))
}

#[test]
fn a_password_arrives_encrypted_is_decrypted_by_the_pool_and_kept_if_asked() {
    let pool = Pool::new();
    let (_server, client, log) = served(&pool);
    let users = client.users();
    users
        .create()
        .username("kept")
        .password("$2b$10$hash-of-another-system")
        .keep_password(true)
        .send()
        .unwrap();
    assert_eq!(stored_password(&pool, "kept").as_deref(), Some("$2b$10$hash-of-another-system"));
    let hashed = users.create().username("hashed").password("correct horse").send().unwrap();
    let stored = stored_password(&pool, "hashed").unwrap();
    assert!(stored.starts_with("$argon2"), "{stored}");
    users.update(&hashed.id).password("another one").send().unwrap();
    assert_ne!(stored_password(&pool, "hashed").unwrap(), stored);
    assert_eq!(log.count("wellKnown"), 1, "the key is asked for once");
    for request in log.requests() {
        let body = String::from_utf8_lossy(request.body().unwrap_or_default()).into_owned();
        assert!(
            !body.contains("correct horse") && !body.contains("hash-of-another-system"),
            "{}",
            request.operation()
        );
    }
}

#[test]
fn a_password_for_a_foreign_key_is_refused_with_code_2016() {
    let pool = Pool::new();
    for transport_is_pool in [true, false] {
        let server = pool.serve("127.0.0.1:0").unwrap();
        let builder = match transport_is_pool {
            true => pool.client_builder(),
            false => pool
                .client_builder()
                .host(server.url())
                .transport(UreqTransport::builder().no_proxy().build()),
        };
        let client = builder.public_key(DEFAULT_PUBLIC_KEY).build().unwrap();
        let error = client.users().create().username("bob").password("123456").send().unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert_eq!((error.code(), error.operation()), (Some(2016), "createUser"));
        assert!(client.users().find().username("bob").send().unwrap().is_none());
    }
}

#[test]
fn a_wrong_secret_or_pool_id_is_an_authentication_error_and_an_expired_token_is_none() {
    let pool = Pool::builder().generated_users(1, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let settings = || {
        let transport = UreqTransport::builder().no_proxy().build();
        pool.client_builder().host(server.url()).transport(transport)
    };
    for client in [settings().secret("wrong"), settings().user_pool_id("emulated-another")] {
        let error = client.build().unwrap().users().list().send().unwrap_err();
        assert!(error.is_authentication(), "{error}");
        assert!(error.message().starts_with("the user pool id or the secret was rejected"), "{error}");
    }
    // The client does not see this clock, so the token ends before it knows.
    let log = Log::default();
    let client = over_http(&pool, &server, &log);
    client.users().list().send().unwrap();
    pool.clock().advance(std::time::Duration::from_secs(16 * 24 * 3600));
    client.users().list().send().unwrap();
    assert_eq!((log.count("accessToken"), log.count("users")), (2, 3));
}
