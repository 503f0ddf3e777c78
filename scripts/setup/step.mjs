// One line a step: its name at once, what it does as soon as it knows, and the time it took.

/** What stops a set-up, in words meant for the person at the terminal; anything else that is thrown is a bug. */
export class SetupError extends Error {
  name = "SetupError";
}

/** `12.3 s` since `start`, a reading of `performance.now()`. */
export const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * Runs one step. `work` gets `say`, which adds to the step's line while the step runs, and may return a closing remark.
 * Resolves to nothing; rejects with what `work` rejects with, the line closed.
 */
export async function step(name, work) {
  const start = performance.now();
  process.stdout.write(`  ${name.padEnd(11)}`);
  let said = 0;
  const say = (text) => {
    process.stdout.write(said++ === 0 ? ` ${text}` : `, ${text}`);
  };
  try {
    const remark = await work(say);
    if (remark) say(remark);
    process.stdout.write(` (${secondsSince(start)})\n`);
  } catch (error) {
    process.stdout.write(` failed (${secondsSince(start)})\n`);
    throw error;
  }
}

/** Runs `main`; a {@link SetupError} ends the process with its message alone, any other error with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
