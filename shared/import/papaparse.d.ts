/** The part of Papa Parse used here; the published types bring Node's globals into this folder. */
declare module 'papaparse/papaparse.js' {
  interface ParseProblem { type: string, code: string, message: string, row?: number }
  interface ParseSettings {
    delimitersToGuess?: string[]
    preview?: number
  }
  const Papa: { parse: (text: string, settings?: ParseSettings) => { data: string[][], errors: ParseProblem[] } }
  export = Papa
}
