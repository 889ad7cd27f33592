import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

// Runs on any Node from 20.19 on and needs nothing installed: it installs, picks the Node the rest
// runs on, and hands over.

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(root, ...parts)
const bin = name => at('node_modules', ...name)
const tools = {
  eslint: bin(['eslint', 'bin', 'eslint.js']),
  types: bin(['vue-tsc', 'bin', 'vue-tsc.js']),
  knip: bin(['knip', 'bin', 'knip.js']),
  vite: bin(['vite', 'bin', 'vite.js']),
  vitest: bin(['vitest', 'vitest.mjs']),
}

const commands = { start, dev, test, bench, chaos, mutants, model, power, proxy, standards }
const [command = 'start', ...args] = process.argv.slice(2)
if (!Object.hasOwn(commands, command))
  stop(`Unknown command "${command}". One of: ${Object.keys(commands).join(', ')}.`)
install()
const node = pickNode()
const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
commands[command]()

async function start() {
  buildIfStale()
  process.exitCode = await follow([at('server', 'main.ts'), ...args])
}

async function dev() {
  const codes = [follow(['--watch', at('server', 'main.ts')]), follow([tools.vite])]
  process.exitCode = await Promise.race(codes)
  process.kill(process.pid, 'SIGTERM')
}

function test() {
  const folder = mkdtempSync(join(tmpdir(), 'otp-test-'))
  const report = join(folder, 'report.json')
  const steps = [
    ['lint', [tools.eslint, '.']],
    ['types', [tools.types, '--build']],
    ['dead code', [tools.knip]],
    ['build', [tools.vite, 'build']],
    ['tests', [tools.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args]],
  ]
  const ran = []
  const failed = steps.find(([name, line]) => {
    console.log(`\n=== ${name} ===`)
    const code = runStep(line)
    // The runner's own report has the last word: an exit code can be lost on the way out.
    ran.push([name, code === 0 && name === 'tests' && !passed(report) ? 1 : code])
    return ran.at(-1)[1] !== 0
  })
  summarise(ran, report, failed)
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = failed ? ran.at(-1)[1] : 0
}

async function bench() {
  buildIfStale()
  process.exitCode = await follow([at('tests', 'bench', 'main.ts'), ...args])
}

async function chaos() {
  process.exitCode = await follow([at('tests', 'chaos', 'main.ts'), ...args])
}

async function mutants() {
  process.exitCode = await follow([at('tests', 'chaos', 'mutants.ts'), ...args])
}

/** The sync in one program, under one clock: thousands of stories (`MODEL_RUNS`, `MODEL_SEED`). */
async function model() {
  env.MODEL_RUNS ??= '5000'
  process.exitCode = await follow([tools.vitest, 'run', '--project', 'sync', 'tests/sync/model.test.ts', ...args])
}

async function power() {
  process.exitCode = await follow([at('tests', 'power', 'main.ts'), ...args])
}

async function proxy() {
  process.exitCode = await follow([at('tests', 'deploy', 'main.ts'), ...args])
}

/** What others wrote to check such interfaces: a linter, a client generator, the conformance suite of MCP. */
async function standards() {
  process.exitCode = await follow([tools.vitest, 'run', '--config', at('tests', 'standards', 'vitest.config.ts'), ...args])
}

/** `npm ci` when the lock file is newer than what npm noted, last thing, at the last install. */
function install() {
  const stamp = at('node_modules', '.package-lock.json')
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(at('package-lock.json')).mtimeMs)
    return
  console.log('Installing …')
  // `npm ci` insists on optional binaries for every other machine too; a registry mirror may lack some.
  if (npm(['ci']) !== 0 && npm(['install', '--no-save']) !== 0)
    stop('npm could not install; see above.')
  // A lock file from the future must not install at every start.
  utimesSync(stamp, new Date(), new Date(Math.max(Date.now(), statSync(at('package-lock.json')).mtimeMs + 1)))
}

function npm(line) {
  const windows = process.platform === 'win32'
  return spawnSync(windows ? 'npm.cmd' : 'npm', line, { cwd: root, stdio: 'inherit', shell: windows }).status
}

/** The pinned Node from node_modules where there is one for this machine, else the running one. */
function pickNode() {
  const windows = process.platform === 'win32'
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  const pinned = at('node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0)
    return pinned
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 14))
    return process.execPath
  return stop(`OTP needs Node 22.14 or newer (24 is best); this is ${process.versions.node}, and no pinned Node is installed for ${process.platform} ${process.arch}.`)
}

function buildIfStale() {
  const page = at('dist', 'index.html')
  const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json'].map(name => at(name))
  if (existsSync(page) && sources.every(source => newest(source) <= statSync(page).mtimeMs))
    return
  console.log('Building the client …')
  const code = runStep([tools.vite, 'build', '--logLevel', 'warn'])
  if (code === 0)
    return
  // Half a build must not look like a fresh one.
  rmSync(page, { force: true })
  stop('The client did not build; see above.', code)
}

/** The latest change below a path, ms; 0 where there is nothing. */
function newest(path) {
  if (!existsSync(path))
    return 0
  const stats = statSync(path)
  return stats.isDirectory() ? Math.max(0, ...readdirSync(path).map(name => newest(join(path, name)))) : stats.mtimeMs
}

function runStep(line) {
  return spawnSync(node, line, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}

/** Runs a process that lasts, passes our signals on, and answers its exit code. */
function follow(line) {
  const child = spawn(node, line, { cwd: root, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => child.kill(signal))
  return new Promise(resolve => child.on('exit', code => resolve(code ?? 1)))
}

/** Whether the report says that every test passed, and that there were any. */
function passed(report) {
  const { success = false, numPassedTests = 0 } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  return success && numPassedTests > 0
}

/** What ran, which tests failed and why, and on the last line how many tests passed and failed. */
function summarise(ran, report, failed) {
  const { numPassedTests = 0, numFailedTests = 0, numTotalTests = 0, numTotalTestSuites = 0, testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  const skipped = numTotalTests - numPassedTests - numFailedTests
  console.log(`\n=== summary ===\n${ran.map(([name, code]) => `${code === 0 ? 'ok    ' : 'FAILED'} ${name}`).join('\n')}`)
  if (numTotalTests > 0)
    console.log(`${numTotalTests} tests in ${numTotalTestSuites} groups${skipped > 0 ? `, ${skipped} not run` : ''}`)
  for (const { name, status, message, assertionResults } of testResults) {
    const broken = assertionResults.filter(result => result.status === 'failed')
    broken.forEach(({ fullName, failureMessages: [why = ''] }) => console.log(`FAILED ${relative(root, name)}: ${fullName}\n       ${why.split('\n')[0]}`))
    if (status === 'failed' && broken.length === 0)
      console.log(`FAILED ${relative(root, name)}: ${message}`)
  }
  // A step that broke without a failing test (lint, types, a file that does not load) is a failure too.
  console.log(`${numPassedTests} passed, ${failed ? Math.max(1, numFailedTests) : numFailedTests} failed`)
}

function stop(sentence, code = 1) {
  console.error(sentence)
  process.exit(code)
}
