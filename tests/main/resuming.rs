//! Listings that are resumed, and counts that are false.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use authing::SortBy;
use authing::paging::Position;
use serde_json::Value;

use crate::paging::{asked, paged, slice};

#[test]
fn a_resumed_listing_skips_nothing_though_its_item_and_many_before_it_were_deleted() {
    // The list after the position was taken behind user 31, of 60.
    let all_but = |gone: &dyn Fn(u64) -> bool| (0..60).filter(|id| !gone(*id)).collect::<Vec<u64>>();
    let cases: [(Vec<u64>, u64); 6] = [
        // A single one, many before it, both, and more than the position knows of.
        (all_but(&|id| id == 31), 32),
        (all_but(&|id| id < 25), 32),
        (all_but(&|id| id < 20 || id == 31), 32),
        (all_but(&|id| id < 23 || (26..=31).contains(&id)), 32),
        (all_but(&|id| (20..=31).contains(&id)), 0),
        ((100..130).chain(0..60).collect(), 32),
    ];
    for (case, (later, first)) in cases.into_iter().enumerate() {
        let is_later = Arc::new(AtomicBool::new(false));
        let (flag, left) = (Arc::clone(&is_later), later.clone());
        let (client, _) = paged(move |page, limit| {
            let users = if flag.load(Ordering::SeqCst) { left.clone() } else { (0..60).collect() };
            let (skip, count) = (usize::try_from((page - 1) * limit), usize::try_from(limit));
            let list = users.iter().copied().skip(skip.unwrap()).take(count.unwrap()).collect();
            (users.len() as u64, list)
        });
        let mut users = client.users().list().limit(5).iter();
        assert_eq!(users.nth(31).unwrap().unwrap().id, "31");
        is_later.store(true, Ordering::SeqCst);
        let position: Position = users.position().to_string().parse().unwrap();
        let rest: Vec<u64> = client
            .users()
            .list()
            .iter()
            .resume(position)
            .map(|user| user.unwrap().id.parse().unwrap())
            .collect();
        let from = later.iter().position(|id| *id == first).unwrap();
        assert_eq!(rest, later[from..], "{case}");
    }
}

#[test]
fn a_position_is_looked_for_within_bounds_whatever_is_counted() {
    let is_later = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_later);
    let (client, log) = paged(move |page, limit| {
        // Later, the same page of others comes again and again.
        if flag.load(Ordering::SeqCst) { (u64::MAX, vec![900, 901]) } else { (25, slice(25, page, limit)) }
    });
    let mut users = client.users().list().limit(5).iter();
    users.nth(12).unwrap().unwrap();
    let position = users.position();
    is_later.store(true, Ordering::SeqCst);
    assert!(client.users().list().iter().resume(position).take(10).count() > 0);
    assert!(asked(&log) < 200, "{}", asked(&log));
}

#[test]
fn a_false_count_ends_an_exact_listing_and_is_no_proof() {
    for count in [u64::MAX, 1 << 40] {
        let (client, log) = paged(move |page, _| (count, if page == 1 { vec![1] } else { Vec::new() }));
        let mut users = client.users().list().iter().exactly();
        assert_eq!(users.by_ref().map(Result::unwrap).count(), 1);
        assert!(!users.is_complete() && asked(&log) < 1000, "{}", asked(&log));
        // A service that ignores the page.
        let (client, log) = paged(move |_, limit| (count, (0..limit).collect()));
        let mut users = client.users().list().iter().exactly();
        assert_eq!(users.by_ref().map(Result::unwrap).count(), 100);
        assert!(!users.is_complete() && asked(&log) < 1000, "{}", asked(&log));
    }
}

#[test]
fn a_position_of_a_listing_with_other_arguments_is_refused() {
    let (client, log) = paged(|page, limit| (5, slice(5, page, limit)));
    let refused = |mut items: authing::paging::Items<authing::User>| {
        let before = asked(&log);
        let error = items.next().unwrap().unwrap_err();
        assert_eq!((error.field(), asked(&log)), (Some("position"), before), "{error}");
        assert!(error.to_string().contains("other arguments"), "{error}");
    };
    let users = client.users();
    let newest = users.list().sort_by(SortBy::CreatedAtDescending);
    refused(newest.iter().resume(users.list().iter().position()));
    let groups = client.groups();
    refused(groups.list_users("a").iter().resume(groups.list_users("b").iter().position()));
    // What does not change the list does not matter.
    let position = users.list().iter().position();
    let other = users.list().limit(2).select([authing::UserField::Email]).iter().resume(position);
    assert_eq!(other.count(), 5);
    // Requests of the caller's own all have one name.
    let document = |field: &str| {
        client
            .graphql(format!("query ($page: Int, $limit: Int) {{ {field} {{ id }} }}"))
            .list::<Value>("users")
    };
    let error = document("a").iter().resume(document("b").iter().position()).next().unwrap().unwrap_err();
    assert_eq!(error.field(), Some("position"));
}

#[test]
fn a_huge_limit_takes_no_longer_than_another() {
    let (client, _) = paged(|page, limit| (30, slice(30, page, limit)));
    let began = std::time::Instant::now();
    for limit in [1_000_000, u32::MAX] {
        let mut users = client.users().list().limit(limit).iter().exactly();
        assert_eq!(users.by_ref().map(Result::unwrap).count(), 30);
        assert!(users.is_complete());
        let (client, _) = paged(|page, limit| (30, slice(30, page, limit.min(7))));
        let mut users = client.users().list().limit(limit).iter().exactly();
        assert_eq!(users.by_ref().map(Result::unwrap).count(), 30);
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
}
