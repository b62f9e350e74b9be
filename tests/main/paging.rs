//! Lists over pages: what the iterators do with servers of all kinds.

use std::sync::Arc;

use authing::transport::Response;
use authing::{Client, ErrorKind};
use serde_json::{Value, json};

use crate::support::{Log, answering};

/// A client of a service whose pages are given by a function of page and limit: the total count and the ids.
fn paged(pages: impl Fn(u64, u64) -> (u64, Vec<u64>) + Send + Sync + 'static) -> (Client, Log) {
    let log = Log::default();
    let client = answering(&log, move |request| {
        let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
        let number = |name: &str| body["variables"][name].as_u64().unwrap();
        let (total, ids) = pages(number("page"), number("limit"));
        let list: Vec<Value> = ids.iter().map(|id| json!({"id": id.to_string()})).collect();
        Response::new(200, json!({"data": {"users": {"totalCount": total, "list": list}}}).to_string())
    });
    (client.build().unwrap(), log)
}

/// What an honest service with so many users answers.
fn slice(total: u64, page: u64, limit: u64) -> Vec<u64> {
    ((page - 1) * limit..total.min(page * limit)).collect()
}

fn asked(log: &Log) -> usize {
    log.count("users")
}

#[test]
fn every_item_comes_once_and_the_last_page_is_not_followed_by_an_empty_one() {
    for (total, requests) in [(0, 1), (1, 1), (99, 1), (100, 1), (101, 2), (250, 3)] {
        let (client, log) = paged(move |page, limit| (total, slice(total, page, limit)));
        let mut users = client.users().list().iter();
        assert_eq!((users.total_count(), users.is_complete()), (None, false));
        let ids: Vec<u64> = users.by_ref().map(|user| user.unwrap().id.parse().unwrap()).collect();
        assert_eq!(ids, (0..total).collect::<Vec<_>>());
        assert_eq!((users.total_count(), users.is_complete()), (Some(total), true));
        assert_eq!(asked(&log), requests, "{total} users");
    }
}

#[test]
fn pages_are_fetched_when_they_are_asked_for() {
    let (client, log) = paged(|page, limit| (1_000_000, slice(1_000_000, page, limit)));
    let mut users = client.users().list().limit(10).iter();
    assert_eq!(log.len(), 0);
    assert_eq!(users.by_ref().take(10).count(), 10);
    assert_eq!(asked(&log), 1);
    assert_eq!(users.next().unwrap().unwrap().id, "10");
    assert_eq!(asked(&log), 2);
    assert!(!users.is_complete());
}

#[test]
fn both_iterators_are_at_their_end_for_good() {
    fn is_fused(_: &impl std::iter::FusedIterator) {}
    let (client, log) = paged(|page, limit| (3, slice(3, page, limit)));
    let (mut users, mut pages) =
        (client.users().list().limit(2).iter(), client.users().list().limit(2).pages());
    is_fused(&users);
    is_fused(&pages);
    assert_eq!((users.by_ref().count(), pages.by_ref().count()), (3, 2));
    let sent = log.len();
    assert!((0..5).all(|_| users.next().is_none() && pages.next().is_none()));
    assert_eq!(log.len(), sent, "the end is not asked about again");
    assert_eq!(pages.seen(), 3);
}

#[test]
fn after_an_error_they_are_at_their_end() {
    let log = Log::default();
    let client =
        answering(&log, |_| Response::new(200, r#"{"errors":[{"message":{"code":1001,"message":"no"}}]}"#));
    let client = client.build().unwrap();
    let mut users = client.users().list().iter();
    assert_eq!(users.next().unwrap().unwrap_err().code(), Some(1001));
    assert!(users.next().is_none() && !users.is_complete());
    assert_eq!(asked(&log), 1);
}

#[test]
fn a_service_that_repeats_its_page_is_an_error_and_not_the_end() {
    let (client, log) = paged(|_, limit| (250, slice(250, 1, limit)));
    let mut users = client.users().list().iter();
    let read: Vec<_> = users.by_ref().collect();
    assert_eq!(read.len(), 101, "the first page and the error");
    let error = read.into_iter().next_back().unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::UnexpectedAnswer, "users"));
    assert_eq!(error.to_string(), "users: page 2 repeats the one before it; 100 items were seen");
    assert!(users.next().is_none() && !users.is_complete());
    assert_eq!(asked(&log), 2);
}

#[test]
fn a_limit_that_the_service_lowers_costs_requests_and_no_items() {
    let (client, log) = paged(|page, limit| (120, slice(120, page, limit.min(50))));
    let mut users = client.users().list().limit(100).iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 120);
    assert!(users.is_complete());
    assert_eq!(asked(&log), 3);
}

#[test]
fn a_count_that_grows_meanwhile_is_followed() {
    let (client, _) = paged(|page, limit| {
        let total = if page == 1 { 150 } else { 260 };
        (total, slice(total, page, limit))
    });
    let mut users = client.users().list().iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 260);
    assert_eq!((users.total_count(), users.is_complete()), (Some(260), true));
}

#[test]
fn a_list_that_shrinks_while_it_is_read_is_not_complete() {
    let (client, log) = paged(|page, limit| {
        let total = if page == 1 { 250 } else { 150 };
        (total, slice(total, page, limit))
    });
    let mut users = client.users().list().iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 150);
    assert!(!users.is_complete(), "a hundred moved to the page that was read already");
    assert_eq!(asked(&log), 3, "it is not over before a page is empty");
}

#[test]
fn a_list_that_ends_before_its_count_says_that_it_is_not_complete() {
    let (client, log) = paged(|page, limit| (300, slice(130, page, limit)));
    let mut pages = client.users().list().pages();
    assert_eq!(pages.by_ref().map(|page| page.unwrap().list.len()).sum::<usize>(), 130);
    assert_eq!((pages.seen(), pages.total_count(), pages.is_complete()), (130, Some(300), false));
    assert_eq!(asked(&log), 3, "an empty page is the end");
}

#[test]
fn a_list_that_begins_later_ends_with_an_empty_page_and_is_not_complete() {
    let (client, log) = paged(|page, limit| (25, slice(25, page.min(4), limit)));
    let mut users = client.users().list().page(2).limit(10).iter();
    let ids: Vec<String> = users.by_ref().map(|user| user.unwrap().id).collect();
    assert_eq!((ids.len(), ids[0].as_str()), (15, "10"));
    assert!(!users.is_complete());
    let pages: Vec<u64> = log.requests()[1..]
        .iter()
        .map(|request| {
            serde_json::from_slice::<Value>(request.body().unwrap()).unwrap()["variables"]["page"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_eq!(pages, [2, 3, 4]);
}

#[test]
fn a_clone_goes_its_own_way() {
    let (client, _) = paged(|page, limit| (30, slice(30, page, limit)));
    let mut users = client.users().list().limit(10).iter();
    users.next();
    let rest: Vec<_> = users.clone().map(|user| user.unwrap().id).collect();
    assert_eq!(rest, users.map(|user| user.unwrap().id).collect::<Vec<_>>());
    let client = Arc::new(client);
    assert_eq!(
        client.users().list().limit(7).pages().map(|page| page.unwrap().list.len()).collect::<Vec<_>>(),
        [7, 7, 7, 7, 2]
    );
}
