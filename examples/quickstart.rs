//! A tour of the API: creates, finds, searches, updates and deletes users, and assigns groups and roles.
//!
//! Without credentials it runs on the in-process emulator. With `AUTHING_USERPOOL_ID` and
//! `AUTHING_USERPOOL_SECRET` set (and `AUTHING_HOST` for a self-hosted deployment), the same code runs
//! against the real service. It creates everything it needs under unique names, and deletes it at the end.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use authing::emulator::Pool;
use authing::{Client, Gender, UserField};
use time::macros::datetime;

fn main() -> Result<()> {
    let settings = if std::env::var_os("AUTHING_USERPOOL_ID").is_some() {
        Client::builder().settings_from_env()?
    } else {
        println!(
            "Using the in-process emulator. Set AUTHING_USERPOOL_ID and AUTHING_USERPOOL_SECRET for the real service."
        );
        Pool::new().client_builder()
    };
    let client = settings.lang("en-US").build()?;
    println!("Pool {} at {}", client.user_pool_id(), client.host());
    let run = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let users = client.users();

    step("Create");
    let bob = users
        .create()
        .username(format!("bob-{run}"))
        .email(format!("Bob-{run}@Example.com"))
        .password("correct horse battery staple")
        .nickname("Bob")
        .gender(Gender::Male)
        .company("Example Ltd")
        .signed_up(datetime!(2020-10-15 17:55:37 +8))
        .send()
        .context("creating Bob")?;
    println!("{}  {}", bob.id, text(&bob.username));
    println!("e-mail as stored: {}", text(&bob.email));
    let ann = users.create().username(format!("ann-{run}")).nickname("Ann").send()?;
    println!("{}  {}", ann.id, text(&ann.username));

    step("A username that is taken");
    match users.create().username(format!("bob-{run}")).send() {
        Err(error) if error.is_conflict() => println!("{error}"),
        other => anyhow::bail!("expected a conflict, got {other:?}"),
    }

    step("Find and search");
    let found = users.find().email(format!("BOB-{run}@example.com")).send()?.context("Bob was not found")?;
    println!("by e-mail, case-insensitively: {}", text(&found.username));
    let nobody = users.find().username("nobody-at-all").send()?;
    println!("by an unknown username: {}", nobody.map_or("none, which is not an error", |_| "found"));
    let page = users.search(format!("bob-{run}")).fields([UserField::Username]).page(1).limit(10).send()?;
    println!("searched by username: {} of {}", page.list.len(), page.total_count);

    step("Change");
    let bob = users.update(&bob.id).nickname("Bobby").city("Utrecht").clear(UserField::Company).send()?;
    println!("nickname {}, city {}, company {}", text(&bob.nickname), text(&bob.city), text(&bob.company));
    let signed_up = bob.signed_up.context("the time of signing up was lost")?;
    ensure!(signed_up.time() == Some(datetime!(2020-10-15 17:55:37 +8)), "a different time: {signed_up}");
    println!("signed up {signed_up}, the same time in UTC");

    step("Groups");
    let group = format!("engineering-{run}");
    client.groups().create(&group, "Engineering").description("Builds things").send()?;
    users.add_group(&bob.id, &group).send()?;
    for group in users.list_groups(&bob.id).send()? {
        println!("{}: {}", group.code, text(&group.name));
    }
    users.remove_group(&bob.id, &group).send()?;

    step("Roles");
    let role = format!("auditor-{run}");
    client.roles().create(&role).description("May read everything").send()?;
    users.add_roles(&bob.id, [&role]).send()?;
    for role in users.list_roles(&bob.id).send()? {
        println!("{} in namespace {}", role.code, text(&role.namespace));
    }
    users.remove_roles(&bob.id, [&role]).send()?;
    println!("remaining roles: {}", users.list_roles(&bob.id).send()?.total_count);

    step("A token for Bob");
    let issued = users.refresh_token(&bob.id).send()?;
    let seconds = issued.exp.zip(issued.iat).map(|(exp, iat)| exp - iat);
    println!("{:?}, valid for {} days", issued.token, seconds.unwrap_or_default() / 86_400);

    step("Many at once");
    let both = users.batch([&ann.id, &bob.id]).send()?;
    println!("{}", both.iter().map(|user| text(&user.nickname)).collect::<Vec<_>>().join(", "));
    let mut oldest = users.list().limit(2).iter();
    let first = oldest.next().context("the pool is empty")??;
    println!("oldest: {}, of {}", text(&first.username), oldest.total_count().unwrap_or_default());

    step("Clean up");
    client.roles().delete(&role).send()?;
    client.groups().delete(&group).send()?;
    users.delete(&bob.id).send()?;
    users.delete_many([&ann.id]).send()?;
    ensure!(users.detail(&bob.id).send()?.is_none(), "Bob is still there");
    println!("deleted");
    Ok(())
}

fn step(title: &str) {
    println!("\n{title}");
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("-")
}
