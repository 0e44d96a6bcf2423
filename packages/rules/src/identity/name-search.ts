import { normaliseName } from "./name.ts";

/** A typed part of a name, prepared for searching. */
interface TypedName {
  /** Pattern for SQL `like` on the stored name. */
  written: string;
  /** Whether middle dots are ignored: the clerk may not know where they are, or whether there are any. */
  dotless: boolean;
  /** The sound to search for among the sounds of names; undefined if the typed text has no known sound. */
  sounded: string | undefined;
}

/** Signs that replace one character missing on the keyboard: 王?, 王□ for 王䶮. */
const unknown = /[?？*＊□〓]/gu;
const letters = /\p{Script=Latin}[\p{Script=Latin}'’]*/gu;
const han = /[\p{Script=Han}〇]/u;
/** From this length on a name may have lost its middle dot; shorter names hardly have one. */
const dottedFrom = 4;

/**
 * Prepares a typed text for finding a person by part of the name. It may have other middle dots or none, a sign for a
 * character that cannot be typed, or the sound of a character, as in 欧阳yan. Letters alone are a sound.
 */
export function typedNameOf(text: string): TypedName {
  const name = normaliseName(text);
  const isWritten = han.test(name);
  const isUnsure = name.search(unknown) >= 0;
  const dotless = isWritten && (name.includes("·") || [...name].length >= dottedFrom);
  const escaped = name.replace(/[\\%_]/g, "\\$&").replaceAll("·", dotless ? "" : "·");
  const pattern = escaped.replace(unknown, "_").replace(letters, (run) => (isWritten ? "%" : run));
  const isMixed = isWritten && name.search(letters) >= 0;
  return {
    written: `%${pattern}%`,
    dotless,
    sounded: isUnsure || (isWritten && !isMixed) ? undefined : name,
  };
}
