//! Custom data: every type, in every direction, alone and in thousands.

use std::collections::BTreeMap;

use authing::emulator::Pool;
use authing::{Client, CustomDataInput, CustomTarget, CustomValue, DataType, Timestamp, User};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::macros::datetime;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Employee {
    name: String,
    number: u32,
    is_remote: bool,
    since: Timestamp,
    car: BTreeMap<String, u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
}

fn employee(number: u32) -> Employee {
    Employee {
        name: format!("Number \"{number}\""),
        number,
        is_remote: false,
        since: datetime!(2020-10-15 17:55:37 UTC).into(),
        car: BTreeMap::from([("wheels".to_owned(), 4)]),
        nickname: None,
    }
}

/// A pool in which users and roles have a field of each type.
fn client() -> Client {
    let client = Pool::new().client();
    for target in [CustomTarget::User, CustomTarget::Role] {
        for (key, data_type) in [
            ("name", DataType::String),
            ("number", DataType::Number),
            ("is_remote", DataType::Boolean),
            ("since", DataType::DateTime),
            ("car", DataType::Object),
            ("nickname", DataType::String),
        ] {
            client.custom_fields().set(target.clone(), key, data_type, key).send().unwrap();
        }
    }
    client
}

fn create(client: &Client, names: impl IntoIterator<Item = String>) -> Vec<User> {
    names.into_iter().map(|name| client.users().create().username(name).send().unwrap()).collect()
}

#[test]
fn a_struct_goes_to_a_user_and_comes_back_whichever_way_it_is_sent() {
    let client = client();
    let sent = employee(7);
    let raw =
        client.users().create().username("ann").custom_data_from(&sent).include_custom_data().send().unwrap();
    assert_eq!(raw.custom_data_as::<Employee>().unwrap(), sent);

    let bob = &create(&client, ["bob".to_owned()])[0];
    let texts = client.users().set_custom_data(&bob.id).from(&sent).send().unwrap();
    assert_eq!(texts.read_as::<Employee>().unwrap(), sent);
    for user in [&raw, bob] {
        assert_eq!(client.users().custom_data(&user.id).send_as::<Employee>().unwrap(), sent);
        let detail = client.users().detail(&user.id).include_custom_data().send().unwrap().unwrap();
        assert_eq!(detail.custom_data_as::<Employee>().unwrap(), sent);
        for listed in client.users().list().include_custom_data().send().unwrap() {
            assert_eq!(listed.custom_data_as::<Employee>().unwrap(), sent);
        }
    }
    let plain = client.users().detail(&bob.id).send().unwrap().unwrap();
    let error = plain.custom_data_as::<Employee>().unwrap_err();
    assert!(error.to_string().contains("include_custom_data"), "{error}");
}

#[test]
fn every_type_can_be_set_alone() {
    let client = client();
    let bob = &create(&client, ["bob".to_owned()])[0];
    let values: [(&str, CustomValue); 5] = [
        ("name", "1".into()),
        ("number", 1.5.into()),
        ("is_remote", true.into()),
        ("since", datetime!(2020-10-15 17:55:37 UTC).into()),
        ("car", json!([1, {"a": "b"}]).into()),
    ];
    for (key, value) in values {
        let after = client.users().set_custom_value(&bob.id, key, value.clone()).send().unwrap();
        let read = after.get(key).unwrap();
        assert_eq!(read.to_json(), value.to_json(), "{key}");
    }
    assert_eq!(client.users().custom_data(&bob.id).send().unwrap().fields().len(), 5);
    let left = client.users().remove_custom_value(&bob.id, "car").send().unwrap();
    assert_eq!((left.fields().len(), left.get("car")), (4, None));
}

#[test]
fn many_users_take_a_request_for_each_80() {
    let client = client();
    let users = create(&client, (0..161).map(|number| format!("user-{number}")));
    let rows = || (0..).zip(&users).map(|(number, user)| (&user.id, CustomDataInput::of(&employee(number))));
    let before = client.stats().requests;
    client.users().set_custom_data_of_many(rows()).send().unwrap();
    assert_eq!(client.stats().requests - before, 3);
    let read =
        client.users().custom_data_of_many(users.iter().map(|user| &user.id)).send_as::<Employee>().unwrap();
    assert_eq!(read.len(), 161);
    assert_eq!(read[&users[160].id], employee(160));

    // The last request fails, and says for whom nothing was set.
    let unknown = ("5f718016d8e5f7e9d6d3a1ff".to_owned(), CustomDataInput::of(&employee(1)));
    let rows = rows().map(|(id, data)| (id.clone(), data)).chain([unknown]);
    let error = client.users().set_custom_data_of_many(rows).send().unwrap_err();
    assert!(error.is_not_found() && error.may_have_happened(), "{error}");
    assert_eq!(error.unfinished().len(), 2);
    assert_eq!(error.unfinished()[1], "5f718016d8e5f7e9d6d3a1ff");
}

#[test]
fn what_does_not_fit_is_named_when_it_is_read_and_before_it_is_sent() {
    let client = client();
    let bob = &create(&client, ["bob".to_owned()])[0];
    client.users().set_custom_data(&bob.id).from(&employee(7)).value("number", -1).send().unwrap();
    let error = client.users().custom_data(&bob.id).send_as::<Employee>().unwrap_err();
    assert_eq!((error.field(), error.operation()), (Some("number"), "udv"));
    assert!(error.to_string().contains("custom field `number` (NUMBER) is -1: invalid value"), "{error}");
    let error = client.users().custom_data_of_many([&bob.id]).send_as::<Employee>().unwrap_err();
    assert!(error.to_string().contains(&bob.id), "{error}");

    let definitions = client.custom_fields().list(CustomTarget::User).send().unwrap();
    CustomDataInput::of(&employee(7)).check_against(&definitions).unwrap();
    let error =
        CustomDataInput::of(&employee(7)).value("number", "7").check_against(&definitions).unwrap_err();
    assert_eq!(error.field(), Some("number"));
}

#[test]
fn what_is_no_value_is_refused_before_anything_is_sent() {
    let client = client();
    let users = client.users();
    for refused in [
        users.set_custom_data("1").send().unwrap_err(),
        users.set_custom_data("1").from(&7).send().unwrap_err(),
        users.set_custom_data("1").value("", 7).send().unwrap_err(),
        users.set_custom_data(" ").value("number", 7).send().unwrap_err(),
        users.set_custom_value("1", "number", f64::NAN).send().unwrap_err(),
        users.set_custom_data_of_many([("1", CustomDataInput::new())]).send().map(drop).unwrap_err(),
        users.set_custom_data_of_many(Vec::<(String, CustomDataInput)>::new()).send().map(drop).unwrap_err(),
        users.custom_data_of_many([""; 1]).send().map(drop).unwrap_err(),
    ] {
        assert!(refused.is_invalid_input(), "{refused}");
    }
}

#[test]
fn roles_have_custom_data_as_users_have() {
    let client = client();
    let role = client.roles().create("admin").send().unwrap().id.unwrap();
    client.roles().set_custom_data(&role).from(&employee(7)).send().unwrap();
    assert_eq!(client.roles().custom_data(&role).send_as::<Employee>().unwrap(), employee(7));
    let values = client.custom_fields().values(CustomTarget::Role, &role).send_as::<Employee>().unwrap();
    assert_eq!(values, employee(7));
}
