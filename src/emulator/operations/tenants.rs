//! Tenants of the pool, their members and their administrators.
//!
//! Paths and arguments are those that the official clients send. The responses follow the types of one of
//! them. The error codes, and the rule that an administrator must be a member, are assumptions.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::Modelled;
use crate::emulator::ids::Id;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::tenants::{Tenant, TenantMember, check_name};
use crate::emulator::state::users::UserKey;
use crate::emulator::users::{With, rest_user};

const PAGE: &[Param] = &[Param::int("page"), Param::int("limit")];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/tenants", Modelled, list).query(PAGE),
    Route::post("/api/v2/tenant", Modelled, create).body(&[
        Param::text("name").required(),
        Param::json("appIds"),
        Param::text("logo"),
        Param::text("description"),
    ]),
    Route::get("/api/v2/tenant/{id}", Modelled, detail),
    Route::post("/api/v2/tenant/{id}", Modelled, update).body(&[
        Param::text("name"),
        Param::json("appIds"),
        Param::text("logo"),
        Param::text("description"),
        Param::text("css"),
        Param::json("ssoPageCustomizationSettings"),
    ]),
    Route::delete("/api/v2/tenant/{id}", Modelled, delete).saying("tenant deleted", "删除租户成功"),
    Route::get("/api/v2/tenant/{id}/users", Modelled, members).query(PAGE),
    Route::post("/api/v2/tenant/{id}/user", Modelled, add_members)
        .body(&[Param::texts("userIds").required()]),
    Route::delete("/api/v2/tenant/{id}/user", Modelled, remove_member)
        .query(&[Param::text("userId").required()]),
    Route::put("/api/v2/tenant/{id}/admin", Modelled, set_admins).body(&[Param::texts("userIds").required()]),
    Route::delete("/api/v2/tenant/{id}/admin/{userId}", Modelled, remove_admin),
    Route::put("/api/v2/tenant/{id}/{userId}", Modelled, update_member)
        .body(&[Param::flag("isEnabled").required()]),
    Route::get("/api/v2/users/{id}/tenants", Modelled, of_user),
    Route::get("/api/v2/application/{id}/tenants", Modelled, of_application),
];

/// The tenant with its applications.
fn with_applications(cx: &Cx<'_>, tenant: &Tenant) -> Value {
    let mut shown = tenant.to_json(&cx.pool.id);
    let applications = tenant.applications.iter().filter_map(|id| cx.state.applications.get(id));
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("apps".to_owned(), applications.map(|own| own.to_json(&cx.pool.id)).collect());
    }
    shown
}

/// Newest first.
fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let found: Vec<&Tenant> = cx.state.tenants.iter().rev().collect();
    let (total, page) = args.page()?.of(found.into_iter());
    let list: Vec<Value> = page.into_iter().map(|tenant| tenant.to_json(&cx.pool.id)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// The ids of applications, each of which must exist: one text separated by commas, or a list.
fn applications(cx: &Cx<'_>, args: &Args) -> Result<Option<Vec<String>>, ApiError> {
    let wrong =
        || ApiError::invalid("appIds must be a text of ids with commas between them, or a list of ids");
    let ids: Vec<&str> = match args.value("appIds") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.split(',').map(str::trim).filter(|id| !id.is_empty()).collect(),
        Some(Value::Array(ids)) => {
            ids.iter().map(|id| id.as_str().ok_or_else(wrong)).collect::<Result<_, _>>()?
        }
        Some(_) => return Err(wrong()),
    };
    let mut applications: Vec<String> = Vec::with_capacity(ids.len());
    for id in ids {
        cx.state.applications.require(id)?;
        if !applications.iter().any(|known| known == id) {
            applications.push(id.to_owned());
        }
    }
    Ok(Some(applications))
}

fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let tenant = Tenant {
        name: args.required("name")?.to_owned(),
        applications: applications(cx, args)?.unwrap_or_default(),
        logo: args.str("logo").map(str::to_owned),
        description: args.str("description").map(str::to_owned),
        css: None,
        sign_in_page: None,
        members: Vec::new(),
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        created: cx.now,
        updated: cx.now,
    };
    let shown = with_applications(cx, &tenant);
    cx.state.tenants.insert(tenant)?;
    Ok(shown)
}

fn detail(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    Ok(with_applications(cx, cx.state.tenants.require(args.required("id")?)?))
}

/// Fields that are given are changed, null clears them, and others remain. Returns `true`, as the clients
/// type it.
fn update(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let mut changed = cx.state.tenants.require(args.required("id")?)?.clone();
    if let Some(name) = args.str("name") {
        check_name(name)?;
        changed.name = name.to_owned();
    }
    if let Some(applications) = applications(cx, args)? {
        changed.applications = applications;
    }
    for (name, text) in
        [("logo", &mut changed.logo), ("description", &mut changed.description), ("css", &mut changed.css)]
    {
        if let Some(given) = args.value(name) {
            *text = given.as_str().map(str::to_owned);
        }
    }
    if let Some(given) = args.value("ssoPageCustomizationSettings") {
        check_sign_in_page(given)?;
        changed.sign_in_page = Some(given.clone()).filter(|given| !given.is_null());
    }
    changed.updated = cx.now;
    let id = changed.id.clone();
    *cx.state.tenants.require_mut(&id)? = changed;
    Ok(Value::Bool(true))
}

fn check_sign_in_page(given: &Value) -> Result<(), ApiError> {
    const KNOWN: [&str; 4] = ["autoRegisterThenLogin", "hideForgetPassword", "hideIdp", "hideSocialLogin"];
    let name = "ssoPageCustomizationSettings";
    let settings = match given {
        Value::Null => return Ok(()),
        Value::Object(settings) => settings,
        _ => return Err(ApiError::invalid(format!("{name} must be an object"))),
    };
    for (key, value) in settings {
        if !KNOWN.contains(&key.as_str()) {
            return Err(ApiError::invalid(format!("{name} has no field \"{key}\"")));
        }
        if !value.is_boolean() {
            return Err(ApiError::invalid(format!("{name}: {key} must be true or false")));
        }
    }
    Ok(())
}

/// The identity providers and the organisations of the tenant are deleted with it; its users stay in the
/// pool.
fn delete(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    cx.state.tenants.remove(id)?;
    cx.state.forget_tenant(id);
    Ok(Value::Bool(true))
}

fn member_to_json(cx: &Cx<'_>, tenant: &Tenant, member: &TenantMember) -> Value {
    json!({
        "id": member.id,
        "tenantId": tenant.id,
        "user": rest_user(cx, member.user, With::default()),
        "isEnabled": member.enabled,
        "isAdmin": member.admin,
    })
}

fn members(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let tenant = cx.state.tenants.require(args.required("id")?)?;
    let (total, page) = args.page()?.of(tenant.members.iter());
    let list: Vec<Value> = page.into_iter().map(|member| member_to_json(cx, tenant, member)).collect();
    // One client reads the first of these, the page type of the others has the second.
    Ok(json!({ "listTotal": total, "totalCount": total, "list": list }))
}

/// The users of the change, each of whom must exist.
fn named(cx: &Cx<'_>, ids: &[&str]) -> Result<Vec<UserKey>, ApiError> {
    Cx::check_ids("userIds", ids)?;
    ids.iter().map(|id| cx.state.users.require(id)).collect()
}

/// Users who are already members stay members.
fn add_members(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    cx.state.tenants.require(id)?;
    let users = named(cx, &args.strings("userIds"))?;
    for user in &users {
        let membership = Id::random(&mut cx.state.rng, cx.now).to_string();
        let tenant = cx.state.tenants.require_mut(id)?;
        if tenant.member(*user).is_none() {
            tenant.members.push(TenantMember { id: membership, user: *user, enabled: true, admin: false });
        }
    }
    let mut shown = cx.state.tenants.require(id)?.to_json(&cx.pool.id);
    if let Some(shown) = shown.as_object_mut() {
        let users = users.iter().map(|user| rest_user(cx, *user, With::default()));
        shown.insert("users".to_owned(), users.collect());
    }
    Ok(shown)
}

fn remove_member(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let user = cx.state.users.require(args.required("userId")?)?;
    let tenant = cx.state.tenants.require_mut(args.required("id")?)?;
    tenant.member_mut(user)?;
    tenant.members.retain(|member| member.user != user);
    Ok(Value::Null)
}

/// All of them or none: each must be a member.
fn set_admins(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let users = named(cx, &args.strings("userIds"))?;
    let tenant = cx.state.tenants.require_mut(args.required("id")?)?;
    let mut members = tenant.clone();
    for user in users {
        members.member_mut(user)?.admin = true;
    }
    *tenant = members;
    Ok(Value::Null)
}

fn remove_admin(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let user = cx.state.users.require(args.required("userId")?)?;
    let id = args.required("id")?;
    let member = cx.state.tenants.require_mut(id)?.member_mut(user)?;
    if !member.admin {
        return Err(ApiError::guess(
            Guess::TenantMemberNotFound,
            format!("the user is not an administrator of tenant \"{id}\""),
        ));
    }
    member.admin = false;
    Ok(Value::Null)
}

fn update_member(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let user = cx.state.users.require(args.required("userId")?)?;
    let enabled = args.bool("isEnabled").ok_or_else(|| ApiError::invalid("isEnabled is required"))?;
    cx.state.tenants.require_mut(args.required("id")?)?.member_mut(user)?.enabled = enabled;
    Ok(Value::Null)
}

/// Returns the user, with the tenants of which it is a member.
fn of_user(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    let own = cx.state.tenants.iter().filter(|tenant| tenant.member(key).is_some());
    let own: Vec<Value> = own.map(|tenant| tenant.to_json(&cx.pool.id)).collect();
    let mut user = rest_user(cx, key, With::default());
    if let Some(user) = user.as_object_mut() {
        user.insert("tenants".to_owned(), Value::Array(own));
    }
    Ok(user)
}

fn of_application(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let application = cx.state.applications.require(args.required("id")?)?;
    let own = cx.state.tenants.iter().filter(|tenant| tenant.applications.contains(&application.id));
    Ok(json!({
        "id": application.id,
        "name": application.name,
        "logo": application.logo,
        "domain": application.identifier,
        "description": application.description,
        "protocol": "oidc",
        "isIntegrate": false,
        "createdAt": dates::rest(application.created),
        "updatedAt": dates::rest(application.updated),
        "tenants": own.map(|tenant| tenant.to_json(&cx.pool.id)).collect::<Vec<_>>(),
    }))
}
