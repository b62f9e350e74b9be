//! Operations with all that they can be given. The secrets among it are planted. Those of the documented
//! users client, of roles and of groups are all here; a new operation is held against schema and emulator by
//! its fixture, and is added here only if it takes a secret.

use authing::transport::Response;
use authing::{
    Client, CustomValue, Error, Gender, IdentityInput, SortBy, UserField,
    users::{BatchKey, IdentityQuery, InDepartment, WithRole},
};
use serde_json::json;
use time::macros::datetime;

pub(crate) const ID: &str = "5f718016d8e5f7e9d6d3a1b2";

/// An operation: the folder of its fixtures, and what can be done with its builder.
pub(crate) struct Sample {
    pub(crate) folder: &'static str,
    pub(crate) send: fn(&Client) -> Result<(), Error>,
    pub(crate) send_raw: fn(&Client) -> Result<Response, Error>,
    pub(crate) wire: fn(&Client) -> Result<authing::Wire, Error>,
    /// The builder's `Debug`, on one line and on many.
    pub(crate) printed: fn(&Client) -> [String; 2],
}

macro_rules! samples {
    ($($folder:literal => |$client:ident| $builder:expr;)+) => {
        &[$( Sample {
            folder: $folder,
            send: |$client| $builder.send().map(drop),
            send_raw: |$client| $builder.send_raw(),
            wire: |$client| authing::Operation::wire(&$builder),
            printed: |$client| [format!("{:?}", $builder), format!("{:#?}", $builder)],
        } ),+]
    };
}

pub(crate) const SAMPLES: &[Sample] = samples! {
    "users/create" => |client| client.users().create()
        .username("bob").email("bob@example.com").phone("1").phone_country_code("+86").external_id("x")
        .unionid("u").openid("o").email_verified(true).phone_verified(true).name("Bob").given_name("B")
        .family_name("O").middle_name("-").nickname("Bobby").preferred_username("b").photo("https://p.example")
        .profile("p").website("w").gender(Gender::Male).birthdate("2000-01-01").zoneinfo("Europe/Berlin")
        .locale("de").company("Example").address("a").formatted("f").street_address("s").locality("l").region("r")
        .postal_code("1").country("NL").blocked(false).logins_count(2)
        .last_login(datetime!(2021-01-01 0:00 UTC)).last_ip("203.0.113.7").browser("b").device("d")
        .is_deleted(false).register_source(["import:manual"]).signed_up(datetime!(2020-10-15 17:55:37 +8))
        .password("planted-password").oauth("{\"token\":\"planted-oauth\"}")
        .custom_data("school", "planted-custom-text")
        .custom_data("settings", CustomValue::Object(json!({"key": "planted-custom-object"})))
        .identity(IdentityInput::new("wechat", "wx-1").is_social(true).openid("o").connection_id("c")
            .access_token("planted-access").refresh_token("planted-refresh"))
        .keep_password(false).reset_password_on_first_login(true).include_custom_data();
    "users/update" => |client| client.users().update(ID)
        .username("bob").email("bob@example.com").nickname("Nicky").gender(Gender::Unknown).blocked(false).city("Utrecht").province("Utrecht")
        .last_login(datetime!(2021-01-01 0:00 UTC)).token_expired_at(datetime!(2021-01-01 0:00 UTC))
        .expired_at(datetime!(2031-01-01 0:00 UTC)).direct_management(ID).main_department_id("d")
        .main_department_code("c").clear(UserField::Company).clear(UserField::LastIp)
        .password("planted-password").oauth("planted-oauth");
    "users/detail" => |client| client.users().detail(ID).include_custom_data();
    "users/delete" => |client| client.users().delete(ID);
    "users/delete_many" => |client| client.users().delete_many([ID, "613872b19c90be7d4da44466"]);
    "users/batch" => |client| client.users().batch(["ann", "bob"]).by(BatchKey::Username).include_custom_data();
    "users/list" => |client| client.users().list().page(1).limit(10).sort_by(SortBy::UpdatedAtAscending)
        .exclude_users_in_org(true).include_custom_data();
    "users/find" => |client| client.users().find()
        .identity(IdentityQuery::new("wechat", "wx-1").identifier("i").is_social(true)).include_custom_data();
    "users/search" => |client| client.users().search("Bob").fields([UserField::Nickname, UserField::LastIp])
        .department_opts([InDepartment::new("d").and_below()]).group_opts(["engineering"])
        .role_opts([WithRole::new("admin").namespace("default")]).include_custom_data().page(2).limit(10);
    "users/refresh_token" => |client| client.users().refresh_token(ID);
    "users/list_groups" => |client| client.users().list_groups(ID);
    "users/add_group" => |client| client.users().add_group(ID, "engineering");
    "users/remove_group" => |client| client.users().remove_group(ID, "engineering");
    "users/list_roles" => |client| client.users().list_roles(ID).namespace("default");
    "users/add_roles" => |client| client.users().add_roles(ID, ["admin", "auditor"]).namespace("default");
    "users/remove_roles" => |client| client.users().remove_roles(ID, ["auditor"]).namespace("default");
    "users/exists" => |client| client.users().exists().email("bob@example.com");
    "users/list_archived" => |client| client.users().list_archived().page(2).limit(10);
    "users/kick" => |client| client.users().kick([ID]);
    "users/login_status" => |client| client.users().login_status(ID).app_id("a").device_id("d");
    "users/list_departments" => |client| client.users().list_departments(ID).org_id("o");
    "users/list_policies" => |client| client.users().list_policies(ID).namespace("default").page(1).limit(10);
    "roles/create" => |client| client.roles().create("auditor").namespace("default").description("d").parent("reader");
    "roles/list" => |client| client.roles().list().namespace("default").sort_by(SortBy::CreatedAtAscending).page(1).limit(10);
    "roles/detail" => |client| client.roles().detail("auditor").namespace("default");
    "roles/delete" => |client| client.roles().delete("auditor").namespace("default");
    "groups/create" => |client| client.groups().create("engineering", "Engineering").description("Builds things");
    "groups/list" => |client| client.groups().list().user_id(ID).sort_by(SortBy::CreatedAtAscending).page(1).limit(10);
    "groups/detail" => |client| client.groups().detail("engineering");
    "groups/delete" => |client| client.groups().delete("engineering");
};

/// The folders of the fixtures: what operations there are.
pub(crate) fn fixture_folders() -> std::collections::BTreeSet<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = |path: &std::path::Path| -> Vec<String> {
        let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries
            .filter(|path| path.is_dir())
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect()
    };
    folders(&root)
        .into_iter()
        .flat_map(|resource| {
            let operations = folders(&root.join(&resource));
            operations.into_iter().map(move |operation| format!("{resource}/{operation}"))
        })
        .collect()
}

#[test]
fn every_sample_is_of_an_operation() {
    let sampled: std::collections::BTreeSet<String> =
        SAMPLES.iter().map(|sample| sample.folder.to_owned()).collect();
    assert!(sampled.is_subset(&fixture_folders()));
}
