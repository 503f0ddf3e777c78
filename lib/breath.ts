import { setImmediate } from "node:timers/promises";

/** Work on the event loop may hold it for this long before it lets others in. */
const longestHoldMs = 4;

/** A function to await inside long loops: it returns to the event loop when the loop has held it for long enough. */
export function breaths(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longestHoldMs) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
