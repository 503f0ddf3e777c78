import { spawn } from "node:child_process";

/** Runs one case in a fresh process and returns the JSON object that it prints as its last line. */
export async function spawnCase(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], ...options });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with code ${code}`);
  return JSON.parse(output.trim().split("\n").at(-1));
}
