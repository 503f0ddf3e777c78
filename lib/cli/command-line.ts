/** The command line of this run as it could be typed again, for reports to show. */
export function commandLine(argv: readonly string[]): string {
  return ["gramian", ...argv].map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
