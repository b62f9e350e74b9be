// Calls each method of the official JavaScript SDK that the crate has too, once with every argument and once with none but
// the required, and has the recording server file what it sends: see run.py.
//
//     node tests/conformance/bytes/javascript.mjs HOST DIRECTORY-WITH-node_modules
//
// The arguments are those of `tests/fixtures/<operation>/request.json`.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const [host, directory] = process.argv.slice(2);
const { ManagementClient } = createRequire(join(directory, 'index.js'))('authing-js-sdk');

const USER = '5f718016d8e5f7e9d6d3a1b2';
const OTHER_USER = '5f718016d8e5f7e9d6d3a1b3';
const LAST_USER = '5f718016d8e5f7e9d6d3a1b9';
const [ROLE, OTHER_ROLE] = ['60ab26f0a2ddb1ab9d6c4ad1', '60ab26f0a2ddb1ab9d6c4ad9'];
const APP = '6139c4d24e78a4d706b7545b';
const SHOP = '613872b19c90be7d4da44462';
const [ORG, ROOT, NODE] = ['6142c2c41c6e6c6cc3edfd88', '6142c2c41c6e6c6cc3edfd87', '6142c2c41c6e6c6cc3edfd89'];
const OTHER_NODE = '6142c2c41c6e6c6cc3edfd90';
const TENANT = '6142c2c41c6e6c6cc3edfd99';
const ORG_TENANT = '60c0b3fd2e7b9a1c4d8e5f01';
const [SOURCE, CONNECTION] = ['6142c2c41c6e6c6cc3ed0000', '6142c2c41c6e6c6cc3ed0001'];
const ACCOUNT = '61a5c55fc89ff91083293e45';
const SECRET = 'ixtm3zs2kbfey5wd7hcpna4jr8mtz6xb';
const BOOKS = 'https://api.example.com/books';
const ACTIONS = [{ name: 'read', description: 'Read a book' }];
const PROFILE = {
  email: 'Bob@Example.com', lastIP: '203.0.113.7', loginsCount: 2, nickname: 'Nick', phone: '18812345678',
  registerSource: ['import:manual'], signedUp: '2020-10-15T17:55:37+08:00', username: 'bob',
};
const IDENTITY = { provider: 'wechat', userIdInIdp: 'wx-1', isSocial: true };
const CUSTOM = {
  city: 'Utrecht', number: 7, is_remote: false, since: new Date('2020-10-15T17:55:37+08:00'), car: { make: 'Fiat' },
};
const GRANT = [{ targetType: 'USER', targetIdentifier: USER, actions: ['books:read'] }];
const GRANTS = [{
  targetType: 'USER', targetIdentifiers: [USER],
  resources: [{ code: 'books:*', actions: ['books:read'], resourceType: 'DATA' }],
}];
const STATEMENTS = [{
  resource: 'books:*', actions: ['books:read'], effect: 'ALLOW',
  condition: [{ param: 'UserPoolId', operator: 'Equal', value: '5f718016d8e5f7e9d6d3a100' }],
}];
const ACCESS = { appId: APP, namespace: 'default', targetType: 'USER', targetIdentifiers: [USER], inheritByChildren: true };
const LEAST_ACCESS = { appId: APP, targetType: 'USER', targetIdentifiers: [USER] };
const TREE = {
  name: 'Acme', code: 'acme', description: 'All of it',
  children: [
    { name: 'Sales', code: 'sales', nameI18n: { 'en-US': 'Sales' }, descriptionI18n: { 'en-US': 'Sells' }, order: 10 },
    { name: 'Engineering' },
  ],
};
const SIGN_IN = {
  displayName: 'Corporate sign-in', fields: { clientId: 'shop' }, identifier: 'corp', type: 'oidc',
};
const FILTER = [
  [{ type: 'userDefinedFields', value: 'city' }, 'EQ', 'Utrecht'],
  [{ type: 'OtherFields', value: 'app' }, 'EQ', { id: APP, label: 'Shop' }],
  [{ type: 'any', value: 'any' }, 'EQ', 'value'],
];
const LOGO = 'https://files.example/north.png';

const customDataOfMany = (key, first, last) => [
  { [key]: first, data: { city: 'Utrecht', number: 7 } },
  { [key]: last, data: { number: 8 } },
];

// Operation: the call with every argument, and the one with as few as there can be, where that is another.
const CALLS = {
  'users/list': [
    (c) => c.users.list(1, 10, { withCustomData: true, excludeUsersInOrg: true }),
    (c) => c.users.list(),
  ],
  'users/create': [
    (c) => c.users.create(
      { ...PROFILE }, { keepPassword: false, resetPasswordOnFirstLogin: true, identity: IDENTITY },
    ),
    (c) => c.users.create({ ...PROFILE }),
  ],
  'users/update': [
    (c) => c.users.update(USER, { blocked: false, city: 'Utrecht', company: null, nickname: 'Nicky' }),
  ],
  'users/detail': [(c) => c.users.detail(USER, { withCustomData: true }), (c) => c.users.detail(USER)],
  'users/delete': [(c) => c.users.delete(USER)],
  'users/delete_many': [(c) => c.users.deleteMany(['ID1', 'ID2'])],
  'users/batch': [
    (c) => c.users.batch(['ann', 'bob'], { queryField: 'username', withCustomData: true }),
    (c) => c.users.batch(['ann', 'bob']),
  ],
  'users/list_archived': [(c) => c.users.listArchivedUsers(2, 10), (c) => c.users.listArchivedUsers()],
  'users/exists': [(c) => c.users.exists({ email: 'bob@example.com' })],
  'users/find': [(c) => c.users.find({ identity: IDENTITY })],
  'users/search': [
    (c) => c.users.search('Bob', {
      fields: ['nickname', 'lastIP'], page: 2, limit: 10,
      departmentOpts: [{ departmentId: 'd1', includeChildrenDepartments: true }],
      groupOpts: [{ code: 'engineering' }], roleOpts: [{ code: 'admin', namespace: 'default' }], withCustomData: true,
    }),
    (c) => c.users.search('Bob'),
  ],
  'users/filter': [
    (c) => c.users.filter({ page: 2, limit: 10, filter: FILTER }),
    (c) => c.users.filter({ filter: FILTER }),
  ],
  'users/refresh_token': [(c) => c.users.refreshToken(USER)],
  'users/list_groups': [(c) => c.users.listGroups(USER)],
  'users/add_group': [(c) => c.users.addGroup(USER, 'engineering')],
  'users/remove_group': [(c) => c.users.removeGroup(USER, 'engineering')],
  'users/list_roles': [(c) => c.users.listRoles(USER, 'default'), (c) => c.users.listRoles(USER)],
  'users/add_roles': [
    (c) => c.users.addRoles(USER, ['admin', 'auditor'], 'default'),
    (c) => c.users.addRoles(USER, ['admin', 'auditor']),
  ],
  'users/remove_roles': [
    (c) => c.users.removeRoles(USER, ['admin', 'auditor'], 'default'),
    (c) => c.users.removeRoles(USER, ['admin', 'auditor']),
  ],
  'users/has_role': [(c) => c.users.hasRole(USER, 'admin', 'default'), (c) => c.users.hasRole(USER, 'admin')],
  'users/custom_data': [(c) => c.users.getUdfValue(USER)],
  'users/custom_data_of_many': [(c) => c.users.getUdfValueBatch([USER, LAST_USER])],
  'users/set_custom_data': [(c) => c.users.setUdfValue(USER, CUSTOM)],
  'users/set_custom_data_of_many': [(c) => c.users.setUdfValueBatch(customDataOfMany('userId', USER, LAST_USER))],
  'users/remove_custom_value': [(c) => c.users.removeUdfValue(USER, 'city')],
  'users/list_orgs': [(c) => c.users.listOrgs(USER)],
  'users/list_departments': [(c) => c.users.listDepartment(USER)],
  'users/list_authorized_resources': [
    (c) => c.users.listAuthorizedResources(USER, 'default', { resourceType: 'DATA' }),
    (c) => c.users.listAuthorizedResources(USER),
  ],
  'users/kick': [(c) => c.users.kick([USER, OTHER_USER])],
  'users/logout': [(c) => c.users.logout({ appId: APP, userId: USER }), (c) => c.users.logout({ userId: USER })],
  'users/login_status': [
    (c) => c.users.checkLoginStatus(USER, APP, 'a phone'),
    (c) => c.users.checkLoginStatus(USER),
  ],
  'users/list_user_actions': [
    (c) => c.users.listUserActions({
      clientIp: '203.0.113.7', operationNames: ['login', 'logout'], userIds: [USER], page: 2, limit: 10,
      excludeNonAppRecords: true, appIds: [APP], start: 1630454400000, end: 1633046400000,
    }),
    (c) => c.users.listUserActions(),
  ],
  'users/send_first_login_verify_email': [(c) => c.users.sendFirstLoginVerifyEmail({ appId: APP, userId: USER })],
  'users/list_tenants': [(c) => c.users.getUserTenants(USER)],
  'users/link_identity': [
    (c) => c.users.linkIdentity({
      userId: USER, userIdInIdp: 'wx-1', isSocial: true, type: 'generic', identifier: 'wechat', extIdpId: ACCOUNT,
    }),
    (c) => c.users.linkIdentity({ userId: USER, userIdInIdp: 'wx-1', identifier: 'wechat' }),
  ],
  'users/unlink_identity': [
    (c) => c.users.unlinkIdentity({
      userId: USER, isSocial: true, type: 'generic', identifier: 'wechat', extIdpId: ACCOUNT,
    }),
    (c) => c.users.unlinkIdentity({ userId: USER, identifier: 'wechat' }),
  ],
  'users/total_login_count': [(c) => c.users.getApplicationLoginUserNum({ appId: APP })],
  'users/defined_field_count': [(c) => c.users.getUdfFieldUserNum({ definedFieldKey: 'city', appId: APP })],
  'users/resign': [(c) => c.users.resignUser(USER)],
  'users/resign_many': [(c) => c.users.resignUserBatch([USER, OTHER_USER])],
  'roles/list': [(c) => c.roles.list({ page: 1, limit: 10, namespace: 'default' }), (c) => c.roles.list()],
  'roles/create': [
    (c) => c.roles.create('auditor', 'May read everything', 'default'),
    (c) => c.roles.create('auditor'),
  ],
  'roles/detail': [(c) => c.roles.detail('auditor', 'default'), (c) => c.roles.detail('auditor')],
  'roles/update': [
    (c) => c.roles.update('auditor', { description: 'May read', newCode: 'reader', namespace: 'default' }),
    (c) => c.roles.update('auditor', {}),
  ],
  'roles/delete': [(c) => c.roles.delete('auditor', 'default'), (c) => c.roles.delete('auditor')],
  'roles/delete_many': [
    (c) => c.roles.deleteMany(['auditor', 'reader'], 'default'),
    (c) => c.roles.deleteMany(['auditor', 'reader']),
  ],
  'roles/list_users': [
    (c) => c.roles.listUsers('auditor', { namespace: 'default', withCustomData: true, page: 1, limit: 10 }),
    (c) => c.roles.listUsers('auditor'),
  ],
  'roles/find_users': [
    (c) => c.roles.findUsers('auditor', { namespace: 'default', search: 'bob', page: 1, limit: 10 }),
    (c) => c.roles.findUsers('auditor'),
  ],
  'roles/add_users': [
    (c) => c.roles.addUsers('auditor', [USER], 'default'),
    (c) => c.roles.addUsers('auditor', [USER]),
  ],
  'roles/remove_users': [
    (c) => c.roles.removeUsers('auditor', [USER], 'default'),
    (c) => c.roles.removeUsers('auditor', [USER]),
  ],
  'roles/list_policies': [(c) => c.roles.listPolicies('auditor', 1, 10), (c) => c.roles.listPolicies('auditor')],
  'roles/add_policies': [(c) => c.roles.addPolicies('auditor', ['readers'])],
  'roles/remove_policies': [(c) => c.roles.removePolicies('auditor', ['readers'])],
  'roles/list_authorized_resources': [
    (c) => c.roles.listAuthorizedResources('auditor', 'default', { resourceType: 'DATA' }),
    (c) => c.roles.listAuthorizedResources('auditor'),
  ],
  'roles/custom_data': [(c) => c.roles.getUdfValue(ROLE)],
  'roles/custom_data_of_many': [(c) => c.roles.getUdfValueBatch([ROLE, OTHER_ROLE])],
  'roles/set_custom_data': [(c) => c.roles.setUdfValue(ROLE, CUSTOM)],
  'roles/set_custom_data_of_many': [(c) => c.roles.setUdfValueBatch(customDataOfMany('roleId', ROLE, OTHER_ROLE))],
  'roles/remove_custom_value': [(c) => c.roles.removeUdfValue(ROLE, 'city')],
  'groups/list': [(c) => c.groups.list(1, 10), (c) => c.groups.list()],
  'groups/create': [
    (c) => c.groups.create('engineering', 'Engineering', 'Builds things'),
    (c) => c.groups.create('engineering', 'Engineering'),
  ],
  'groups/detail': [(c) => c.groups.detail('engineering')],
  'groups/update': [
    (c) => c.groups.update('staff', { newCode: 'all', name: 'All staff', description: 'Everybody' }),
    (c) => c.groups.update('staff', {}),
  ],
  'groups/delete': [(c) => c.groups.delete('engineering')],
  'groups/delete_many': [(c) => c.groups.deleteMany(['staff', 'guests'])],
  'groups/list_users': [
    (c) => c.groups.listUsers('staff', { withCustomData: true, page: 1, limit: 10 }),
    (c) => c.groups.listUsers('staff'),
  ],
  'groups/add_users': [(c) => c.groups.addUsers('staff', [USER])],
  'groups/remove_users': [(c) => c.groups.removeUsers('staff', [USER])],
  'groups/list_authorized_resources': [
    (c) => c.groups.listAuthorizedResources('staff', 'default', { resourceType: 'DATA' }),
    (c) => c.groups.listAuthorizedResources('staff'),
  ],
  'policies/list': [
    (c) => c.policies.list({ page: 1, limit: 10, namespace: 'default' }),
    (c) => c.policies.list(),
  ],
  'policies/create': [
    (c) => c.policies.create({
      code: 'readers', statements: STATEMENTS, description: 'Read books', namespace: 'default',
    }),
    (c) => c.policies.create({ code: 'readers', statements: STATEMENTS }),
  ],
  'policies/detail': [(c) => c.policies.detail('readers', 'default'), (c) => c.policies.detail('readers')],
  'policies/update': [
    (c) => c.policies.update('readers', {
      statements: [{ resource: 'books:*', actions: ['books:read'] }], description: 'Read books', newCode: 'readers',
      namespace: 'default',
    }),
    (c) => c.policies.update('readers', {}),
  ],
  'policies/delete': [(c) => c.policies.delete('readers', 'default'), (c) => c.policies.delete('readers')],
  'policies/delete_many': [
    (c) => c.policies.deleteMany(['readers', 'writers'], 'default'),
    (c) => c.policies.deleteMany(['readers', 'writers']),
  ],
  'policies/list_assignments': [
    (c) => c.policies.listAssignments({
      namespace: 'default', code: 'readers', targetType: 'USER', targetIdentifier: USER, page: 1, limit: 10,
    }),
    (c) => c.policies.listAssignments({ code: 'readers' }),
  ],
  'policies/add_assignments': [
    (c) => c.policies.addAssignments(['readers'], 'USER', [USER], { inheritByChildren: true, namespace: 'default' }),
    (c) => c.policies.addAssignments(['readers'], 'USER', [USER]),
  ],
  'policies/remove_assignments': [
    (c) => c.policies.removeAssignments(['readers'], 'USER', [USER], 'default'),
    (c) => c.policies.removeAssignments(['readers'], 'USER', [USER]),
  ],
  'policies/enable_assignment': [
    (c) => c.policies.enableAssignment('readers', 'USER', USER, 'default'),
    (c) => c.policies.enableAssignment('readers', 'USER', USER),
  ],
  'policies/disable_assignment': [
    (c) => c.policies.disableAssignment('readers', 'USER', USER, 'default'),
    (c) => c.policies.disableAssignment('readers', 'USER', USER),
  ],
  'access/allow': [(c) => c.acl.allow(USER, 'books:1', 'books:read', 'default')],
  'access/is_allowed': [
    (c) => c.acl.isAllowed(USER, 'books:1', 'books:read', { namespace: 'default' }),
    (c) => c.acl.isAllowed(USER, 'books:1', 'books:read'),
  ],
  'access/is_allowed_in_tenant': [
    (c) => c.acl.isAllowed(USER, 'books:1', 'books:read', { namespace: 'default', tenantId: 'acme' }),
    (c) => c.acl.isAllowed(USER, 'books:1', 'books:read', { tenantId: 'acme' }),
  ],
  'access/create_namespace': [
    (c) => c.acl.createNamespace('shop', 'Shop', 'The web shop'),
    (c) => c.acl.createNamespace('shop', 'Shop'),
  ],
  'access/list_namespaces': [(c) => c.acl.listNamespaces(1, 10), (c) => c.acl.listNamespaces()],
  'access/update_namespace_by_code': [
    (c) => c.acl.updateNamespace('shop', { name: 'Shop', code: 'store', description: 'The web shop' }),
    (c) => c.acl.updateNamespace('shop', {}),
  ],
  'access/delete_namespace_by_code': [(c) => c.acl.deleteNamespace('shop')],
  'access/create_resource': [
    (c) => c.acl.createResource({
      code: 'books', type: 'API', actions: ACTIONS, namespace: 'default', description: 'The books',
      apiIdentifier: BOOKS,
    }),
    (c) => c.acl.createResource({ code: 'books', type: 'API', actions: ACTIONS, namespace: 'default' }),
  ],
  'access/update_resource': [
    (c) => c.acl.updateResource('books', {
      namespace: 'default', type: 'API', actions: ACTIONS, description: 'The books', apiIdentifier: BOOKS,
    }),
    (c) => c.acl.updateResource('books', { namespace: 'default' }),
  ],
  'access/list_resources': [
    (c) => c.acl.listResources({ namespace: 'default', type: 'API', page: 1, limit: 10 }),
    (c) => c.acl.listResources({ namespace: 'default' }),
  ],
  'access/delete_resource': [(c) => c.acl.deleteResource('books', 'default')],
  'access/resource_by_id': [(c) => c.acl.getResourceById('60b49eb83fd80adb96f26e68')],
  'access/resource_by_code': [(c) => c.acl.getResourceByCode({ namespace: 'default', code: 'books' })],
  'access/create_resources': [
    (c) => c.tenant.batchInsertResource({
      bulk: [{
        code: 'books', type: 'API', actions: ACTIONS, namespace: 'default', description: 'The books',
        apiIdentifier: BOOKS,
      }],
    }),
  ],
  'access/list_authorized_resources': [
    (c) => c.acl.listAuthorizedResources('USER', USER, 'default', { resourceType: 'DATA' }),
    (c) => c.acl.listAuthorizedResources('USER', USER, 'default'),
  ],
  'access/list_authorized_resources_of_many': [
    (c) => c.acl.listAuthorizedResourcesBatch({
      namespace: 'default', resourceType: 'DATA',
      targets: [
        { targetType: 'USER', targetIdentifier: USER }, { targetType: 'ROLE', targetIdentifier: 'auditor' },
      ],
    }),
    (c) => c.acl.listAuthorizedResourcesBatch({
      namespace: 'default',
      targets: [
        { targetType: 'USER', targetIdentifier: USER }, { targetType: 'ROLE', targetIdentifier: 'auditor' },
      ],
    }),
  ],
  'access/authorize_resource': [
    (c) => c.acl.authorizeResource({ namespace: 'default', resource: 'books:*', opts: GRANT }),
  ],
  'access/authorize_resources': [(c) => c.acl.authorizeResources({ namespace: 'default', opts: GRANTS })],
  'access/revoke_resource': [
    (c) => c.acl.revokeResource({ namespace: 'default', resource: 'books:*', opts: GRANT }),
  ],
  'access/revoke_resources': [(c) => c.acl.revokeResources({ namespace: 'default', opts: GRANTS })],
  'access/list_authorized_targets': [
    (c) => c.acl.getAuthorizedTargets({
      namespace: 'default', resource: 'books:*', resourceType: 'DATA', actions: { op: 'OR', list: ['books:read'] },
      targetType: 'USER',
    }),
    (c) => c.acl.getAuthorizedTargets({ namespace: 'default', resource: 'books:*', resourceType: 'DATA' }),
  ],
  'access/list_programmatic_accounts': [
    (c) => c.acl.programmaticAccessAccountList(APP, 1, 10),
    (c) => c.acl.programmaticAccessAccountList(APP),
  ],
  'access/create_programmatic_account': [
    (c) => c.acl.createProgrammaticAccessAccount(APP, { tokenLifetime: 600, remarks: 'Nightly export' }),
    (c) => c.acl.createProgrammaticAccessAccount(APP),
  ],
  'access/enable_programmatic_account': [(c) => c.acl.enableProgrammaticAccessAccount(ACCOUNT)],
  'access/disable_programmatic_account': [(c) => c.acl.disableProgrammaticAccessAccount(ACCOUNT)],
  'access/set_programmatic_account_secret': [
    (c) => c.acl.refreshProgrammaticAccessAccountSecret(ACCOUNT, SECRET),
  ],
  'access/delete_programmatic_account': [(c) => c.acl.deleteProgrammaticAccessAccount(ACCOUNT)],
  'access/list_application_access': [
    (c) => c.acl.getApplicationAccessPolicies({ appId: APP, page: 1, limit: 10 }),
    (c) => c.acl.getApplicationAccessPolicies({ appId: APP }),
  ],
  'access/enable_application_access': [
    (c) => c.acl.enableApplicationAccessPolicy(ACCESS),
    (c) => c.acl.enableApplicationAccessPolicy(LEAST_ACCESS),
  ],
  'access/disable_application_access': [
    (c) => c.acl.disableApplicationAccessPolicy(ACCESS),
    (c) => c.acl.disableApplicationAccessPolicy(LEAST_ACCESS),
  ],
  'access/revoke_application_access': [
    (c) => c.acl.deleteApplicationAccessPolicy(ACCESS),
    (c) => c.acl.deleteApplicationAccessPolicy(LEAST_ACCESS),
  ],
  'access/allow_application_access': [
    (c) => c.acl.allowAccessApplication(ACCESS),
    (c) => c.acl.allowAccessApplication(LEAST_ACCESS),
  ],
  'access/deny_application_access': [
    (c) => c.acl.denyAccessApplication(ACCESS),
    (c) => c.acl.denyAccessApplication(LEAST_ACCESS),
  ],
  'access/set_default_application_access': [
    (c) => c.acl.updateDefaultApplicationAccessPolicy({ appId: APP, defaultStrategy: 'DENY_ALL' }),
  ],
  'access/list_assignment_conditions': [
    (c) => c.acl.getPoliciesAssignmentsCondition('default', 'readers', 'USER'),
  ],
  'custom_fields/list': [(c) => c.udf.list('USER')],
  'custom_fields/set': [(c) => c.udf.set('USER', 'grade', 'SELECT', 'Grade')],
  'custom_fields/remove': [(c) => c.udf.remove('USER', 'grade')],
  'custom_fields/values': [(c) => c.udf.listUdv('NODE', ORG)],
  'custom_fields/set_values': [
    (c) => c.udf.setUdvBatch('NODE', ORG, [{ key: 'city', value: 'Utrecht' }, { key: 'floor', value: 3 }]),
  ],
  'orgs/create': [(c) => c.org.create('Acme', 'All of it', 'acme'), (c) => c.org.create('Acme')],
  'orgs/create_for_tenant': [
    (c) => c.org.create('Acme', 'All of it', 'acme', ORG_TENANT),
    (c) => c.org.create('Acme', undefined, undefined, ORG_TENANT),
  ],
  'orgs/delete': [(c) => c.org.deleteById(ORG)],
  'orgs/list': [(c) => c.org.list(1, 10), (c) => c.org.list()],
  'orgs/count': [(c) => c.org.getAllOrgs()],
  'orgs/list_trees': [(c) => c.org.getAllOrgs(1, 10), (c) => c.org.getAllOrgs()],
  'orgs/detail': [(c) => c.org.findById(ORG)],
  'orgs/create_node': [
    (c) => c.org.addNode(ORG, ROOT, {
      name: 'Sales', code: 'sales', order: 10, nameI18n: '{"en-US":"Sales","ja-JP":"営業"}', description: 'Sells',
      descriptionI18n: '{"en-US":"Sells"}',
    }),
    (c) => c.org.addNode(ORG, ROOT, { name: 'Sales' }),
  ],
  'orgs/node_by_id': [(c) => c.org.getNodeById(NODE)],
  'orgs/node_by_code': [(c) => c.org.getNodeByCode(ORG, 'sales')],
  'orgs/update_node': [
    (c) => c.org.updateNode(NODE, { name: 'Sales', code: 'sales', description: 'Sells' }),
    (c) => c.org.updateNode(NODE, {}),
  ],
  'orgs/delete_node': [(c) => c.org.deleteNode(ORG, NODE)],
  'orgs/move_node': [(c) => c.org.moveNode(ORG, OTHER_NODE, NODE)],
  'orgs/is_root_node': [(c) => c.org.isRootNode(ORG, ROOT)],
  'orgs/list_children': [(c) => c.org.listChildren(ROOT)],
  'orgs/root_node': [(c) => c.org.rootNode(ORG)],
  'orgs/search_nodes': [(c) => c.org.searchNodes('Sal')],
  'orgs/import': [(c) => c.org.importByJson(TREE)],
  'orgs/export_all': [(c) => c.org.exportAll()],
  'orgs/export': [(c) => c.org.exportByOrgId(ORG)],
  'orgs/add_members': [(c) => c.org.addMembers(NODE, [USER])],
  'orgs/list_members': [
    (c) => c.org.listMembers(NODE, { page: 1, limit: 10, includeChildrenNodes: true }),
    (c) => c.org.listMembers(NODE),
  ],
  'orgs/remove_members': [(c) => c.org.removeMembers(NODE, [USER])],
  'orgs/move_members': [
    (c) => c.org.moveMembers({ userIds: [USER], targetNodeId: OTHER_NODE, sourceNodeId: NODE }),
  ],
  'orgs/set_main_department': [(c) => c.org.setMainDepartment(USER, NODE)],
  'orgs/clear_main_department': [(c) => c.org.setMainDepartment(USER, null)],
  'orgs/list_authorized_resources': [
    (c) => c.org.listAuthorizedResourcesByNodeId(NODE, 'default', { resourceType: 'DATA' }),
    (c) => c.org.listAuthorizedResourcesByNodeId(NODE),
  ],
  'orgs/list_authorized_resources_by_code': [
    (c) => c.org.listAuthorizedResourcesByNodeCode(ORG, 'sales', 'default', { resourceType: 'DATA' }),
    (c) => c.org.listAuthorizedResourcesByNodeCode(ORG, 'sales'),
  ],
  'orgs/start_sync': [(c) => c.org.startSync({ providerType: 'wechatwork' })],
  'orgs/start_active_directory_sync': [
    (c) => c.org.startSync({ providerType: 'ad', adConnectorId: '60c0b3fd2e7b9a1c4d8e5f02' }),
  ],
  'orgs/by_tenant': [(c) => c.org.getOrgByTenantId(ORG_TENANT)],
  'applications/list': [(c) => c.applications.list({ page: 1, limit: 10 }), (c) => c.applications.list()],
  'applications/create': [
    (c) => c.applications.create({
      name: 'Shop', identifier: 'shop', redirectUris: ['https://shop.example/callback'],
      logo: 'https://files.example/shop.png',
    }),
    (c) => c.applications.create({
      name: 'Shop', identifier: 'shop', redirectUris: ['https://shop.example/callback'],
    }),
  ],
  'applications/delete': [(c) => c.applications.delete(SHOP)],
  'applications/detail': [(c) => c.applications.findById(SHOP)],
  'applications/update': [(c) => c.applications.changeApplicationType(SHOP, 'REGULAR')],
  'applications/refresh_secret': [(c) => c.applications.refreshApplicationSecret(SHOP)],
  'applications/active_users': [
    (c) => c.applications.activeUsers(SHOP, 1, 10),
    (c) => c.applications.activeUsers(SHOP),
  ],
  'applications/tenants': [(c) => c.applications.applicationTenants(SHOP)],
  'applications/create_agreement': [
    (c) => c.applications.createAgreement(SHOP, { title: 'Terms of use', required: true, lang: 'en-US' }),
    (c) => c.applications.createAgreement(SHOP, { title: 'Terms of use' }),
  ],
  'applications/list_agreements': [(c) => c.applications.listAgreement(SHOP)],
  'applications/modify_agreement': [
    (c) => c.applications.modifyAgreement(SHOP, 17, { title: 'Terms', required: false, lang: 'en-US' }),
    (c) => c.applications.modifyAgreement(SHOP, 17, { title: 'Terms' }),
  ],
  'applications/delete_agreement': [(c) => c.applications.deleteAgreement(SHOP, 17)],
  'applications/sort_agreements': [(c) => c.applications.sortAgreement(SHOP, [17, 18])],
  'user_pool/detail': [(c) => c.userpool.detail()],
  'user_pool/update': [
    (c) => c.userpool.update({
      allowedOrigins: 'x', appSsoEnabled: true, description: 'x', domain: 'x', emailVerifiedDefault: true,
      loginRequireEmailVerified: true, logo: 'x', name: 'x', registerDisabled: true, sendWelcomeEmail: true,
      tokenExpiresAfter: 6, verifyCodeLength: 6, verifyCodeMaxAttempts: 6,
    }),
  ],
  'user_pool/list_env': [(c) => c.userpool.listEnv()],
  'user_pool/add_env': [(c) => c.userpool.addEnv('STAGE', 'test')],
  'user_pool/remove_env': [(c) => c.userpool.removeEnv('STAGE')],
  'allow_lists/list': [(c) => c.whitelist.list('EMAIL')],
  'allow_lists/add': [(c) => c.whitelist.add('EMAIL', ['bob@example.com'])],
  'allow_lists/remove': [(c) => c.whitelist.remove('EMAIL', ['bob@example.com'])],
  'allow_lists/enable': [(c) => c.whitelist.enable('EMAIL')],
  'allow_lists/disable': [(c) => c.whitelist.disable('EMAIL')],
  'statistics/list_audit_logs': [
    (c) => c.statistics.listAuditLogs({
      clientIp: '203.0.113.7', eventType: 'createUser', userId: USER, appId: APP, page: 1, limit: 10,
      start: 1630454400000, end: 1633046400000,
    }),
    (c) => c.statistics.listAuditLogs(),
  ],
  'principal_authentication/detail': [(c) => c.principal.detail(USER)],
  'principal_authentication/authenticate': [
    (c) => c.principal.authenticate(USER, {
      type: 'P', name: 'Bob Example', idCard: '110101199003070000', bankCard: '6222020200000000000',
    }),
  ],
  'authentication/send_email': [(c) => c.sendEmail('bob@example.com', 'VERIFY_EMAIL')],
  'authentication/check_password': [(c) => c.isPasswordValid('123456')],
  'mfa/bound_factors': [(c) => c.mfa.getStatus(USER)],
  'mfa/unbind': [(c) => c.mfa.unAssociateMfa(USER, 'OTP')],
  'mfa/import_totp': [
    (c) => c.mfa.importTotp(USER, 'HZ2F6J3AGNAVSOTV', '9a4c-2f01'),
    (c) => c.mfa.importTotp(USER, 'HZ2F6J3AGNAVSOTV'),
  ],
  'tenants/list': [(c) => c.tenant.list({ page: 1, limit: 10 }), (c) => c.tenant.list()],
  'tenants/detail': [(c) => c.tenant.details(TENANT)],
  'tenants/create': [
    (c) => c.tenant.create({ name: 'North', appIds: SHOP, logo: LOGO, description: 'The north' }),
    (c) => c.tenant.create({ name: 'North', appIds: SHOP }),
  ],
  'tenants/update': [
    (c) => c.tenant.update(TENANT, { name: 'North', appIds: SHOP, logo: LOGO, description: 'The north' }),
  ],
  'tenants/delete': [(c) => c.tenant.delete(TENANT)],
  'tenants/list_users': [
    (c) => c.tenant.members(TENANT, { page: 1, limit: 10 }),
    (c) => c.tenant.members(TENANT, {}),
  ],
  'tenants/add_users': [(c) => c.tenant.addMembers(TENANT, [USER])],
  'tenants/remove_user': [(c) => c.tenant.removeMembers(TENANT, USER)],
  'tenants/set_user_enabled': [(c) => c.tenant.updateTenantMember(TENANT, USER, false)],
  'tenants/set_admins': [(c) => c.tenant.setTanentAdmin(TENANT, { userIds: [USER] })],
  'tenants/remove_admin': [(c) => c.tenant.deleteTanentAdmin(TENANT, USER)],
  'identity_providers/list': [(c) => c.tenant.listExtIdp(TENANT)],
  'identity_providers/detail': [(c) => c.tenant.extIdpDetail(SOURCE)],
  'identity_providers/create': [
    (c) => c.tenant.createExtIdp({ tenantId: TENANT, name: 'Corporate', type: 'oidc', connections: [SIGN_IN] }),
    (c) => c.tenant.createExtIdp({ name: 'Corporate', type: 'oidc', connections: [SIGN_IN] }),
  ],
  'identity_providers/update': [(c) => c.tenant.updateExtIdp(SOURCE, { name: 'Corporate' })],
  'identity_providers/delete': [(c) => c.tenant.deleteExtIdp(SOURCE)],
  'identity_providers/create_connection': [
    (c) => c.tenant.createExtIdpConnection({
      extIdpId: SOURCE, ...SIGN_IN, userMatchFields: ['email'], logo: 'https://files.example/corp.png',
    }),
    (c) => c.tenant.createExtIdpConnection({ extIdpId: SOURCE, ...SIGN_IN }),
  ],
  'identity_providers/update_connection': [
    (c) => c.tenant.updateExtIdpConnection(CONNECTION, {
      displayName: 'Corporate sign-in', fields: { clientId: 'shop' }, userMatchFields: ['email'],
      logo: 'https://files.example/corp.png',
    }),
    (c) => c.tenant.updateExtIdpConnection(CONNECTION, {
      displayName: 'Corporate sign-in', fields: { clientId: 'shop' },
    }),
  ],
  'identity_providers/delete_connection': [(c) => c.tenant.deleteExtIdpConnection(CONNECTION)],
  'identity_providers/check_identifier': [(c) => c.tenant.checkExtIdpConnectionIdentifierUnique('corp')],
  'identity_providers/set_connection_enabled': [
    (c) => c.tenant.changeExtIdpConnectionState(CONNECTION, { appId: SHOP, tenantId: TENANT, enabled: true }),
    (c) => c.tenant.changeExtIdpConnectionState(CONNECTION, { enabled: true }),
  ],
  'identity_providers/set_connections_enabled': [
    (c) => c.tenant.batchChangeExtIdpConnectionState(SOURCE, { appId: SHOP, tenantId: TENANT, enabled: true }),
    (c) => c.tenant.batchChangeExtIdpConnectionState(SOURCE, { enabled: true }),
  ],
};

const mark = (operation, mode) =>
  fetch(`${host}/record`, { method: 'POST', body: JSON.stringify({ sdk: 'javascript', operation, mode }) });

// A token in the form that the SDK takes apart, so that it does not fetch one.
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const accessToken = `${part({ alg: 'none' })}.${part({ exp: 4102444800 })}.x`;
const client = new ManagementClient({ userPoolId: 'POOL', secret: 'SECRET', accessToken, host });
for (const [operation, [full, least]] of Object.entries(CALLS)) {
  for (const [mode, call] of [['full', full], ['least', least ?? full]]) {
    await mark(operation, mode);
    // What the SDK makes of the recorder's response is of no interest, what it sends is.
    await Promise.resolve(client).then(call).catch(() => {});
  }
}
