import type { HelpSection } from "./format-help.ts";

/** The exit codes, as every help ends with them. */
export const exitCodesHelp: HelpSection = {
  title: "Exit codes",
  items: [
    ["0", "done"],
    ["1", "internal error: a bug, the native addon missing, or the machine out of memory"],
    ["2", "usage: an unknown option, a bad value, a --memory-limit that the work cannot keep"],
    ["3", "bad input: a file that is missing, broken or refused, or data that cannot be compared"],
    ["4", "the results could not be written"],
    ["130", "interrupted by Ctrl-C (143 by SIGTERM, 129 by SIGHUP); no file is left half written"],
  ],
};
