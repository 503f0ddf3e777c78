import type { Command } from "commander";
import { terminalWidth } from "../terminal-width.ts";
import type { HelpSection } from "./format-help.ts";
import { formatHelp } from "./format-help.ts";

/** Puts sections below a command's own help, laid out for the terminal it is printed on. */
export function addHelp(command: Command, sections: readonly HelpSection[]): Command {
  return command.addHelpText("after", () => formatHelp(sections, Math.min(100, terminalWidth(process.stdout))));
}
