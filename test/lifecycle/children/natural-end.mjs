// A job holds the process until it has told its end, and not a moment longer.
import { addon, shortSpec } from "./work.mjs";

addon.engineJob(shortSpec(), null, (error, result) => console.log(error, result.operators));
