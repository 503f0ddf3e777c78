const longest = 200;

// Control characters drive terminals; the bidirectional ones and the line separators make a message read as another one.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

function escaped(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** A path as it stands in a message: as it is, except for characters that would act on a terminal. */
export function shownPath(path: string): string {
  return escaped(path);
}

/** A name out of a file, in double quotes, on one line, cut at 200 characters, without characters that would act on a terminal. */
export function quoted(name: string): string {
  const cut = name.length <= longest ? name : `${name.slice(0, longest - 1)}…`;
  return `"${escaped(cut.replaceAll("\\", "\\\\").replaceAll('"', '\\"'))}"`;
}
