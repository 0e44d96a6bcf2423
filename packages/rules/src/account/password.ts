/** Fewest and most characters of a password. */
export const passwordLength = { least: 10, most: 128 } as const;

/** What a password still lacks; an empty list is a password that may be used. */
export type PasswordLack = "length" | "letter" | "digit" | "personal";

/**
 * Whether a password can be guessed: too short, without a letter or a digit, or holding a part of what others know of
 * the person (`known`: name, document number, mobile). The same while typing and on the server.
 */
export function listPasswordLacks(password: string, known: readonly string[]): PasswordLack[] {
  const lower = password.toLowerCase();
  const isPersonal = known.some(
    (text) => text.length >= 2 && partsOf(text.toLowerCase()).some((part) => lower.includes(part)),
  );
  return [
    ...(password.length < passwordLength.least ? (["length"] as const) : []),
    ...(/\p{L}/u.test(password) ? [] : (["letter"] as const)),
    ...(/\d/.test(password) ? [] : (["digit"] as const)),
    ...(isPersonal ? (["personal"] as const) : []),
  ];
}

/** A whole name; of a number every six digits in a row. */
function partsOf(text: string): string[] {
  if (text.length <= 6) return [text];
  return Array.from({ length: text.length - 5 }, (_, at) => text.slice(at, at + 6));
}
