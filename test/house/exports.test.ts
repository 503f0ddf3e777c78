import { join } from "node:path";

import ts from "typescript";
import { beforeAll, expect, test } from "vitest";

import { root } from "./files.ts";

let checker: ts.TypeChecker;
let symbols: readonly ts.Symbol[];

beforeAll(() => {
  const entry = join(root, "lib/index.ts");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([entry], { ...options, noEmit: true });
  checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  symbols = module ? checker.getExportsOfModule(module) : [];
});

const resolved = (symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
const isDocumented = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length > 0;

/** The methods and accessors of a class that a user can see, static ones among them. */
function publicMembers(symbol: ts.Symbol): ts.Symbol[] {
  const own = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
  return own.filter((member) => {
    const declaration = member.valueDeclaration;
    if (!declaration || !(ts.isMethodDeclaration(declaration) || ts.isGetAccessor(declaration))) return false;
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if (ts.isPrivateIdentifier(declaration.name) || ts.isComputedPropertyName(declaration.name)) return false;
    return (ts.getCombinedModifierFlags(declaration) & hidden) === 0;
  });
}

test("the package exports something", () => {
  expect(symbols.map((symbol) => symbol.name)).toContain("compare");
});

test("every export has a docstring", () => {
  expect(symbols.filter((symbol) => !isDocumented(resolved(symbol))).map((symbol) => symbol.name)).toEqual([]);
});

test("every method and accessor of an exported class has a docstring", () => {
  const silent = symbols
    .map(resolved)
    .filter((symbol) => symbol.flags & ts.SymbolFlags.Class)
    .flatMap((symbol) =>
      publicMembers(symbol)
        .filter((member) => !isDocumented(member))
        .map((member) => `${symbol.name}.${member.name}`),
    );
  expect(silent).toEqual([]);
});

test("every exported function has an example", () => {
  const without = symbols
    .map(resolved)
    .filter((symbol) => symbol.flags & ts.SymbolFlags.Function)
    .filter((symbol) => !symbol.getJsDocTags(checker).some((tag) => tag.name === "example"))
    .map((symbol) => symbol.name);
  expect(without).toEqual([]);
});
