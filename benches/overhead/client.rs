//! The calls through the client.

use authing::{Client, Page, User};
use serde::Deserialize;

use crate::{Place, Side};

pub(crate) struct Ours(Client);

#[derive(Deserialize)]
struct Envelope {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    users: Page<User>,
}

impl Side for Ours {
    fn new(place: &Place) -> Self {
        let client = Client::builder()
            .user_pool_id(place.pool_id.clone())
            .secret(place.secret.clone())
            .host(place.url.clone())
            .build();
        Self(client.unwrap())
    }

    fn decode(page: &[u8]) -> usize {
        serde_json::from_slice::<Envelope>(page).unwrap().data.users.list.len()
    }

    fn detail(&self, id: &str) -> bool {
        self.0.users().detail(id).send().unwrap().is_some()
    }

    fn find(&self, username: &str) -> bool {
        self.0.users().find().username(username).send().unwrap().is_some()
    }

    fn list(&self, limit: u32) -> usize {
        self.0.users().list().limit(limit).send().unwrap().list.len()
    }

    fn export(&self) -> usize {
        self.0.users().list().limit(200).iter().map(|user| assert!(!user.unwrap().id.is_empty())).count()
    }

    fn create(&self, username: &str) {
        let user = self.0.users().create().username(username).password("correct horse battery").send();
        assert_eq!(user.unwrap().username.as_deref(), Some(username));
    }
}
