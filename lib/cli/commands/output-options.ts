import type { Command } from "commander";

/** The options that every command has about what it prints. */
export function addOutputOptions(command: Command, json: string | null): Command {
  if (json !== null) command.option("--json", json);
  return (
    command
      .option("-q, --quiet", "nothing on standard error but failures: no progress, no warnings")
      // Both are read from the command line before parsing; they stand here to be known and explained.
      .option("--no-color", "no colours; the variable NO_COLOR does the same")
      .option("--debug", "print where a failure came from")
  );
}
