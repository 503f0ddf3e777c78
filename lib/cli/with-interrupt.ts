import type { EndingSignal } from "./interrupted.ts";
import { endingSignals, Interrupted } from "./interrupted.ts";

const signals = Object.keys(endingSignals) as EndingSignal[];

/**
 * Runs `work` with an AbortSignal that the first Ctrl-C (or SIGTERM, or the terminal's closing) aborts. The second one ends the
 * process at once: whatever hangs must not be able to hold the user's terminal.
 */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (signal: EndingSignal): void => {
    if (controller.signal.aborted) process.exit(endingSignals[signal]);
    // A leading line break: on a terminal "^C" and perhaps a progress bar stand before it.
    process.stderr.write(`${process.stderr.isTTY ? "\n" : ""}Stopping (${signal}); once more to exit at once.\n`);
    controller.abort(new Interrupted(signal));
  };
  for (const signal of signals) process.on(signal, stop);
  const result = await work(controller.signal);
  // After a failure they stay: an interrupted run still has to tidy up, and the next signal must not find it without them.
  for (const signal of signals) process.off(signal, stop);
  return result;
}
