import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { channelsOf, templates } from "@shice/rules/lifecycle/message.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { expect, test } from "vitest";
import { fill, messageTemplates, placeholdersFor, placeholdersOf } from "./templates.zh.ts";
import { messageTextOf } from "./text.ts";

const all = templates.map((name) => [name, messageTemplates[name]] as const);
const ofCase = ["campaign", "number"];
/** What each message knows beside the campaign and the number of the case that it is about; null: not even those. */
const knows: Readonly<Record<string, readonly string[] | null>> = {
  "about-to-lapse": [...ofCase, "days", "end"],
  "about-to-lapse-unconfirmed": [...ofCase, "days", "end"],
  "about-to-lapse-returned": [...ofCase, "days", "end"],
  "about-to-be-decided": [...ofCase, "days", "end"],
  "certificate-clash": [...ofCase, "other"],
  "objection-raised": [...ofCase, "end"],
  "attestation-asked": [...ofCase, "end"],
  // To a teacher of the roster, with or without an application.
  appointment: ["campaign", "school", "when", "place"],
  "school-reminds-apply": ["campaign", "school", "end"],
  "school-reminds-submit": ["campaign", "school", "end"],
  "school-reminds-answer": ["campaign", "school", "end"],
  // To an office, about no case in particular.
  "lapse-warning": ["campaign", "days", "end", "count", "unseen"],
  "parked-warning": ["campaign", "days", "end", "count"],
  "manifest-difference": ["campaign", "manifest"],
  "school-took-over": ["campaign", "school", "entries", "cases"],
  "schools-passed": ["campaign", "school", "entries", "cases"],
  "schools-silent": ["campaign", "end", "schools", "unseen"],
  "schools-silent-today": ["campaign", "end", "schools", "unseen"],
  "account-verified": null,
  "assisted-reset": null,
  circular: null,
};

test.each(all)("%s speaks of nothing that its message does not know", (name, { text, short }) => {
  const known = name in knows ? (knows[name] ?? []) : ofCase;
  expect(placeholdersFor(name).toSorted()).toEqual(known.toSorted());
  for (const placeholder of [...placeholdersOf(text), ...placeholdersOf(short ?? "")]) {
    expect(known).toContain(placeholder);
  }
});

test.each(all)(
  "%s has short words exactly where it goes to the telephone, and they fit into two messages",
  (name, template) => {
    const bySms = channelsOf(name).includes("sms");
    expect(template.short !== undefined).toBe(bySms);
    const about = {
      template: name,
      campaign: "批次",
      number: "20170000001",
      parameters: {
        days: 7,
        end: "2017年11月2日24:00",
        school: "某某区教师进修学院附属中学",
        when: "10月16日 9:00至11:30",
        place: "，地点：行政楼二楼会议室",
      },
      own_title: null,
      own_text: null,
      own_short: null,
      circular_title: null,
      circular_text: null,
      circular_from: null,
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
