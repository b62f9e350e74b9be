//! Synchronises a pool with a list of staff: plans, prints, applies and undoes the changes.

use anyhow::Result;
use authing::UserInput;
use authing::bulk::UpsertKey;
use authing::emulator::Pool;
use authing::plan::{Missing, Undo};

fn main() -> Result<()> {
    let client = Pool::new().client();
    for (id, name) in [("1", "Ann"), ("2", "Bo"), ("3", "Cas")] {
        client.users().create().external_id(id).nickname(name).send()?;
    }

    // The desired staff. A real program would open a file here: the rows are read several times.
    let staff = [("1", "Ann"), ("2", "Bob"), ("4", "Dee")];
    let rows = || staff.map(|(id, name)| (id, UserInput::new().external_id(id).nickname(name)));

    let plan =
        client.users().plan(UpsertKey::ExternalId, rows).missing(Missing::Suspend { at_most: 5 }).send()?;
    println!("{plan}\n");
    for change in plan.changes() {
        println!("{}", change?);
    }

    let undo = std::env::temp_dir().join(format!("authing-example-plan-{}.ndjson", std::process::id()));
    println!("\napplied: {}", plan.apply().concurrency(8).undo(&undo).send()?);
    let again = client.users().plan(UpsertKey::ExternalId, rows).send()?;
    println!("the second time: {}", if again.is_empty() { "nothing to do" } else { "something is left" });

    println!("\nundo: {}", Undo::open(&undo)?);
    println!("undone: {}", client.users().undo(&undo).send()?);
    std::fs::remove_file(&undo)?;
    Ok(())
}
