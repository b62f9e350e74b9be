//! Permissions: what is refused before it is sent, what reaches which namespace, and what one operation does
//! to others.

use authing::emulator::Pool;
use authing::transport::{Request, Response};
use authing::{
    ActionFilter, Client, Error, Grant, GrantTarget, GrantToMany, GrantedResource, PolicyConditionInput,
    PolicyEffect, PolicyStatementInput, PolicyTargetType, Resource, ResourceInput, ResourceType, Revocation,
    Secret,
};

const APP: &str = "6139c4d24e78a4d706b7545b";
const READ: (&str, &str) = ("books", "read");
const WRITE: (&str, &str) = ("books", "write");

fn with_application() -> Client {
    let seed = format!(
        r#"{{"version": 1, "applications": [{{"id": "{APP}", "name": "Shop", "identifier": "shop"}}]}}"#
    );
    Pool::from_seed(&seed).unwrap().client()
}

fn user(client: &Client, name: &str) -> String {
    client.users().create().username(name).send().unwrap().id
}

fn is_allowed(client: &Client, user: &str, resource: Resource, action: (&str, &str)) -> bool {
    client.access().is_allowed(user, resource, action).send().unwrap()
}

type Attempt = fn(&Client) -> Result<(), Error>;

/// What is asked for, and the field that the error has to name.
const REFUSED: &[(&str, &str, Attempt)] = &[
    ("all of a kind by `allow`", "resource", |client| {
        client.access().allow(Resource::all("books"), READ).user_id("1").send().map(drop)
    }),
    ("a permission for nobody", "user_id", |client| {
        client.access().allow(Resource::one("books", "1"), READ).send().map(drop)
    }),
    ("a permission for a user without id", "user_id", |client| {
        client.access().allow(Resource::one("books", "1"), READ).user_id("").send().map(drop)
    }),
    ("a permission for no users", "user_ids", |client| {
        client.access().allow(Resource::one("books", "1"), READ).user_ids([""; 0]).send().map(drop)
    }),
    ("a permission for a role with a space", "role", |client| {
        client.access().allow(Resource::one("books", "1"), READ).role("a b").send().map(drop)
    }),
    ("a resource that is none", "resource", |client| {
        client.access().allow(Resource::from_text("books"), READ).user_id("1").send().map(drop)
    }),
    ("an action that is none", "action", |client| {
        client.access().is_allowed("1", Resource::one("books", "1"), ("", "read")).send().map(drop)
    }),
    ("a check of an empty user", "user_id", |client| {
        client.access().is_allowed("", Resource::one("books", "1"), READ).send().map(drop)
    }),
    ("an empty tenant", "tenant_id", |client| {
        client.access().is_allowed_in_tenant("", "1", Resource::one("books", "1"), READ).send().map(drop)
    }),
    ("a namespace with a space", "code", |client| {
        client.access().create_namespace("a b", "x").send().map(drop)
    }),
    ("no change to a namespace", "name", |client| client.access().update_namespace("1").send().map(drop)),
    ("no change to a namespace by code", "name", |client| {
        client.access().update_namespace_by_code("shop").send().map(drop)
    }),
    ("a new code with a space", "new_code", |client| {
        client.access().update_namespace_by_code("shop").new_code("a b").send().map(drop)
    }),
    ("the end of a namespace without id", "id", |client| {
        client.access().delete_namespace("").send().map(drop)
    }),
    ("a resource without actions", "actions", |client| {
        client.access().create_resource("books", ResourceType::Data, [("", ""); 0]).send().map(drop)
    }),
    ("an interface without address", "api_identifier", |client| {
        client.access().create_resource("books", ResourceType::Api, [("read", "x")]).send().map(drop)
    }),
    ("an interface without address among others", "api_identifier", |client| {
        let resource = |kind| ResourceInput::new("books", kind, [("read", "x")]);
        let both = [resource(ResourceType::Data), resource(ResourceType::Api)];
        client.access().create_resources(both).send().map(drop)
    }),
    ("no resources", "resources", |client| {
        client.access().create_resources([ResourceInput::new("a", "DATA", [("a", "b")]); 0]).send().map(drop)
    }),
    ("no change to a resource", "description", |client| {
        client.access().update_resource("books").send().map(drop)
    }),
    ("resources of page 0", "page", |client| client.access().list_resources().page(0).send().map(drop)),
    ("an empty target", "target_identifier", |client| {
        client.access().list_authorized_resources(PolicyTargetType::User, "").send().map(drop)
    }),
    ("an empty target among others", "target_identifier", |client| {
        let targets = ["1", ""].map(|id| GrantTarget::new(PolicyTargetType::User, id));
        client.access().list_authorized_resources_of_many(targets).send().map(drop)
    }),
    ("no targets", "targets", |client| {
        client.access().list_authorized_resources_of_many([GrantTarget::new("USER", "1"); 0]).send().map(drop)
    }),
    ("a grant to nobody", "grants", |client| {
        client
            .access()
            .authorize_resource(Resource::all("books"), [Grant::new("USER", "1", [READ]); 0])
            .send()
            .map(drop)
    }),
    ("a grant of no action", "actions", |client| {
        let grant = Grant::new("USER", "1", [READ; 0]);
        client.access().authorize_resource(Resource::all("books"), [grant]).send().map(drop)
    }),
    ("many grants of nothing", "resources", |client| {
        let grant =
            GrantToMany::new("USER", ["1"], [GrantedResource::new(Resource::all("a"), [READ], "DATA"); 0]);
        client.access().authorize_resources([grant]).send().map(drop)
    }),
    ("a revocation of no action", "actions", |client| {
        let revocation = Revocation::new("USER", "1").actions([READ; 0]);
        client.access().revoke_resource(Resource::all("books"), [revocation]).send().map(drop)
    }),
    ("those with no action", "actions", |client| {
        let request = client.access().list_authorized_targets(Resource::all("books"), ResourceType::Data);
        request.actions(ActionFilter::any([READ; 0])).send().map(drop)
    }),
    ("an account without application", "app_id", |client| {
        client.access().create_programmatic_account("").send().map(drop)
    }),
    ("tokens that live no second", "token_lifetime", |client| {
        client.access().create_programmatic_account(APP).token_lifetime(0).send().map(drop)
    }),
    ("an empty secret", "secret", |client| {
        client.access().set_programmatic_account_secret("1", "").send().map(drop)
    }),
    ("an application for nobody", "target_identifiers", |client| {
        client.access().allow_application_access(APP, PolicyTargetType::User, [""; 0]).send().map(drop)
    }),
    ("conditions of a policy without code", "policy_code", |client| {
        client.access().list_assignment_conditions("", PolicyTargetType::User).send().map(drop)
    }),
];

#[test]
fn what_cannot_be_meant_is_refused_by_field_and_nothing_is_sent() {
    let client = Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .transport(|request: &Request| panic!("{} was sent", request.operation()) as Result<Response, _>)
        .build()
        .unwrap();
    for (what, field, attempt) in REFUSED {
        let error = attempt(&client).expect_err(what);
        assert_eq!(error.field(), Some(*field), "{what}: {error}");
    }
}

#[test]
fn a_permission_for_a_role_reaches_its_users_and_no_others() {
    let client = Pool::new().client();
    let (ann, bob) = (user(&client, "ann"), user(&client, "bob"));
    client.roles().create("auditor").send().unwrap();
    client.users().add_roles(&ann, ["auditor"]).send().unwrap();
    client.access().allow(Resource::one("books", "1"), READ).roles(["auditor"]).send().unwrap();
    assert!(is_allowed(&client, &ann, Resource::one("books", "1"), READ));
    assert!(!is_allowed(&client, &ann, Resource::one("books", "2"), READ));
    assert!(!is_allowed(&client, &bob, Resource::one("books", "1"), READ));
    let unknown = client.access().allow(Resource::one("books", "1"), READ).role("nobody").send().unwrap_err();
    assert!(unknown.is_not_found(), "{unknown}");
}

#[test]
fn a_permission_in_one_namespace_is_none_in_another() {
    let client = Pool::new().client();
    let bob = user(&client, "bob");
    client.access().create_namespace("shop", "Shop").send().unwrap();
    client
        .access()
        .allow(Resource::one("books", "1"), READ)
        .user_ids([&bob])
        .namespace("shop")
        .send()
        .unwrap();
    let check = client.access().is_allowed(&bob, Resource::one("books", "1"), READ);
    assert!(check.clone().namespace("shop").send().unwrap());
    assert!(!check.send().unwrap());
    let nowhere = client.access().list_resources().namespace("nowhere").send().unwrap_err();
    assert!(nowhere.is_not_found(), "{nowhere}");
}

#[test]
fn some_actions_can_be_revoked_and_all_of_them() {
    let client = Pool::new().client();
    let bob = user(&client, "bob");
    let books = || Resource::all("books");
    let grant = Grant::new(PolicyTargetType::User, &bob, [READ, WRITE]);
    client.access().authorize_resource(books(), [grant]).send().unwrap();
    let writing = Revocation::new(PolicyTargetType::User, &bob).actions([WRITE]);
    client.access().revoke_resource(books(), [writing]).send().unwrap();
    assert!(is_allowed(&client, &bob, Resource::one("books", "1"), READ));
    assert!(!is_allowed(&client, &bob, Resource::one("books", "1"), WRITE));
    let all = Revocation::new(PolicyTargetType::User, &bob);
    client.access().revoke_resource(books(), [all.clone()]).send().unwrap();
    client.access().revoke_resource(books(), [all]).send().unwrap();
    assert!(!is_allowed(&client, &bob, Resource::one("books", "1"), READ));
}

#[test]
fn fewer_lists_than_targets_are_an_error() {
    let client = Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .transport(|request: &Request| {
            Ok(Response::new(
                200,
                match request.operation() {
                    "accessToken" => {
                        r#"{"data":{"accessToken":{"accessToken":"t","iat":1,"exp":9999999999}}}"#
                    }
                    _ => r#"{"code":200,"data":{"list":[{"totalCount":0,"list":[]}]}}"#,
                },
            ))
        })
        .build()
        .unwrap();
    let targets = ["1", "2"].map(|id| GrantTarget::new(PolicyTargetType::User, id));
    let error = client.access().list_authorized_resources_of_many(targets).send().unwrap_err();
    assert!(error.to_string().contains("1 lists for 2 targets"), "{error}");
}

#[test]
fn access_to_an_application_is_set_for_more_targets_than_one_request_takes() {
    let client = with_application();
    let ids: Vec<String> = (0..85).map(|number| user(&client, &format!("user{number}"))).collect();
    client.access().deny_application_access(APP, PolicyTargetType::User, &ids).send().unwrap();
    let records: Vec<_> =
        client.access().list_application_access(APP).iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(records.len(), 85);
    assert!(records.iter().all(|record| record.effect == Some(PolicyEffect::Deny)));
    client.access().revoke_application_access(APP, PolicyTargetType::User, &ids).send().unwrap();
    assert_eq!(client.access().list_application_access(APP).send().unwrap().total_count, 0);
}

#[test]
fn the_permissions_of_an_application_are_in_its_own_namespace() {
    let client = with_application();
    let bob = user(&client, "bob");
    let shop = client.access().of_application(APP);
    shop.create_resource("orders", "DATA", [("read", "Read an order")]).send().unwrap();
    assert_eq!(shop.update_resource("orders").description("Orders").send().unwrap().code, "orders");
    let orders = shop.resource_by_code("orders").send().unwrap().unwrap();
    assert_eq!(orders.namespace.as_deref(), Some(APP));
    assert!(client.access().resource_by_code("orders").send().unwrap().is_none());
    shop.delete_resource("orders").send().unwrap();
    assert_eq!(shop.list_resources().send().unwrap().total_count, 0);

    for code in ["seller", "buyer", "packer"] {
        shop.create_role(code).send().unwrap();
    }
    shop.update_role("seller").description("Sells").send().unwrap();
    shop.add_role_users("seller", [&bob]).send().unwrap();
    assert_eq!(shop.list_role_users("seller").send().unwrap().list[0].id, bob);
    assert_eq!(shop.list_role_authorized_resources("seller").send().unwrap().total_count, 0);
    shop.remove_role_users("seller", [&bob]).send().unwrap();
    assert_eq!(shop.list_role_users("seller").send().unwrap().total_count, 0);
    assert_eq!(shop.list_roles().send().unwrap().total_count, 3);
    assert_eq!(client.roles().list().send().unwrap().total_count, 0);
    shop.delete_roles(["buyer", "packer"]).send().unwrap();
    assert_eq!(shop.role("seller").send().unwrap().unwrap().description.as_deref(), Some("Sells"));
    shop.delete_role("seller").send().unwrap();
    assert!(shop.role("seller").send().unwrap().is_none());

    shop.allow("USER", [&bob]).send().unwrap();
    shop.deny("USER", [&bob]).inherit_by_children(false).send().unwrap();
    shop.disable("USER", [&bob]).send().unwrap();
    assert_eq!(shop.list().send().unwrap().list[0].enabled, Some(false));
    shop.enable("USER", [&bob]).send().unwrap();
    let record = shop.list().send().unwrap().list[0].clone();
    assert_eq!((record.enabled, record.namespace.as_deref()), (Some(true), Some(APP)));
    shop.revoke("USER", [&bob]).send().unwrap();
    assert_eq!(shop.list().send().unwrap().total_count, 0);
    shop.set_default("DENY_ALL").send().unwrap();
}

#[test]
fn a_programmatic_account_lives_and_its_secret_is_never_shown() {
    let client = with_application();
    let shop = client.access().of_application(APP);
    let account = shop.create_programmatic_account().send().unwrap();
    assert_eq!(account.token_lifetime, Some(600));
    let secret = Secret::new("ixtm3zs2kbfey5wd7hcpna4jr8mtz6xb");
    let request = client.access().set_programmatic_account_secret(&account.id, secret.clone());
    assert!(!format!("{request:?}").contains(secret.expose()));
    request.send().unwrap();
    client.access().disable_programmatic_account(&account.id).send().unwrap();
    let listed = shop.list_programmatic_accounts().send().unwrap().list[0].clone();
    assert_eq!((listed.secret.as_ref(), listed.enabled), (Some(&secret), Some(false)));
    assert!(!format!("{listed:?}").contains(secret.expose()));
    assert!(!serde_json::to_string(&listed).unwrap().contains(secret.expose()));
    client.access().delete_programmatic_account(&account.id).send().unwrap();
    assert_eq!(shop.list_programmatic_accounts().send().unwrap().total_count, 0);
}

#[test]
fn policies_and_resources_are_copied_and_compared_with_declared_ones() {
    let (client, other) = (Pool::new().client(), Pool::new().client());
    let condition = PolicyConditionInput::new("UserPoolId", "Bool", true);
    let statement = PolicyStatementInput::new(Resource::all("books"), [READ, WRITE])
        .effect(PolicyEffect::Deny)
        .condition([condition]);
    let policy = client.policies().create("readers", [statement.clone()]).send().unwrap();
    assert_eq!(PolicyStatementInput::from(&policy.statements[0]), statement);
    let copy = other.policies().create("readers", &policy.statements).send().unwrap();
    assert_eq!(copy.statements, policy.statements);

    let declared = ResourceInput::new("books", ResourceType::Api, [("read", "Read a book")])
        .description("Books")
        .api_identifier("https://api.example")
        .namespace("default");
    client.access().create_resources([declared.clone()]).send().unwrap();
    let definitions = client.access().list_resources().send().unwrap().list;
    assert_eq!(ResourceInput::from(&definitions[0]), declared);
    other.access().create_resources(&definitions).send().unwrap();
    let copies = other.access().list_resources().send().unwrap().list;
    assert_eq!(ResourceInput::from(&copies[0]), declared);

    let nothing = authing::ResourceDefinition::new("books");
    let error = other.access().create_resources([&nothing]).send().unwrap_err();
    assert!(error.is_invalid_input() && error.attempts() == 0, "{error}");
    let nothing = other.policies().create("none", [&authing::PolicyStatement::default()]);
    assert_eq!(nothing.send().unwrap_err().field(), Some("resource"));
}

#[test]
fn a_namespace_is_renamed_and_keeps_its_id() {
    let client = Pool::new().client();
    let shop = client.access().create_namespace("shop", "Shop").description("Sells").send().unwrap();
    let id = shop.id.unwrap();
    let changed = client.access().update_namespace(&id).name("Web shop").send().unwrap();
    assert_eq!(changed.id.as_ref(), Some(&id));
    assert_eq!((changed.name.as_deref(), changed.description.as_deref()), (Some("Web shop"), Some("Sells")));
    client.access().delete_namespace(&id).send().unwrap();
    assert!(client.access().delete_namespace_by_code("shop").send().unwrap_err().is_not_found());
}
