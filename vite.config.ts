import type { Plugin } from 'vite'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { oldestProtocol, protocol } from './shared/sync/version.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** How long a slow and busy machine may take before something counts as never happening. */
const patience = { testTimeout: 30_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }

function project(name: string, more: object = {}) {
  return { extends: true as const, test: { name, include: [`tests/${name}/**/*.test.ts`], root: at('.'), ...more } }
}

/** `version.json`, read past the service worker: which version is served, and whom its server still speaks to. */
function versionFile(): Plugin {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }
  return {
    name: 'version-file',
    config: () => ({ define: { 'import.meta.env.VITE_VERSION': JSON.stringify(version) } }),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'version.json', source: JSON.stringify({ version, protocol, oldestProtocol }) })
    },
  }
}

export default defineConfig({
  root: at('client'),
  publicDir: at('client/public'),
  plugins: [
    vue(),
    versionFile(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: false,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
        globIgnores: ['**/version.json', '**/screenshots/**'],
        maximumFileSizeToCacheInBytes: 3_000_000,
      },
    }),
  ],
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    // Few files start faster than many: what two pages share is one file, all styles are one.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: [
      // The router throws (and catches) while it is loaded: the browser then reads its whole file once more, so that file is small.
      { name: 'router', test: /node_modules\/vue-router\// },
      { name: 'kit', test: /\/(?:client\/(?:components\/(?:base|kpi)|composables|text|stores)|shared\/kpi)\/(?!useAgentKeys|useProposals|proposalWords|agentSnippets|useFirstNumber|useImport|writeImport|importCounts|useTodos|todoRules|useHandoffs|handoffRules|useContractForm|useFormDraft|useProcedureForm|usePriorities|useKpi|goalForm|useCompanyForm|placeOptions|guesses|account|useMembers|useTeamForm|useSeat|useOutlineKeys|outlineRules|useOpenRound\b|useRound|useMyDots|countWords|useMeeting|useLifecycle|lifecycleWords|usePilots|useNewPilot|KpiForm|GoalFields|useDrift|noticeDrift|useInsight|useLeftBehind|leavingWords|MarkStrip|useSitting|useTeamMeetings|useStartMeeting|useLate|useDrops|useReported|useRemind|remind|recapWords|timer|useRoom)/, minShareCount: 2 },
    ] } } },
  },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  server: { port: 5173, strictPort: true, proxy: { '/api': { target: 'http://127.0.0.1:8787', changeOrigin: false }, '/mcp': { target: 'http://127.0.0.1:8787', changeOrigin: false } } },
  test: {
    root: at('.'),
    // Two files at a time, also on two cores: many wait for a browser or another process more than they compute.
    maxWorkers: 2,
    globalSetup: at('tests/support/postgresCluster.ts'),
    projects: [
      project('shared', { testTimeout: 30_000 }),
      project('sync', patience),
      project('server', patience),
      project('client', { ...patience, environment: 'happy-dom' }),
      project('e2e', { ...patience, testTimeout: 90_000, hookTimeout: 120_000 }),
    ],
  },
})
