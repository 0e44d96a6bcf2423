/** Whether a text is a key of the table. */
export function isKeyOf<Key extends string>(table: Readonly<Record<Key, unknown>>, text: string): text is Key {
  return Object.hasOwn(table, text);
}

/** Whether a text is an item of the list. */
export function isOneOf<Item extends string>(list: readonly Item[], text: string): text is Item {
  return list.some((item) => item === text);
}

/** The keys of a table written in the program, with their names as types. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table).filter((key): key is keyof Table & string => key in table);
}

/** The title of a key. A key that the table does not have is shown as it is. */
export function titleOf<Key extends string>(titles: Readonly<Record<Key, string>>, key: string): string {
  return isKeyOf(titles, key) ? titles[key] : key;
}
