//! Makes the users of a pool what a CSV file of 5,000 employees says: creates, changes, suspends, custom
//! fields of two types, groups and roles. A second run of the same file costs no more than reading the pool.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Result, ensure};
use authing::bulk::{Summary, UserChange, UserValues};
use authing::emulator::Pool;
use authing::{Client, CustomDataInput, CustomTarget, DataType, User, UserInput, UserPatch, UserStatus};
use serde::{Deserialize, Serialize};

const DEPARTMENTS: [&str; 5] = ["engineering", "finance", "people", "sales", "support"];
const ROLES: [&str; 2] = ["auditor", "manager"];

/// A row of the file.
#[derive(Deserialize)]
struct Employee {
    number: String,
    name: String,
    email: String,
    department: String,
    role: String,
    is_active: bool,
    #[serde(flatten)]
    custom: Custom,
}

/// The custom fields.
#[derive(Deserialize, PartialEq, Serialize)]
struct Custom {
    site: String,
    grade: u32,
}

fn main() -> Result<()> {
    let client = Pool::new().client();
    DEPARTMENTS.iter().try_for_each(|code| client.groups().create(*code, *code).send().map(drop))?;
    ROLES.iter().try_for_each(|code| client.roles().create(*code).send().map(drop))?;
    client.custom_fields().set(CustomTarget::User, "site", DataType::String, "Site").send()?;
    client.custom_fields().set(CustomTarget::User, "grade", DataType::Number, "Grade").send()?;
    for (title, year) in [("first run", 0), ("again", 0), ("next year", 1), ("again", 1)] {
        let before = client.stats().requests;
        let (to_read, rows) = synchronize(&client, &file_of(year))?;
        let requests = client.stats().requests - before;
        println!("{title:<10}{requests:>6} requests, {to_read} of them to read, {rows:>6} changes");
    }
    Ok(())
}

/// Makes the pool what the file says. Returns the number of requests for reading, and of changes.
fn synchronize(client: &Client, file: &str) -> Result<(u64, u64)> {
    let (bulk, before, mut changed) = (|| client.bulk().concurrency(4), client.stats().requests, 0);
    let mut finish = |summary: Summary| {
        changed += summary.total();
        ensure!(summary.is_success(), "not every change was carried out: {summary}");
        Ok(())
    };
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows = reader.deserialize().map(|row| row.map(|row: Employee| (row.number.clone(), row)));
    let employees = rows.collect::<Result<BTreeMap<_, _>, _>>()?;

    // The pool: users by employee number, and the members of each group and role.
    let mut users: BTreeMap<String, User> = BTreeMap::new();
    for user in client.users().list().limit(200).include_custom_data().iter() {
        let user = user?;
        users.extend(user.external_id.clone().map(|number| (number, user)));
    }
    let mut members = Vec::new();
    for code in DEPARTMENTS {
        members.push((code, ids(client.groups().list_users(code).limit(200).iter())?));
    }
    for code in ROLES {
        members.push((code, ids(client.roles().list_users(code).limit(200).iter())?));
    }
    let to_read = client.stats().requests - before;

    let new = employees.values().filter(|row| !users.contains_key(&row.number)).map(|row| {
        let input = UserInput::new().external_id(&row.number).name(&row.name).email(&row.email);
        (row.number.clone(), input)
    });
    let (new, mut created) = (new.collect::<Vec<_>>(), Vec::new());
    let summary = bulk().create(new).for_each(|row| {
        created.extend(row.outcome.user().map(|user| (row.key.clone(), user.clone())));
    })?;
    finish(summary)?;
    users.extend(created);

    let (mut changes, mut leavers, mut returners, mut values) = (vec![], vec![], vec![], vec![]);
    let mut wanted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (number, user) in &users {
        let row = employees.get(number);
        match (row.is_some_and(|row| row.is_active), user.status == Some(UserStatus::Suspended)) {
            (true, true) => returners.push(user.id.clone()),
            (false, false) => leavers.push(user.id.clone()),
            _ => {}
        }
        let Some(row) = row else { continue };
        if user.name.as_ref() != Some(&row.name) || user.email.as_ref() != Some(&row.email) {
            let patch = UserPatch::new().name(&row.name).email(&row.email);
            changes.push((number.clone(), UserChange::new(&user.id, patch)));
        }
        if user.custom_data_as::<Custom>().ok().as_ref() != Some(&row.custom) {
            let data = CustomDataInput::of(&row.custom);
            values.push((number.clone(), UserValues::new(&user.id, data)));
        }
        for code in [&row.department, &row.role] {
            wanted.entry(code.as_str()).or_default().insert(user.id.clone());
        }
    }
    finish(bulk().update(changes).send()?)?;
    finish(bulk().suspend(leavers).send()?)?;
    finish(bulk().activate(returners).send()?)?;
    finish(bulk().set_custom_data(values).send()?)?;
    for (code, are) in members {
        let wanted = wanted.remove(code).unwrap_or_default();
        let (join, leave) = (wanted.difference(&are).cloned(), are.difference(&wanted).cloned());
        if ROLES.contains(&code) {
            finish(bulk().add_role(code, join).send()?)?;
            finish(bulk().remove_role(code, leave).send()?)?;
        } else {
            finish(bulk().add_to_group(code, join).send()?)?;
            finish(bulk().remove_from_group(code, leave).send()?)?;
        }
    }
    Ok((to_read, changed))
}

fn ids(users: impl Iterator<Item = Result<User, authing::Error>>) -> Result<BTreeSet<String>> {
    Ok(users.map(|user| user.map(|user| user.id)).collect::<Result<_, _>>()?)
}

/// The file of a year. In the next one some are new, some have left, and some have changed.
fn file_of(year: usize) -> String {
    let mut file = "number,name,email,department,role,site,grade,is_active\n".to_owned();
    let pick = |list: &[&'static str], n: usize| list.iter().cycle().nth(n).copied().unwrap_or_default();
    for n in year * 20..5000 + year * 10 {
        let changes = |every: usize| if n % every == 0 { year } else { 0 };
        let department = pick(&DEPARTMENTS, n % 5 + changes(89));
        let role = if n % 10 == 0 { pick(&ROLES, n / 10 % 2) } else { "" };
        let name = pick(&["", "-Jansen"], changes(97));
        let site = pick(&["Utrecht", "Oslo, harbour", "Porto"], n % 3);
        let (grade, is_active) = (n % 12 + changes(83), n % 250 != 7 + changes(2));
        let start = format!("E{n:05},Employee {n}{name},e{n}@example.com,{department},{role}");
        let _ = writeln!(file, "{start},\"{site}\",{grade},{is_active}");
    }
    file
}
