import antfu from '@antfu/eslint-config'

/** Import walls: who may import whom, for types as for values. */
function wall(files, group, message) {
  return {
    files,
    rules: { 'no-restricted-imports': ['error', { patterns: group.map(pattern => ({ ...pattern, message: pattern.message ?? message })) }] },
  }
}

const noDefault = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const noClock = [
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'shared/ reads no clock: take now as an argument.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'shared/ reads no clock: take now as an argument.' },
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'shared/ has no chance: take it as an argument.' },
]
const noModuleLet = { selector: 'Program > VariableDeclaration[kind="let"]', message: 'No state at module level.' }

const outside = [
  { regex: '^(\\.\\./)+(server|client|tests)(/|$)' },
  { regex: '^(node:|express|vue|pinia|rxdb|rxjs)' },
]
const rxdb = { regex: '^(rxdb|rxjs)(/|$)', message: 'Only client/db knows RxDB.' }
const toServer = { regex: '(^|/)(server|tests)(/|$)', message: 'The client imports from #shared and itself only.' }

export default antfu(
  {
    vue: true,
    typescript: true,
    formatters: false,
    markdown: false,
    yaml: false,
    ignores: ['dist', 'data', 'node_modules', '**/*.md'],
  },
  {
    rules: {
      'antfu/reasonable-newline': 'off',
      'antfu/if-newline': 'error',
      'curly': ['error', 'multi-or-nest', 'consistent'],
      'no-restricted-syntax': ['error', noModuleLet],
      'node/prefer-global/process': 'off',
      'node/prefer-global/buffer': 'off',
      'ts/no-explicit-any': 'error',
      'ts/ban-ts-comment': ['error', { 'ts-expect-error': false, 'ts-ignore': true, 'ts-nocheck': true }],
      'vue/no-v-html': 'error',
      'no-console': 'error',
    },
  },
  wall(['shared/**/*.ts'], outside, 'shared/ is pure and stands alone.'),
  wall(['server/**/*.ts'], [{ regex: '(^|/)client(/|$)', message: 'The server knows no client.' }]),
  wall(['server/http/**/*.ts', 'server/domain/**/*.ts', 'server/agents/**/*.ts'], [
    { regex: '(^|/)client(/|$)', message: 'The server knows no client.' },
    { regex: '^(kysely|pg|better-sqlite3)$', message: 'No route knows SQL: go through the store port.' },
  ]),
  wall(['server/domain/**/*.ts'], [
    { regex: '(^|/)client(/|$)', message: 'The server knows no client.' },
    { regex: '^(kysely|pg|better-sqlite3|express)$', message: 'Domain knows neither SQL nor HTTP.' },
    { regex: '(^|/)http(/|$)', message: 'http → domain → store, never back.' },
  ]),
  wall(['client/**/*.{ts,vue}'], [toServer, rxdb]),
  wall(['client/db/**/*.ts'], [toServer, { regex: '(^|/)(pages|components|composables|stores)(/|$)', message: 'db knows nothing above it.' }]),
  wall(['client/composables/**/*.ts'], [toServer, rxdb, { regex: '(^|/)(pages|components)(/|$)', message: 'pages → components → composables → db.' }]),
  wall(['client/components/**/*.{ts,vue}'], [toServer, rxdb, { regex: '(^|/)(pages|db)(/|$)', message: 'pages → components → composables → db.' }]),
  { files: ['shared/**/*.ts'], rules: { 'no-restricted-syntax': ['error', noModuleLet, noDefault, ...noClock] } },
  { files: ['server/**/*.ts', 'client/**/*.ts'], ignores: ['**/*.d.ts'], rules: { 'no-restricted-syntax': ['error', noModuleLet, noDefault] } },
  { files: ['server/launch.mjs', 'tests/bench/**/*.{ts,mjs}', 'tests/power/**/*.ts', 'tests/chaos/**/*.ts', 'tests/deploy/**/*.ts'], rules: { 'no-console': 'off', 'antfu/no-top-level-await': 'off' } },
)
