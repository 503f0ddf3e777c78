// The system's package manager: what it is, whether we may use it, and what to tell people where we may not.
import { existsSync } from "node:fs";

import { firstLine, must } from "./command.mjs";
import { SetupError } from "./step.mjs";

const isRoot = () => process.getuid?.() === 0;

const managers = [
  {
    id: "apt",
    platform: "linux",
    program: "apt-get",
    root: true,
    // Fresh images have no package lists, and old ones name files that the mirrors no longer have.
    refresh: ["update", "-q"],
    install: ["install", "-y", "-q", "--no-install-recommends"],
    env: { DEBIAN_FRONTEND: "noninteractive" },
  },
  { id: "dnf", platform: "linux", program: "dnf", root: true, install: ["install", "-y", "-q"] },
  { id: "apk", platform: "linux", program: "apk", root: true, install: ["add", "--no-cache"] },
  { id: "brew", platform: "darwin", program: "brew", root: false, install: ["install"] },
];

const labels = {
  apt: "Debian, Ubuntu",
  dnf: "Fedora",
  apk: "Alpine",
  pacman: "Arch",
  brew: "macOS",
  windows: "Windows",
};
const commands = {
  apt: (names) => `sudo apt-get install ${names}`,
  dnf: (names) => `sudo dnf install ${names}`,
  apk: (names) => `sudo apk add ${names}`,
  pacman: (names) => `sudo pacman -S ${names}`,
  brew: (names) => `brew install ${names}`,
  windows: (text) => text,
};

/** One line a platform: the command that installs `packages`, an object from manager (or "windows") to names. */
export function installHelp(packages) {
  return Object.entries(labels)
    .filter(([id]) => packages[id])
    .map(([id, label]) => `  ${label.padEnd(16)}${commands[id](packages[id])}`)
    .join("\n");
}

/** The manager of this machine with the words to start it, or null when there is none or it needs rights that we do not have. */
function usableManager() {
  const manager = managers.find(
    ({ platform, program }) => platform === process.platform && firstLine(program, ["--version"]) !== null,
  );
  if (!manager) return null;
  if (!manager.root || isRoot()) return { manager, prefix: [] };
  // `sudo -n` never asks: a set-up must not stop at a password prompt that nobody sees.
  if (existsSync("/usr/bin/sudo") && firstLine("sudo", ["-n", "true"]) !== null)
    return { manager, prefix: ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"] };
  return null;
}

/**
 * Installs system packages, or throws a {@link SetupError} with the command for every platform.
 * `packages` maps a manager's id to package names in one string; `what` names the thing in the message.
 */
export async function installSystemPackages(what, packages, say) {
  const help = `${what} is missing, and this script may not or cannot install it here. Install it, then run the command again:\n${installHelp(packages)}`;
  const usable = usableManager();
  if (!usable || !packages[usable.manager.id]) throw new SetupError(help);
  const { manager, prefix } = usable;
  const names = packages[manager.id].split(" ");
  say(`installing ${names.join(" ")} with ${manager.program}`);
  const start = async (args) => {
    const [program, ...rest] = [...prefix, manager.program, ...args];
    await must(manager.program, program, rest, { env: manager.env });
  };
  try {
    if (manager.refresh) await start(manager.refresh);
    await start([...manager.install, ...names]);
  } catch (error) {
    throw new SetupError(`${help}\n\n${manager.program} was tried:\n${error.message}`);
  }
}
