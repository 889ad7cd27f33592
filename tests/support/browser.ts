/** What a browser does with cookies and headers, over one base address. */
export interface Browser {
  cookies: Map<string, string>
  /** Headers sent with every request, such as `x-org`. */
  headers: Record<string, string>
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  get: (path: string) => Promise<Answer>
  post: (path: string, body?: unknown) => Promise<Answer>
  put: (path: string, body?: unknown) => Promise<Answer>
  delete: (path: string, body?: unknown) => Promise<Answer>
}

export interface Answer { status: number, body: Record<string, unknown>, headers: Headers }

export function aBrowser(url: string): Browser {
  const cookies = new Map<string, string>()
  const headers: Record<string, string> = {}
  const fetchHere = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = { ...headers, ...(cookie ? { cookie } : {}), ...init.headers as Record<string, string> }
    const response = await fetch(url + path, { ...init, headers: sent, redirect: 'manual' })
    response.headers.getSetCookie().forEach(line => keep(cookies, line))
    return response
  }
  const call = (method: string) => async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    return answerOf(await fetchHere(path, { method, ...init }))
  }
  return { cookies, headers, fetch: fetchHere, get: call('GET'), post: call('POST'), put: call('PUT'), delete: call('DELETE') }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>, headers: response.headers }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';')
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  if (value === '' || attributes.some(attribute => /^\s*max-age=0\s*$/i.test(attribute)))
    cookies.delete(name)
  else
    cookies.set(name, value)
}
