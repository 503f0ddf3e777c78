// Compares, says what keeps the process open, and does nothing more.
import { compare, Representation } from "../../../dist/index.js";

const data = Float64Array.from({ length: 200 * 8 }, (_, i) => Math.sin(i * i));
const layer = Representation.fromArray(data, [200, 8], { name: "a" });
const result = await compare([layer], undefined, { metrics: ["cka"] });
const value = result.get("cka", "a", "a").value.toFixed(3);
// Standard output is ours to write to, not the addon's.
const open = process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY|FS)/.test(name));
console.log(value, JSON.stringify(open));
