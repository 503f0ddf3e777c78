// Where things lie in the repository.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the repository. */
export const inRoot = (...parts) => join(root, ...parts);

/** Logs, stamps and test reports go here; it is ignored by git and may be deleted at any time. */
export const cache = inRoot(".cache");
