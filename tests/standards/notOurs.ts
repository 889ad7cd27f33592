/** Checks of the conformance suite that ask for what this server never says it has. `says` is what they must be failing with. */
interface NotOurs { why: string, says: RegExp, checks: readonly string[] }

/** They call a tool of the suite's own example server by name, and judge what it answers. */
const exampleTools: NotOurs = {
  why: 'a tool of the suite\'s own example server',
  says: /tool '?\w+'? not found|does not list the diagnostic tool|InputRequiredResult/i,
  checks: [
    'elicitation-sep1034-general',
    'elicitation-sep1330-general',
    'json-schema-2020-12-tool-found',
    'sep-2322-elicitation-incomplete',
    'sep-2322-list-roots-incomplete',
    'sep-2322-multi-round-r1',
    'sep-2322-multiple-inputs-incomplete',
    'sep-2322-reject-tampered-state',
    'sep-2322-request-state-incomplete',
    'sep-2322-respect-client-capabilities',
    'sep-2322-result-type-included',
    'sep-2322-sampling-incomplete',
    'sep-2575-http-server-no-independent-requests-on-stream',
    'sep-2575-missing-capability-http-400',
    'sep-2575-server-no-log-without-loglevel',
    'sep-2575-server-rejects-undeclared-capability',
    'tools-call-audio',
    'tools-call-elicitation',
    'tools-call-embedded-resource',
    'tools-call-error',
    'tools-call-image',
    'tools-call-mixed-content',
    'tools-call-sampling',
    'tools-call-simple-text',
    'tools-call-with-progress',
  ],
}

/** An agent has tools here, and nothing else. */
const otherFeatures: NotOurs = {
  why: 'prompts, resources, completions and logging, which are not declared',
  says: /Method not found/,
  checks: [
    'completion-complete',
    'logging-set-level',
    'prompts-get-embedded-resource',
    'prompts-get-simple',
    'prompts-get-with-args',
    'prompts-get-with-image',
    'prompts-list',
    'resources-list',
    'resources-read-binary',
    'resources-read-text',
    'resources-subscribe',
    'resources-templates-read',
    'resources-unsubscribe',
    'sep-2322-non-tool-incomplete',
    'sep-2549-prompts-list-caching-hints',
    'sep-2549-resources-list-caching-hints',
    'sep-2549-resources-templates-list-caching-hints',
    'tools-call-with-logging',
  ],
}

const headersOfArguments: NotOurs = {
  why: 'arguments mirrored in headers, which no tool asks for',
  says: /exposes no tool with x-mcp-header/,
  checks: [
    'sep-2243-server-decode-base64',
    'sep-2243-server-no-xmcp-tool',
    'sep-2243-server-reject-invalid-param-chars',
    'sep-2243-server-reject-param-mismatch',
    'sep-2243-server-validate-param-match',
  ],
}

export const notOurs: readonly NotOurs[] = [exampleTools, otherFeatures, headersOfArguments]

/** What the suite recommends to servers that keep sessions and streams, have resources, or ask the client something. */
export const onlyRecommended: readonly string[] = [
  'sep-2164-data-uri',
  'sep-2164-error-code',
  'sep-2322-ignore-unexpected-params',
  'sep-2322-missing-response-rerequests',
  'server-sse-multiple-streams-session',
  'server-sse-polling-session',
  'server-sse-priming-event',
  'server-sse-retry-field',
]
