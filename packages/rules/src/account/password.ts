/** Minimum and maximum length of a password, in characters. */
export const passwordLength = { least: 10, most: 128 } as const;

/** The requirements that a password fails; an empty list if it may be used. */
export type PasswordLack = "length" | "letter" | "digit" | "personal";

/**
 * Checks that a password is hard to guess: long enough, with a letter and a digit, and without personal data of the
 * owner (`known`: name, document number, mobile). Used while typing and on the server.
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

/** The parts that a password must not contain: the whole name, and any six consecutive digits of a number. */
function partsOf(text: string): string[] {
  if (text.length <= 6) return [text];
  return Array.from({ length: text.length - 5 }, (_, at) => text.slice(at, at + 6));
}
