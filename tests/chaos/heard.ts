/** Tells when a pull was answered in full, as the phone hears it. */
export function heard(send: typeof fetch, tell: (answer: { reset?: boolean, epoch: string }, asked: { epoch: string }) => void): typeof fetch {
  return async (input, init) => {
    const answer = await send(input, init)
    if (!String(input).endsWith('/pull') || !answer.ok)
      return answer
    const text = await answer.text()
    if (text.endsWith('}') && (text.includes('"pages"') || text.includes('"reset"')))
      tell(JSON.parse(text) as { reset?: boolean, epoch: string }, JSON.parse(String(init?.body)) as { epoch: string })
    return new Response(text, answer)
  }
}
