/** The person's own locale: numbers and dates follow it, whatever language the words are in. */
export const locale = (): string => globalThis.navigator?.languages?.[0] ?? 'en'

export const numberFormat = remembered((tag, shape: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, shape))
export const dateFormat = remembered((tag, shape: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, shape))

/** Building a formatter costs a hundred times what using it does. */
function remembered<Shape, Format>(build: (tag: string, shape: Shape) => Format): (shape: Shape) => Format {
  const known = new Map<string, Format>()
  return (shape) => {
    const key = `${locale()} ${JSON.stringify(shape)}`
    const format = known.get(key) ?? build(locale(), shape)
    known.set(key, format)
    return format
  }
}
