import { normaliseName } from "./name.ts";

/** A part of a name as somebody typed it who looks for the person. */
interface TypedName {
  /** Pattern for `like` on the name as it is written. */
  written: string;
  /** Whether names are compared without their middle dots: a clerk may not know where they stand, or whether there are any. */
  dotless: boolean;
  /** Text whose sound is to be found in the sound of the name; undefined where the typed text has none that is known. */
  sounded: string | undefined;
}

/** What stands for one character that a keyboard does not give: 王?, 王□ for 王䶮. */
const unknown = /[?？*＊□〓]/gu;
const letters = /\p{Script=Latin}[\p{Script=Latin}'’]*/gu;
const han = /[\p{Script=Han}〇]/u;
/** Names of so many characters may have a dot that was left out; shorter ones hardly. */
const dottedFrom = 4;

/**
 * Reads what was typed to find a person by name: in part; with other middle dots than ours, or none; with a sign for a
 * character that cannot be typed; with a character given by its sound, as in 欧阳yan. Letters alone are a sound.
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
