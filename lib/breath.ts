import { setImmediate } from "node:timers/promises";

/** Work on the event loop may hold it for this long before it lets others in. */
const longestHoldMs = 4;

/** A function to await inside long loops: it returns to the event loop when the loop has held it for long enough. */
export function breaths(): () => Promise<void> | undefined {
  let since = performance.now();
  const rest = async (): Promise<void> => {
    await setImmediate();
    since = performance.now();
  };
  return () => (performance.now() - since < longestHoldMs ? undefined : rest());
}
