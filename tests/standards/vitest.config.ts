import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** The checks others wrote, apart from the tests: what they run is installed here alone. */
export default defineConfig({
  test: {
    name: 'standards',
    root: join(import.meta.dirname, '..', '..'),
    include: ['tests/standards/*.test.ts'],
    globalSetup: join(import.meta.dirname, 'install.ts'),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
