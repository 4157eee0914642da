// An application of Hono that a generated client calls: `app.cjs PORT` serves it, `app.cjs` prints its document.
const { OpenAPIHono, createRoute, z } = require('@hono/zod-openapi')
const { serve } = require('@hono/node-server')

const Book = z.object({
  id: z.number().int(),
  title: z.string().min(1).max(20),
  price: z.number().positive().nullable().optional(),
  kind: z.enum(['paper', 'audio']).default('paper'),
  released: z.string().date().optional(),
  at: z.string().datetime({ local: true }).optional(),
  meta: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  size: z.tuple([z.number().int(), z.number().int()]).optional()
}).openapi('Book')
const NewBook = Book.omit({ id: true }).openapi('NewBook')
const Pet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cat'), lives: z.number().int() }).openapi('Cat'),
  z.object({ kind: z.literal('dog'), bark: z.number() }).openapi('Dog')
]).openapi('Pet')
const Problem = z.object({ code: z.number().int(), message: z.string() }).openapi('Problem')
const Id = z.object({ id: z.coerce.number().int().min(1).openapi({ param: { name: 'id', in: 'path' } }) })
const json = schema => ({ content: { 'application/json': { schema } }, description: 'OK' })
const body = schema => ({ body: { required: true, content: { 'application/json': { schema } } } })
const books = new Map()

const app = new OpenAPIHono({
  defaultHook: (result, c) => result.success ? undefined : c.json({ code: 400, message: result.error.message }, 400)
})

app.openapi(createRoute({
  method: 'get', path: '/books', operationId: 'listBooks',
  request: {
    query: z.object({
      kind: z.union([z.string(), z.array(z.string())]).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20)
    }),
    headers: z.object({ 'x-trace': z.string().optional() }),
    cookies: z.object({ session: z.string().optional() })
  },
  responses: { 200: json(z.array(Book)), 400: json(Problem) }
}), c => {
  const { kind, limit } = c.req.valid('query')
  c.header('x-echo', JSON.stringify([kind ?? null, limit, c.req.valid('header')['x-trace'] ?? null, c.req.valid('cookie').session ?? null]))
  return c.json([...books.values()].slice(0, limit), 200)
})

app.openapi(createRoute({
  method: 'post', path: '/books', operationId: 'addBook', request: body(NewBook),
  responses: { 201: json(Book), 409: json(Problem) }
}), c => {
  const made = { id: books.size + 1, ...c.req.valid('json') }
  if ([...books.values()].some(book => book.title === made.title)) return c.json({ code: 7, message: 'twice' }, 409)
  books.set(made.id, made)
  return c.json(made, 201)
})

app.openapi(createRoute({
  method: 'get', path: '/books/{id}', operationId: 'getBook', request: { params: Id },
  responses: { 200: json(Book), 404: json(Problem) }
}), c => {
  const book = books.get(c.req.valid('param').id)
  return book ? c.json(book, 200) : c.json({ code: 404, message: 'none' }, 404)
})

app.openapi(createRoute({
  method: 'patch', path: '/books/{id}', operationId: 'changeBook',
  request: { params: Id, ...body(z.object({ price: z.number().nullish(), title: z.string().optional() }).strict()) },
  responses: { 200: json(z.record(z.string(), z.unknown())) }
}), c => c.json(c.req.valid('json'), 200))

app.openapi(createRoute({
  method: 'delete', path: '/books/{id}', operationId: 'removeBook', request: { params: Id },
  responses: { 204: { description: 'Gone' } }
}), c => {
  books.delete(c.req.valid('param').id)
  return c.body(null, 204)
})

app.openapi(createRoute({
  method: 'post', path: '/pets', operationId: 'addPet', request: body(Pet), responses: { 200: json(Pet) }
}), c => c.json(c.req.valid('json'), 200))

app.openapi(createRoute({
  method: 'post', path: '/uploads', operationId: 'upload',
  request: {
    body: {
      required: true,
      content: { 'multipart/form-data': { schema: z.object({ title: z.string(), file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }) }) } }
    }
  },
  responses: { 200: json(z.object({ title: z.string(), name: z.string(), size: z.number().int() })) }
}), async c => {
  const form = c.req.valid('form')
  return c.json({ title: form.title, name: form.file.name, size: form.file.size }, 200)
})

app.openapi(createRoute({
  method: 'get', path: '/text', operationId: 'text',
  responses: { 200: { description: 'OK', content: { 'text/plain': { schema: z.string() } } } }
}), c => c.text('plain'))

app.openapi(createRoute({
  method: 'get', path: '/moved', operationId: 'moved', responses: { 302: { description: 'Elsewhere' } }
}), c => c.redirect('/text'))

app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
app.openapi(createRoute({
  method: 'get', path: '/me', operationId: 'me', security: [{ bearer: [] }],
  responses: { 200: json(z.object({ name: z.string().nullable() })), 401: json(Problem) }
}), c => c.req.header('authorization') === 'Bearer jane-token'
  ? c.json({ name: null }, 200)
  : c.json({ code: 401, message: 'who are you?' }, 401))

if (process.argv.length === 2) {
  console.log(JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Books', version: '1.0.0' } }), null, 2))
} else {
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2]) })
}
