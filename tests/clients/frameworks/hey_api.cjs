// Calls a generated server with the client that hey-api makes from the document of `hono_app.cjs`: `hey_api.cjs URL FOLDER`.
const assert = require('node:assert')
const fs = require('node:fs')
const path = require('node:path')
const typescript = require('typescript')

// The client is TypeScript; types are left out, not checked.
const [baseUrl, folder] = process.argv.slice(2)
const options = { module: typescript.ModuleKind.CommonJS, target: typescript.ScriptTarget.ES2022, esModuleInterop: true }
for (const name of fs.readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.ts'))) {
  const file = path.join(folder, name)
  const { outputText } = typescript.transpileModule(fs.readFileSync(file, 'utf8'), { compilerOptions: options })
  fs.writeFileSync(file.replace(/\.ts$/, '.js'), outputText)
}

async function main () {
  const sdk = require(path.resolve(folder, 'sdk.gen.js'))
  const { client } = require(path.resolve(folder, 'client.gen.js'))
  client.setConfig({ baseUrl })
  const call = async (name, status, init) => {
    const { data, error, response } = await sdk[name](init)
    assert.strictEqual(response.status, status, `${name}: ${JSON.stringify(error)}`)
    return data ?? error
  }
  const body = { title: 'Dune', price: 9.5, kind: 'audio', released: '2024-02-29', at: '2024-01-02T03:04:05', meta: { pages: 412, by: 'Herbert' }, size: [3, 4] }
  const made = await call('addBook', 201, { body })
  assert.deepStrictEqual(made, { id: 1, ...body })
  assert.strictEqual((await call('addBook', 409, { body })).code, 7)
  const query = { kind: ['audio', 'paper'], limit: 5 }
  assert.deepStrictEqual(await call('listBooks', 200, { query, headers: { 'x-trace': 't 1' } }), [made])
  assert.deepStrictEqual(await call('getBook', 200, { path: { id: 1 } }), made)
  assert.deepStrictEqual(await call('changeBook', 200, { path: { id: 1 }, body: { price: null } }), { price: null })
  await call('removeBook', 204, { path: { id: 1 } })
  // The document describes 400, and its body.
  const refused = await call('listBooks', 400, { query: { limit: 1000 } })
  assert.ok(refused.message.includes('/query/limit'), refused.message)
  assert.strictEqual((await call('getBook', 404, { path: { id: 1 } })).code, 404)
  for (const pet of [{ kind: 'cat', lives: 9 }, { kind: 'dog', bark: 1.5 }]) {
    assert.deepStrictEqual(await call('addPet', 200, { body: pet }), pet)
  }
  const file = new File(['four'], 'a.txt')
  assert.deepStrictEqual(await call('upload', 200, { body: { title: 'T', file } }), { title: 'T', name: 'a.txt', size: 4 })
  assert.strictEqual(await call('text', 200, {}), 'plain')
  await call('moved', 302, { redirect: 'manual' })
  await call('me', 401, {})
  assert.deepStrictEqual(await call('me', 200, { headers: { authorization: 'Bearer jane-token' } }), { name: null })
  console.log('hey-api: all calls succeeded')
}

main().catch(error => { console.error(error); process.exit(1) })
