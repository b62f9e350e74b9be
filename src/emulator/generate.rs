//! Generated users, the same ones for the same seed.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::ids::Id;
use super::state::field::{Entry, Field};
use super::state::user::User;
use super::state::users::Users;

const GIVEN: [&str; 24] = [
    "Ada", "Bao", "Chen", "Dana", "Emil", "Fang", "Gao", "Hana", "Ines", "Jun", "Kai", "Lin", "Mei", "Nadia",
    "Omar", "Ping", "Qiang", "Rosa", "Sora", "Tao", "Uma", "Vera", "Wei", "Yan",
];

const FAMILY: [&str; 20] = [
    "Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Garcia", "Smith", "Novak",
    "Sato", "Kim", "Silva", "Khan", "Meyer", "Rossi", "Olsen",
];

const COMPANIES: [&str; 8] =
    ["Acme", "Borealis", "Cobalt Works", "Delta Foods", "Eastwind", "Fjord Lines", "Granite", "Harbour & Co"];

/// The first user was created at the beginning of 2020, each further one half a minute later.
const FIRST: i64 = 1_577_836_800_000;
const STEP: i64 = 30_000;

/// Adds `count` users to an empty pool.
pub(crate) fn users(users: &mut Users, count: usize, seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    users.reserve(count);
    for number in 0..count {
        let created = i64::try_from(number).unwrap_or(i64::MAX).saturating_mul(STEP).saturating_add(FIRST);
        users.insert(user(&mut rng, number, created));
    }
}

fn user(rng: &mut StdRng, number: usize, created: i64) -> User {
    let given = pick(rng, &GIVEN);
    let family = pick(rng, &FAMILY);
    let company = pick(rng, &COMPANIES);
    let username = format!("{given}.{family}.{number}");
    let email = format!("{}@example.com", username.to_lowercase());
    let mut user = User::new(Id::random(rng, created), created);
    user.set_all(vec![
        Entry::Text(Field::Email, email.into_boxed_str()),
        Entry::Text(Field::Username, username.into_boxed_str()),
        Entry::Text(Field::Phone, format!("1{number:010}").into_boxed_str()),
        Entry::Text(Field::Name, format!("{given} {family}").into_boxed_str()),
        Entry::Text(Field::Nickname, given.into()),
        Entry::Text(Field::Company, company.into()),
    ]);
    user
}

fn pick<'a>(rng: &mut StdRng, from: &[&'a str]) -> &'a str {
    from.get(rng.gen_range(0..from.len().max(1))).copied().unwrap_or_default()
}
