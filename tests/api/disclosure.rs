//! Everything that a pool holds of one person, and their removal.

use std::sync::atomic::{AtomicUsize, Ordering};

use authing::disclosure::{Deletion, Erasure, Part, Place};
use authing::emulator::{Fault, Pool};
use authing::transport::{Request, Response, Transport};
use serde_json::{Value, json};

const BOB: &str = "613872b19c90be7d4da44466";
const ANN: &str = "613872b19c90be7d4da44467";

/// A pool with a person who is everywhere that a person can be, and another one who is there too.
fn pool() -> Pool {
    let member = |id: &str| json!({"userId": id});
    let seed = json!({
        "version": 1,
        "customFields": [{"targetType": "USER", "key": "level", "dataType": "NUMBER"}],
        "users": [
            {"id": BOB, "username": "bob", "email": "bob@example.com", "phone": "18800000000", "externalId": "E-1",
             "passwordHash": "planted-hash", "oauth": "planted-oauth", "customData": {"level": 3},
             "identities": [{"provider": "github", "userIdInIdp": "42", "accessToken": "planted-access"}]},
            {"id": ANN, "username": "ann bob", "customData": {"level": 4}},
        ],
        "applications": [{"id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop"}],
        "groups": [{"code": "staff", "users": [BOB, ANN]}],
        "namespaces": [{"code": "shop"}],
        "roles": [{"code": "clerk", "namespace": "shop", "users": [BOB, ANN]}, {"code": "admin", "users": [BOB]}],
        "orgs": [{"id": "6142c2c41c6e6c6cc3edfd88", "root": {"name": "Acme", "children": [
            {"name": "Sales", "code": "sales", "members": [member(BOB), member(ANN)]},
        ]}}],
        "resources": [{"code": "books", "actions": [{"name": "read"}]}],
        "policies": [{"code": "reader", "statements": [
            {"resource": "books:*", "actions": ["books:read"], "effect": "ALLOW"},
        ]}],
        "policyAssignments": [{"policy": "reader", "targetType": "USER", "targetIdentifier": BOB}],
        "tenants": [{"id": "619b64fd2cfccd07a8296839", "name": "Acme", "applications": ["6139c4d24e78a4d706b7545b"],
            "members": [member(BOB)]}],
        "factors": [{"userId": BOB, "type": "OTP", "secret": "JBSWY3DPEHPK3PXP"}],
        "logins": [{"userId": BOB, "application": "6139c4d24e78a4d706b7545b", "lastAt": "2021-09-08T08:00:00Z"}],
        "userActions": (0..30).map(|minute| json!({
            "userId": if minute % 3 == 0 { ANN } else { BOB }, "operation": "login",
            "at": format!("2021-09-08T08:{minute:02}:00Z"), "application": "6139c4d24e78a4d706b7545b",
        })).collect::<Vec<_>>(),
    });
    Pool::from_seed(&seed.to_string()).unwrap()
}

fn states(document: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(document).unwrap();
    let parts = document.as_object().unwrap().iter();
    let mut states: Vec<(String, String)> = parts
        .filter_map(|(name, part)| Some((name.clone(), part.get("state")?.as_str()?.to_owned())))
        .collect();
    states.sort();
    states
}

#[test]
fn a_disclosure_has_every_part_and_no_secret() {
    let pool = pool();
    pool.clear_requests();
    let client = pool.client();
    let disclosure = client.users().disclose(BOB).send().unwrap();
    assert_eq!(disclosure.missing(), Vec::<&str>::new());
    assert!(disclosure.is_complete() && disclosure.is_found() == Some(true));
    let asked = pool.requests().iter().filter(|request| request.operation() != "accessToken").count();
    assert_eq!(asked, 14, "the documentation says so");

    let document = disclosure.to_json().unwrap();
    assert!(!document.contains("planted"), "{document}");
    let document: Value = serde_json::from_str(&document).unwrap();
    let data = |part: &str| document[part]["data"].clone();
    assert_eq!(data("profile")["username"], "bob");
    assert_eq!(data("identities")[0]["provider"], "github");
    assert_eq!(data("customData")[0]["value"], "3");
    assert_eq!(data("groups")["list"][0]["code"], "staff");
    assert_eq!(data("roles")["totalCount"], 2);
    assert_eq!(data("departments")["list"][0]["department"]["code"], "sales");
    assert_eq!(data("orgs")[0].as_array().unwrap().len(), 2);
    assert_eq!(data("policies")["list"][0]["code"], "reader");
    assert_eq!(data("tenants")[0]["name"], "Acme");
    assert_eq!(data("secondFactors")["OTP"], true);
    assert_eq!(data("signIns")["isLogin"], true);
    assert_eq!(data("userActions")["list"].as_array().unwrap().len(), 20);
    assert!(document["authorizedResources"]["state"] == "found" && document["auditLog"]["state"] == "found");
    let all = serde_json::to_string(&disclosure.with_secrets()).unwrap();
    assert!(all.contains("planted-oauth"));
}

#[test]
fn a_part_that_failed_is_in_the_document_with_its_error() {
    let pool = pool();
    pool.faults().times(9, "getUserGroups", Fault::error(500, "broken"));
    pool.faults().times(9, "GET /api/v2/users/{id}/mfa-bound", Fault::status(404));
    let disclosure = pool.client().users().disclose(BOB).send().unwrap();
    assert_eq!(disclosure.missing(), ["groups", "second_factors"]);
    let document = disclosure.to_json().unwrap();
    let states = states(&document);
    assert_eq!(states.len(), 14);
    let of = |state: &str| -> Vec<&str> {
        states.iter().filter(|(_, own)| own == state).map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!((of("failed"), of("found").len()), (vec!["groups", "secondFactors"], 12));
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(
        (&document["groups"]["error"]["code"], &document["groups"]["data"]),
        (&json!(500), &Value::Null)
    );

    // Where nothing can be read, there is no document.
    let wrong = pool.client_builder().secret("wrong").build().unwrap();
    assert!(wrong.users().disclose(BOB).send().is_err());
}

#[test]
fn nobody_is_disclosed_as_absent_and_not_as_failed() {
    let pool = pool();
    let disclosure = pool.client().users().disclose("5f718016d8e5f7e9d6d3a1b2").send().unwrap();
    assert_eq!((disclosure.is_found(), disclosure.missing()), (Some(false), Vec::<&str>::new()));
    assert!(matches!(disclosure.groups, Part::Absent));
}

#[test]
fn who_is_erased_is_gone_from_every_place_and_what_the_service_keeps_is_told() {
    let pool = pool();
    let client = pool.client();
    let erasure = client.users().erase(BOB).send().unwrap();
    assert_eq!(erasure.deletion, Deletion::Deleted);
    assert!(erasure.is_erased(), "{erasure}");
    assert_eq!(erasure.remains.len(), 13, "{erasure}");
    let kept: Vec<(Place, u64)> =
        erasure.kept().map(|remains| (remains.place, *remains.entries.found().unwrap())).collect();
    assert_eq!(kept, [(Place::Archive, 1), (Place::UserActions, 20)]);
    assert_eq!(erasure.before.groups.found().unwrap().list[0].code, "staff");
    let said = erasure.to_string();
    assert!(said.contains("archive of deleted users: 1, which the service keeps"), "{said}");
    let proof = erasure.to_json().unwrap();
    assert!(proof.contains("\"deletion\": \"deleted\"") && !proof.contains("planted"), "{proof}");
    assert!(client.users().detail(ANN).send().unwrap().is_some(), "nobody else was touched");
    assert_eq!(client.groups().list_users("staff").send().unwrap().total_count, 1);

    // Again: nothing to delete, and the same is found.
    pool.clear_requests();
    let again = client.users().erase(BOB).send().unwrap();
    assert_eq!((again.deletion, again.is_erased(), again.kept().count()), (Deletion::WasGone, true, 2));
    assert!(pool.requests().iter().all(|request| request.operation() != "deleteUser"));
}

/// The lists of what a user is in, and the place where the user is looked for in return.
const KEPT_IN: [(&str, Place); 3] = [
    ("getUserGroups", Place::GroupMembers),
    ("getUserRoles", Place::RoleMembers),
    ("getUserDepartments", Place::DepartmentMembers),
];

/// The places of which it is not known whether the user is still there.
fn unknown(erasure: &Erasure) -> Vec<Place> {
    let unknown = erasure.remains.iter().filter(|remains| remains.entries.error().is_some());
    unknown.map(|remains| remains.place).collect()
}

/// A client of a pool whose first response to that operation counts one item more than it has.
fn one_too_many(pool: &Pool, operation: &'static str, only_first: bool) -> authing::Client {
    let (inner, asked) = (pool.clone(), AtomicUsize::new(0));
    let transport = move |request: &Request| {
        let response = inner.send(request)?;
        let is_other = request.operation() != operation;
        if is_other || (asked.fetch_add(1, Ordering::SeqCst) > 0 && only_first) {
            return Ok(response);
        }
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        let (before, rest) = body.split_once("\"totalCount\":").unwrap();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap();
        let count = rest[..end].parse::<u32>().unwrap() + 1;
        Ok(Response::new(response.status(), format!("{before}\"totalCount\":{count}{}", &rest[end..])))
    };
    pool.client_builder().transport(transport).build().unwrap()
}

#[test]
fn a_list_that_may_be_longer_is_not_complete() {
    for (operation, part) in [("getUserGroups", "groups"), ("policyAssignments", "policies")] {
        let disclosure = one_too_many(&pool(), operation, false).users().disclose(BOB).send().unwrap();
        assert_eq!((disclosure.missing(), disclosure.is_complete()), (vec![part], false));
    }
}

#[test]
fn members_of_groups_that_may_not_be_known_are_not_called_empty() {
    for (operation, place) in KEPT_IN {
        let erasure = one_too_many(&pool(), operation, true).users().erase(BOB).send().unwrap();
        assert_eq!((unknown(&erasure), erasure.is_erased()), (vec![place], false), "{erasure}");
    }
}

#[test]
fn lists_that_may_be_longer_are_not_called_empty() {
    for (operation, place) in [
        ("groupWithUsers", Place::GroupMembers),
        ("roleWithUsers", Place::RoleMembers),
        ("nodeByIdWithMembers", Place::DepartmentMembers),
        ("searchUser", Place::Search),
    ] {
        let erasure = one_too_many(&pool(), operation, false).users().erase(BOB).send().unwrap();
        assert_eq!((unknown(&erasure), erasure.is_erased()), (vec![place], false), "{operation}: {erasure}");
    }
}

#[test]
fn a_user_whom_the_service_did_not_delete_is_found_by_each_unique_field_and_account() {
    let pool = pool();
    let done = r#"{"data":{"deleteUser":{"code":200,"message":"done"}}}"#;
    pool.faults().next("deleteUser", Fault::answer(200, done));
    let erasure = pool.client().users().erase(BOB).send().unwrap();
    let found =
        |place| erasure.remains.iter().find(|remains| remains.place == place)?.entries.found().copied();
    assert_eq!((found(Place::Detail), found(Place::Find), found(Place::Search)), (Some(1), Some(5), Some(1)));
    assert_eq!((found(Place::GroupMembers), found(Place::RoleMembers)), (Some(1), Some(2)));
    assert_eq!((found(Place::DepartmentMembers), found(Place::Policies)), (Some(1), Some(1)));
    assert_eq!((found(Place::CustomData), found(Place::SecondFactors)), (Some(1), Some(1)));
    assert_eq!((found(Place::SignIns), erasure.is_erased()), (Some(1), false));
}

#[test]
fn an_erasure_is_certain_also_where_groups_have_several_pages() {
    let pool = Pool::builder().generated_users(450, 1).build();
    let client = pool.client();
    let ids: Vec<String> = client.users().list().limit(200).iter().map(|user| user.unwrap().id).collect();
    client.groups().create("staff", "Staff").send().unwrap();
    client.roles().create("clerk").send().unwrap();
    client.bulk().add_to_group("staff", &ids).send().unwrap();
    client.bulk().add_role("clerk", &ids).send().unwrap();
    let erasure = client.users().erase(&ids[7]).send().unwrap();
    assert!(erasure.is_erased(), "{erasure}");
}

#[test]
fn a_user_who_takes_a_name_during_the_erasure_is_not_the_one_who_is_erased() {
    let pool = pool();
    let inner = pool.clone();
    let transport = move |request: &Request| {
        let response = inner.send(request);
        if request.operation() == "deleteUser" {
            inner.client().users().create().username("bob").email("bob@example.com").send().unwrap();
        }
        response
    };
    let client = pool.client_builder().transport(transport).build().unwrap();
    let erasure = client.users().erase(BOB).send().unwrap();
    assert!(erasure.is_erased(), "{erasure}");
    assert!(client.users().find().username("bob").send().unwrap().is_some());
}

#[test]
fn a_new_user_with_the_same_name_is_not_the_one_who_was_erased() {
    let pool = pool();
    let client = pool.client();
    pool.faults().next("deleteUser", Fault::reset().after_carrying_out());
    let erasure = client.users().erase(BOB).send().unwrap();
    assert_eq!((erasure.deletion, erasure.is_erased()), (Deletion::Deleted, true));
    client.users().create().username("bob").email("bob@example.com").send().unwrap();
    assert!(client.users().erase(BOB).send().unwrap().is_erased());
    assert!(client.users().find().username("bob").send().unwrap().is_some());
}

#[test]
fn nothing_is_deleted_as_long_as_it_cannot_be_said_what_was_there() {
    let pool = pool();
    let client = pool.client();
    pool.faults().times(1, "getUserGroups", Fault::error(500, "broken"));
    let error = client.users().erase(BOB).send().unwrap_err();
    assert!(
        error.to_string().contains("nothing was deleted") && error.to_string().contains("groups"),
        "{error}"
    );
    assert!(client.users().detail(BOB).send().unwrap().is_some());
    pool.faults().clear();
    pool.faults().times(2, "getUserGroups", Fault::error(500, "broken"));
    let erasure = client.users().erase(BOB).accept_incomplete().without_members().send().unwrap();
    assert_eq!((erasure.deletion, erasure.remains.len()), (Deletion::Deleted, 10));
}

#[test]
fn what_cannot_be_looked_at_is_not_called_empty() {
    let pool = pool();
    pool.faults().times(9, "archivedUsers", Fault::error(500, "broken"));
    pool.faults().times(9, "searchUser", Fault::error(500, "broken"));
    let erasure = pool.client().users().erase(BOB).send().unwrap();
    assert!(!erasure.is_erased(), "{erasure}");
    assert!(erasure.to_string().contains("search: unknown, because of searchUser: "), "{erasure}");
}

#[test]
fn where_a_user_was_and_could_not_be_read_is_not_called_empty() {
    for (operation, place) in KEPT_IN {
        let pool = pool();
        pool.faults().times(1, operation, Fault::error(500, "broken"));
        let erasure = pool.client().users().erase(BOB).accept_incomplete().send().unwrap();
        assert_eq!((unknown(&erasure), erasure.is_erased()), (vec![place], false), "{operation}: {erasure}");
    }
}
