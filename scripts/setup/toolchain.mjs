// Step: what compiles the addon.
import { compareVersions } from "./node.mjs";
import { firstLine } from "./command.mjs";
import { SetupError } from "./step.mjs";
import { installHelp, installSystemPackages } from "./system.mjs";

const packages = {
  apt: "g++ make cmake",
  dnf: "gcc-c++ make cmake",
  apk: "g++ make cmake",
  pacman: "gcc make cmake",
  brew: "cmake",
  windows: "winget install Kitware.CMake Microsoft.VisualStudio.2022.BuildTools",
};

// CMake reads the source list with string(JSON …), which came with 3.19.
const oldestCMake = "3.19";

const version = (program, args = ["--version"]) => firstLine(program, args)?.match(/\d+\.\d+(\.\d+)?/)?.[0] ?? null;

function findTools() {
  const windows = process.platform === "win32";
  const compiler = process.env.CXX || (windows ? "MSBuild" : ["c++", "g++", "clang++"].find((name) => version(name)));
  return {
    // On Windows, cmake-js finds Visual Studio by itself: it is not on the PATH.
    compiler: windows ? "Visual Studio" : compiler && version(compiler) && `${compiler} ${version(compiler)}`,
    cmake: version("cmake"),
    maker: windows || version("make") || version("ninja"),
  };
}

/** Installs a C++ compiler and CMake when they are missing. */
export async function ensureToolchain(say) {
  const complete = ({ compiler, cmake, maker }) => compiler && cmake && maker;
  if (!complete(findTools())) await installSystemPackages("A C++ compiler or CMake", packages, say);
  const found = findTools();
  if (!complete(found)) throw new SetupError(`A C++ compiler or CMake is still missing:\n${installHelp(packages)}`);
  if (compareVersions(found.cmake, oldestCMake) < 0) {
    throw new SetupError(
      `gramian needs CMake ${oldestCMake} or newer; this is ${found.cmake}:\n${installHelp(packages)}`,
    );
  }
  return `${found.compiler}, cmake ${found.cmake}`;
}

/** node-gyp, the second build that the tests make, is steered by Python. */
export async function ensurePython(say) {
  const find = () => ["python3", "python"].map((name) => version(name)).find((found) => found?.startsWith("3"));
  if (!find()) {
    await installSystemPackages(
      "Python 3",
      {
        apt: "python3",
        dnf: "python3",
        apk: "python3",
        pacman: "python",
        brew: "python3",
        windows: "winget install Python.Python.3.12",
      },
      say,
    );
  }
  return `python ${find()}`;
}
