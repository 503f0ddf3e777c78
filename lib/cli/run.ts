import { CommanderError } from "commander";
import { exitCodeOf, exitCodes } from "./exit-code.ts";
import { program } from "./program.ts";
import { reportError } from "./report-error.ts";
import { UsageError } from "./usage-error.ts";

/** Runs the command line `argv` (without node and script) and resolves to the exit code; never rejects. */
export async function run(argv: readonly string[]): Promise<number> {
  const flags = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  // Read before anything is parsed: the help and the parser's own errors are coloured too.
  if (flags.includes("--no-color")) process.env["NO_COLOR"] = "1";
  endQuietlyWhenNobodyReads();
  try {
    await program().parseAsync([...argv], { from: "user" });
    return exitCodes.ok;
  } catch (caught) {
    if (caught instanceof CommanderError && caught.exitCode === 0) return exitCodes.ok;
    const error = caught instanceof CommanderError ? usageErrorOf(caught) : caught;
    if (error !== null) reportError(error, flags.includes("--debug"));
    return error === null ? exitCodes.usage : exitCodeOf(error);
  }
}

// Commander writes "error: unknown option '--metrc'\n(Did you mean --metric?)"; without a command it has printed the help.
function usageErrorOf(error: CommanderError): UsageError | null {
  if (error.code === "commander.help") return null;
  const [first = "", ...rest] = error.message.split("\n");
  const suggestion = rest.join(" ").replace(/^\((.*)\)$/, "$1");
  const message = first.replace(/^error: /, "");
  return new UsageError(message.charAt(0).toUpperCase() + message.slice(1), suggestion || "See `gramian --help`.");
}

// `gramian compare … | head` closes our output early; that is no failure of ours.
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCodes.ok);
    throw error;
  });
}
