#!/usr/bin/env node
// The command `gramian`: the process around run.ts.
import { run } from "./run.ts";

process.exitCode = await run(process.argv.slice(2));
