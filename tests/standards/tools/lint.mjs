import process from 'node:process'
import { text } from 'node:stream/consumers'
import { createConfig, lintFromString } from '@redocly/openapi-core'

/** Reads an OpenAPI document and says what the linter's strictest set of recommended rules finds, as JSON. */
async function lint() {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const found = await lintFromString({ source: await text(process.stdin), absoluteRef: 'openapi.json', config })
  process.stdout.write(JSON.stringify(found.map(({ ruleId, severity, message, location: [at] }) => ({ ruleId, severity, message, at: at?.pointer }))))
}

void lint()
