import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Examples in the documentation import the package by its name; here that name is the source.
    alias: [{ find: /^gramian$/, replacement: fileURLToPath(new URL("lib/index.ts", import.meta.url)) }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    // A process a file: a crash of the addon is then the crash of one file, and files cannot share native state.
    pool: "forks",
    maxWorkers: 2,
    // Property tests and child processes on a busy machine; a test that hangs is still found.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    allowOnly: false,
    passWithNoTests: false,
  },
});
