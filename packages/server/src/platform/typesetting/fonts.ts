import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";

export interface Fonts {
  folders: string[];
  /** In the order in which a character is looked for. */
  families: string[];
  has(character: string): boolean;
}

const require = createRequire(import.meta.url);
const folderOf = (name: string, weight: string) =>
  join(dirname(require.resolve(`@expo-google-fonts/${name}/package.json`)), weight);

/**
 * Ours first: Noto Serif SC for nearly all, Noto Serif JP for some characters beyond it (𠮷); then what the
 * operator's folder holds, such as Debian's fonts-hanazono with the extensions B to F.
 */
export function openFonts(extra: string | undefined): Fonts {
  const own = [
    folderOf("noto-serif-sc", "400Regular"),
    folderOf("noto-serif-sc", "700Bold"),
    folderOf("noto-serif-jp", "400Regular"),
  ];
  const folders = [...own, ...(extra !== undefined && existsSync(extra) ? [extra] : [])];
  const fonts = folders.flatMap(listFonts);
  const families = [...new Set(fonts.map(({ familyName }) => familyName))];
  const known = new Map<string, boolean>();
  return {
    folders,
    families,
    has(character) {
      const found =
        known.get(character) ??
        (/^[\s\p{Cf}]$/u.test(character) ||
          fonts.some((font) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)));
      known.set(character, found);
      return found;
    },
  };
}

function listFonts(folder: string): Font[] {
  return readdirSync(folder)
    .filter((name) => /\.(ttf|otf)$/i.test(name))
    .sort()
    .map((name) => openSync(join(folder, name)))
    .filter((font): font is Font => "hasGlyphForCodePoint" in font);
}
