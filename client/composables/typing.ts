const lines = ['text', 'search', 'url', 'tel', 'email', 'number', 'password', 'date', 'time']

/** Whether somebody is in the middle of something that must not be taken from them: a sheet is open, or the field they are in holds text. */
export function isTyping(page: Document): boolean {
  if (page.querySelector('dialog[open]'))
    return true
  const field = page.activeElement
  const isLine = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && lines.includes(field.type))
  return isLine && !field.readOnly && field.value !== ''
}
