//! What a program does all day, against any pool: written once, run in the process and over HTTP.

use authing::{
    Client, CustomValue, Gender, IdentityInput, Patch, SortBy, UserField, UserInput, UserPatch,
    users::{BatchKey, IdentityQuery, WithRole},
};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::samples::ID;

/// Runs everything. The pool has to be empty.
pub(crate) fn everything(client: &Client) {
    define_custom_fields(client);
    let (bob, ann) = create(client);
    find(client, &bob, &ann);
    custom_data(client, &bob);
    update(client, &bob);
    groups(client, &bob, &ann);
    roles(client, &bob, &ann);
    search(client, &bob, &ann);
    batch_and_list(client, &bob, &ann);
    tokens(client, &bob);
    absent(client);
    delete(client, &bob, &ann);
}

fn define_custom_fields(client: &Client) {
    for (key, data_type) in [
        ("school", "STRING"),
        ("age", "NUMBER"),
        ("boss", "BOOLEAN"),
        ("born", "DATETIME"),
        ("settings", "OBJECT"),
    ] {
        let _: Value = client
            .graphql("mutation ($key: String!, $type: UDFDataType!) { setUdf(targetType: USER, key: $key, dataType: $type, label: $key) { key } }")
            .variable("key", key)
            .variable("type", data_type)
            .send("setUdf")
            .unwrap();
    }
}

/// Bob by setters with all there is, Ann from a value.
fn create(client: &Client) -> (String, String) {
    let users = client.users();
    let bob = users
        .create()
        .username("bob")
        .email("Bob@Example.com")
        .phone("18812345678")
        .external_id("ext-1")
        .password("correct horse")
        .nickname("Nick")
        .gender(Gender::Male)
        .company("Example Ltd")
        .logins_count(2)
        .blocked(false)
        .last_login(datetime!(2021-09-27 15:46:26 UTC))
        .signed_up(datetime!(2020-10-15 17:55:37 +8))
        .register_source(["import:csv"])
        .identity(IdentityInput::new("wechat", "wx-1").is_social(true))
        .custom_data("school", "Utrecht")
        .custom_data("age", 18)
        .custom_data("boss", true)
        .custom_data("born", datetime!(2002-05-14 8:30 UTC))
        .custom_data("settings", json!({"theme": "dark"}))
        .include_custom_data()
        .send()
        .unwrap();
    assert_eq!(bob.username.as_deref(), Some("bob"));
    assert_eq!(bob.email.as_deref(), Some("bob@example.com"), "in lower case");
    assert_eq!(bob.external_id.as_deref(), Some("ext-1"));
    assert_eq!((bob.gender, bob.logins_count, bob.blocked), (Some(Gender::Male), Some(2), Some(false)));
    assert_eq!(bob.signed_up.unwrap().time(), Some(datetime!(2020-10-15 17:55:37 +8)));
    assert_eq!(bob.register_source, ["import:csv"]);
    assert_eq!(bob.user_pool_id.as_deref(), Some(client.user_pool_id()));
    let data = bob.custom_data.expect("custom data was asked for");
    assert_eq!(data.get("school"), Some(CustomValue::from("Utrecht")));
    assert_eq!(data.get("age").and_then(|age| age.as_i64()), Some(18));

    let ann: UserInput = serde_json::from_value(
        json!({"username": "ann", "email": "ann@example.com", "gender": "F", "company": "Example Ltd"}),
    )
    .unwrap();
    let ann = users.create_from(&ann.nickname("Annie")).send().unwrap();
    assert_eq!((ann.nickname.as_deref(), ann.gender), (Some("Annie"), Some(Gender::Female)));
    assert!(ann.custom_data.is_none(), "custom data was not asked for");

    for taken in [
        users.create().username("bob"),
        users.create().email("BOB@example.COM"),
        users.create().phone("18812345678"),
        users.create().external_id("ext-1"),
        users.create().identity(IdentityInput::new("wechat", "wx-1")),
    ] {
        let error = taken.send().unwrap_err();
        assert!(error.is_conflict() && !error.may_have_happened(), "{error}");
        assert_eq!((error.code(), error.operation()), (Some(2026), "createUser"));
    }
    (bob.id, ann.id)
}

fn find(client: &Client, bob: &str, ann: &str) {
    let users = client.users();
    for (criterion, found) in [
        ("username", users.find().username("bob")),
        ("email, whatever its case", users.find().email("BOB@Example.COM")),
        ("phone", users.find().phone("18812345678")),
        ("external id", users.find().external_id("ext-1")),
        ("identity", users.find().identity(IdentityQuery::new("wechat", "wx-1").is_social(true))),
    ] {
        let user = found.send().unwrap().unwrap_or_else(|| panic!("not found by {criterion}"));
        assert_eq!(user.id, bob, "{criterion}");
    }
    assert!(users.find().username("BOB").send().unwrap().is_none(), "usernames differ in case");
    assert!(users.find().identity(IdentityQuery::new("wechat", "wx-2")).send().unwrap().is_none());
    assert_eq!(users.find().username("ann").send().unwrap().unwrap().id, ann);
    let detail = users.detail(ann).send().unwrap().unwrap();
    assert_eq!(detail.username.as_deref(), Some("ann"));
}

fn custom_data(client: &Client, bob: &str) {
    let users = client.users();
    let answers = [
        users.detail(bob).include_custom_data().send().unwrap().unwrap(),
        users.find().username("bob").include_custom_data().send().unwrap().unwrap(),
        users.search("bob").include_custom_data().send().unwrap().list.remove(0),
        users.list().sort_by(SortBy::CreatedAtAscending).include_custom_data().send().unwrap().list.remove(0),
        users.batch([bob]).include_custom_data().send().unwrap().remove(0),
    ];
    for user in answers {
        assert_eq!(user.id, bob);
        let data = user.custom_data.expect("custom data was asked for");
        assert_eq!(data.fields().len(), 5);
        assert_eq!(data.get("school"), Some(CustomValue::from("Utrecht")));
        assert_eq!(data.get("age"), Some(CustomValue::from(18)));
        assert_eq!(data.get("boss").and_then(|boss| boss.as_bool()), Some(true));
        let Some(CustomValue::DateTime(born)) = data.get("born") else { panic!("{data:?}") };
        assert_eq!(born.time(), Some(datetime!(2002-05-14 8:30 UTC)));
        assert_eq!(data.get("settings"), Some(CustomValue::Object(json!({"theme": "dark"}))));
        assert_eq!(data.get("unknown"), None);
    }
    assert!(users.detail(bob).send().unwrap().unwrap().custom_data.is_none());
    let error = users.create().username("x").custom_data("undefined", 1).send().unwrap_err();
    assert!(error.message().contains("undefined") && !error.may_have_happened(), "{error}");
    assert!(users.find().username("x").send().unwrap().is_none(), "a refused user leaves no trace");
}

fn update(client: &Client, bob: &str) {
    let users = client.users();
    let user = users.update(bob).nickname("Nicky").city("Utrecht").clear(UserField::Company).send().unwrap();
    assert_eq!(
        (user.nickname.as_deref(), user.city.as_deref(), user.company),
        (Some("Nicky"), Some("Utrecht"), None)
    );
    assert_eq!(user.phone.as_deref(), Some("18812345678"), "what is not named stays");

    let patch: UserPatch = serde_json::from_value(json!({"nickname": null, "company": "New Ltd"})).unwrap();
    assert_eq!((&patch.nickname, &patch.city), (&Patch::Clear, &Patch::Leave));
    let user = users.update_with(bob, &patch).send().unwrap();
    assert_eq!((user.nickname, user.company.as_deref()), (None, Some("New Ltd")));
    assert_eq!(user.city.as_deref(), Some("Utrecht"));

    let error = users.update(bob).username("ann").send().unwrap_err();
    assert!(error.is_conflict(), "{error}");
    let error = users.update(ID).nickname("x").send().unwrap_err();
    assert!(error.is_not_found() && error.code() == Some(2004), "{error}");
    users.update(bob).nickname("Nicky").password("another one").send().unwrap();
}

fn groups(client: &Client, bob: &str, ann: &str) {
    let (groups, users) = (client.groups(), client.users());
    let group = groups.create("engineering", "Engineering").description("Builds things").send().unwrap();
    assert_eq!((group.code.as_str(), group.name.as_deref()), ("engineering", Some("Engineering")));
    groups.create("sales", "Sales").send().unwrap();
    assert!(groups.create("sales", "Sales again").send().is_err());
    assert_eq!(
        groups.detail("engineering").send().unwrap().unwrap().description.as_deref(),
        Some("Builds things")
    );
    assert!(groups.detail("nobody").send().unwrap().is_none());
    assert_eq!(groups.list().send().unwrap().total_count, 2);
    assert_eq!(groups.list().sort_by(SortBy::CreatedAtAscending).limit(1).iter().count(), 2);

    users.add_group(bob, "engineering").send().unwrap();
    users.add_group(bob, "engineering").send().unwrap();
    users.add_group(ann, "sales").send().unwrap();
    let of_bob = users.list_groups(bob).send().unwrap();
    assert_eq!((of_bob.total_count, of_bob.list[0].code.as_str()), (1, "engineering"));
    assert_eq!(groups.list().user_id(ann).send().unwrap().list[0].code, "sales");
    users.remove_group(ann, "sales").send().unwrap();
    users.remove_group(ann, "sales").send().unwrap();
    assert_eq!(users.list_groups(ann).send().unwrap().total_count, 0);
    assert!(users.add_group(bob, "nobody").send().is_err());
    assert!(users.add_group(ID, "sales").send().unwrap_err().is_not_found());
    assert!(users.list_groups(ID).send().unwrap_err().is_not_found());
    assert_eq!(groups.delete("sales").send().unwrap().code, Some(200));
    assert!(groups.delete("sales").send().is_err());
}

fn roles(client: &Client, bob: &str, ann: &str) {
    let (roles, users) = (client.roles(), client.users());
    roles.create("reader").send().unwrap();
    let role = roles.create("auditor").description("May read everything").parent("reader").send().unwrap();
    assert_eq!((role.code.as_str(), role.namespace.as_deref()), ("auditor", Some("default")));
    assert_eq!(role.parent.map(|parent| parent.code).as_deref(), Some("reader"));
    assert!(roles.create("auditor").send().is_err());
    assert_eq!(roles.detail("auditor").namespace("default").send().unwrap().unwrap().code, "auditor");
    assert!(roles.detail("nobody").send().unwrap().is_none());
    assert_eq!(roles.list().send().unwrap().total_count, 2);
    assert_eq!(roles.list().limit(1).iter().map(Result::unwrap).count(), 2);

    users.add_roles(bob, ["auditor", "reader"]).namespace("default").send().unwrap();
    users.add_roles(ann, ["reader"]).send().unwrap();
    let mut of_bob: Vec<String> =
        users.list_roles(bob).send().unwrap().into_iter().map(|role| role.code).collect();
    of_bob.sort();
    assert_eq!(of_bob, ["auditor", "reader"]);
    users.remove_roles(bob, ["reader"]).send().unwrap();
    assert_eq!(users.list_roles(bob).namespace("default").send().unwrap().total_count, 1);
    assert!(users.add_roles(bob, ["nobody"]).send().is_err());
    assert!(users.list_roles(ID).send().unwrap_err().is_not_found());
    roles.create("temporary").send().unwrap();
    assert_eq!(roles.delete("temporary").send().unwrap().code, Some(200));
    assert!(roles.detail("temporary").send().unwrap().is_none());
}

fn search(client: &Client, bob: &str, ann: &str) {
    let users = client.users();
    let ids = |search: authing::users::SearchUsers| -> Vec<String> {
        let page = search.send().unwrap();
        assert_eq!(page.total_count, page.list.len() as u64);
        page.into_iter().map(|user| user.id).collect()
    };
    assert_eq!(ids(users.search("example.com")), [ann, bob], "newest first");
    assert_eq!(ids(users.search("EXAMPLE.com").fields([UserField::Email])), [ann, bob], "whatever the case");
    assert_eq!(ids(users.search("nicky").fields([UserField::Nickname])), [bob]);
    assert!(ids(users.search("nicky").fields([UserField::Username])).is_empty());
    assert_eq!(ids(users.search("example").group_opts(["engineering"])), [bob]);
    assert_eq!(ids(users.search("example").role_opts([WithRole::new("reader")])), [ann]);
    assert_eq!(
        ids(users.search("example").role_opts([WithRole::new("auditor").namespace("default")])),
        [bob]
    );
    assert!(ids(users.search("ann").group_opts(["engineering"])).is_empty(), "both have to fit");
    let error = users
        .search("x")
        .department_opts([authing::users::InDepartment::new("nowhere").and_below()])
        .send()
        .unwrap_err();
    assert_eq!(error.operation(), "searchUser");
    let page = users.search("example").page(2).limit(1).send().unwrap();
    assert_eq!((page.total_count, page.list.len(), page.list[0].id.as_str()), (2, 1, bob));
    assert_eq!(users.search("example").limit(1).iter().map(Result::unwrap).count(), 2);
}

fn batch_and_list(client: &Client, bob: &str, ann: &str) {
    let users = client.users();
    for (key, ids) in [
        (BatchKey::Id, [ann, bob]),
        (BatchKey::Username, ["ann", "bob"]),
        (BatchKey::Email, ["ann@example.com", "bob@example.com"]),
    ] {
        let found = users.batch(ids).by(key.clone()).send().unwrap();
        assert_eq!(found.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(), [ann, bob], "{key}");
    }
    for (key, id) in [(BatchKey::Phone, "18812345678"), (BatchKey::ExternalId, "ext-1")] {
        assert_eq!(users.batch([id, "nobody"]).by(key.clone()).send().unwrap()[0].id, bob, "{key}");
    }
    let found = users.batch([bob]).send().unwrap();
    assert_eq!(found[0].identities[0].provider.as_deref(), Some("wechat"), "batches have identities");

    let order = |sort_by| -> Vec<String> {
        users.list().sort_by(sort_by).send().unwrap().into_iter().map(|user| user.id).collect()
    };
    assert_eq!(order(SortBy::CreatedAtAscending), [bob, ann]);
    assert_eq!(order(SortBy::CreatedAtDescending), [ann, bob]);
    users.update(ann).name("Ann").send().unwrap();
    users.update(bob).name("Bob").send().unwrap();
    let updated = [order(SortBy::UpdatedAtDescending), order(SortBy::UpdatedAtAscending)];
    assert_eq!(updated[0].iter().rev().collect::<Vec<_>>(), updated[1].iter().collect::<Vec<_>>());
    let page = users.list().page(2).limit(1).exclude_users_in_org(true).send().unwrap();
    assert_eq!((page.total_count, page.list.len()), (2, 1));
    assert!(users.list().page(3).limit(1).send().unwrap().list.is_empty());
}

fn tokens(client: &Client, bob: &str) {
    let issued = client.users().refresh_token(bob).send().unwrap();
    assert!(issued.exp.unwrap() > issued.iat.unwrap());
    let token = issued.token.expose();
    assert_eq!(token.split('.').count(), 3, "a signed token");
    let standing: Value = client
        .graphql("query ($token: String) { checkLoginStatus(token: $token) { code status } }")
        .variable("token", token)
        .read_only()
        .send("checkLoginStatus")
        .unwrap();
    assert_eq!(standing, json!({"code": 200, "status": true}));
    assert!(client.users().refresh_token(ID).send().unwrap_err().is_not_found());
}

fn absent(client: &Client) {
    let users = client.users();
    assert!(users.detail(ID).send().unwrap().is_none());
    assert!(users.find().email("nobody@example.com").send().unwrap().is_none());
    assert!(users.batch([ID]).send().unwrap().is_empty());
    assert_eq!(users.search("nobody at all").send().unwrap().total_count, 0);
    let error = users.delete(ID).send().unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.to_string(), "deleteUser: user does not exist (code 2004)");
}

fn delete(client: &Client, bob: &str, ann: &str) {
    let users = client.users();
    let refused = users.delete_many([ann, ID]).send().unwrap_err();
    assert!(refused.is_not_found());
    assert_eq!(refused.unfinished(), [ann, ID]);
    assert_eq!(users.delete(bob).send().unwrap().code, Some(200));
    assert!(users.detail(bob).send().unwrap().is_none());
    users.delete_many([ann]).send().unwrap();
    assert_eq!(users.list().send().unwrap().total_count, 0);
}
