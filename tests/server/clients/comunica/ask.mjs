// Comunica asks a service: node ask.mjs QUERY_ENDPOINT UPDATE_ENDPOINT TOKEN; prints what it got as JSON.
import { QueryEngine } from '@comunica/query-sparql'

const [endpoint, updates, token] = process.argv.slice(2)
const engine = new QueryEngine()
const asking = { sources: [{ type: 'sparql', value: endpoint }] }
const authorized = (address, options = {}) => {
  const headers = new Headers(options.headers)
  headers.set('Authorization', `Bearer ${token}`)
  return fetch(address, { ...options, headers })
}

await engine.queryVoid("INSERT DATA { <urn:client:comunica> <urn:b> 'x' }", {
  sources: [],
  destination: { type: 'sparql', value: updates },
  fetch: authorized
})
const rows = await (await engine.queryBindings('SELECT ?o { <urn:client:comunica> <urn:b> ?o }', asking)).toArray()
const there = await engine.queryBoolean("ASK { <urn:client:comunica> <urn:b> 'x' }", asking)
const quads = await (await engine.queryQuads('CONSTRUCT WHERE { <urn:client:comunica> ?p ?o }', asking)).toArray()
console.log(JSON.stringify({
  rows: rows.map(row => row.get('o').value),
  there,
  triples: quads.map(quad => [quad.subject.value, quad.predicate.value, quad.object.value])
}))
