//! A pool that is made of a snapshot answers everything as the first one did, and goes on as it would have.

use std::time::Duration;

use authing::emulator::{Fidelity, Guess, Pool};
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

/// A pool in which something of every kind was done through its API, at different times.
fn lived_in() -> (Asker, String) {
    let pool = Pool::builder()
        .seed(5)
        .token_lifetime(Duration::from_secs(40_000_000))
        .error_code(Guess::GroupNotFound, 7001)
        .build();
    let mut ask = Asker::of(pool);
    let step = |ask: &Asker| ask.pool.clock().advance(Duration::from_secs(61));
    let graphql = |ask: &Asker, query: &str, variables: Value| {
        step(ask);
        ask.data(query, variables)
    };
    let rest = |ask: &Asker, method: Method, path: &str, body: Value| {
        step(ask);
        let answer = ask.rest(method, path, Some(body));
        assert!(answer["code"] == 200 || answer["statusCode"] == 200, "{path}: {answer}");
        answer["data"].clone()
    };
    let (bob, ann, gone) = (ask.user("bob"), ask.user("ann"), ask.user("gone"));
    graphql(&ask, "mutation ($i: String!) { deleteUser(id: $i) { code } }", json!({ "i": gone }));
    graphql(
        &ask,
        "mutation ($i: String) { updateUser(id: $i, input: { nickname: \"B\" }) { id } }",
        json!({ "i": bob }),
    );
    let spaces = format!("/api/v2/resource-namespace/{}", ask.pool.id());
    for (code, name) in [("dropped", "Dropped"), ("shop", "Shop")] {
        rest(&ask, Method::Post, &spaces, json!({ "code": code, "name": name }));
    }
    rest(&ask, Method::Delete, &format!("{spaces}/1"), json!({}));
    let app = rest(
        &ask,
        Method::Post,
        "/api/v2/applications",
        json!({ "name": "Front", "identifier": "front", "redirectUris": ["https://front.example"] }),
    );
    let app = app["id"].as_str().unwrap().to_owned();
    for title in ["Terms", "Dropped", "Privacy"] {
        let path = format!("/api/v2/applications/{app}/agreements");
        rest(&ask, Method::Post, &path, json!({ "title": title }));
    }
    rest(&ask, Method::Delete, &format!("/api/v2/applications/{app}/agreements/2"), json!({}));
    rest(
        &ask,
        Method::Post,
        &format!("/api/v2/applications/{app}/authorization/allow"),
        json!({ "targetType": "USER", "targetIdentifiers": [bob], "namespace": "shop" }),
    );
    for (key, value) in [("REGION", "north"), ("ZONE", "a"), ("REGION", "south")] {
        rest(&ask, Method::Post, "/api/v2/env", json!({ "key": key, "value": value }));
    }
    let add = "mutation ($l: [String!]!) { addWhitelist(type: EMAIL, list: $l) { value } }";
    for address in ["a@example.com", "b@example.com", "a@example.com"] {
        graphql(&ask, add, json!({ "l": [address] }));
    }
    graphql(
        &ask,
        r#"mutation { updateUserpool(input: { name: "Lived in", tokenExpiresAfter: 5000, loginFailStrategy: null }) { id } }"#,
        json!({}),
    );
    graphql(&ask, r#"mutation { createGroup(code: "g", name: "G") { code } }"#, json!({}));
    graphql(
        &ask,
        "mutation ($i: [String!]!) { addUserToGroup(userIds: $i, code: \"g\") { code } }",
        json!({ "i": [ann, bob] }),
    );
    graphql(&ask, r#"mutation { createRole(code: "admin", namespace: "shop") { id } }"#, json!({}));
    let org = graphql(
        &ask,
        r#"mutation { createOrg(name: "Acme", code: "acme") { id rootNode { id } } }"#,
        json!({}),
    );
    let org = &org["createOrg"];
    let node = graphql(
        &ask,
        "mutation ($o: String!, $p: String!) { addNode(orgId: $o, parentNodeId: $p, name: \"Sales\") { nodes { id } } }",
        json!({ "o": org["id"], "p": org["rootNode"]["id"] }),
    );
    assert!(node["addNode"].is_object());
    graphql(
        &ask,
        r#"mutation { setUdf(targetType: USER, key: "age", dataType: NUMBER, label: "Age") { key } }"#,
        json!({}),
    );
    graphql(
        &ask,
        "mutation ($i: String!) { setUdv(targetType: USER, targetId: $i, key: \"age\", value: \"7\") { key } }",
        json!({ "i": ann }),
    );
    rest(
        &ask,
        Method::Post,
        &format!("/api/v2/users/{ann}/management/principal_authentication"),
        json!({ "type": "P", "name": "Ann", "idCard": "1", "ext": "2" }),
    );
    let issued =
        graphql(&ask, "mutation ($i: String) { refreshToken(id: $i) { token } }", json!({ "i": ann }));
    // Something that was refused, and tokens that were revoked.
    ask.graphql("mutation { deleteUser(id: \"x\") { code } }", json!({}));
    ask.pool.faults().revoke_tokens();
    ask.log_in();
    (ask, issued["refreshToken"]["token"].as_str().unwrap().to_owned())
}

/// What the pool shows, by every path that needs no more than ids that are in `parts`.
fn shown(ask: &Asker, user_token: &str) -> Vec<(String, Value)> {
    let users = ask.data("{ users(sortBy: CREATEDAT_ASC) { list { id } } }", json!({}));
    let id = |index: usize| users["users"]["list"][index]["id"].as_str().unwrap().to_owned();
    let applications = ask.rest_data(Method::Get, "/api/v2/applications", None);
    let app = applications["list"][0]["id"].as_str().unwrap().to_owned();
    let mut all = Vec::new();
    for (name, _) in Fidelity::table() {
        let Some(path) = name.strip_prefix("GET ") else { continue };
        let application = path.starts_with("/api/v2/application");
        for own in if application { vec![app.clone()] } else { vec![id(0), id(1)] } {
            let path = path
                .replace("{id}", &own)
                .replace("{code}", "g")
                .replace("{userId}", &own)
                .replace("{pool}", ask.pool.id());
            // The log is read last, for reading may be in it.
            for query in ["", "?namespace=shop", "?page=1&limit=100", "?userId=x"] {
                let path = format!("{path}{query}");
                all.push((path.clone(), ask.rest(Method::Get, &path, None)));
            }
        }
    }
    for query in [
        "{ users(limit: 100) { list { id arn username nickname status createdAt updatedAt customData { key value }
            groups { list { code } } roles(namespace: \"shop\") { list { code } } } } }",
        "{ archivedUsers { list { id username createdAt updatedAt } } }",
        "{ groups { list { code name createdAt updatedAt users { list { id } } } } }",
        "{ roles(namespace: \"shop\") { list { id code namespace createdAt updatedAt } } }",
        "{ orgs { list { id rootNode { id name code createdAt updatedAt } nodes { id name createdAt updatedAt } } } }",
        "{ udf(targetType: USER) { key dataType label options } }",
        "{ whitelist(type: EMAIL) { value createdAt updatedAt } }",
        "{ userpool { id name secret tokenExpiresAfter loginFailStrategy createdAt updatedAt } }",
    ] {
        all.push((query.to_owned(), ask.data(query, json!({}))));
    }
    let standing = "query ($t: String) { checkLoginStatus(token: $t) { code status exp data { id } } }";
    all.push((standing.to_owned(), ask.data(standing, json!({ "t": user_token }))));
    all.push((
        "code".to_owned(),
        json!(ask.code(r#"mutation { updateGroup(code: "none", name: "x") { code } }"#, json!({}))),
    ));
    // What comes next: ids, numbers, times.
    all.push(("next user".to_owned(), ask.create(json!({ "username": "next" }))));
    let spaces = format!("/api/v2/resource-namespace/{}", ask.pool.id());
    let space = json!({ "code": "next", "name": "Next" });
    all.push(("next space".to_owned(), ask.rest_data(Method::Post, &spaces, Some(space))));
    let path = format!("/api/v2/applications/{app}/agreements");
    all.push((
        "next agreement".to_owned(),
        ask.rest_data(Method::Post, &path, Some(json!({ "title": "N" }))),
    ));
    let issue = "mutation ($i: String) { refreshToken(id: $i) { token } }";
    all.push(("next token".to_owned(), ask.data(issue, json!({ "i": id(0) }))));
    all.push(("log".to_owned(), ask.rest_data(Method::Get, "/api/v2/analysis/audit?limit=100", None)));
    all
}

fn assert_same(one: &[(String, Value)], other: &[(String, Value)]) {
    assert_eq!(one.len(), other.len());
    for ((name, before), (_, after)) in one.iter().zip(other) {
        assert_eq!(before, after, "{name}");
    }
}

#[test]
fn a_pool_made_of_a_snapshot_is_the_same_pool() {
    let (first, user_token) = lived_in();
    let snapshot = first.pool.snapshot();
    // The management token of the first pool is good for the second.
    let second = Asker { pool: Pool::from_seed(&snapshot).unwrap(), token: first.token.clone() };
    assert_eq!(second.pool.id(), first.pool.id());
    assert_eq!(second.pool.secret().expose(), first.pool.secret().expose());
    assert_eq!(second.pool.snapshot(), snapshot);
    let expected = shown(&first, &user_token);
    // The test looks at something.
    let answered = expected.iter().filter(|(_, answer)| answer["code"] == 200).count();
    assert!(answered > 40, "{answered}");
    assert_same(&expected, &shown(&second, &user_token));
}

#[test]
fn a_restored_pool_goes_on_from_the_snapshot() {
    let (ask, user_token) = lived_in();
    let snapshot = ask.pool.snapshot();
    let expected = shown(&ask, &user_token);
    ask.pool.clock().advance(Duration::from_secs(3600));
    ask.pool.restore(&snapshot).unwrap();
    assert_eq!(ask.pool.snapshot(), snapshot);
    assert_same(&expected, &shown(&ask, &user_token));
}

#[test]
fn what_is_set_on_the_builder_wins_over_the_snapshot() {
    let (first, _) = lived_in();
    let snapshot = first.pool.snapshot();
    let built = Pool::builder().id("other").secret("another").seed(9).build_from(&snapshot).unwrap();
    assert_eq!((built.id(), built.secret().expose()), ("emulated-other", "another"));
    let again = Pool::builder().id("other").secret("another").seed(9).build_from(&snapshot).unwrap();
    assert_eq!(built.snapshot(), again.snapshot());
}
