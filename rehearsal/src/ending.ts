import type { State } from "@shice/rules/lifecycle/state.ts";
import { listAll } from "./notices.ts";
import { reasonFor } from "./reasons.ts";
import type { Stagehand } from "./stagehand.ts";
import { chunksOf, together } from "./together.ts";
import type { District, World } from "./world.ts";

interface Stock {
  series: string;
  /** The next unused number. */
  next: bigint;
  /** Unused ranges issued to a district, by conclusion. */
  held: Map<string, bigint[]>;
}

/**
 * The sticker work (Notice §三(六), §四(三)): the centre receives the stickers and prints the conclusions. The districts
 * draw by need, paste and seal. Misprints are scrapped before a witness, the rest is returned, everything is counted.
 */
export async function mark(hand: Stagehand, stock: Stock | undefined): Promise<Stock | undefined> {
  const { world, atOnce } = hand;
  const { campaign } = world;
  const { custodian, handler } = world.stock;
  let current = stock;
  const needs = await handler.client.marking.listNeeds({ campaign });
  const wanted = needs.filter(({ needed }) => needed > 0);
  if (wanted.length > 0) {
    current ??= {
      series: (await custodian.client.marking.openSeries({ campaign, prefix: "ZC", digits: 8 })).series,
      next: 1n,
      held: new Map(),
    };
    for (const need of wanted) await supply(world, current, need);
  }
  const held = current;
  await together(world.districts, atOnce, (district) => markDistrict(hand, district, held));
  return current;
}

/** Receives, prints and issues one district's need for one conclusion, and two spare stickers for misprints. */
async function supply(
  world: World,
  stock: Stock,
  need: { authorityId: string; conclusion: string; needed: number },
): Promise<void> {
  const { campaign } = world;
  const { custodian, handler } = world.stock;
  const from = stock.next;
  const to = from + BigInt(need.needed) + 1n;
  stock.next = to + 1n;
  const serials = {
    campaign,
    series: stock.series,
    serials: `${from}至${to}`,
    partner: custodian.account,
  };
  await handler.client.marking.receiveStickers(serials);
  await handler.client.marking.printStickers({ ...serials, conclusion: need.conclusion });
  await handler.client.marking.issueStickers({ ...serials, authority: need.authorityId });
  const key = `${need.authorityId}:${need.conclusion}`;
  const list = stock.held.get(key) ?? [];
  for (let serial = from; serial <= to; serial++) list.push(serial);
  stock.held.set(key, list);
}

async function markDistrict({ world }: Stagehand, district: District, stock: Stock | undefined): Promise<void> {
  const { campaign } = world;
  const { client } = district.handler;
  const concluded = await listQueueOf(district, world, "concluded");
  const annotated = concluded.filter(({ markWith }) => markWith === "annotation").map(({ id }) => id);
  for (const some of chunksOf(annotated, 1000)) {
    const { refused } = await client.marking.markByAnnotation({ campaign, applications: some });
    if (refused > 0) throw new Error("not annotated");
  }
  const stickered = concluded.filter(({ markWith }) => markWith === "sticker");
  if (stock === undefined || stickered.length === 0) return;
  const misprinted = await scrapOne(world, district, stock);
  for (const { id, conclusion } of stickered) {
    const serial = stock.held.get(`${district.authority}:${conclusion}`)?.shift();
    if (serial === undefined) throw new Error("a district has too few stickers");
    await client.marking.markBySticker({
      campaign,
      application: id,
      series: stock.series,
      serial: serial.toString(),
      custodian: district.custodian.account,
      ridingSeal: true as const,
    });
  }
  await giveBackRest(world, district, stock);
  const inHand = (await client.marking.listBalances({ campaign })).find(
    ({ organisationId }) => organisationId === district.authority,
  )?.inHand;
  await client.marking.countStickers({
    campaign,
    series: stock.series,
    counted: inHand ?? "0",
    partner: district.custodian.account,
    remark: misprinted ? "含报废1枚" : "账实相符",
  });
}

async function scrapOne(world: World, district: District, stock: Stock): Promise<boolean> {
  for (const [key, serials] of stock.held) {
    if (!key.startsWith(district.authority) || serials.length < 3) continue;
    const serial = serials.shift();
    if (serial === undefined) continue;
    await district.handler.client.marking.scrapStickers({
      campaign: world.campaign,
      series: stock.series,
      serials: serial.toString(),
      partner: district.custodian.account,
      reason: reasonFor(world.plan, "scrap"),
      witness: "监销人",
    });
    return true;
  }
  return false;
}

async function giveBackRest(world: World, district: District, stock: Stock): Promise<void> {
  for (const [key, serials] of stock.held) {
    if (!key.startsWith(district.authority)) continue;
    for (const serial of serials.splice(0)) {
      await district.handler.client.marking.returnStickers({
        campaign: world.campaign,
        series: stock.series,
        serials: serial.toString(),
        partner: district.custodian.account,
      });
    }
  }
}

async function listQueueOf(district: District, world: World, state: State) {
  const found: { id: string; markWith: string | null; conclusion: string | null }[] = [];
  let after: string | undefined;
  do {
    const page = await district.handler.client.cases.listQueue({
      campaign: world.campaign,
      state,
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** Archives one copy in the personal file and one at the district, in boxes of fifty (Notice §三(七)). */
export async function archive(hand: Stagehand, round: number): Promise<void> {
  const { world, atOnce } = hand;
  await together(world.districts, atOnce, async ({ reviewer, name }) => {
    const done = [...(await listAll(reviewer, world, "marked")), ...(await unmarked(reviewer, world))];
    for (const [box, applications] of chunksOf(done, 50).entries()) {
      const { refused, rows } = await reviewer.client.archive.archiveMany({
        campaign: world.campaign,
        applications,
        box: `${name}-${world.plan.year}-${round}-${box + 1}`,
        firstItem: 1,
        opinionBy: "stamp" as const,
      });
      if (refused > 0) throw new Error(`not archived: ${JSON.stringify(rows.find(({ ok }) => !ok))}`);
    }
  });
  hand.say("归档完成");
}

async function unmarked(reviewer: { client: World["anyone"] }, world: World): Promise<string[]> {
  const { items } = await reviewer.client.cases.listQueue({
    campaign: world.campaign,
    state: "concluded",
    markWith: "none",
    limit: 500,
  });
  return items.map(({ id }) => id);
}
