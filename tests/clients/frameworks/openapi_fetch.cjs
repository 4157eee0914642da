// Calls a generated server of the document of `fastify_app.cjs` with openapi-fetch.
const assert = require('node:assert')
const { default: createClient } = require('openapi-fetch')

async function main (baseUrl) {
  const client = createClient({ baseUrl })
  const call = async (method, path, status, init) => {
    const { data, error, response } = await client[method](path, init)
    assert.strictEqual(response.status, status, `${method} ${path}: ${JSON.stringify(error)}`)
    return data ?? error
  }
  const body = { title: 'Dune', price: null, kind: 'audio', tags: ['a'], sizes: { pages: 412 } }
  const made = await call('POST', '/books', 201, { body })
  assert.deepStrictEqual(made, { id: 1, ...body })
  const refused = await call('POST', '/books', 422, { body: { title: '' } })
  assert.ok(refused.statusCode === 422 && refused.message.includes('/body/title'), refused.message)
  const query = { kind: ['audio', 'paper'], limit: 5, exact: true }
  assert.deepStrictEqual(await call('GET', '/books', 200, { params: { query, header: { 'x-trace': 't 1' } } }), [made])
  const params = { path: { id: 1 } }
  assert.deepStrictEqual(await call('GET', '/books/{id}', 200, { params }), made)
  assert.strictEqual((await call('PATCH', '/books/{id}', 200, { params, body: { title: 'Sand' } })).title, 'Sand')
  assert.strictEqual(await call('GET', '/export', 200, { parseAs: 'text' }), '1')
  await call('DELETE', '/books/{id}', 204, { params })
  assert.strictEqual((await call('GET', '/books/{id}', 404, { params })).statusCode, 404)
  for (const pet of [{ kind: 'cat', lives: 9 }, { kind: 'dog', bark: 1.5 }]) {
    assert.deepStrictEqual(await call('POST', '/pets', 200, { body: pet }), pet)
  }
  await call('GET', '/plain', 200, { parseAs: 'text' })
  await call('GET', '/me', 401, {})
  const headers = { authorization: 'Bearer jane-token' }
  assert.deepStrictEqual(await call('GET', '/me', 200, { headers }), { name: null })
  // It takes the star of `/files/{*}` for a style, and cannot fill it in.
  console.log('openapi-fetch: all calls succeeded')
}

main(process.argv[2]).catch(error => { console.error(error); process.exit(1) })
