import { gzipSync } from "node:zlib";
import { ConclusionKey } from "@shice/contract/terms.ts";
import { expect, test } from "vitest";
import { getCampaign } from "../request/run-act.ts";
import { openOffices } from "../testing/offices.ts";
import type { PageSetting } from "./layout.ts";
import { noticePage } from "./notice-pages.ts";
import { homePage } from "./pages.ts";
import { script, style } from "./style.ts";

const offices = await openOffices();
const campaign = await getCampaign(offices.services, offices.campaign.key);
const at = (moment: string): PageSetting => ({
  path: "/",
  now: Temporal.Instant.from(moment),
  large: false,
  training: false,
});

test("a full page of a public list, with everything it needs, is under 50 kB on the line", () => {
  const items = Array.from({ length: 50 }, (_, index) => ({
    position: index + 1,
    name: "阿依古丽·买*买提",
    school: `重庆市万州区${String.fromCodePoint(0x4e00 + index * 7)}桥镇中心小学${index}分校（教学点）`,
    certificateKind: "junior" as const,
    subject: "道德与法治",
    registrationKind: "first" as const,
    conclusion: ConclusionKey.parse("pass"),
  }));
  const notice = {
    id: "0198a000-0000-7000-8000-000000000001",
    number: "万州区公示〔2017〕1号",
    authority: "万州区教育委员会",
    publishedAt: "2017-11-12T01:00:00Z",
    firstDay: "2017-11-13",
    lastDay: "2017-11-19",
    endsAt: "2017-11-19T16:00:00Z",
    closedAt: null,
    entries: 800,
    listHash: "0".repeat(64),
    actions: [],
    page: { items, next: "50" },
  };
  const page = noticePage(at("2017-11-13T01:00:00Z"), campaign, notice, { name: "", school: "" }).toString();
  const bytes = [page, style, script].reduce((sum, part) => sum + gzipSync(part).length, 0);
  expect(bytes).toBeLessThan(50_000);
  // Also for a browser so old that it unpacks nothing, the page alone.
  expect(Buffer.byteLength(page)).toBeLessThan(50_000);
});

test("the first page speaks of what teachers do, and of other stages while they are open", () => {
  const autumn = homePage(at("2017-10-09T01:00:00Z"), campaign).toString();
  expect(autumn).toContain("网上报名正在开放");
  expect(autumn).not.toContain("终审尚未开始");
  expect(homePage(at("2017-11-23T01:00:00Z"), campaign).toString()).toContain("终审正在开放");
});
