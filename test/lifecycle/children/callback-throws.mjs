// What a callback throws is an uncaught exception like any other.
import { addon, shortSpec } from "./work.mjs";

const caught = [];
process.on("uncaughtException", (error) => caught.push(error.message));
const boom = (text) => () => {
  throw new Error(text);
};
addon.engineJob(shortSpec(), boom("progress"), boom("done"));
process.on("exit", () => console.log(JSON.stringify([...new Set(caught)].sort())));
