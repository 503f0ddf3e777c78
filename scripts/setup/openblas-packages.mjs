// What OpenBLAS is called by each package manager.
export const openblasPackages = {
  apt: "libopenblas-dev pkg-config",
  dnf: "openblas-devel pkgconf-pkg-config",
  apk: "openblas-dev pkgconf",
  pacman: "openblas pkgconf",
  brew: "openblas",
  windows: "vcpkg install openblas   (or, in an MSYS2 shell: pacman -S mingw-w64-x86_64-openblas)",
};
