//! Lists over pages: what the iterators do with servers of all kinds.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use authing::paging::{Completeness, Position};
use authing::transport::Response;
use authing::{Client, ErrorKind, SortBy};
use serde_json::{Value, json};

use crate::support::{Log, answering};

/// A client of a service whose pages are given by a function of page and limit: the total count and the ids.
pub(crate) fn paged(pages: impl Fn(u64, u64) -> (u64, Vec<u64>) + Send + Sync + 'static) -> (Client, Log) {
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
pub(crate) fn slice(total: u64, page: u64, limit: u64) -> Vec<u64> {
    ((page - 1) * limit..total.min(page * limit)).collect()
}

pub(crate) fn asked(log: &Log) -> usize {
    log.count("users")
}

#[test]
fn every_item_comes_once_and_several_pages_cost_a_proof() {
    for (total, requests) in [(0, 1), (1, 1), (99, 1), (100, 1), (101, 2 + 1), (250, 3 + 2)] {
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
    assert_eq!(asked(&log), 3, "the last item of the list, and the second page");
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
fn after_an_error_they_are_at_their_end_until_they_try_again() {
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
fn a_service_that_ignores_the_page_is_an_error_and_its_items_come_once() {
    for total in [250, 300] {
        let (client, log) = paged(move |_, limit| (total, slice(total, 1, limit)));
        let mut users = client.users().list().iter();
        let read: Vec<_> = users.by_ref().collect();
        assert_eq!(read.len(), 101, "the first page and the error");
        let error = read.into_iter().next_back().unwrap().unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::UnexpectedAnswer, "users"));
        assert_eq!(
            error.to_string(),
            "users: page 5 repeats items that were read before, as do the 3 pages before it; 100 different items were seen"
        );
        assert!(users.next().is_none() && !users.is_complete());
        assert_eq!(asked(&log), 5 + 1, "five pages and the last item");
        let report = users.report();
        assert_eq!((report.distinct, report.doubled, report.duplicates.len()), (100, 400, 400));
    }
}

#[test]
fn sign_ups_that_push_everything_to_the_next_page_are_no_error() {
    for limit in [1, 5] {
        // Newest first, and exactly one page of users signs up after the first page.
        let (client, _) = paged(move |page, limit| {
            let total = if page == 1 { 20 } else { 20 + limit };
            (total, slice(total, page, limit).into_iter().map(|index| total - index).collect())
        });
        let mut users = client.users().list().sort_by(SortBy::CreatedAtDescending).limit(limit).iter();
        let ids: Vec<u64> = users.by_ref().map(|user| user.unwrap().id.parse().unwrap()).collect();
        assert_eq!(ids, (1..=20).rev().collect::<Vec<_>>());
        let report = users.report();
        assert_eq!((report.doubled, report.missing_at_least), (u64::from(limit), u64::from(limit)));
        assert_eq!(report.completeness, Completeness::Incomplete);
    }
}

#[test]
fn a_user_who_comes_twice_is_told_and_the_list_is_not_complete() {
    // Newest first, 200 users, one sign-up after the first page.
    let (client, _) = paged(|page, limit| {
        let total = if page == 1 { 200 } else { 201 };
        (total, slice(total, page, limit).into_iter().map(|index| total - index).collect())
    });
    let mut users = client.users().list().limit(100).iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 200);
    let report = users.report();
    assert_eq!((report.seen, report.distinct, report.doubled), (201, 200, 1));
    assert_eq!((report.duplicates, report.missing_at_least), (vec!["101".to_owned()], 1));
    assert!(!users.is_complete());
}

#[test]
fn a_count_that_stays_the_same_does_not_hide_who_is_missing() {
    // Oldest first: the fifth leaves and another signs up after the first page. The hundredth and first moved
    // to it.
    let requests = AtomicU64::new(0);
    let (client, _) = paged(move |page, limit| {
        let users: Vec<u64> = match requests.fetch_add(1, Ordering::SeqCst) {
            0 => (0..300).collect(),
            _ => (0..301).filter(|id| *id != 5).collect(),
        };
        let skip = usize::try_from((page - 1) * limit).unwrap();
        (300, users.into_iter().skip(skip).take(usize::try_from(limit).unwrap()).collect())
    });
    let mut users = client.users().list().limit(100).iter();
    let ids: Vec<String> = users.by_ref().map(|user| user.unwrap().id).collect();
    assert!(!ids.contains(&"100".to_owned()) && ids.len() == 300);
    assert_eq!(users.completeness(), Completeness::Unknown);
}

#[test]
fn after_an_error_the_same_page_can_be_asked_for_again() {
    let failures = Arc::new(AtomicU64::new(1));
    let (log, fails) = (Log::default(), Arc::clone(&failures));
    let client = answering(&log, move |request| {
        let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
        let number = |name: &str| body["variables"][name].as_u64().unwrap();
        let (page, limit) = (number("page"), number("limit"));
        if page == 2 && limit > 1 && fails.swap(0, Ordering::SeqCst) == 1 {
            return Response::new(200, r#"{"errors":[{"message":{"code":1001,"message":"no"}}]}"#);
        }
        let list: Vec<Value> =
            slice(25, page, limit).iter().map(|id| json!({"id": id.to_string()})).collect();
        Response::new(200, json!({"data": {"users": {"totalCount": 25, "list": list}}}).to_string())
    })
    .build()
    .unwrap();
    let mut users = client.users().list().limit(10).iter();
    let first: Vec<_> = users.by_ref().collect();
    assert_eq!((first.len(), first[10].as_ref().unwrap_err().code()), (11, Some(1001)));
    assert!(users.next().is_none());
    let position: Position =
        serde_json::from_str(&serde_json::to_string(&users.position()).unwrap()).unwrap();
    users.again();
    assert_eq!(
        users.by_ref().map(|user| user.unwrap().id).collect::<Vec<_>>(),
        (10..25).map(|id| id.to_string()).collect::<Vec<_>>()
    );
    assert!(users.is_complete());
    // In another process.
    let rest: Vec<String> =
        client.users().list().iter().resume(position).map(|user| user.unwrap().id).collect();
    assert_eq!(rest, (10..25).map(|id| id.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_position_goes_on_behind_its_item_wherever_that_is_now() {
    for stop in [0_usize, 1, 7, 10, 19, 20, 25] {
        for gone in [0_u64, 3, 10] {
            let is_later = Arc::new(AtomicBool::new(false));
            let later = Arc::clone(&is_later);
            let (client, _) = paged(move |page, limit| {
                // Some of the first users leave between the two processes.
                let from = if later.load(Ordering::SeqCst) { gone } else { 0 };
                let users = (from..25).skip(usize::try_from((page - 1) * limit).unwrap());
                (25 - from, users.take(usize::try_from(limit).unwrap()).collect())
            });
            let mut users = client.users().list().limit(10).iter();
            let before: Vec<String> = users.by_ref().take(stop).map(|user| user.unwrap().id).collect();
            is_later.store(true, Ordering::SeqCst);
            let position: Position = users.position().to_string().parse().unwrap();
            let mut rest = client.users().list().iter().resume(position);
            let after: Vec<String> = rest.by_ref().map(|user| user.unwrap().id).collect();
            if u64::try_from(stop).unwrap() > gone || stop == 0 {
                let from = if stop == 0 { gone } else { u64::try_from(stop).unwrap() };
                assert_eq!(after, (from..25).map(|id| id.to_string()).collect::<Vec<_>>(), "{stop} {gone}");
            }
            let all = before.iter().chain(&after).collect::<std::collections::BTreeSet<_>>().len();
            assert!(all >= 25 - usize::try_from(gone).unwrap(), "{stop} {gone}: nothing is lost");
            assert!(!rest.is_complete() || stop == 0);
        }
    }
}

#[test]
fn a_position_of_another_list_is_refused() {
    let (client, log) = paged(|page, limit| (5, slice(5, page, limit)));
    let position = client.roles().list().iter().position();
    let error = client.users().list().pages().resume(position).next().unwrap().unwrap_err();
    assert_eq!((error.field(), asked(&log)), (Some("position"), 0));
}

#[test]
fn a_builder_is_iterable_and_asks_for_the_oldest_first() {
    let (client, log) = paged(|page, limit| (3, slice(3, page, limit)));
    let list = client.users().list();
    for user in &list {
        user.unwrap();
    }
    assert_eq!(log.last_body()["variables"]["sortBy"], "CREATEDAT_ASC");
    assert_eq!(list.clone().into_iter().count(), 3);
    list.clone().page(1).limit(10).send().unwrap();
    assert_eq!(log.last_body()["variables"].get("sortBy"), None, "a single page is as the service gives it");
    let newest = list.sort_by(SortBy::CreatedAtDescending);
    assert_eq!(newest.into_iter().count(), 3);
    assert_eq!(log.last_body()["variables"]["sortBy"], "CREATEDAT_DESC");
}

#[test]
fn size_hints_hold() {
    let (client, _) = paged(|page, limit| (25, slice(25, page, limit)));
    let (mut users, mut left) = (client.users().list().limit(10).iter(), 25);
    loop {
        let (least, most) = users.size_hint();
        assert!(least <= left && most.is_none_or(|most| most >= left), "{left} left: {least}, {most:?}");
        if users.next().is_none() {
            break;
        }
        left -= 1;
    }
    assert_eq!(users.size_hint(), (0, Some(0)));
}

#[test]
fn pages_are_fetched_ahead_and_come_in_their_order() {
    let (client, log) = paged(|page, limit| (1_234, slice(1_234, page, limit)));
    let mut users = client.users().list().limit(10).iter().prefetch(8);
    let ids: Vec<u64> = users.by_ref().map(|user| user.unwrap().id.parse().unwrap()).collect();
    assert_eq!(ids, (0..1_234).collect::<Vec<_>>());
    assert!(users.is_complete());
    assert_eq!(asked(&log), 124 + 3);
}

#[test]
fn what_is_fetched_ahead_is_bounded_and_a_dropped_iterator_waits_for_nobody() {
    let (client, log) = paged(|page, limit| (1_000_000, slice(1_000_000, page, limit)));
    let mut pages = client.users().list().limit(10).pages().prefetch(4).without_proof();
    for _ in 0..5 {
        pages.next().unwrap().unwrap();
    }
    drop(pages);
    assert!(asked(&log) <= 5 + 4, "{} pages", asked(&log));
}

#[test]
fn requests_of_ones_own_are_lists_too() {
    let (client, log) = paged(|page, limit| (25, slice(25, page, limit)));
    let document =
        "query ($page: Int, $limit: Int) { users(page: $page, limit: $limit) { totalCount list { id } } }";
    let mut users = client.graphql(document).list::<Value>("users").iter().exactly();
    assert_eq!(
        users.by_ref().filter(|user| user.as_ref().is_ok_and(|user| user["id"].is_string())).count(),
        25
    );
    assert!(users.is_complete());
    assert_eq!(log.last_body()["variables"]["page"], 1);
}

#[test]
fn a_list_of_ones_own_is_a_read_or_is_declared_as_one() {
    use authing::transport::Method;

    let (client, log) = paged(|page, limit| (5, slice(5, page, limit)));
    let mutation = "mutation ($page: Int, $limit: Int) { users { totalCount } }";
    let refused = client.graphql(mutation).list::<Value>("users").iter().next().unwrap().unwrap_err();
    assert_eq!(refused.field(), Some("effect"));
    let kick = client.rest(Method::Post, "/api/v2/users/kick").list::<Value>();
    assert_eq!(kick.pages().next().unwrap().unwrap_err().field(), Some("effect"));
    assert_eq!(log.len(), 0);
    let log = Log::default();
    let empty = r#"{"code":200,"data":{"totalCount":0,"list":[]}}"#;
    let client = answering(&log, move |_| Response::new(200, empty)).build().unwrap();
    let filter = client.rest(Method::Post, "/api/v2/users/filter").read_only().list::<Value>();
    assert!(filter.iter().next().is_none());
    assert_eq!(log.count("rest"), 1);
}

#[test]
fn a_limit_that_the_service_lowers_costs_requests_and_no_items() {
    let (client, log) = paged(|page, limit| (120, slice(120, page, limit.min(50))));
    let mut users = client.users().list().limit(100).iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 120);
    assert!(users.is_complete());
    assert_eq!(asked(&log), 3 + 2);
}

#[test]
fn a_count_that_grows_meanwhile_is_followed() {
    let (client, _) = paged(|page, limit| {
        let total = if page == 1 { 150 } else { 260 };
        (total, slice(total, page, limit))
    });
    let mut users = client.users().list().iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 260);
    assert_eq!((users.total_count(), users.completeness()), (Some(260), Completeness::Unknown));
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
    assert_eq!(asked(&log), 3 + 1, "it is not over before a page is empty");
}

#[test]
fn a_list_that_ends_before_its_count_says_that_it_is_not_complete() {
    let (client, log) = paged(|page, limit| (300, slice(130, page, limit)));
    let mut pages = client.users().list().pages();
    assert_eq!(pages.by_ref().map(|page| page.unwrap().list.len()).sum::<usize>(), 130);
    assert_eq!((pages.seen(), pages.total_count(), pages.is_complete()), (130, Some(300), false));
    assert_eq!(asked(&log), 3 + 1, "an empty page is the end; and the last item of the list");
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

#[test]
fn a_user_who_cannot_be_read_is_counted_and_no_page_is_lost() {
    let log = Log::default();
    let client = answering(&log, |request| {
        let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
        let list = match body["variables"]["page"].as_u64().unwrap() {
            1 => json!([{"id": "1"}, null]),
            2 => json!([{"id": "2"}, {"id": "3"}]),
            _ => json!([]),
        };
        Response::new(200, json!({"data": {"users": {"totalCount": 4, "list": list}}}).to_string())
    });
    let client = client.build().unwrap();
    let mut users = client.users().list().limit(2).iter();
    assert_eq!(users.by_ref().map(Result::unwrap).count(), 3);
    let report = users.report();
    assert_eq!((report.odd, report.missing_at_least, report.is_complete()), (1, 0, false));
    assert_eq!(asked(&log), 2, "four are known of, and no proof is possible");
}

#[test]
fn a_list_without_a_count_ends_with_an_empty_page_or_when_it_repeats_itself() {
    for clamps in [false, true] {
        let log = Log::default();
        let client = answering(&log, move |request| {
            let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
            let number = |name: &str| body["variables"][name].as_u64().unwrap();
            let page = if clamps { number("page").min(3) } else { number("page") };
            let list: Vec<Value> =
                slice(25, page, number("limit")).iter().map(|id| json!({"id": id.to_string()})).collect();
            Response::new(200, json!({"data": {"users": {"totalCount": null, "list": list}}}).to_string())
        });
        let client = client.build().unwrap();
        let mut users = client.users().list().limit(10).iter();
        assert_eq!(users.by_ref().map(Result::unwrap).count(), 25);
        assert_eq!(users.completeness(), Completeness::Unknown);
        assert_eq!(asked(&log), 4);
    }
}

#[test]
fn items_are_passed_on_as_they_came_and_each_once() {
    let (client, _) = paged(|page, limit| (250, slice(250, page, limit)));
    let mut users = client.users().list().iter_raw();
    let text: Vec<String> = users.by_ref().map(|user| user.unwrap().to_line().into_owned()).collect();
    assert_eq!((text.len(), text[17].as_str()), (250, r#"{"id":"17"}"#));
    assert!(users.is_complete());
    let shown = format!("{:?}", client.users().list().iter_raw().next().unwrap().unwrap());
    assert_eq!(shown, "RawItem(10 bytes)");
}

#[test]
fn items_are_read_into_a_type_of_the_callers_and_a_bad_one_costs_no_other() {
    #[derive(serde::Deserialize)]
    struct Row {
        id: String,
        name: String,
    }
    let client = crate::support::always(
        200,
        r#"{"data":{"users":{"totalCount":3,"list":[{"id":"1","name":"a"},{"id":"2","name":7},{"id":"3","name":"c"}]}}}"#,
    );
    let mut rows = client.users().list().iter_as::<Row>();
    let read: Vec<_> = rows.by_ref().collect();
    let names: Vec<String> = read.iter().flatten().map(|row| format!("{}{}", row.id, row.name)).collect();
    assert_eq!(names, ["1a", "3c"]);
    let error = read[1].as_ref().err().unwrap();
    assert_eq!(error.to_string(), "users: item `2` cannot be read as the requested type");
    assert!(rows.is_complete());
}
