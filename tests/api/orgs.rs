//! Organisations: trees that are changed, taken out and put in again, and who is in them.

use authing::emulator::Pool;
use authing::{Client, DepartmentInput, DepartmentTree, Error, Org, ResourceType, SortBy, Translations};
use serde_json::json;

fn acme() -> DepartmentInput {
    DepartmentInput::new("Acme").code("acme").description("All of it").children([
        DepartmentInput::new("Works").order(10).children([DepartmentInput::new("Tools").code("tools")]),
        DepartmentInput::new("Sales")
            .code("sales")
            .order(40)
            .name_i18n(Translations::from([("en-US", "Sales"), ("ja-JP", "営業")]))
            .description_i18n(Translations::from([("en-US", "Sells")]))
            .children([DepartmentInput::new("Export")]),
        DepartmentInput::new("Office"),
    ])
}

fn names(tree: &DepartmentTree) -> Vec<&str> {
    tree.walk().filter_map(|node| node.name.as_deref()).collect()
}

/// An organisation with Sales, and the same as a tree.
fn imported(client: &Client) -> (Org, DepartmentTree) {
    let org_id = client.orgs().import(acme()).send().unwrap().org_id.unwrap();
    let org = client.orgs().detail(org_id).send().unwrap().unwrap();
    let tree = org.tree().unwrap();
    (org, tree)
}

fn id(tree: &DepartmentTree, name: &str) -> String {
    tree.find(|node| node.name.as_deref() == Some(name)).unwrap().id.clone()
}

fn invalid_field<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().field().expect("refused before it is sent").to_owned()
}

#[test]
fn an_exported_tree_is_imported_as_it_was() {
    let client = Pool::new().client();
    let (org, _) = imported(&client);
    let first = client.orgs().export(&org.id).send().unwrap();
    assert_eq!(names(&first), ["Acme", "Sales", "Export", "Works", "Tools", "Office"]);
    let copy = client.orgs().import(&first).send().unwrap();
    let second = client.orgs().export(copy.org_id.as_deref().unwrap()).send().unwrap();
    assert_ne!(first.org_id, second.org_id);
    assert_eq!(DepartmentInput::from(&first), DepartmentInput::from(&second));
    assert_eq!(
        first.find_by_code("sales").and_then(|sales| sales.name_i18n.as_ref()?.get("ja-JP")),
        Some("営業")
    );
    assert_eq!(client.orgs().export_all().send().unwrap(), [first, second]);
}

#[test]
fn the_flat_list_and_the_export_are_the_same_tree() {
    let client = Pool::new().client();
    let (org, tree) = imported(&client);
    let exported = client.orgs().export(&org.id).send().unwrap();
    assert_eq!(DepartmentInput::from(&tree), DepartmentInput::from(&exported));
    assert_eq!(
        tree.find_by_code("sales").unwrap().name_i18n,
        exported.find_by_code("sales").unwrap().name_i18n
    );
    let ids = |tree: &DepartmentTree| tree.walk().map(|node| node.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&tree), ids(&exported));
    assert_eq!(client.orgs().list_trees().send().unwrap(), [exported]);
    let listed: Vec<Org> = client.orgs().list().iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(listed, [org]);
    assert_eq!(client.orgs().count().send().unwrap(), 1);
}

#[test]
fn a_deep_tree_comes_back_whole() {
    let client = Pool::new().client();
    let levels = 40;
    let deep = (1..levels).fold(DepartmentInput::new("0"), |below, level| {
        DepartmentInput::new(level.to_string()).children([below])
    });
    let imported = client.orgs().import(deep.clone()).send().unwrap();
    let exported = client.orgs().export(imported.org_id.as_deref().unwrap()).send().unwrap();
    assert_eq!(exported.walk().count(), levels);
    assert_eq!(DepartmentInput::from(exported), deep);
}

#[test]
fn a_department_is_renamed_and_moved_with_those_below_it() {
    let client = Pool::new().client();
    let orgs = client.orgs();
    let (org, tree) = imported(&client);
    let (sales, works) = (id(&tree, "Sales"), id(&tree, "Works"));
    let renamed = orgs.update_node(&sales).name("Trade").code("trade").description("Trades").send().unwrap();
    assert_eq!((renamed.name.as_deref(), renamed.code.as_deref()), (Some("Trade"), Some("trade")));
    assert!(orgs.node_by_code(&org.id, "sales").send().unwrap().is_none());

    let moved = orgs.move_node(&org.id, &sales, &works).send().unwrap().tree().unwrap();
    assert_eq!(names(&moved), ["Acme", "Works", "Trade", "Export", "Tools", "Office"]);
    let export = id(&moved, "Export");
    assert_eq!(moved.find_by_id(&export).unwrap().name_path, ["Acme", "Works", "Trade", "Export"]);
    let again = orgs.move_node(&org.id, &sales, &works).send().unwrap().tree().unwrap();
    assert_eq!(names(&again), names(&moved), "a repetition changes nothing");

    assert!(orgs.move_node(&org.id, &works, &export).send().is_err(), "below itself");
    orgs.delete_node(&org.id, &works).send().unwrap();
    assert!(orgs.node_by_id(&export).send().unwrap().is_none());
    assert_eq!(names(&orgs.detail(&org.id).send().unwrap().unwrap().tree().unwrap()), ["Acme", "Office"]);
}

#[test]
fn translations_and_order_are_given_to_a_single_department_too() {
    let client = Pool::new().client();
    let (org, _) = imported(&client);
    let first = client
        .orgs()
        .create_node(&org.id, "First")
        .order(90)
        .name_i18n(Translations::from([("de-DE", "Erste")]))
        .send()
        .unwrap();
    assert_eq!(first.name_i18n, Some(Translations::from([("de-DE", "Erste")])));
    let exported = client.orgs().export(&org.id).send().unwrap();
    assert_eq!(exported.children[0].id, first.id);
    assert_eq!(exported.children[0].name_i18n, first.name_i18n);
}

#[test]
fn many_members_come_and_go_in_pieces() {
    let client = Pool::new().client();
    let orgs = client.orgs();
    let (_, tree) = imported(&client);
    let (sales, export, works) = (id(&tree, "Sales"), id(&tree, "Export"), id(&tree, "Works"));
    let ids: Vec<String> = (0..170)
        .map(|number| client.users().create().username(format!("user{number}")).send().unwrap().id)
        .collect();
    assert_eq!(orgs.add_members(&export, &ids).is_leader(false).send().unwrap().id, export);
    orgs.add_members(&export, &ids).send().unwrap();
    assert_eq!(orgs.list_members(&export).send().unwrap().total_count, 170);
    assert_eq!(orgs.list_members(&sales).send().unwrap().total_count, 0);
    let oldest_first = orgs.list_members(&sales).include_children_nodes().sort_by(SortBy::CreatedAtAscending);
    let below: Vec<String> = oldest_first.iter().map(|user| user.unwrap().id).collect();
    assert_eq!(below, ids);

    orgs.move_members(&export, &works, &ids[..100]).send().unwrap();
    orgs.remove_members(&export, &ids).send().unwrap();
    assert_eq!(orgs.list_members(&export).send().unwrap().total_count, 0);
    assert_eq!(orgs.list_members(&works).send().unwrap().total_count, 100);
    let error = orgs.move_members(&export, &works, &ids[..1]).send().unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[test]
fn a_main_department_is_set_and_cleared() {
    let client = Pool::new().client();
    let (_, tree) = imported(&client);
    let sales = id(&tree, "Sales");
    let bob = client.users().create().username("bob").send().unwrap().id;
    let set = client.orgs().set_main_department(&bob, &sales);
    assert!(set.send().unwrap_err().is_not_found(), "the user is not in it");
    client.orgs().add_members(&sales, [&bob]).send().unwrap();
    set.send().unwrap();
    let is_main = || client.users().list_departments(&bob).send().unwrap().list[0].is_main_department;
    assert_eq!(is_main(), Some(true));
    client.orgs().clear_main_department(&bob).send().unwrap();
    assert_eq!(is_main(), Some(false));
}

#[test]
fn roles_of_a_department_are_those_of_the_departments_above_too() {
    let client = Pool::new().client();
    let (_, tree) = imported(&client);
    for code in ["auditor", "reader"] {
        client.roles().create(code).send().unwrap();
    }
    let (sales, export) = (id(&tree, "Sales"), id(&tree, "Export"));
    client.orgs().add_roles(&sales, ["auditor", "reader"]).send().unwrap();
    client.orgs().add_roles(&export, ["reader"]).namespace("default").send().unwrap();
    let codes = |node: &str| {
        let page = client.orgs().list_roles(node).send().unwrap();
        page.list.into_iter().map(|role| role.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&export), ["auditor", "reader"]);
    client.orgs().remove_roles(&sales, ["auditor", "reader"]).send().unwrap();
    assert_eq!(codes(&export), ["reader"]);
    assert!(client.orgs().add_roles("nowhere", ["reader"]).send().unwrap_err().is_not_found());
    assert!(client.orgs().list_roles("nowhere").send().unwrap_err().is_not_found());
}

#[test]
fn what_a_department_is_authorised_for_is_found_by_its_id_and_by_its_code() {
    let client = Pool::new().client();
    let (org, tree) = imported(&client);
    let sales = id(&tree, "Sales");
    client
        .graphql(
            "mutation authorize($id: String!) { authorizeResource(namespace: \"default\", resource: \"books:1\", \
             resourceType: DATA, opts: [{ targetType: ORG, targetIdentifier: $id, actions: [\"books:read\"] }]) \
             { code message } }",
        )
        .variable("id", &sales)
        .send::<serde_json::Value>("authorizeResource")
        .unwrap();
    let by_id = client.orgs().list_authorized_resources(&sales).send().unwrap();
    assert_eq!(
        (by_id.list[0].code.as_str(), by_id.list[0].actions.as_slice()),
        ("books:1", &["books:read".to_owned()][..])
    );
    let by_code = client.orgs().list_authorized_resources_by_code(&org.id, "sales").namespace("default");
    assert_eq!(by_code.send().unwrap(), by_id);
    assert_eq!(by_code.resource_type(ResourceType::Menu).send().unwrap().total_count, 0);
    assert!(client.orgs().list_authorized_resources("nowhere").send().unwrap_err().is_not_found());
    let unknown = client.orgs().list_authorized_resources_by_code(&org.id, "nowhere");
    assert!(unknown.send().unwrap_err().is_not_found());
}

#[test]
fn what_is_not_there_and_what_is_there_twice_is_told() {
    let client = Pool::new().client();
    let orgs = client.orgs();
    let (org, tree) = imported(&client);
    let sales = id(&tree, "Sales");
    const NONE: &str = "6142c2c41c6e6c6cc3edfd88";
    assert!(orgs.create_node(&org.id, "Twin").code("sales").send().unwrap_err().is_conflict());
    assert!(orgs.add_node(&org.id, "Twin").code("sales").send().unwrap_err().is_conflict());
    assert!(orgs.update_node(id(&tree, "Works")).code("sales").send().unwrap_err().is_conflict());
    for error in [
        orgs.delete(NONE).send().unwrap_err(),
        orgs.create_node(NONE, "Lost").send().unwrap_err(),
        orgs.create_node(&org.id, "Lost").parent_node_id(NONE).send().unwrap_err(),
        orgs.update_node(NONE).name("x").send().unwrap_err(),
        orgs.delete_node(&org.id, NONE).send().unwrap_err(),
        orgs.move_node(&org.id, &sales, NONE).send().unwrap_err(),
        orgs.is_root_node(&org.id, NONE).send().unwrap_err(),
        orgs.list_children(NONE).send().unwrap_err(),
        orgs.list_descendants(NONE, 3_u32).send().unwrap_err(),
        orgs.root_node(NONE).send().unwrap_err(),
        orgs.export(NONE).send().unwrap_err(),
        orgs.add_members(NONE, [NONE]).send().unwrap_err(),
        orgs.list_members(NONE).send().unwrap_err(),
    ] {
        assert!(error.is_not_found(), "{error}");
    }
    assert_eq!(orgs.node_by_code(NONE, "sales").send().unwrap(), None);
}

#[test]
fn bad_arguments_are_refused_by_field() {
    let client = Pool::new().client();
    let orgs = client.orgs();
    assert_eq!(invalid_field(orgs.create(" ").send()), "name");
    assert_eq!(invalid_field(orgs.create("Acme").code("a b").send()), "code");
    assert_eq!(invalid_field(orgs.export("").send()), "org_id");
    assert_eq!(invalid_field(orgs.by_tenant("").send()), "tenant_id");
    assert_eq!(invalid_field(orgs.update_node("1").send()), "name");
    assert_eq!(invalid_field(orgs.add_members("1", [""; 0]).send()), "user_ids");
    assert_eq!(invalid_field(orgs.move_members("1", "2", [""]).send()), "user_ids");
    assert_eq!(invalid_field(orgs.set_main_department("1", "").send()), "department_id");
    assert_eq!(invalid_field(orgs.add_roles("1", ["a b"]).send()), "roles");
    assert_eq!(invalid_field(orgs.list_descendants("1", 0_u32).send()), "depth");
    assert_eq!(invalid_field(orgs.list_trees().page(0).send()), "page");
    assert_eq!(invalid_field(orgs.search_nodes("").send()), "keyword");
    assert_eq!(invalid_field(orgs.import(DepartmentInput::new("")).send()), "name");
    assert_eq!(
        invalid_field(orgs.import(DepartmentInput::new("a").children([DepartmentInput::new("")])).send()),
        "name"
    );
    let nothing = json!({"id": "1"});
    let nameless: DepartmentTree = serde_json::from_value(nothing).unwrap();
    assert_eq!(invalid_field(orgs.import(&nameless).send()), "name");
}
