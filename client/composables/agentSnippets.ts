export const ways = ['curl', 'mcp', 'editor'] as const
export type Way = typeof ways[number]

/** What stands where the key goes. */
export const keyMark = 'otp_…'

/** Where the agent calls, with which key, and what it would report. */
export interface Call { origin: string, key: string, kpi: string, period: string }

/** Text to copy into an agent's surroundings; none of it is translated. */
export function snippetFor(way: Way, { origin, key, kpi, period }: Call): string {
  const headers = { Authorization: `Bearer ${key}` }
  switch (way) {
    case 'curl': return [
      `curl ${origin}/api/v1/seat \\`,
      `  -H "Authorization: Bearer ${key}"`,
      '',
      `curl -X PUT ${origin}/api/v1/kpis/${kpi}/scores/${period} \\`,
      `  -H "Authorization: Bearer ${key}" \\`,
      '  -H "Content-Type: application/json" \\',
      '  -d \'{"value": 12, "evidence": "where it comes from"}\'',
    ].join('\n')
    case 'mcp': return JSON.stringify({ mcpServers: { otp: { type: 'http', url: `${origin}/mcp`, headers } } }, null, 2)
    case 'editor': return JSON.stringify({ servers: { otp: { type: 'http', url: `${origin}/mcp`, headers } } }, null, 2)
  }
}
