/** Whether two filters ask the same, in whatever order their parts were chosen. */
export function isSameFilter(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const parts = Object.entries(one);
  return parts.length === Object.keys(other).length && parts.every(([key, value]) => other[key] === value);
}
