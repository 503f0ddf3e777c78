// Where OpenBLAS is. Prints a line for people; with --include the include folders and with --link the link flags, for the builds.
// Order: GRAMIAN_BLAS_LINK (and GRAMIAN_BLAS_INCLUDE), pkg-config, the platform's usual places.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { openblasPackages } from "./setup/openblas-packages.mjs";
import { installHelp } from "./setup/system.mjs";

const help = `OpenBLAS was not found. Install it:
${installHelp(openblasPackages)}
or say where it is: GRAMIAN_BLAS_LINK="-L/folder/of/the/library -lopenblas"`;

const words = (text) => text.trim().split(/\s+/).filter(Boolean);

function fromEnvironment() {
  const link = process.env.GRAMIAN_BLAS_LINK;
  if (!link) return null;
  return { include: words(process.env.GRAMIAN_BLAS_INCLUDE ?? ""), link: words(link), how: "GRAMIAN_BLAS_LINK" };
}

function fromPkgConfig() {
  const ask = (...args) =>
    execFileSync("pkg-config", [...args, "openblas"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const include = words(ask("--cflags-only-I")).map((flag) => flag.slice(2));
    return { include, link: words(ask("--libs")), how: `OpenBLAS ${ask("--modversion").trim()}, found by pkg-config` };
  } catch {
    return null; // no pkg-config, or it knows of no OpenBLAS
  }
}

/** Folders where a platform's own package puts libraries. */
function usualFolders() {
  switch (process.platform) {
    case "darwin":
      return ["/opt/homebrew/opt/openblas/lib", "/usr/local/opt/openblas/lib"];
    case "win32": {
      const { VCPKG_ROOT: vcpkg, MINGW_PREFIX: msys } = process.env;
      return [
        ...(vcpkg ? [join(vcpkg, "installed", `${process.arch}-windows`, "lib")] : []),
        ...(msys ? [join(msys, "lib")] : []),
      ];
    }
    default: {
      const triplet = `${{ x64: "x86_64", arm64: "aarch64" }[process.arch] ?? process.arch}-linux-gnu`;
      return ["/usr/lib", "/usr/lib64", `/usr/lib/${triplet}`, "/usr/local/lib", "/usr/local/lib64"];
    }
  }
}

function fromUsualPlaces() {
  for (const folder of usualFolders().filter((path) => existsSync(path))) {
    const names = readdirSync(folder);
    // MSVC's linker takes the import library itself; it knows neither -L nor -l.
    if (names.includes("openblas.lib")) return { include: [], link: [join(folder, "openblas.lib")], how: folder };
    if (names.some((name) => /^libopenblas\.(so|dylib|dll\.a|a)$/.test(name)))
      return { include: [], link: [`-L${folder}`, "-lopenblas"], how: folder };
  }
  return null;
}

const found = fromEnvironment() ?? fromPkgConfig() ?? fromUsualPlaces();
if (found === null) {
  console.error(help);
  process.exit(1);
}
const wish = process.argv[2];
if (wish === "--include") console.log(found.include.join(" "));
else if (wish === "--link") console.log(found.link.join(" "));
else console.log(found.how);
