/** What a scanner or a keyboard gave, held against the bags of a list. */
type BagHit<Bag> = { kind: "one"; item: Bag; exact: boolean } | { kind: "several" } | { kind: "none" };

/**
 * Finds a bag by its bar code (the application's number), by the code on a teacher's slip (an address that ends with the
 * application's key), by a name or a part of one.
 */
export function bagIn<Bag extends { application: string; number: string; name: string }>(
  bags: readonly Bag[],
  text: string,
): BagHit<Bag> {
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0]?.toLowerCase();
  const word = text.normalize("NFKC").replace(/\s/g, "");
  const exact = bags.filter(({ application, number, name }) =>
    id === undefined ? number === word || name === word : application === id,
  );
  const found =
    exact.length > 0 || id !== undefined ? exact : bags.filter(({ name }) => word !== "" && name.includes(word));
  const [item, second] = found;
  if (item === undefined) return { kind: "none" };
  return second === undefined ? { kind: "one", item, exact: exact.length > 0 } : { kind: "several" };
}
