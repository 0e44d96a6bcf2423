/**
 * A name as the public reads it: the first and the last character, `*` for each one between (张*明); of two characters
 * the first alone (张*). By code points, so that rare characters beyond the basic plane count as one.
 */
export function maskedNameOf(name: string): string {
  const characters = [...name];
  const [first, ...rest] = characters;
  const last = rest.pop();
  if (first === undefined) return "";
  if (last === undefined) return "*";
  return rest.length === 0 ? `${first}*` : `${first}${"*".repeat(rest.length)}${last}`;
}
