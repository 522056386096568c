import { defineConfig } from 'vitest/config';

/** One project a kind of check, so that each has its own script; `npm test` runs them all. */
const alias = { '@': import.meta.dirname };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['lib/**/*.test.{ts,tsx}', 'app/**/*.test.{ts,tsx}', '.ci/**/*.test.ts'],
          exclude: ['**/*.{integration,architecture,content}.test.*', 'node_modules/**'],
          // A busy machine is no reason to fail: these limits end what hangs.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: 'architecture', include: ['**/*.architecture.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'content', include: ['**/*.content.test.{ts,tsx}'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/**/*.spec.ts'],
          globalSetup: ['e2e/server.mjs'],
          testTimeout: 90_000,
          expect: { poll: { timeout: 15_000 } },
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
