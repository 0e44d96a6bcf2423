import type { ToHandOver } from "@shice/contract/confirmation.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";

export interface Totals {
  people: number;
  copies: number;
  kinds: { name: string; people: number }[];
  /** Sheets of paper by material, in the order of the notice. */
  materials: { item: number; name: string; people: number; copies: number }[];
}

/** What goes along with these cases, by kind of qualification and by material: the sums of the list that will be made. */
export function totalsOf(
  chosen: readonly ToHandOver[],
  materials: readonly { key: string; item: number; name: string }[],
): Totals {
  const kindOf = ({ certificateKind }: ToHandOver) =>
    certificateKind === null ? "未填写" : certificateTitles[certificateKind];
  const rows = materials.map(({ key, item, name }) => {
    const copies = chosen.flatMap((each) => each.copies.filter(({ material }) => material === key));
    return { item, name, people: copies.length, copies: copies.reduce((sum, each) => sum + each.copies, 0) };
  });
  return {
    people: chosen.length,
    copies: rows.reduce((sum, { copies }) => sum + copies, 0),
    kinds: [...Map.groupBy(chosen, kindOf)]
      .map(([name, people]) => ({ name, people: people.length }))
      .toSorted((one, other) => other.people - one.people),
    materials: rows,
  };
}

export const orders = {
  number: "申请编号",
  sound: "姓名拼音",
  since: "确认时间",
  school: "学校、姓名",
} as const;
export type Order = keyof typeof orders;

/** In the order in which the list, the workbook and the labels will have them. */
export function inOrder(items: readonly ToHandOver[], order: Order): ToHandOver[] {
  const keyOf = ({ number, sound, since, school }: ToHandOver) =>
    ({ number, sound: `${sound} ${number}`, since, school: `${school} ${sound} ${number}` })[order];
  return items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0));
}
