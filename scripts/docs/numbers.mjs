// Benchmark results as Markdown.

/**
 * A table for each result that has something to say to readers: `question` is its heading, `machine` (text) and `date` stand below it,
 * and `summary` holds the rows, `{measure, value}` with the unit in the value. Results without a summary are left out.
 */
export function numbersBlock(results) {
  return results
    .filter(({ summary }) => summary?.length > 0)
    .map(({ question, machine, date, summary }) =>
      [
        `**${question}**`,
        "",
        "| measure | value |",
        "| --- | --- |",
        ...summary.map(({ measure, value }) => `| ${measure} | ${value} |`),
        "",
        `_${machine}, ${date.slice(0, 10)}_`,
      ].join("\n"),
    )
    .join("\n\n");
}
