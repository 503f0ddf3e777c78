import { parentPort, workerData } from "node:worker_threads";

import { keepBusy } from "./work.mjs";

keepBusy();
parentPort.postMessage("busy", []);
if (workerData?.exitAfter !== undefined) setTimeout(() => process.exit(3), workerData.exitAfter);
