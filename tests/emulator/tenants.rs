//! Tenants, external identity providers, second factors.

use authing::emulator::Pool;
use authing::transport::Method::{Delete, Get, Post, Put};
use serde_json::{Value, json};

use crate::ask::Asker;

const ANN: &str = "613872b19c90be7d4da40001";
const BOB: &str = "613872b19c90be7d4da40002";
const SHOP: &str = "6139c4d24e78a4d706b70001";
const ACME: &str = "619b64fd2cfccd07a8290001";
const WECHAT: &str = "619c917f534a3b8ad9880001";
const PC: &str = "619c917f534a3b8ad9880002";

fn seed() -> Value {
    json!({
        "version": 1,
        "users": [
            { "id": ANN, "username": "ann",
              "identities": [{ "provider": "github", "userIdInIdp": "1", "isSocial": true }] },
            { "id": BOB, "username": "bob" },
        ],
        "applications": [{ "id": SHOP, "name": "Shop", "identifier": "shop", "appType": "BOTH" }],
        "tenants": [{
            "id": ACME, "name": "Acme", "applications": [SHOP], "signInPage": { "hideIdp": true },
            "members": [{ "userId": ANN, "isAdmin": true }],
        }],
        "identityProviders": [{
            "id": WECHAT, "name": "WeChat", "type": "wechat", "tenant": ACME,
            "connections": [{
                "id": PC, "type": "wechat:pc", "identifier": "wechat-pc", "displayName": "On a computer",
                "fields": { "clientID": "1" }, "switches": [{ "tenant": ACME }],
            }],
        }],
        "factors": [{ "userId": ANN, "type": "FACE" }],
        "orgs": [{ "tenantId": ACME, "root": { "name": "Acme" } }],
    })
}

fn asker() -> Asker {
    Asker::of(Pool::from_seed(&seed().to_string()).unwrap())
}

#[test]
fn a_snapshot_keeps_tenants_providers_and_factors() {
    let ask = asker();
    let snapshot = ask.pool.snapshot();
    assert_eq!(Pool::from_seed(&snapshot).unwrap().snapshot(), snapshot);
    let written: Value = serde_json::from_str(&snapshot).unwrap();
    for section in seed().as_object().unwrap().keys() {
        assert!(written.get(section).is_some(), "{section} is not in the snapshot");
    }
    assert_eq!(written["tenants"][0]["members"][0]["isAdmin"], true);
    assert_eq!(written["identityProviders"][0]["connections"][0]["switches"][0]["tenant"], ACME);
    assert_eq!(written["applications"][0]["appType"], "BOTH");
}

#[test]
fn a_tenant_lives() {
    let ask = asker();
    let body = json!({ "name": "Feifan", "appIds": SHOP, "logo": "https://logo.example" });
    let new = ask.rest_data(Post, "/api/v2/tenant", Some(body));
    assert_eq!((&new["name"], &new["apps"][0]["id"]), (&json!("Feifan"), &json!(SHOP)));
    let path = format!("/api/v2/tenant/{}", new["id"].as_str().unwrap());
    let list = ask.rest_data(Get, "/api/v2/tenants?page=1&limit=1", None);
    assert_eq!((&list["totalCount"], &list["list"][0]["id"]), (&json!(2), &new["id"]));
    let change =
        json!({ "name": "Feifan 2", "logo": null, "ssoPageCustomizationSettings": { "hideIdp": true } });
    assert_eq!(ask.rest_data(Post, &path, Some(change)), json!(true));
    let detail = ask.rest_data(Get, &path, None);
    assert_eq!((&detail["name"], &detail["logo"]), (&json!("Feifan 2"), &Value::Null));
    assert_eq!(detail["ssoPageCustomizationSettings"], json!({ "hideIdp": true }));
    for refused in [
        json!({ "colour": "red" }),
        json!({ "appIds": "nobody" }),
        json!({ "name": "" }),
        json!({ "ssoPageCustomizationSettings": { "hideAll": true } }),
    ] {
        assert_ne!(ask.rest(Post, &path, Some(refused.clone()))["code"], 200, "{refused}");
    }
    let of_app = ask.rest_data(Get, &format!("/api/v2/application/{SHOP}/tenants"), None);
    assert_eq!(of_app["tenants"].as_array().unwrap().len(), 2);
    ask.rest_data(Delete, &path, None);
    assert_ne!(ask.rest(Get, &path, None)["code"], 200);
    // What belongs to a tenant goes with it.
    ask.rest_data(Delete, &format!("/api/v2/tenant/{ACME}"), None);
    assert_ne!(ask.rest(Get, &format!("/api/v2/extIdp/{WECHAT}"), None)["code"], 200);
    assert_eq!(ask.rest_data(Get, "/api/v2/orgs/count", None), json!({ "count": 0 }));
}

#[test]
fn members_of_a_tenant_come_and_go() {
    let ask = asker();
    let path = |rest: &str| format!("/api/v2/tenant/{ACME}{rest}");
    let added = ask.rest_data(Post, &path("/user"), Some(json!({ "userIds": [BOB, ANN] })));
    assert_eq!((&added["id"], &added["users"][0]["username"]), (&json!(ACME), &json!("bob")));
    let members = |ask: &Asker| ask.rest_data(Get, &path("/users?page=1&limit=10"), None);
    let before = members(&ask);
    assert_eq!((&before["listTotal"], &before["list"][1]["user"]["id"]), (&json!(2), &json!(BOB)));
    assert_eq!(before["list"][1]["isAdmin"], false);
    ask.rest_data(Put, &path("/admin"), Some(json!({ "userIds": [BOB] })));
    ask.rest_data(Put, &path(&format!("/{BOB}")), Some(json!({ "isEnabled": false })));
    let member = members(&ask)["list"][1].take();
    assert_eq!((&member["isAdmin"], &member["isEnabled"]), (&json!(true), &json!(false)));
    ask.rest_data(Delete, &path(&format!("/admin/{BOB}")), None);
    assert_ne!(ask.rest(Delete, &path(&format!("/admin/{BOB}")), None)["code"], 200);
    let user = ask.rest_data(Get, &format!("/api/v2/users/{BOB}/tenants"), None);
    assert_eq!((&user["username"], &user["tenants"][0]["id"]), (&json!("bob"), &json!(ACME)));
    ask.rest_data(Delete, &path(&format!("/user?userId={BOB}")), None);
    assert_ne!(ask.rest(Delete, &path(&format!("/user?userId={BOB}")), None)["code"], 200);
    ask.data(&format!("mutation {{ deleteUser(id: \"{ANN}\") {{ code }} }}"), json!({}));
    assert_eq!(members(&ask)["listTotal"], 0);
}

#[test]
fn a_provider_and_its_connections_live() {
    let ask = asker();
    let connection = |identifier: &str| json!({ "type": "lark", "identifier": identifier, "displayName": "Lark", "fields": { "clientID": "x" } });
    let twins = json!({ "name": "a", "type": "lark", "connections": [connection("a"), connection("a")] });
    assert_ne!(ask.rest(Post, "/api/v2/extIdp", Some(twins))["code"], 200);
    let body = json!({ "name": "Lark", "type": "lark", "connections": [connection("lark-1")] });
    let new = ask.rest_data(Post, "/api/v2/extIdp", Some(body));
    let id = new["id"].as_str().unwrap();
    let path = format!("/api/v2/extIdp/{id}");
    assert_eq!(ask.rest_data(Put, &path, Some(json!({ "name": "Lark 2" })))["name"], "Lark 2");
    let free = |name: &str| {
        ask.rest(Post, "/api/v2/check/extIdpConn/identifier", Some(json!({ "identifier": name })))["code"]
            == 200
    };
    assert!(free("lark-2") && !free("lark-1"));
    let mut body = connection("lark-2");
    body["extIdpId"] = json!(id);
    let second = ask.rest_data(Post, "/api/v2/extIdpConn", Some(body.clone()));
    assert_ne!(ask.rest(Post, "/api/v2/extIdpConn", Some(body))["code"], 200);
    let own = format!("/api/v2/extIdpConn/{}", second["id"].as_str().unwrap());
    let changed =
        ask.rest_data(Put, &own, Some(json!({ "displayName": "L", "fields": { "clientID": "y" } })));
    assert_eq!((&changed["displayName"], &changed["fields"]["clientID"]), (&json!("L"), &json!("y")));
    assert_eq!(changed["enabled"], false);
    ask.rest_data(Put, &format!("{own}/state"), Some(json!({ "appId": SHOP, "enabled": true })));
    let enabled = |ask: &Asker| {
        let detail = ask.rest_data(Get, &path, None);
        detail["connections"].as_array().unwrap().iter().map(|own| own["enabled"] == true).collect::<Vec<_>>()
    };
    assert_eq!(enabled(&ask), [false, true]);
    ask.rest_data(Put, &format!("{path}/connState"), Some(json!({ "tenantId": ACME, "enabled": true })));
    assert_eq!(enabled(&ask), [true, true]);
    assert_ne!(
        ask.rest(Put, &format!("{own}/state"), Some(json!({ "tenantId": "x", "enabled": true })))["code"],
        200
    );
    let of_acme = ask.rest_data(Get, &format!("/api/v2/extIdp?tenantId={ACME}"), None);
    assert_eq!(of_acme.as_array().unwrap().len(), 1);
    assert_eq!(of_acme[0]["connections"][0]["enabled"], true);
    ask.rest_data(Delete, &own, None);
    assert!(free("lark-2"));
    ask.rest_data(Delete, &path, None);
    assert_ne!(ask.rest(Get, &path, None)["code"], 200);
}

#[test]
fn second_factors_are_brought_along_and_released() {
    let ask = asker();
    let path = format!("/api/v2/users/{ANN}/mfa-bound");
    assert_eq!(ask.rest_data(Get, &path, None), json!({ "OTP": false, "FACE": true }));
    let body = json!({ "userId": ANN, "secret": "JBSWY3DPEHPK3PXP", "recoveryCode": "abcd" });
    let totp = ask.rest_data(Post, "/api/v2/mfa/totp/import", Some(body));
    assert_eq!(
        (&totp["userId"], &totp["enable"], &totp["recoveryCode"]),
        (&json!(ANN), &json!(true), &json!("abcd"))
    );
    assert_eq!(ask.rest_data(Get, &path, None), json!({ "OTP": true, "FACE": true }));
    for kind in ["OTP", "FACE"] {
        ask.rest_data(Delete, &format!("{path}?type={kind}"), None);
        assert_ne!(ask.rest(Delete, &format!("{path}?type={kind}"), None)["code"], 200);
    }
    assert_ne!(ask.rest(Delete, &format!("{path}?type=SMS"), None)["code"], 200);
    assert_eq!(ask.rest_data(Get, &path, None), json!({ "OTP": false, "FACE": false }));
}

#[test]
fn an_account_is_released_only_if_everything_fits() {
    let mut ask = asker();
    let unlink = |ask: &Asker, body: Value| {
        ask.rest(Post, "/api/v2/users/identity/unlink", Some(body))["code"].clone()
    };
    for wrong in [
        json!({ "userId": ANN, "identifier": "github", "isSocial": false }),
        json!({ "userId": ANN, "identifier": "github", "type": "other" }),
        json!({ "userId": ANN, "identifier": "github", "extIdpId": "x" }),
    ] {
        assert_ne!(unlink(&ask, wrong.clone()), 200, "{wrong}");
    }
    // The user itself needs its own token; the pool's owner is not one of its users.
    let own = json!({ "type": "generic", "identifier": "github" });
    let path = "/api/v2/users/identity/unlinkByUser";
    assert_eq!(ask.rest(Post, path, Some(own.clone()))["code"], 2020);
    let issue = "mutation ($id: String) { refreshToken(id: $id) { token } }";
    let token = ask.data(issue, json!({ "id": ANN }))["refreshToken"]["token"].take();
    let manager = std::mem::replace(&mut ask.token, token.as_str().map(str::to_owned));
    assert_eq!(ask.rest_data(Post, path, Some(own.clone())), json!(true));
    assert_ne!(ask.rest(Post, path, Some(own))["code"], 200);
    let mine = "/api/v2/acl/users/me/authorized-resources";
    assert_eq!(ask.rest_data(Get, mine, None)["totalCount"], 0);
    ask.token = manager;
    assert_eq!(ask.rest(Get, mine, None)["code"], 2020);
    let user =
        ask.data("query ($id: String) { user(id: $id) { identities { provider } } }", json!({ "id": ANN }));
    assert_eq!(user["user"]["identities"], json!([]));
}

#[test]
fn what_cannot_be_known_is_not_taken_for_a_misspelt_path() {
    let ask = asker();
    for (method, path) in [
        (Post, "/api/v3/pub-event"),
        (Post, "/api/v3/metadata/filter"),
        (Get, "/api/v3/metadata/get-row?modelId=device&rowId=1"),
        (Post, "/api/v3/suspend-device-by-user"),
    ] {
        let response = ask.send(method, path, None);
        assert_eq!(response.status(), 501, "{path}");
        let text = String::from_utf8(response.body().to_vec()).unwrap();
        assert!(text.contains(path.split('?').next().unwrap()), "{text}");
    }
}

#[test]
fn an_application_has_a_type() {
    let ask = asker();
    let path = format!("/api/v2/applications/{SHOP}");
    for (given, shown) in [("Tenant", "TENANT"), ("INDIVIDUAL", "INDIVIDUAL"), ("BOTH", "BOTH")] {
        assert_eq!(ask.rest_data(Post, &path, Some(json!({ "appType": given })))["appType"], shown);
    }
    assert_ne!(ask.rest(Post, &path, Some(json!({ "appType": "CAT" })))["code"], 200);
}
