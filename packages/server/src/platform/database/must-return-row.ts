/**
 * The first row of a statement that always returns one: an insert with `returning`, a select without `from`.
 * @throws Error naming the statement, such as "manifest insert returned no row"
 */
export function mustReturnRow<Row>(rows: readonly Row[], statement: string): Row {
  const [row] = rows;
  if (row === undefined) throw new Error(`${statement} returned no row`);
  return row;
}
