// argv: how to end (exit, throw, reject), after how many milliseconds.
import { keepBusy } from "./work.mjs";

const [how, delay] = process.argv.slice(2);
keepBusy();
const end = {
  exit: () => process.exit(7),
  throw: () => {
    throw new Error("uncaught on purpose");
  },
  reject: () => void Promise.reject(new Error("rejected on purpose")),
}[how];
setTimeout(end, Number(delay));
