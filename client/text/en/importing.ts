/** Import: what is recognised, what it would do, what it cannot place and why. */
export const importing = {
  'import.title': 'Import',
}
