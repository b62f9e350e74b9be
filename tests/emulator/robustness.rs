//! Nothing that can be sent makes a pool panic or wedges it.

use authing::emulator::Pool;
use authing::transport::{Method, Request, Transport};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::ask::Asker;

/// JSON of every shape, with names that operations know among those that they do not.
fn json() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        Just("userInfo"),
        Just("username"),
        Just("id"),
        Just("ids"),
        Just("input"),
        Just("filter"),
        Just("userIds"),
        Just("data"),
        Just("targetType"),
        Just("page"),
        Just("query"),
        Just("variables"),
        Just("code"),
        Just("x"),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("613872b19c90be7d4da44466")),
        Just(json!("USER")),
    ];
    leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..4).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

fn method() -> impl Strategy<Value = Method> {
    prop_oneof![
        Just(Method::Get),
        Just(Method::Post),
        Just(Method::Put),
        Just(Method::Patch),
        Just(Method::Delete),
    ]
}

/// Every path template of the documented table, with odd things in place of its names.
fn paths() -> Vec<(Method, String)> {
    authing::emulator::Fidelity::table()
        .into_iter()
        .filter_map(|(name, _)| {
            let (method, path) = name.split_once(' ')?;
            let methods = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
            let method = methods.into_iter().find(|known| known.as_str() == method)?;
            Some((method, path.replace('{', "%7").replace('}', "")))
        })
        .collect()
}

fn alive(pool: &Pool) {
    let ask = Asker::of(pool.clone());
    ask.data("{ users { totalCount } }", json!({}));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn no_bytes_are_too_odd(method in method(), target in "/?[ -~]{0,40}", body in prop::collection::vec(any::<u8>(), 0..60)) {
        let pool = Pool::new();
        pool.send(&Request::new(method, format!("http://pool{target}")).with_body(body.clone())).unwrap();
        pool.send(&Request::new(Method::Post, "http://pool/graphql/v2").with_body(body)).unwrap();
        alive(&pool);
    }

    #[test]
    fn no_json_is_too_odd(body in json(), query in "[a-zA-Z_{}=&%0-9\\[\\]]{0,30}") {
        let ask = Asker::new();
        for (method, path) in paths() {
            for target in [path.clone(), format!("{path}?{query}")] {
                let response = ask.send(method, &target, Some(&body));
                prop_assert!(serde_json::from_slice::<Value>(response.body()).is_ok(), "{target}");
            }
        }
        alive(&ask.pool);
    }

    #[test]
    fn no_variables_are_too_odd(info in json(), params in ".{0,20}") {
        let ask = Asker::new();
        ask.graphql(crate::ask::CREATE, json!({ "info": info, "params": params }));
        ask.graphql("query ($i: String!) { searchUser(query: $i) { totalCount } }", json!({ "i": params }));
        ask.graphql("query ($i: String) { user(id: $i) { id } findUser(email: $i) { id } }", json!({ "i": params }));
        ask.graphql("query ($i: Int) { users(page: $i, limit: 2147483647) { totalCount } }", json!({ "i": i32::MAX }));
        alive(&ask.pool);
    }

    #[test]
    fn no_seed_is_too_odd(section in json()) {
        for name in ["users", "archivedUsers", "groups", "roles", "namespaces", "customFields", "customData", "pool"] {
            let _ = Pool::from_seed(&json!({ "version": 1, name: section }).to_string());
            let _ = Pool::from_seed(&json!({ "version": 1, name: [section] }).to_string());
        }
    }
}

#[test]
fn deep_and_wide_documents_are_refused_or_answered() {
    let ask = Asker::new();
    let deep = "{ users { list { roles { list { users { list { ".to_owned()
        + &"roles { list { users { list { ".repeat(40)
        + "id"
        + &" } } } }".repeat(40)
        + " } } } } } } }";
    let braces = "{".repeat(100_000);
    let wide = format!("{{ {} }}", "users { totalCount } ".repeat(30_000));
    let values = format!(
        "{{ searchUser(query: \"x\", fields: {}{}) {{ totalCount }} }}",
        "[".repeat(5000),
        "]".repeat(5000)
    );
    let cycle = "query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned();
    let mut doubled = "query { ...F0 }".to_owned();
    for number in 0..60 {
        let next = number + 1;
        doubled += &format!(" fragment F{number} on Query {{ ...F{next} ...F{next} }}");
    }
    doubled += " fragment F60 on Query { users { totalCount } }";
    for query in [deep, braces, wide, values, cycle, doubled] {
        ask.send(Method::Post, "/graphql/v2", Some(&json!({ "query": query })));
    }
    let nested = "[".repeat(100_000);
    ask.pool.send(&Request::new(Method::Post, "http://pool/graphql/v2").with_body(nested)).unwrap();
    alive(&ask.pool);
}

#[test]
fn a_pool_serves_many_threads_at_once() {
    let ask = Asker::new();
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let ask = &ask;
            scope.spawn(move || {
                for number in 0..20 {
                    ask.user(&format!("user{thread}-{number}"));
                }
            });
        }
    });
    assert_eq!(ask.data("{ users { totalCount } }", json!({}))["users"]["totalCount"], 320);
}
