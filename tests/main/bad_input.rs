//! Arguments that cannot be meant: refused with the operation's and the field's name, and nothing is sent.

use authing::transport::{Method, Response};
use authing::{
    Client, Error, ErrorKind, IdentityInput, PolicyTargetType, UserField, UserInput, UserPatch,
    users::{IdentityQuery, InDepartment, WithRole},
};

use crate::samples::ID;
use crate::support::{Log, answering};

type Attempt = fn(&Client) -> Result<(), Error>;

/// What is asked for, and the operation and field that the error has to name.
const TABLE: &[(&str, &str, &str, Attempt)] = &[
    ("detail of an empty id", "userDetail", "id", |client| client.users().detail("").send().map(drop)),
    ("detail of a dot segment", "userDetail", "id", |client| client.users().detail("..").send().map(drop)),
    ("update of an empty id", "updateUser", "id", |client| {
        client.users().update("").name("x").send().map(drop)
    }),
    ("delete of an empty id", "deleteUser", "id", |client| client.users().delete("").send().map(drop)),
    ("token for an empty id", "refreshToken", "id", |client| {
        client.users().refresh_token("").send().map(drop)
    }),
    ("groups of an empty id", "getUserGroups", "id", |client| {
        client.users().list_groups("").send().map(drop)
    }),
    ("roles of an empty id", "getUserRoles", "id", |client| client.users().list_roles("").send().map(drop)),
    ("an empty id into a group", "addUserToGroup", "id", |client| {
        client.users().add_group("", "g").send().map(drop)
    }),
    ("into a group without code", "addUserToGroup", "group", |client| {
        client.users().add_group(ID, "").send().map(drop)
    }),
    ("an empty id out of a group", "removeUserFromGroup", "id", |client| {
        client.users().remove_group("", "g").send().map(drop)
    }),
    ("roles for an empty id", "assignRole", "id", |client| {
        client.users().add_roles("", ["r"]).send().map(drop)
    }),
    ("no roles to give", "assignRole", "roles", |client| {
        client.users().add_roles(ID, [""; 0]).send().map(drop)
    }),
    ("an empty role to take", "revokeRole", "roles", |client| {
        client.users().remove_roles(ID, ["admin", ""]).send().map(drop)
    }),
    ("an empty namespace", "getUserRoles", "namespace", |client| {
        client.users().list_roles(ID).namespace("").send().map(drop)
    }),
    ("batch of no ids", "userBatch", "ids", |client| client.users().batch([""; 0]).send().map(drop)),
    ("batch with an empty id", "userBatch", "ids", |client| client.users().batch([ID, ""]).send().map(drop)),
    ("delete of no ids", "deleteUsers", "ids", |client| client.users().delete_many([""; 0]).send().map(drop)),
    ("an empty id behind 199 others", "deleteUsers", "ids", |client| {
        let ids = (0..200).map(|number| if number == 199 { String::new() } else { number.to_string() });
        client.users().delete_many(ids).send().map(drop)
    }),
    ("find without a criterion", "findUser", "username", |client| client.users().find().send().map(drop)),
    ("find with two criteria", "findUser", "username", |client| {
        client.users().find().username("bob").email("b@example.com").send().map(drop)
    }),
    ("find by an empty e-mail", "findUser", "email", |client| {
        client.users().find().email("").send().map(drop)
    }),
    ("find by an empty account", "findUser", "user_id_in_idp", |client| {
        client.users().find().identity(IdentityQuery::new("wechat", "")).send().map(drop)
    }),
    ("exists without a criterion", "isUserExists", "username", |client| {
        client.users().exists().send().map(drop)
    }),
    ("exists by two criteria", "isUserExists", "username", |client| {
        client.users().exists().phone("1").external_id("x").send().map(drop)
    }),
    ("kicking nobody", "kickUsers", "ids", |client| client.users().kick([""; 0]).send().map(drop)),
    ("login status of an empty id", "loginStatus", "user_id", |client| {
        client.users().login_status("").send().map(drop)
    }),
    ("page 0", "users", "page", |client| client.users().list().page(0).send().map(drop)),
    ("limit 0", "users", "limit", |client| client.users().list().limit(0).send().map(drop)),
    ("all from page 0", "users", "page", |client| {
        client.users().list().page(0).iter().next().unwrap().map(drop)
    }),
    ("pages of 0", "roles", "limit", |client| {
        client.roles().list().limit(0).pages().next().unwrap().map(drop)
    }),
    ("page 0 of a search", "searchUser", "page", |client| {
        client.users().search("x").page(0).send().map(drop)
    }),
    ("limit 0 of groups", "groups", "limit", |client| client.groups().list().limit(0).send().map(drop)),
    ("search for nothing", "searchUser", "query", |client| client.users().search("").send().map(drop)),
    ("search in no fields", "searchUser", "fields", |client| {
        client.users().search("x").fields([UserField::Name; 0]).send().map(drop)
    }),
    ("search in an empty group", "searchUser", "code", |client| {
        client.users().search("x").group_opts([""]).send().map(drop)
    }),
    ("search for an empty role", "searchUser", "code", |client| {
        client.users().search("x").role_opts([WithRole::new("")]).send().map(drop)
    }),
    ("search in an empty department", "searchUser", "department_id", |client| {
        client.users().search("x").department_opts([InDepartment::new("")]).send().map(drop)
    }),
    ("a user without unique identifier", "createUser", "username", |client| {
        client.users().create().nickname("Nobody").send().map(drop)
    }),
    ("a user whose only identifier is empty", "createUser", "username", |client| {
        client.users().create().username("").send().map(drop)
    }),
    ("a user from a value without identifier", "createUser", "username", |client| {
        client.users().create_from(&UserInput::new().name("Nobody")).send().map(drop)
    }),
    ("a user with an empty account elsewhere", "createUser", "provider", |client| {
        client.users().create().identity(IdentityInput::new("", "1")).send().map(drop)
    }),
    ("a password of 118 bytes", "createUser", "password", |client| {
        client.users().create().username("bob").password("x".repeat(118)).send().map(drop)
    }),
    ("a password of 59 two-byte letters", "updateUser", "password", |client| {
        client.users().update(ID).password("é".repeat(59)).send().map(drop)
    }),
    ("an empty password", "createUser", "password", |client| {
        client.users().create().username("bob").password("").send().map(drop)
    }),
    ("an update of nothing", "updateUser", "input", |client| client.users().update(ID).send().map(drop)),
    ("an update by an empty value", "updateUser", "input", |client| {
        client.users().update_with(ID, &UserPatch::new()).send().map(drop)
    }),
    ("clearing the id", "updateUser", "clear", |client| {
        client.users().update(ID).clear(UserField::Id).send().map(drop)
    }),
    ("a role without code", "createRole", "code", |client| client.roles().create("").send().map(drop)),
    ("detail of a role without code", "role", "code", |client| client.roles().detail("").send().map(drop)),
    ("delete of a role without code", "deleteRole", "code", |client| {
        client.roles().delete("").send().map(drop)
    }),
    ("a group without code", "createGroup", "code", |client| {
        client.groups().create("", "n").send().map(drop)
    }),
    ("a group without name", "createGroup", "name", |client| {
        client.groups().create("g", "").send().map(drop)
    }),
    ("detail of a group without code", "group", "code", |client| client.groups().detail("").send().map(drop)),
    ("delete of a group without code", "deleteGroups", "code", |client| {
        client.groups().delete("").send().map(drop)
    }),
    ("a policy with a space", "disbalePolicyAssignment", "policy", |client| {
        client.policies().disable_assignment("a b", PolicyTargetType::User, ID).send().map(drop)
    }),
    ("policies with a line break", "addPolicyAssignments", "policies", |client| {
        client.users().add_policies(ID, ["a", "b\nc"]).send().map(drop)
    }),
    ("a blank token", "checkLoginStatus", "token", |client| {
        client.authentication().check_token(" \n").send().map(drop)
    }),
    ("a blank secret", "importTotp", "secret", |client| client.mfa().import_totp(ID, " ").send().map(drop)),
    ("an agreement with the id 0", "deleteAgreement", "agreement_id", |client| {
        client.applications().delete_agreement(ID, 0).send().map(drop)
    }),
    ("an agreement with a negative id among others", "sortAgreements", "agreement_ids", |client| {
        client.applications().sort_agreements(ID, [1_i64, -1]).send().map(drop)
    }),
    ("a connection without changes", "updateConnection", "display_name", |client| {
        client.identity_providers().update_connection(ID).send().map(drop)
    }),
    ("a translation without language", "addNodeV2", "name_i18n", |client| {
        client.orgs().create_node(ID, "Sales").name_i18n([("", "Sales")]).send().map(drop)
    }),
    ("no translations", "addNodeV2", "name_i18n", |client| {
        client.orgs().create_node(ID, "Sales").name_i18n([("", ""); 0]).send().map(drop)
    }),
    ("an application id that would be two", "createTenant", "app_ids", |client| {
        client.tenants().create("North").app_ids(["1,2"]).send().map(drop)
    }),
    ("new applications of which one would be two", "updateTenant", "app_ids", |client| {
        client.tenants().update(ID).app_ids(["1", "2,3"]).send().map(drop)
    }),
    ("actions of nobody", "listUserActions", "of_users", |client| {
        client.users().list_user_actions().of_users([""]).send().map(drop)
    }),
    ("a sign-up before 1970", "createUser", "signed_up", |client| {
        client.users().create().username("bob").signed_up("1969-12-31T23:59:59Z").send().map(drop)
    }),
    ("a sign-in before 1970", "updateUser", "last_login", |client| {
        client.users().update(ID).last_login("1960-01-01T00:00:00+08:00").send().map(drop)
    }),
    ("an empty document", "graphql", "document", |client| client.graphql(" # nothing").send::<()>("users")),
    ("a path with too few segments", "rest", "path", |client| {
        client.rest(Method::Get, "/api/v2/users/{}").send::<()>()
    }),
    ("a path with too many segments", "rest", "path", |client| {
        client.rest(Method::Get, "/api/v2/users").segment(ID).send::<()>()
    }),
    ("a path without a slash", "rest", "path", |client| client.rest(Method::Get, "api").send::<()>()),
    ("a body that is not JSON", "rest", "body", |client| {
        client.rest(Method::Post, "/api").json(std::collections::BTreeMap::from([([1], 1)])).send::<()>()
    }),
    ("a variable that is not JSON", "graphql", "ids", |client| {
        let unwritable = std::collections::BTreeMap::from([([1], 1)]);
        client.graphql("{ users { totalCount } }").variable("ids", unwritable).send::<()>("users")
    }),
];

#[test]
fn bad_input_is_refused_by_name_and_nothing_is_sent() {
    let log = Log::default();
    let client = answering(&log, |_| Response::new(200, "{}")).build().unwrap();
    for (what, operation, field, attempt) in TABLE {
        let error = attempt(&client).expect_err(what);
        println!("{what:<40} {error}");
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{what}: {error}");
        assert!(error.is_invalid_input() && !error.is_retryable() && !error.may_have_happened(), "{what}");
        assert_eq!((error.operation(), error.field()), (*operation, Some(*field)), "{what}: {error}");
        assert!(error.to_string().starts_with(&format!("{operation}: {field}: ")), "{what}: {error}");
        assert_eq!((error.attempts(), error.status(), error.code()), (0, None, None), "{what}");
        assert!(error.unfinished().is_empty(), "{what}: nothing was begun");
        assert_eq!(log.len(), 0, "{what} was sent");
    }
    println!("{} bad inputs, {} requests", TABLE.len(), log.len());
}

#[test]
fn bad_input_is_refused_in_the_raw_form_too() {
    let log = Log::default();
    let client = answering(&log, |_| Response::new(200, "{}")).build().unwrap();
    let error = client.users().detail("").send_raw().unwrap_err();
    assert_eq!((error.operation(), error.field()), ("userDetail", Some("id")));
    assert!(client.users().list().page(0).send_raw().unwrap_err().is_invalid_input());
    assert!(
        client.graphql("{ a }").variable("x", f64::NAN).send_raw().is_ok(),
        "not a number is null in JSON"
    );
    assert_eq!(log.count("graphql"), 1);
    assert_eq!(log.len(), 2, "the token and that one");
}

#[test]
fn a_password_of_117_bytes_and_an_identifier_of_any_kind_are_enough() {
    let log = Log::default();
    let answer = r#"{"data":{"createUser":{"id":"1"}}}"#;
    let client = answering(&log, move |_| Response::new(200, answer)).build().unwrap();
    let users = client.users();
    for request in [
        users.create().username("bob").password("x".repeat(117)),
        users.create().email("b@example.com"),
        users.create().phone("1"),
        users.create().external_id("x"),
        users.create().unionid("u"),
        users.create().openid("o"),
        users.create().identity(IdentityInput::new("wechat", "wx-1")),
    ] {
        request.send().unwrap();
    }
    assert_eq!(log.count("createUser"), 7);
}
