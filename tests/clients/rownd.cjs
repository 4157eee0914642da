// Runs @rownd/node against the sandbox: starts up, and writes, reads and deletes a user.

const assert = require('node:assert');
const { createInstance } = require('@rownd/node');

async function main() {
  const api_url = process.argv[2];
  const rownd = createInstance({ api_url, app_key: 'key_sandbox', app_secret: 'ras_sandbox' });
  const made = await rownd.createOrUpdateUser({ id: '__UUID__', data: { email: 'ann@foo.com', first_name: 'Ann' } });
  const id = made.data.user_id;
  assert.match(id, /^[0-9a-f]{8}-/);
  assert.strictEqual(made.data.first_name, 'Ann');
  await rownd.createOrUpdateUser({ id, data: { first_name: 'Anna', email: 'ann@foo.com' } });
  const read = await rownd.fetchUserInfo({ user_id: id, app_id: 'app_sandbox' });
  assert.strictEqual((read.data ?? read).first_name, 'Anna');
  await rownd.deleteUser(id);
  // The first instance caches users.
  const fresh = createInstance({ api_url, app_key: 'key_sandbox', app_secret: 'ras_sandbox' });
  await assert.rejects(fresh.fetchUserInfo({ user_id: id, app_id: 'app_sandbox' }));
  const stranger = createInstance({ api_url, app_key: 'key_sandbox', app_secret: 'wrong' });
  await assert.rejects(stranger.createOrUpdateUser({ id: '__UUID__', data: {} }));
  // The library verifies a token by the key that the sandbox publishes.
  const made_token = await fetch(`${api_url}/_sandbox/rownd/token/app_sandbox/user_gary`, { method: 'POST' });
  const { access_token } = await made_token.json();
  const { user_id } = await rownd.validateToken(access_token);
  assert.strictEqual(user_id, 'user_gary');
  await assert.rejects(rownd.validateToken(access_token.slice(0, -4) + 'AAAA'));
  console.log('@rownd/node: started up, wrote, read and deleted a user, verified a token');
}

// The library keeps timers running.
main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
