// An application of Fastify that a generated client calls: `app.cjs PORT` serves it, `app.cjs` prints its document.
const fastify = require('fastify')({ ajv: { customOptions: { coerceTypes: 'array', keywords: ['discriminator'] } } })

const book = {
  $id: 'Book', type: 'object', required: ['id', 'title'],
  properties: {
    id: { type: 'integer' },
    title: { type: 'string', minLength: 1, maxLength: 20 },
    price: { type: 'number', nullable: true },
    kind: { type: 'string', enum: ['paper', 'audio'] },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    sizes: { type: 'object', additionalProperties: { type: 'integer' } }
  }
}
const { id, ...rest } = book.properties
const cat = { type: 'object', required: ['kind', 'lives'], properties: { kind: { const: 'cat' }, lives: { type: 'integer' } } }
const dog = { type: 'object', required: ['kind', 'bark'], properties: { kind: { const: 'dog' }, bark: { type: 'number' } } }
const problem = {
  type: 'object', required: ['statusCode', 'message'],
  properties: { statusCode: { type: 'integer' }, code: { type: 'string' }, error: { type: 'string' }, message: { type: 'string' } }
}
const byId = { type: 'object', required: ['id'], properties: { id: { type: 'integer', minimum: 1 } } }
const books = new Map()

async function routes (app) {
  app.addSchema(book)
  app.get('/books', {
    schema: {
      operationId: 'listBooks',
      querystring: {
        type: 'object',
        properties: {
          kind: { type: 'array', items: { type: 'string', enum: ['paper', 'audio'] } },
          limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          exact: { type: 'boolean' }
        }
      },
      headers: { type: 'object', properties: { 'x-trace': { type: 'string' } } },
      response: {
        200: {
          description: 'The books', type: 'array', items: { $ref: 'Book#' },
          headers: { 'x-total': { type: 'integer', description: 'How many there are' } }
        },
        '4xx': problem
      }
    }
  }, async (request, reply) => {
    const { kind, limit, exact } = request.query
    reply.header('x-total', books.size).header('x-echo', JSON.stringify([kind ?? null, limit, exact ?? null, request.headers['x-trace'] ?? null]))
    return [...books.values()].filter(book => !kind || kind.includes(book.kind)).slice(0, limit)
  })

  app.post('/books', {
    schema: {
      operationId: 'addBook',
      body: { type: 'object', required: ['title'], additionalProperties: false, properties: rest },
      response: { 201: { $ref: 'Book#' }, '4xx': problem }
    }
  }, async (request, reply) => {
    const made = { id: books.size + 1, ...request.body }
    books.set(made.id, made)
    return reply.code(201).send(made)
  })

  app.get('/books/:id', {
    schema: { operationId: 'getBook', params: byId, response: { 200: { $ref: 'Book#' }, 404: problem } }
  }, async (request, reply) => books.get(request.params.id) ??
    reply.code(404).send({ statusCode: 404, message: 'there is no such book' }))

  app.patch('/books/:id', {
    schema: {
      operationId: 'changeBook', params: byId,
      body: { type: 'object', properties: rest }, response: { 200: { $ref: 'Book#' } }
    }
  }, async request => {
    const changed = { ...books.get(request.params.id), ...request.body }
    books.set(changed.id, changed)
    return changed
  })

  app.delete('/books/:id', {
    schema: { operationId: 'removeBook', params: byId, response: { 204: { type: 'null', description: 'Gone' } } }
  }, async (request, reply) => {
    books.delete(request.params.id)
    return reply.code(204).send()
  })

  app.post('/pets', {
    schema: {
      operationId: 'addPet',
      body: { oneOf: [cat, dog] },
      response: { 200: { oneOf: [cat, dog] } }
    }
  }, async request => request.body)

  app.get('/export', {
    schema: {
      operationId: 'exportBooks', produces: ['text/csv'],
      response: { 200: { content: { 'text/csv': { schema: { type: 'string' } } } } }
    }
  }, async (request, reply) => reply.type('text/csv').send([...books.keys()].join('\n')))

  // No schema of a response, as most routes of Fastify.
  app.get('/plain', { schema: { operationId: 'plain' } }, async () => ({ free: 3 }))

  app.get('/me', {
    schema: {
      operationId: 'me', security: [{ bearer: [] }],
      response: { 200: { type: 'object', properties: { name: { type: ['string', 'null'] } } }, 401: problem }
    }
  }, async (request, reply) => request.headers.authorization === 'Bearer jane-token'
    ? { name: null }
    : reply.code(401).send({ statusCode: 401, message: 'who are you?' }))

  app.get('/files/*', {
    schema: { operationId: 'getFile', params: { type: 'object', properties: { '*': { type: 'string' } } }, response: { 200: { type: 'string' } } }
  }, async request => request.params['*'])
}

async function main () {
  await fastify.register(require('@fastify/swagger'), {
    openapi: {
      openapi: '3.1.0', info: { title: 'Books', version: '1.0.0' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } }
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => json.$id || `def-${index}` }
  })
  await fastify.register(routes)
  await fastify.ready()
  if (process.argv.length === 2) {
    console.log(JSON.stringify(fastify.swagger(), null, 2))
  } else {
    await fastify.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })
  }
}

main()
