import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { channelsOf, isUrgent, templates } from "@shice/rules/lifecycle/message.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { openOffices } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { sendMessages } from "./send-messages.ts";

const offices: Offices = await openOffices();
const { campaign, db, wanzhou } = offices;
const now = Temporal.Instant.from("2017-10-10T01:00:00Z");
const account = wanzhou.clerk.accountId ?? "";

/** What one key became: channels and states, in the order of the channels. */
async function written(key: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ row: string }>(
    "select channel || ' ' || state as row from shice.message where dedupe_key = $1 order by channel",
    [key],
  );
  return rows.map(({ row }) => row);
}

test.each(templates)("%s goes by the channels of the rules: the inbox at once, the others queued", async (template) => {
  const key = `channels:${template}`;
  const sent = await db.database.inScope({ kind: "system" }, (tx) =>
    sendMessages(tx, [{ account, campaign: campaign.id, key }], { template, now }),
  );
  expect(sent.map(({ channel, fresh }) => [channel, fresh])).toEqual(
    channelsOf(template).map((channel) => [channel, true]),
  );
  const states = channelsOf(template).map((channel) => `${channel} ${channel === "inbox" ? "sent" : "queued"}`);
  expect(await written(key)).toEqual(states.toSorted());
});

test("only what is urgent goes to the telephone, and a circular whose sender wants it", () => {
  for (const template of templates) expect(channelsOf(template).includes("sms"), template).toBe(isUrgent(template));
  expect(channelsOf("circular", { bySms: true })).toContain("sms");
  expect(channelsOf("on-notice", { bySms: true })).not.toContain("sms");
});

test("the same key is sent once, whatever role repeats it", async () => {
  const message = { account, key: "once" };
  const [first] = await db.database.inScope({ kind: "system" }, (tx) =>
    sendMessages(tx, [message], { template: "file-lost", now }),
  );
  const [again] = await db.database.inScope({ kind: "public" }, (tx) =>
    sendMessages(tx, [message], { template: "file-lost", now }),
  );
  expect([first?.fresh, again?.fresh]).toEqual([true, false]);
  expect(await written("once")).toEqual(["email queued", "inbox sent"]);
});

test("readers may come from a select; the holders of a post are found for a role that may not see them", async () => {
  const school = wanzhou.school.id;
  const office = sql`select ${school}::text as organisation, 'school-clerk' as role, 'post' as key`;
  await db.database.inScope({ kind: "public" }, (tx) => sendMessages(tx, office, { template: "teacher-wrote", now }));
  expect(await written(`post:${account}`)).toEqual(["email queued", "inbox sent"]);
});

test("nothing else writes messages: one function in the database, one module that calls it", async () => {
  const { rows } = await db.owner.query<{ name: string }>(
    `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('shice', 'auth') and p.prosrc ~* 'insert\\s+into\\s+shice\\.message\\M'`,
  );
  expect(rows.map(({ name }) => name)).toEqual(["send_messages"]);
  const source = fileURLToPath(new URL("../", import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
  );
  const writing = files.filter((path) =>
    /shice\.send_messages|(?:insert into |insertInto\(")shice\.message\b(?!_)/.test(
      readFileSync(join(source, path), "utf8"),
    ),
  );
  expect(writing).toEqual(["message/send-messages.ts"]);
});
