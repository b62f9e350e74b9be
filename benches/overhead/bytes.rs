//! The pages that both sides decode: 200 users, with identities, with custom data. The fields are in the
//! order of the document, as in the response of a GraphQL server.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::peer::DOCUMENT_FIELDS;

pub(crate) fn page(row: &str) -> Vec<u8> {
    let users: Vec<String> = (0..200).map(|number| user(row, number)).collect();
    format!(r#"{{"data":{{"users":{{"totalCount":100000,"list":[{}]}}}}}}"#, users.join(",")).into_bytes()
}

/// Plain fields with those names, each followed by a comma.
pub(crate) fn fields<'a>(names: impl IntoIterator<Item = &'a str>, number: u32) -> String {
    let id = format!("5f718016d8e5f7e9{number:08x}");
    let known = json!({
        "id": id, "arn": format!("arn:cn:authing:5f718016aaaaaaaaaaaaaaaa:user:{id}"),
        "userPoolId": "5f718016aaaaaaaaaaaaaaaa", "status": "Activated", "username": format!("user-{number}"),
        "email": format!("user-{number}@example.com"), "emailVerified": false, "phone": format!("188{number:08}"),
        "phoneVerified": false, "nickname": "A nickname", "registerSource": ["import:manual"],
        "photo": "https://files.authing.co/authing-console/default-user-avatar.png", "loginsCount": 12,
        "lastLogin": "2021-03-11T20:52:50.000Z", "lastIP": "203.0.113.7", "signedUp": "2020-10-15T17:55:37.000Z",
        "blocked": false, "isDeleted": false, "gender": "U", "company": "Example", "givenName": "Given",
        "familyName": "Family", "city": "Utrecht", "country": "Netherlands", "locale": "nl",
        "createdAt": "2021-03-11T20:52:50.000Z", "updatedAt": "2021-03-11T20:52:50.000Z",
    });
    let mut fields = String::new();
    for name in names {
        write!(fields, "{name:?}:{},", known.get(name).unwrap_or(&Value::Null)).unwrap();
    }
    fields
}

fn user(row: &str, number: u32) -> String {
    let mut user = fields(DOCUMENT_FIELDS.split_whitespace(), number);
    let identities = if row.contains("identities") { 2 } else { 0 };
    let identities: Vec<String> = (0..identities)
        .map(|_| {
            format!(
                r#"{{"openid":null,"userIdInIdp":"wx-{number}","userId":"5f718016d8e5f7e9{number:08x}","connectionId":null,"isSocial":true,"provider":"wechat","type":"generic","userPoolId":"5f718016aaaaaaaaaaaaaaaa"}}"#
            )
        })
        .collect();
    write!(user, r#""identities":[{}]"#, identities.join(",")).unwrap();
    if row.contains("custom data") {
        let fields: Vec<String> = (0..5)
            .map(|key| {
                format!(
                    r#"{{"key":"key-{key}","value":"value {number}","dataType":"STRING","label":"A label"}}"#
                )
            })
            .collect();
        write!(user, r#","customData":[{}]"#, fields.join(",")).unwrap();
    }
    format!("{{{user}}}")
}
