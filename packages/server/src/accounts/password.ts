/** Too easy to guess: no letter or no digit, or a part of what others know of the person. */
export function isWeak(password: string, known: readonly string[]): boolean {
  if (password.length < 10 || !/\p{L}/u.test(password) || !/\d/.test(password)) return true;
  const lower = password.toLowerCase();
  return known.some((text) => text.length >= 2 && partsOf(text.toLowerCase()).some((part) => lower.includes(part)));
}

/** A whole name; of a number every six digits in a row. */
function partsOf(text: string): string[] {
  if (text.length <= 6) return [text];
  return Array.from({ length: text.length - 5 }, (_, at) => text.slice(at, at + 6));
}
