/** Characters that take two columns in a terminal: East Asian wide and full-width ones. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Combining marks, variation selectors and invisible format characters take none. */
const zeroWidth = /[\p{Mn}\p{Cf}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with the escape character
const styling = /\u001b\[[0-9;]*m/g;

/** Number of terminal columns of a text; colour sequences take none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replace(styling, "")) {
    width += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return width;
}

/** Pads a text with blanks to this number of columns. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Characters that must not begin a line, and those that must not end one (Chinese typesetting). */
const noLineStart = /^[、。,.:;!?)\]}」』》】”’%\uff0c\uff1a\uff1b\uff01\uff1f\uff09]/;
const noLineEnd = /[([{「『《【“‘\uff08]$/;

/**
 * Breaks an unstyled text into lines of at most this number of columns: between any two Chinese characters, but not
 * inside a word or number. A word longer than a line stays whole.
 */
export function wrap(text: string, width: number): string[] {
  const pieces = text.match(/[A-Za-z0-9_.:/@[\]#~-]+|\s+|./gsu) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    const fits = widthOf(line) + widthOf(piece) <= width;
    if (fits || line === "" || noLineStart.test(piece)) {
      line += piece;
      continue;
    }
    // An opening bracket moves to the next line with its content.
    const carried = noLineEnd.exec(line)?.[0] ?? "";
    lines.push(line.slice(0, line.length - carried.length).trimEnd());
    line = (carried + piece).trimStart();
  }
  return [...lines, line.trimEnd()];
}
