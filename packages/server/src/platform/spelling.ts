import { pinyin } from "pinyin-pro";

/** How a name is typed by its sound: `dadukouquyizhong`, and by first letters: `ddkqyz`. Lower case, no tones, no blanks. */
interface Spelling {
  pinyin: string;
  initials: string;
}

export function spellingOf(name: string): Spelling {
  const options = { toneType: "none", type: "array", nonZh: "consecutive", v: true } as const;
  const plain = (parts: string[]) =>
    parts
      .join("")
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
  return {
    pinyin: plain(pinyin(name, options)),
    initials: plain(pinyin(name, { ...options, pattern: "first" })),
  };
}

/** What a person types to find a name by its sound; empty where it holds anything but letters and digits. */
export function typedSpellingOf(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s'’·-]/g, "");
  return /^[a-z0-9]+$/.test(plain) ? plain : "";
}
