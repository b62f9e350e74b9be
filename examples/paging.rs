//! Lists all users, page by page.

use anyhow::{Result, ensure};
use authing::SortBy;
use authing::emulator::Pool;

fn main() -> Result<()> {
    let client = Pool::builder().generated_users(250, 7).build().client();

    // One page.
    let page = client.users().list().page(3).limit(20).send()?;
    println!("page 3 contains {} of {} users", page.list.len(), page.total_count);

    // Every user, oldest first, so that users created in the meantime come last.
    let mut users = client.users().list().sort_by(SortBy::CreatedAtAscending).limit(100).iter();
    let mut count = 0;
    for user in users.by_ref() {
        let user = user?;
        count += 1;
        if count % 100 == 1 {
            println!("{count:>4}  {}  {}", user.id, user.username.as_deref().unwrap_or("-"));
        }
    }
    ensure!(users.is_complete(), "some users were missed");
    println!("{count} users in all");

    // Every page, to process items in batches.
    for page in client.users().search("a").limit(100).pages().take(2) {
        println!("a page of {}", page?.list.len());
    }
    Ok(())
}
