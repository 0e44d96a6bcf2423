import { transitionNames, transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { channelsOf } from "@shice/rules/lifecycle/message.ts";
import { expect, test } from "vitest";
import { fill, messageTemplates, placeholdersOf } from "./templates.zh.ts";
import { messageTextOf } from "./text.ts";

const all = Object.entries(messageTemplates);
const withoutCase = ["account-verified", "assisted-reset"];

test.each(all)("%s speaks of nothing that its message does not know", (name, { text, short }) => {
  const isReminder = name.startsWith("about-to-lapse");
  const known = withoutCase.includes(name)
    ? []
    : ["campaign", "number", ...(isReminder ? ["days", "end"] : []), ...(name === "objection-raised" ? ["end"] : [])];
  for (const placeholder of [...placeholdersOf(text), ...placeholdersOf(short ?? "")]) {
    expect(known).toContain(placeholder);
  }
});

test.each(all)(
  "%s has short words exactly where it goes to the telephone, and they fit into two messages",
  (name, template) => {
    const bySms = channelsOf(name as Parameters<typeof channelsOf>[0]).includes("sms");
    expect(template.short !== undefined).toBe(bySms);
    const about = {
      template: name,
      campaign: "批次",
      number: "20170000001",
      parameters: { days: 7, end: "11月2日24:00" },
    };
    if (bySms) expect(messageTextOf(about).short.length).toBeLessThanOrEqual(134);
  },
);

test("a slip of the key in a template is found", () => {
  expect(() => placeholdersOf("您的申请（编号{nmber}）")).toThrow("{nmber}");
  expect(fill("{number}号，{number}号", { number: "7" })).toBe("7号，7号");
});

test("every act that tells the teacher has its words", () => {
  const told = transitionNames.map((name) => transitionOf(name).message).filter((message) => message !== undefined);
  expect(told.length).toBeGreaterThan(5);
  for (const message of told) expect(messageTemplates).toHaveProperty([message]);
});
