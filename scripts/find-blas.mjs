// Where OpenBLAS is. Prints a line for people; with --include the include folders and with --link the link flags, for the builds.
// Order: GRAMIAN_BLAS_INCLUDE and GRAMIAN_BLAS_LINK, pkg-config, the platform's usual places.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const help = `OpenBLAS was not found. Install it:
  Debian, Ubuntu   apt-get install libopenblas-dev pkg-config
  Fedora           dnf install openblas-devel pkgconf-pkg-config
  Alpine           apk add openblas-dev pkgconf
  Arch             pacman -S openblas pkgconf
  macOS            brew install openblas
  Windows          vcpkg install openblas   (or, in an MSYS2 shell: pacman -S mingw-w64-x86_64-openblas)
or say where it is: GRAMIAN_BLAS_INCLUDE=/folder/with/headers GRAMIAN_BLAS_LINK="-L/folder -lopenblas"`;

const words = (text) => text.trim().split(/\s+/).filter(Boolean);

function fromEnvironment() {
  const link = process.env["GRAMIAN_BLAS_LINK"];
  if (!link) return null;
  return { include: words(process.env["GRAMIAN_BLAS_INCLUDE"] ?? ""), link: words(link), how: "GRAMIAN_BLAS_LINK" };
}

function fromPkgConfig() {
  const ask = (...args) =>
    execFileSync("pkg-config", [...args, "openblas"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const include = words(ask("--cflags-only-I")).map((flag) => flag.slice(2));
    return { include, link: words(ask("--libs")), how: `OpenBLAS ${ask("--modversion").trim()}, found by pkg-config` };
  } catch {
    return null;
  }
}

/** Folders where a platform's own package puts it. */
function usualFolders() {
  if (process.platform === "darwin") return ["/opt/homebrew/opt/openblas", "/usr/local/opt/openblas"];
  if (process.platform === "win32") {
    const vcpkg = process.env["VCPKG_ROOT"];
    const msys = process.env["MINGW_PREFIX"];
    return [vcpkg && join(vcpkg, "installed", "x64-windows"), msys].filter(Boolean);
  }
  return ["/usr", "/usr/local"];
}

function fromUsualPlaces() {
  for (const folder of usualFolders()) {
    const libraries = ["lib", "lib64", ...(process.platform === "linux" ? multiarch() : [])].map((name) => join(folder, name));
    const library = libraries.find((path) => existsSync(path) && readdirSync(path).some((name) => /^(lib)?openblas\.(so|dylib|dll\.a|lib)$/.test(name)));
    if (library !== undefined) return { include: [join(folder, "include")], link: [`-L${library}`, "-lopenblas"], how: library };
  }
  return null;
}

function multiarch() {
  const folder = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch];
  return folder === undefined ? [] : [join("lib", folder)];
}

const found = fromEnvironment() ?? fromPkgConfig() ?? fromUsualPlaces();
if (found === null) {
  console.error(help);
  process.exit(1);
}
const [wish] = process.argv.slice(2);
if (wish === "--include") console.log(found.include.join(" "));
else if (wish === "--link") console.log(found.link.join(" "));
else console.log(found.how);
