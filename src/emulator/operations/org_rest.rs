//! Organisations over REST: lists, exported and imported trees, and synchronisation, which the emulator does
//! not support.

use serde_json::{Map, Value, json};

use super::orgs::{add, found, node_values, search, sorted};
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Text};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::fidelity::Mark::AlwaysRefuses;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::orgs::{Node, Org};
use crate::emulator::state::users::{Page, Sort};

const PAGE: &[Param] = &[Param::int("page"), Param::int("limit")];

const NODE: &[Param] = &[
    Param::text("name").required(),
    Param::text("code"),
    Param::text("description"),
    Param::text("nameI18n"),
    Param::text("descriptionI18n"),
    Param::text("parentNodeId"),
    Param::int("order"),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/orgs/export", Reached, export)
        .query(&[Param::text("org_id")])
        .saying("exported", "导出数据成功"),
    Route::post("/api/v2/orgs/import", Reached, import)
        .body(&[Param::text("filetype").required(), Param::json("file").required()]),
    Route::get("/api/v2/orgs/pagination", Modelled, list).query(PAGE),
    Route::get("/api/v2/orgs/count", Modelled, count),
    Route::get("/api/v2/orgs/by-tenant", Modelled, by_tenant).query(&[Param::text("tenant_id").required()]),
    Route::get("/api/v2/orgs/children", Modelled, children)
        .query(&[Param::text("nodeId").required(), Param::int("depth")]),
    Route::get("/api/v2/orgs/nodes/search", Modelled, search_nodes).query(&[Param::text("q").required()]),
    Route::get("/api/v2/orgs", Modelled, trees).query(PAGE),
    Route::post("/api/v2/orgs", Modelled, create).body(&[
        Param::text("name").required(),
        Param::text("code"),
        Param::text("description"),
        Param::text("tenantId"),
    ]),
    Route::post("/api/v2/orgs/{orgId}/nodes", Modelled, add_node).body(NODE),
    Route::post("/connections/enterprise/{provider}/start-sync", Reached, start_sync).marked(AlwaysRefuses),
    Route::post("/api/v2/ad/sync", Modelled, start_ad_sync)
        .body(&[Param::text("connectionId")])
        .marked(AlwaysRefuses),
];

fn node_to_json(cx: &Cx<'_>, node: &Node) -> Value {
    let mut shown = node_values(&cx.state.orgs, node);
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("createdAt".to_owned(), Value::from(dates::rest(node.created)));
        shown.insert("updatedAt".to_owned(), Value::from(dates::rest(node.updated)));
    }
    shown
}

/// Returns the department with its descendants in place of their ids.
fn tree(cx: &Cx<'_>, node: &Node) -> Value {
    let mut shown = node_to_json(cx, node);
    if let Some(shown) = shown.as_object_mut() {
        for name in ["nameI18n", "descriptionI18n"] {
            if let Some(texts) = shown.get(name).and_then(Value::as_str).and_then(texts_by_language) {
                shown.insert(name.to_owned(), texts);
            }
        }
        let below = cx.state.orgs.children_of(node).into_iter();
        shown.insert("children".to_owned(), below.map(|child| tree(cx, child)).collect());
    }
    shown
}

/// Texts by language, which are stored as JSON text.
fn texts_by_language(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_object)
}

fn tree_of(cx: &Cx<'_>, org: &Org) -> Result<Value, ApiError> {
    Ok(tree(cx, cx.state.orgs.require(&org.root)?))
}

fn org_to_json(cx: &Cx<'_>, org: &Org) -> Result<Value, ApiError> {
    let nodes = cx.state.orgs.subtree(&org.root).into_iter().map(|node| node_to_json(cx, node));
    Ok(json!({
        "id": org.id,
        "tenantId": org.tenant_id,
        "rootNode": node_to_json(cx, cx.state.orgs.require(&org.root)?),
        "nodes": nodes.collect::<Vec<_>>(),
    }))
}

fn export(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    match args.str("org_id") {
        Some(id) => tree_of(cx, cx.state.orgs.org(id)?),
        None => sorted(cx, Sort::CreatedAsc).into_iter().map(|org| tree_of(cx, org)).collect(),
    }
}

/// Creates an organisation from a tree, which is an object or JSON text: all of it, or nothing. Returns the
/// tree, whose own id is that of the organisation, as a test of one of the official clients expects.
fn import(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    if args.required("filetype")? != "json" {
        return Err(ApiError::unsupported("filetype other than \"json\""));
    }
    let file = match args.value("file") {
        Some(Value::String(text)) => serde_json::from_str(text)
            .map_err(|error| ApiError::invalid(format!("file is not JSON: {error}")))?,
        given => given.cloned().unwrap_or_default(),
    };
    let before = cx.state.orgs.clone();
    match import_org(cx, &file) {
        Ok(id) => imported_tree(cx, &id),
        Err(error) => {
            cx.state.orgs = before;
            Err(error)
        }
    }
}

fn imported_tree(cx: &Cx<'_>, id: &str) -> Result<Value, ApiError> {
    let org = cx.state.orgs.org(id)?;
    let mut shown = tree_of(cx, org)?;
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("id".to_owned(), Value::from(id));
        shown.insert("rootNodeId".to_owned(), Value::from(org.root.as_str()));
    }
    Ok(shown)
}

fn import_org(cx: &mut Cx<'_>, file: &Value) -> Result<String, ApiError> {
    let (own, children) = imported(file)?;
    let org = found(cx, &Args::new(own))?;
    let root = cx.state.orgs.org(&org)?.root.clone();
    import_children(cx, &org, &root, children)?;
    Ok(org)
}

fn import_children(cx: &mut Cx<'_>, org: &str, parent: &str, children: &[Value]) -> Result<(), ApiError> {
    for child in children {
        let (mut own, below) = imported(child)?;
        own.insert("orgId".to_owned(), Value::from(org));
        own.insert("parentNodeId".to_owned(), Value::from(parent));
        let id = add(cx, &Args::new(own))?;
        import_children(cx, org, &id, below)?;
    }
    Ok(())
}

/// Keys of an exported tree that an import ignores.
const EXPORTED: [&str; 11] = [
    "id",
    "orgId",
    "rootNodeId",
    "root",
    "depth",
    "path",
    "codePath",
    "namePath",
    "isVirtualNode",
    "createdAt",
    "updatedAt",
];

/// A department of the file and its children.
fn imported(node: &Value) -> Result<(Map<String, Value>, &[Value]), ApiError> {
    let node = node.as_object().ok_or_else(|| ApiError::invalid("file: a department is not an object"))?;
    let mut own = Map::new();
    let mut children: &[Value] = &[];
    for (name, value) in node {
        match (name.as_str(), value) {
            ("children", Value::Array(below)) => children = below,
            ("children", Value::Null) => {}
            ("name" | "code" | "description", Value::String(_) | Value::Null) => {
                own.insert(name.clone(), value.clone());
            }
            ("order", Value::Null) => {}
            ("order", Value::Number(number)) if number.is_i64() => {
                own.insert(name.clone(), value.clone());
            }
            ("nameI18n" | "descriptionI18n", Value::String(_) | Value::Null) => {
                own.insert(name.clone(), value.clone());
            }
            // Texts by language, which GraphQL shows as JSON text.
            ("nameI18n" | "descriptionI18n", Value::Object(texts))
                if texts.values().all(Value::is_string) =>
            {
                own.insert(name.clone(), Value::from(value.to_string()));
            }
            // Added by an export. It follows from the position in the tree; the import creates new ids and
            // times.
            (name, _) if EXPORTED.contains(&name) => {}
            _ => return Err(ApiError::invalid(format!("file: {name} is not known or not of its type"))),
        }
    }
    Ok((own, children))
}

/// `limit=-1` means all of them, as one of the official clients sends it.
fn page(args: &Args) -> Result<Page, ApiError> {
    if args.int("limit") == Some(-1) { Ok(Page::ALL) } else { args.page() }
}

fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (total, page) = page(args)?.of(sorted(cx, Sort::CreatedDesc).into_iter());
    let list: Vec<Value> = page.into_iter().map(|org| org_to_json(cx, org)).collect::<Result<_, _>>()?;
    Ok(json!({ "totalCount": total, "list": list }))
}

fn trees(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (_, page) = page(args)?.of(sorted(cx, Sort::CreatedDesc).into_iter());
    page.into_iter().map(|org| tree_of(cx, org)).collect()
}

fn count(cx: &mut Cx<'_>, _: &Args) -> Result<Value, ApiError> {
    Ok(json!({ "count": cx.state.orgs.list.len() }))
}

fn by_tenant(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let tenant = args.required("tenant_id")?;
    match cx.state.orgs.list.iter().find(|org| org.tenant_id.as_deref() == Some(tenant)) {
        Some(org) => org_to_json(cx, org),
        None => Ok(Value::Null),
    }
}

/// The descendants of a department, `depth` levels down; by default one.
fn children(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let node = cx.state.orgs.require(args.required("nodeId")?)?;
    let depth = args.int("depth").unwrap_or(1);
    let deepest = usize::try_from(depth)
        .ok()
        .filter(|depth| *depth > 0)
        .ok_or_else(|| ApiError::invalid(format!("depth must be at least 1, but it is {depth}")))?;
    let own = cx.state.orgs.path(&node.id).len();
    let below = cx.state.orgs.subtree(&node.id).into_iter().skip(1);
    Ok(below
        .filter(|child| cx.state.orgs.path(&child.id).len() <= own.saturating_add(deepest))
        .map(|child| node_to_json(cx, child))
        .collect())
}

fn search_nodes(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    Ok(search(cx, args.required("q")?)?.into_iter().map(|node| node_to_json(cx, node)).collect())
}

fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = found(cx, args)?;
    org_to_json(cx, cx.state.orgs.org(&id)?)
}

fn add_node(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = add(cx, args)?;
    Ok(node_to_json(cx, cx.state.orgs.require(&id)?))
}

/// No other address book is ever connected to an emulated pool, so this returns what the service returns
/// then.
fn start_sync(_: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    Err(match args.required("provider")? {
        "dingtalk" => ApiError::new(500, Text::both("DingTalk is not configured", "你还没有配置钉钉通讯录")),
        "wechatwork" => {
            ApiError::new(500, Text::both("WeCom is not configured", "你还没有配置企业微信通讯录"))
        }
        other => ApiError::invalid(format!("provider must be dingtalk or wechatwork, not \"{other}\"")),
    })
}

fn start_ad_sync(_: &mut Cx<'_>, _: &Args) -> Result<Value, ApiError> {
    Err(ApiError::new(500, Text::both("Active Directory is not configured", "你还没有配置 Active Directory")))
}
