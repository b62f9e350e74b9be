"""Calls each method of the official Python SDK that the crate has too, once with every argument and once with none but
the required, and has the recording server file what it sends: see run.py.

    python tests/conformance/bytes/python.py HOST

The arguments are those of `tests/fixtures/<operation>/request.json`.
"""

import datetime
import json
import sys
import urllib.request

from authing.v2.management import ManagementClient, ManagementClientOptions

HOST = sys.argv[1]
USER = "5f718016d8e5f7e9d6d3a1b2"
OTHER_USER = "5f718016d8e5f7e9d6d3a1b3"
LAST_USER = "5f718016d8e5f7e9d6d3a1b9"
ROLE, OTHER_ROLE = "60ab26f0a2ddb1ab9d6c4ad1", "60ab26f0a2ddb1ab9d6c4ad9"
APP = "6139c4d24e78a4d706b7545b"
SHOP = "613872b19c90be7d4da44462"
ORG, ROOT, NODE = "6142c2c41c6e6c6cc3edfd88", "6142c2c41c6e6c6cc3edfd87", "6142c2c41c6e6c6cc3edfd89"
OTHER_NODE = "6142c2c41c6e6c6cc3edfd90"
ACCOUNT = "61a5c55fc89ff91083293e45"
SECRET = "ixtm3zs2kbfey5wd7hcpna4jr8mtz6xb"
SINCE = datetime.datetime(2020, 10, 15, 17, 55, 37, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
CUSTOM = {"city": "Utrecht", "number": 7, "is_remote": False, "since": SINCE, "car": {"make": "Fiat"}}
PROFILE = {
    "email": "Bob@Example.com",
    "lastIP": "203.0.113.7",
    "loginsCount": 2,
    "nickname": "Nick",
    "phone": "18812345678",
    "registerSource": ["import:manual"],
    "signedUp": "2020-10-15T17:55:37+08:00",
    "username": "bob",
}
ACTIONS = [{"name": "read", "description": "Read a book"}]
GRANT = [{"targetType": "USER", "targetIdentifier": USER, "actions": ["books:read"]}]
STATEMENTS = [
    {
        "resource": "books:*",
        "actions": ["books:read"],
        "effect": "ALLOW",
        "condition": [{"param": "UserPoolId", "operator": "Equal", "value": "5f718016d8e5f7e9d6d3a100"}],
    }
]


def many(first, last):
    return {first: {"city": "Utrecht", "number": 7}, last: {"number": 8}}


# Operation: the call with every argument, and the one with as few as there can be. `None` for the second: it is the first.
CALLS = {
    "users/list": (
        lambda c: c.users.list(page=1, limit=10, with_custom_data=True),
        lambda c: c.users.list(),
    ),
    "users/create": (
        lambda c: c.users.create(dict(PROFILE), keep_password=False, custom_data={"age": 18, "city": "Utrecht"}),
        lambda c: c.users.create(dict(PROFILE)),
    ),
    "users/update": (
        lambda c: c.users.update(USER, {"blocked": False, "city": "Utrecht", "company": None, "nickname": "Nicky"}),
        None,
    ),
    "users/detail": (
        lambda c: c.users.detail(USER, with_custom_data=True),
        lambda c: c.users.detail(USER),
    ),
    "users/delete": (lambda c: c.users.delete(USER), None),
    "users/delete_many": (lambda c: c.users.delete_many(["ID1", "ID2"]), None),
    "users/batch": (
        lambda c: c.users.batch_get(["ann", "bob"], query_field="username", with_custom_data=True),
        lambda c: c.users.batch_get(["ann", "bob"]),
    ),
    "users/list_archived": (
        lambda c: c.users.list_archived_users(page=2, limit=10),
        lambda c: c.users.list_archived_users(),
    ),
    "users/exists": (lambda c: c.users.exists(email="bob@example.com"), None),
    "users/find": (
        lambda c: c.users.find(email="bob@example.com", with_custom_data=True),
        lambda c: c.users.find(email="bob@example.com"),
    ),
    "users/search": (
        lambda c: c.users.search(
            "Bob",
            page=2,
            limit=10,
            department_opts=[{"departmentId": "d1", "includeChildrenDepartments": True}],
            group_opts=[{"code": "engineering"}],
            role_opts=[{"code": "admin", "namespace": "default"}],
            with_custom_data=True,
        ),
        lambda c: c.users.search("Bob"),
    ),
    "users/refresh_token": (lambda c: c.users.refresh_token(USER), None),
    "users/list_groups": (lambda c: c.users.list_groups(USER), None),
    "users/add_group": (lambda c: c.users.add_group(USER, "engineering"), None),
    "users/remove_group": (lambda c: c.users.remove_group(USER, "engineering"), None),
    "users/list_roles": (
        lambda c: c.users.list_roles(USER, namespace="default"),
        lambda c: c.users.list_roles(USER),
    ),
    "users/add_roles": (
        lambda c: c.users.add_roles(USER, ["admin", "auditor"], namespace="default"),
        lambda c: c.users.add_roles(USER, ["admin", "auditor"]),
    ),
    "users/remove_roles": (
        lambda c: c.users.remove_roles(USER, ["admin", "auditor"], namespace="default"),
        lambda c: c.users.remove_roles(USER, ["admin", "auditor"]),
    ),
    "users/has_role": (
        lambda c: c.users.has_role(USER, "admin", namespace="default"),
        lambda c: c.users.has_role(USER, "admin"),
    ),
    "users/list_policies": (
        lambda c: c.users.list_policies(USER, page=1, limit=10),
        lambda c: c.users.list_policies(USER),
    ),
    "users/add_policies": (lambda c: c.users.add_policies(USER, ["readers"]), None),
    "users/remove_policies": (lambda c: c.users.remove_policies(USER, ["readers"]), None),
    "users/custom_data": (lambda c: c.users.get_udf_value(USER), None),
    "users/custom_data_of_many": (lambda c: c.users.get_udf_value_batch([USER, LAST_USER]), None),
    "users/set_custom_value": (lambda c: c.users.set_udv(USER, "city", "Utrecht"), None),
    "users/set_custom_data": (lambda c: c.users.set_udf_value(USER, dict(CUSTOM)), None),
    "users/set_custom_data_of_many": (lambda c: c.users.set_udf_value_batch(many(USER, LAST_USER)), None),
    "users/remove_custom_value": (lambda c: c.users.remove_udf_value(USER, "city"), None),
    "users/list_orgs": (lambda c: c.users.list_org(USER), None),
    "users/list_departments": (lambda c: c.users.list_department(USER), None),
    "users/list_authorized_resources": (
        lambda c: c.users.list_authorized_resources(USER, namespace="default", resource_type="DATA"),
        lambda c: c.users.list_authorized_resources(USER),
    ),
    "users/check_resource_permission_batch": (
        lambda c: c.users.check_resource_permission_batch(USER, "default", ["books:1"]),
        None,
    ),
    "users/list_authorized_resources_of_resource_kind": (
        lambda c: c.users.list_authorized_resources_of_resource_kind(USER, "default", "books"),
        None,
    ),
    "users/kick": (lambda c: c.users.kick([USER, OTHER_USER]), None),
    "users/logout": (lambda c: c.users.logout(USER, app_id=APP), lambda c: c.users.logout(USER)),
    "users/login_status": (
        lambda c: c.users.check_login_status(USER, app_id=APP, device_id="a phone"),
        lambda c: c.users.check_login_status(USER),
    ),
    "users/list_user_actions": (
        lambda c: c.users.list_user_actions(
            page=2,
            limit=10,
            client_ip="203.0.113.7",
            operation_name="login",
            operato_arn="arn:cn:authing:POOL:user:" + USER,
        ),
        lambda c: c.users.list_user_actions(),
    ),
    "users/send_first_login_verify_email": (lambda c: c.users.send_first_login_verify_email(APP, USER), None),
    "roles/list": (
        lambda c: c.roles.list(page=1, limit=10, namespace="default"),
        lambda c: c.roles.list(),
    ),
    "roles/create": (
        lambda c: c.roles.create(
            "auditor", description="May read everything", parentCode="reader", namespace="default"
        ),
        lambda c: c.roles.create("auditor"),
    ),
    "roles/detail": (
        lambda c: c.roles.detail("auditor", namespace="default"),
        lambda c: c.roles.detail("auditor"),
    ),
    "roles/update": (
        lambda c: c.roles.update("auditor", description="May read", newCode="reader", namespace="default"),
        lambda c: c.roles.update("auditor"),
    ),
    "roles/delete": (
        lambda c: c.roles.delete("auditor", namespace="default"),
        lambda c: c.roles.delete("auditor"),
    ),
    "roles/delete_many": (
        lambda c: c.roles.delete_many(["auditor", "reader"], namespace="default"),
        lambda c: c.roles.delete_many(["auditor", "reader"]),
    ),
    "roles/list_users": (
        lambda c: c.roles.list_users("auditor", page=1, limit=10, namespace="default", with_custom_data=True),
        lambda c: c.roles.list_users("auditor"),
    ),
    "roles/add_users": (
        lambda c: c.roles.add_users("auditor", [USER], namespace="default"),
        lambda c: c.roles.add_users("auditor", [USER]),
    ),
    "roles/remove_users": (
        lambda c: c.roles.remove_users("auditor", [USER], namespace="default"),
        lambda c: c.roles.remove_users("auditor", [USER]),
    ),
    "roles/list_policies": (
        lambda c: c.roles.list_policies("auditor", page=1, limit=10),
        lambda c: c.roles.list_policies("auditor"),
    ),
    "roles/add_policies": (lambda c: c.roles.add_policies("auditor", ["readers"]), None),
    "roles/remove_policies": (lambda c: c.roles.remove_policies("auditor", ["readers"]), None),
    "roles/list_authorized_resources": (
        lambda c: c.roles.list_authorized_resources("auditor", "default", resource_type="DATA"),
        lambda c: c.roles.list_authorized_resources("auditor", None),
    ),
    "roles/custom_data": (lambda c: c.roles.get_udf_value(ROLE), None),
    "roles/custom_data_of_many": (lambda c: c.roles.get_udf_value_batch([ROLE, OTHER_ROLE]), None),
    "roles/set_custom_data": (lambda c: c.roles.set_udf_value(ROLE, dict(CUSTOM)), None),
    "roles/set_custom_data_of_many": (lambda c: c.roles.set_udf_value_batch(many(ROLE, OTHER_ROLE)), None),
    "roles/remove_custom_value": (lambda c: c.roles.remove_udf_value(ROLE, "city"), None),
    "groups/list": (lambda c: c.groups.list(page=1, limit=10), lambda c: c.groups.list()),
    "groups/create": (
        lambda c: c.groups.create("engineering", "Engineering", description="Builds things"),
        lambda c: c.groups.create("engineering", "Engineering"),
    ),
    "groups/detail": (lambda c: c.groups.detail("engineering"), None),
    "groups/update": (
        lambda c: c.groups.update("staff", new_code="all", name="All staff", description="Everybody"),
        lambda c: c.groups.update("staff"),
    ),
    "groups/delete": (lambda c: c.groups.delete("engineering"), None),
    "groups/delete_many": (lambda c: c.groups.delete_many(["staff", "guests"]), None),
    "groups/list_users": (
        lambda c: c.groups.list_users("staff", page=1, limit=10, with_custom_data=True),
        lambda c: c.groups.list_users("staff"),
    ),
    "groups/add_users": (lambda c: c.groups.add_users("staff", [USER]), None),
    "groups/remove_users": (lambda c: c.groups.remove_users("staff", [USER]), None),
    "groups/list_authorized_resources": (
        lambda c: c.groups.list_authorized_resources("staff", namespace="default", resource_type="DATA"),
        lambda c: c.groups.list_authorized_resources("staff"),
    ),
    "policies/list": (lambda c: c.policies.list(page=1, limit=10), lambda c: c.policies.list()),
    "policies/create": (
        lambda c: c.policies.create("readers", STATEMENTS, description="Read books"),
        lambda c: c.policies.create("readers", STATEMENTS),
    ),
    "policies/detail": (lambda c: c.policies.detail("readers"), None),
    "policies/update": (
        lambda c: c.policies.update(
            "readers", [{"resource": "books:*", "actions": ["books:read"]}], description="Read books"
        ),
        lambda c: c.policies.update("readers", None),
    ),
    "policies/delete": (lambda c: c.policies.delete("readers"), None),
    "policies/delete_many": (lambda c: c.policies.delete_many(["readers", "writers"]), None),
    "policies/list_assignments": (
        lambda c: c.policies.list_assignments("readers", page=1, limit=10),
        lambda c: c.policies.list_assignments("readers"),
    ),
    "policies/add_assignments": (lambda c: c.policies.add_assignments(["readers"], "USER", [USER]), None),
    "policies/remove_assignments": (lambda c: c.policies.remove_assignments(["readers"], "USER", [USER]), None),
    "policies/enable_assignment": (
        lambda c: c.policies.enable_assignment("readers", "USER", USER, namespace="default"),
        lambda c: c.policies.enable_assignment("readers", "USER", USER),
    ),
    "policies/disable_assignment": (
        lambda c: c.policies.disable_assignment("readers", "USER", USER, namespace="default"),
        lambda c: c.policies.disable_assignment("readers", "USER", USER),
    ),
    "access/allow": (
        lambda c: c.acl.allow("books:1", "books:read", "default", role="auditor", user_id=USER),
        None,
    ),
    "access/is_allowed": (lambda c: c.acl.is_allowed(USER, "books:read", "books:1", "default"), None),
    "access/create_namespace": (
        lambda c: c.acl.create_namespace("shop", "Shop", description="The web shop"),
        lambda c: c.acl.create_namespace("shop", "Shop"),
    ),
    "access/list_namespaces": (
        lambda c: c.acl.list_namespaces(page=1, limit=10),
        lambda c: c.acl.list_namespaces(),
    ),
    "access/update_namespace": (
        lambda c: c.acl.update_namespace(12, name="Shop", code="store", description="The web shop"),
        lambda c: c.acl.update_namespace(12),
    ),
    "access/delete_namespace": (lambda c: c.acl.delete_namespace(12), None),
    "access/create_resource": (
        lambda c: c.acl.create_resource(
            "default",
            "books",
            "API",
            ACTIONS,
            description="The books",
            api_identifier="https://api.example.com/books",
        ),
        lambda c: c.acl.create_resource("default", "books", "API", ACTIONS),
    ),
    "access/update_resource": (
        lambda c: c.acl.update_resource(
            "default",
            "books",
            resource_type="API",
            actions=ACTIONS,
            description="The books",
            api_identifier="https://api.example.com/books",
        ),
        lambda c: c.acl.update_resource("default", "books"),
    ),
    "access/list_resources": (
        lambda c: c.acl.list_resources("default", resource_type="API", page=1, limit=10),
        lambda c: c.acl.list_resources("default"),
    ),
    "access/delete_resource": (lambda c: c.acl.delete_resource("default", "books"), None),
    "access/resource_by_id": (lambda c: c.acl.get_resource_by_id("60b49eb83fd80adb96f26e68"), None),
    "access/resource_by_code": (lambda c: c.acl.get_resource_by_code("default", "books"), None),
    "access/list_authorized_resources": (
        lambda c: c.acl.list_authorized_resources("default", "USER", USER, resource_type="DATA"),
        lambda c: c.acl.list_authorized_resources("default", "USER", USER),
    ),
    "access/authorize_resource": (lambda c: c.acl.authorize_resource("default", "books:*", GRANT), None),
    "access/revoke_resource": (lambda c: c.acl.revoke_resource("default", "books:*", GRANT), None),
    "access/list_authorized_targets": (
        lambda c: c.acl.get_authorized_targets(
            "default", "DATA", "books:*", actions={"op": "OR", "list": ["books:read"]}, target_type="USER"
        ),
        lambda c: c.acl.get_authorized_targets("default", "DATA", "books:*"),
    ),
    "access/list_programmatic_accounts": (
        lambda c: c.acl.programmatic_access_account_list(APP, page=1, limit=10),
        lambda c: c.acl.programmatic_access_account_list(APP),
    ),
    "access/create_programmatic_account": (
        lambda c: c.acl.create_programmatic_access_account(APP, remark="Nightly export", token_lifetime=600),
        lambda c: c.acl.create_programmatic_access_account(APP),
    ),
    "access/enable_programmatic_account": (lambda c: c.acl.enable_programmatic_access_account(ACCOUNT), None),
    "access/disable_programmatic_account": (lambda c: c.acl.disable_programmatic_access_account(ACCOUNT), None),
    "access/set_programmatic_account_secret": (
        lambda c: c.acl.refresh_programmatic_access_account_secret(ACCOUNT, secret=SECRET),
        None,
    ),
    "access/delete_programmatic_account": (lambda c: c.acl.delete_programmatic_access_account(ACCOUNT), None),
    "access/list_application_access": (
        lambda c: c.applications.get_access_policies(APP, page=1, limit=10),
        lambda c: c.applications.get_access_policies(APP),
    ),
    "access/allow_application_access": (
        lambda c: c.acl.allow_access_application(APP, "USER", [USER], "default", True),
        lambda c: c.acl.allow_access_application(APP, "USER", [USER], None, None),
    ),
    "access/deny_application_access": (
        lambda c: c.acl.deny_access_application(APP, "USER", [USER], "default", True),
        lambda c: c.acl.deny_access_application(APP, "USER", [USER], None, None),
    ),
    "access/enable_application_access": (
        lambda c: c.acl.enable_application_access_policies(APP, "USER", [USER], "default", True),
        lambda c: c.acl.enable_application_access_policies(APP, "USER", [USER], None, None),
    ),
    "access/disable_application_access": (
        lambda c: c.acl.disable_application_access_policies(APP, "USER", [USER], "default", True),
        lambda c: c.acl.disable_application_access_policies(APP, "USER", [USER], None, None),
    ),
    "access/revoke_application_access": (
        lambda c: c.acl.delete_application_access_policies(APP, "USER", [USER], "default", True),
        lambda c: c.acl.delete_application_access_policies(APP, "USER", [USER], None, None),
    ),
    "access/set_default_application_access": (
        lambda c: c.acl.update_default_application_access_policy(APP, "DENY_ALL"),
        None,
    ),
    "custom_fields/list": (lambda c: c.udf.list("USER"), None),
    "custom_fields/set": (lambda c: c.udf.set("USER", "grade", "SELECT", "Grade"), None),
    "custom_fields/remove": (lambda c: c.udf.remove("USER", "grade"), None),
    "custom_fields/values": (lambda c: c.udf.list_udf_value("NODE", ORG), None),
    "custom_fields/set_values": (
        lambda c: c.udf.set_udf_value_batch(
            "NODE", ORG, [{"key": "city", "value": "Utrecht"}, {"key": "floor", "value": 3}]
        ),
        None,
    ),
    "orgs/create": (
        lambda c: c.org.create("Acme", code="acme", description="All of it"),
        lambda c: c.org.create("Acme"),
    ),
    "orgs/delete": (lambda c: c.org.delete_by_id(ORG), None),
    "orgs/list": (lambda c: c.org.list(page=1, limit=10), lambda c: c.org.list()),
    "orgs/detail": (lambda c: c.org.find_by_id(ORG), None),
    "orgs/add_node": (
        lambda c: c.org.add_node(
            ORG,
            "Sales",
            ROOT,
            code="sales",
            description="Sells",
            order=10,
            name_i18n='{"en-US":"Sales","ja-JP":"営業"}',
            description_i18n='{"en-US":"Sells"}',
        ),
        lambda c: c.org.add_node(ORG, "Sales", ROOT),
    ),
    "orgs/create_node": (lambda c: c.org.create_node("Sales", ORG, ROOT, "sales"), None),
    "orgs/node_by_id": (lambda c: c.org.get_node_by_id(NODE), None),
    "orgs/update_node": (
        lambda c: c.org.update_node(NODE, name="Sales", code="sales", description="Sells"),
        lambda c: c.org.update_node(NODE),
    ),
    "orgs/delete_node": (lambda c: c.org.delete_node(ORG, NODE), None),
    "orgs/move_node": (lambda c: c.org.move_node(ORG, OTHER_NODE, NODE), None),
    "orgs/is_root_node": (lambda c: c.org.is_root_node(ORG, ROOT), None),
    "orgs/list_children": (lambda c: c.org.list_children(ROOT), None),
    "orgs/root_node": (lambda c: c.org.root_node(ORG), None),
    "orgs/search_nodes": (lambda c: c.org.search_nodes("Sal"), None),
    "orgs/import": (
        lambda c: c.org.import_by_json(
            '{"name":"Acme","code":"acme","description":"All of it","children":[{"name":"Sales","code":"sales",'
            '"nameI18n":{"en-US":"Sales"},"descriptionI18n":{"en-US":"Sells"},"order":10},{"name":"Engineering"}]}'
        ),
        None,
    ),
    "orgs/export_all": (lambda c: c.org.export_all(), None),
    "orgs/export": (lambda c: c.org.export_by_org_id(ORG), None),
    "orgs/add_members": (lambda c: c.org.add_members(NODE, [USER]), None),
    "orgs/list_members": (
        lambda c: c.org.list_members(NODE, page=1, limit=10, include_children_nodes=True),
        lambda c: c.org.list_members(NODE),
    ),
    "orgs/remove_members": (lambda c: c.org.delete_members(NODE, [USER]), None),
    "orgs/move_members": (lambda c: c.org.move_members([USER], OTHER_NODE, NODE), None),
    "orgs/set_main_department": (lambda c: c.org.set_main_department(USER, NODE), None),
    "orgs/clear_main_department": (lambda c: c.org.set_main_department(USER, None), None),
    "orgs/add_roles": (
        lambda c: c.org.add_roles(NODE, ["auditor", "reader"], namespace="default"),
        lambda c: c.org.add_roles(NODE, ["auditor", "reader"]),
    ),
    "orgs/remove_roles": (
        lambda c: c.org.remove_roles(NODE, ["auditor", "reader"], namespace="default"),
        lambda c: c.org.remove_roles(NODE, ["auditor", "reader"]),
    ),
    "orgs/list_roles": (
        lambda c: c.org.list_roles(NODE, namespace="default"),
        lambda c: c.org.list_roles(NODE),
    ),
    "orgs/list_authorized_resources": (
        lambda c: c.org.list_authorized_resources(NODE, namespace="default", resource_type="DATA"),
        lambda c: c.org.list_authorized_resources(NODE),
    ),
    "orgs/list_authorized_resources_by_code": (
        lambda c: c.org.list_authorized_resources_by_code(ORG, "sales", namespace="default", resource_type="DATA"),
        lambda c: c.org.list_authorized_resources_by_code(ORG, "sales"),
    ),
    "orgs/start_sync": (lambda c: c.org.start_sync("wechatwork"), None),
    "orgs/start_active_directory_sync": (lambda c: c.org.start_sync("ad"), None),
    "applications/list": (lambda c: c.applications.list(page=1, limit=10), lambda c: c.applications.list()),
    "applications/create": (
        lambda c: c.applications.create(
            "Shop", "shop", ["https://shop.example/callback"], logo="https://files.example/shop.png"
        ),
        lambda c: c.applications.create("Shop", "shop", ["https://shop.example/callback"]),
    ),
    "applications/delete": (lambda c: c.applications.delete(SHOP), None),
    "applications/detail": (lambda c: c.applications.find_by_id(SHOP), None),
    "applications/refresh_secret": (lambda c: c.applications.refresh_application_secret(SHOP), None),
    "applications/active_users": (
        lambda c: c.applications.active_users(SHOP, page=1, limit=10),
        lambda c: c.applications.active_users(SHOP),
    ),
    "applications/create_agreement": (
        lambda c: c.applications.create_agreement(SHOP, "Terms of use", required=True, lang="en-US"),
        lambda c: c.applications.create_agreement(SHOP, "Terms of use"),
    ),
    "applications/list_agreements": (lambda c: c.applications.list_agreement(SHOP), None),
    "applications/modify_agreement": (
        lambda c: c.applications.modify_agreement(SHOP, 17, "Terms", required=False, lang="en-US"),
        lambda c: c.applications.modify_agreement(SHOP, 17, "Terms"),
    ),
    "applications/delete_agreement": (lambda c: c.applications.delete_agreement(SHOP, 17), None),
    "applications/sort_agreements": (lambda c: c.applications.sort_agreement(SHOP, [17, 18]), None),
    "user_pool/detail": (lambda c: c.userPool.detail(), None),
    "user_pool/update": (
        lambda c: c.userPool.update(
            {
                "allowedOrigins": "x",
                "appSsoEnabled": True,
                "description": "x",
                "domain": "x",
                "emailVerifiedDefault": True,
                "loginRequireEmailVerified": True,
                "logo": "x",
                "name": "x",
                "registerDisabled": True,
                "sendWelcomeEmail": True,
                "tokenExpiresAfter": 6,
                "verifyCodeLength": 6,
                "verifyCodeMaxAttempts": 6,
            }
        ),
        None,
    ),
    "user_pool/list_env": (lambda c: c.userPool.list_env(), None),
    "user_pool/add_env": (lambda c: c.userPool.add_env("STAGE", "test"), None),
    "user_pool/remove_env": (lambda c: c.userPool.remove_env("STAGE"), None),
    "allow_lists/list": (lambda c: c.whiteList.list("Email"), None),
    "allow_lists/add": (lambda c: c.whiteList.add("Email", ["bob@example.com"]), None),
    "allow_lists/remove": (lambda c: c.whiteList.remove("Email", ["bob@example.com"]), None),
    "allow_lists/enable": (lambda c: c.whiteList.enable_white_list("Email"), None),
    "allow_lists/disable": (lambda c: c.whiteList.disable_white_list("Email"), None),
    "statistics/list_audit_logs": (
        lambda c: c.auditLog.list_audit_logs(
            client_ip="203.0.113.7",
            operation_names=["createUser"],
            user_ids=[USER],
            app_ids=[APP],
            page=1,
            limit=10,
        ),
        lambda c: c.auditLog.list_audit_logs(),
    ),
    "principal_authentication/detail": (lambda c: c.principalAuth.detail(USER), None),
    "principal_authentication/authenticate": (
        lambda c: c.principalAuth.authenticate(
            USER, "P", "Bob Example", "110101199003070000", "6222020200000000000"
        ),
        None,
    ),
    "authentication/check_token": (lambda c: c.check_login_status("eyJhbGciOiJIUzI1NiJ9.e30.s"), None),
    "authentication/send_email": (lambda c: c.send_email("bob@example.com", "VERIFY_EMAIL"), None),
    "authentication/check_password": (lambda c: c.is_password_valid("123456"), None),
}


def mark(operation, mode):
    body = json.dumps({"sdk": "python", "operation": operation, "mode": mode}).encode()
    urllib.request.urlopen(urllib.request.Request(HOST + "/record", data=body, method="POST")).read()


def main():
    client = ManagementClient(ManagementClientOptions(user_pool_id="POOL", secret="SECRET", host=HOST))
    for operation, (full, least) in CALLS.items():
        for mode, call in (("full", full), ("least", least or full)):
            mark(operation, mode)
            try:
                call(client)
            # What the SDK makes of the recorder's response is of no interest, what it sends is.
            except Exception:
                pass


main()
