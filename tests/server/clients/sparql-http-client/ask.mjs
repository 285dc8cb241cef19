// sparql-http-client asks a service: node ask.mjs QUERY_ENDPOINT UPDATE_ENDPOINT TOKEN; prints what it got as JSON.
import ParsingClient from 'sparql-http-client/ParsingClient.js'

const [endpointUrl, updateUrl, token] = process.argv.slice(2)
const reader = new ParsingClient({ endpointUrl })
const writer = new ParsingClient({ endpointUrl, updateUrl, headers: { Authorization: `Bearer ${token}` } })

await writer.query.update("INSERT DATA { <urn:client:sparql-http-client> <urn:b> 'x' }")
const rows = await reader.query.select('SELECT ?o { <urn:client:sparql-http-client> <urn:b> ?o }')
const there = await reader.query.ask("ASK { <urn:client:sparql-http-client> <urn:b> 'x' }", { operation: 'postDirect' })
const quads = [...await reader.query.construct('CONSTRUCT WHERE { <urn:client:sparql-http-client> ?p ?o }')]
console.log(JSON.stringify({
  rows: rows.map(row => row.o.value),
  there,
  triples: quads.map(quad => [quad.subject.value, quad.predicate.value, quad.object.value])
}))
