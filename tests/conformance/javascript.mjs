// Drives the served pool through the official JavaScript SDK: a second client that nobody here wrote.
//
//     node tests/conformance/javascript.mjs
//
// Makes a throw-away directory, installs the package into it, builds the example `emulator`, serves a pool, calls the SDK's
// users, roles, groups, custom data, policies, access, organisations, applications and pool clients, and prints what came
// of each. Exit status: 0 when every call did what it should, 1 when one did not.
//
// The SDK's own tests need a live service and real accounts, so the checks are ours; what is theirs is every byte that the
// SDK sends and everything that it makes of the answers. Nothing of the package is copied into this project.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { deepStrictEqual as same, ok } from 'node:assert/strict';

const PACKAGE = 'authing-js-sdk@4.23.55';
const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SEED = {
  version: 1,
  customFields: [
    { targetType: 'USER', key: 'age', dataType: 'NUMBER' },
    { targetType: 'USER', key: 'school', dataType: 'STRING' },
    { targetType: 'USER', key: 'when', dataType: 'DATETIME' },
  ],
};

const directory = mkdtempSync(join(tmpdir(), 'authing-javascript-'));
let server;
let failed = 0;
let passed = 0;

const word = () => Math.random().toString(36).slice(2, 12);

async function check(name, call) {
  try {
    await call();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${error.message ?? JSON.stringify(error)}`);
  }
}

async function refused(code, call) {
  let error;
  try {
    await call();
  } catch (thrown) {
    error = thrown;
  }
  ok(error, 'was not refused');
  same(error.code, code);
}

async function serve() {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', PACKAGE], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('cargo', ['build', '--quiet', '--example', 'emulator'], { cwd: PROJECT, stdio: 'inherit' });
  const seed = join(directory, 'seed.json');
  writeFileSync(seed, JSON.stringify(SEED));
  const target = process.env.CARGO_TARGET_DIR ?? join(PROJECT, 'target');
  server = spawn(join(target, 'debug', 'examples', 'emulator'), ['--addr', '127.0.0.1:0', '--seed', seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const settings = {};
  for await (const line of createInterface({ input: server.stdout })) {
    const [name, value] = line.split('=');
    settings[name] = value;
    if (settings.AUTHING_USERPOOL_SECRET) break;
  }
  return settings;
}

async function users(client) {
  const { users } = client;
  const username = word();
  let user;
  await check('create', async () => {
    const email = `${word()}@Example.COM`;
    const signedUp = '2020-10-15T17:55:37+08:00';
    user = await users.create({
      username, email, signedUp, password: '123456', phone: '18812345678', externalId: word(), unionid: word(),
    });
    same(user.email, email.toLowerCase());
    same(new Date(user.signedUp).getTime(), new Date(signedUp).getTime());
  });
  await check('create keeps a password', () =>
    users.create({ username: word(), password: '123456' }, { keepPassword: true }));
  await check('create with an identity', () =>
    users.create({ username: word() }, { identity: { provider: 'p', userIdInIdp: word() } }));
  await check('create without a name', () => refused(2231, () => users.create({ password: '123456' })));
  await check('create twice', () => refused(2026, () => users.create({ username })));
  await check('create with a date that is none', () =>
    refused(2231, () => users.create({ username: word(), lastLogin: Date.now().toString() })));
  await check('update', async () => {
    const updated = await users.update(user.id, { nickname: 'N', email: `New${word()}@x.com`, phone: '18800000000' });
    same(updated.nickname, 'N');
  });
  await check('detail', async () => same((await users.detail(user.id)).id, user.id));
  await check('detail of nobody', async () => same(await users.detail('xxx'), null));
  await check('list', async () => {
    const page = await users.list(1, 10);
    same(page.totalCount, page.list.length);
    ok(page.list.every(({ identities }) => Array.isArray(identities)));
  });
  await check('batch', async () => same((await users.batch([user.id])).length, 1));
  await check('exists', async () => same(await users.exists({ username }), true));
  await check('find', async () => same((await users.find({ externalId: user.externalId })).id, user.id));
  await check('search', async () => same((await users.search(username, { fields: ['username'] })).totalCount, 1));
  await check('custom data', async () => {
    const when = new Date();
    await users.setUdfValue(user.id, { age: 7, school: 'T', when });
    const { age, school } = (await users.detail(user.id, { withCustomData: true })).customData;
    same({ age, school }, { age: 7, school: 'T' });
    same((await users.getUdfValue(user.id)).when.getTime(), when.getTime());
    await users.setUdfValueBatch([{ userId: user.id, data: { age: 9 } }]);
    same((await users.getUdfValueBatch([user.id]))[user.id].age, 9);
    const [found] = await users.batch([username], { queryField: 'username', withCustomData: true });
    same(found.customData.age, 9);
    const filter = [[{ type: 'userDefinedFields', value: 'school' }, 'EQ', 'T']];
    same((await users.filter({ page: 1, limit: 10, filter })).totalCount, 1);
    await users.removeUdfValue(user.id, 'age');
    same((await users.getUdfValue(user.id)).age, undefined);
  });
  await check('tokens', async () => {
    const { token } = await users.refreshToken(user.id);
    ok(await client.checkLoginStatus(token));
    same((await users.checkLoginStatus(user.id)).isLogin, true);
    await users.kick([user.id]);
    same((await users.checkLoginStatus(user.id)).isLogin, false);
    await users.logout({ userId: user.id });
  });
  await check('groups', async () => {
    const code = word();
    await client.groups.create(code, 'G');
    await users.addGroup(user.id, code);
    same((await users.listGroups(user.id)).totalCount, 1);
    same((await client.groups.listUsers(code)).totalCount, 1);
    await users.removeGroup(user.id, code);
    same((await users.listGroups(user.id)).totalCount, 0);
  });
  await check('roles', async () => {
    const code = word();
    await client.roles.create(code, 'R');
    await users.addRoles(user.id, [code]);
    same((await users.listRoles(user.id)).totalCount, 1);
    same(await users.hasRole(user.id, code), true);
    same((await client.roles.listUsers(code)).totalCount, 1);
    same((await client.roles.findUsers(code, { search: username })).totalCount, 1);
    await users.removeRoles(user.id, [code]);
    same(await users.hasRole(user.id, code), false);
  });
  await check('identities', async () => {
    const identity = { userId: user.id, identifier: 'github', isSocial: true };
    same((await users.linkIdentity({ ...identity, userIdInIdp: '7' })).code, 200);
    same((await users.unlinkIdentity(identity)).code, 200);
  });
  await check('where a user belongs', async () => {
    await users.listOrgs(user.id);
    await users.listDepartment(user.id);
    await users.listAuthorizedResources(user.id, 'default');
    await users.getUserTenants(user.id);
    await users.listUserActions({ page: 1, limit: 10 });
  });
  await check('resign', async () => {
    await users.resignUser(user.id);
    await users.resignUserBatch([user.id]);
    same((await users.detail(user.id)).status, 'Resigned');
  });
  await check('delete', async () => {
    same((await users.delete(user.id)).code, 200);
    same(await users.detail(user.id), null);
    const other = await users.create({ username: word() });
    same((await users.deleteMany([other.id])).code, 200);
    ok((await users.listArchivedUsers(1, 10)).totalCount >= 2);
  });
}

async function others(client) {
  await check('custom fields', async () => {
    const key = `k${word()}`;
    await client.udf.set('USER', key, 'STRING', 'L');
    ok((await client.udf.list('USER')).some((field) => field.key === key));
    await client.udf.remove('USER', key);
  });
  await check('policies', async () => {
    const [code, role] = [word(), word()];
    const statements = [{ resource: 'book:1', actions: ['book:read'], effect: 'ALLOW' }];
    await client.roles.create(role);
    await client.policies.create({ code, statements });
    await client.policies.addAssignments([code], 'ROLE', [role]);
    same((await client.policies.listAssignments({ code })).totalCount, 1);
  });
  await check('access', async () => {
    const user = await client.users.create({ username: word() });
    const allowed = () => client.acl.isAllowed(user.id, 'books:1', 'books:read', { namespace: 'default' });
    same(await allowed(), false);
    await client.acl.allow(user.id, 'books:1', 'books:read', 'default');
    same(await allowed(), true);
  });
  await check('organisations', async () => {
    const org = await client.org.create('O', 'd', word());
    const root = await client.org.rootNode(org.id);
    const node = await client.org.addNode(org.id, root.id, { name: 'N', code: word() });
    same((await client.org.listChildren(root.id)).map(({ id }) => id), [node.id]);
  });
  await check('applications', async () => {
    const settings = { name: 'A', identifier: word(), redirectUris: ['http://localhost'] };
    const application = await client.applications.create(settings);
    same((await client.applications.findById(application.id)).name, 'A');
  });
  await check('the pool itself', async () => {
    await client.userpool.update({ whitelist: { emailEnabled: true } });
    await client.userpool.detail();
    await client.userpool.addEnv('k', 'v');
    same((await client.userpool.listEnv()).length, 1);
    await client.userpool.removeEnv('k');
    await client.whitelist.add('EMAIL', ['a@b.c']);
    same((await client.whitelist.list('EMAIL')).length, 1);
    await client.isPasswordValid('123456');
  });
}

try {
  const settings = await serve();
  const { ManagementClient } = createRequire(join(directory, 'index.js'))('authing-js-sdk');
  const client = new ManagementClient({
    userPoolId: settings.AUTHING_USERPOOL_ID,
    secret: settings.AUTHING_USERPOOL_SECRET,
    host: settings.AUTHING_HOST,
  });
  await users(client);
  await others(client);
  console.log(`${PACKAGE}: ${passed} ok, ${failed} failed`);
} finally {
  server?.kill();
  rmSync(directory, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
