import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/build-wasm.ts'],
    include: ['src/**/*.test.ts', 'portal/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 300_000, // for a machine that is busy with other things, too
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
