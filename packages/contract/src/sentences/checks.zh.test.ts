import type { Finding } from "@shice/rules/finding.ts";
import { expect, test } from "vitest";
import { checkSentences, checksSentenceOf } from "./checks.zh.ts";

type Figures<Code extends Finding["code"]> = Omit<Extract<Finding, { code: Code }>, "code" | "level" | "field">;
const source = "一（一）";
const title = "毕业日期";

/** At least one example for each code; a code without an example does not compile. */
const examples: { readonly [Code in Finding["code"]]: readonly Figures<Code>[] } = {
  "identity.empty": [{}],
  "identity.length": [{ length: 15 }, { length: 17 }],
  "identity.characters": [{}],
  "identity.date": [{ date: "19490231" }],
  "identity.check-digit": [{}],
  "identity.excel-lost": [{}],
  "identity.kind-differs": [{ documentKind: "id-card" }, { documentKind: "residence-permit" }],
  "identity.pattern": [{ documentKind: "passport" }],
  "identity.other-document": [{}],
  "name.empty": [{}],
  "name.too-long": [{ length: 51 }],
  "name.characters": [{}],
  "certificate.length": [{ length: 0 }, { length: 13 }],
  "certificate.characters": [{}],
  "certificate.kind-differs": [{ inNumber: "senior", entered: "junior" }],
  "certificate.kind-unknown": [{ digit: "9" }],
  "certificate.year-differs": [{ inNumber: 2012, issued: 2011 }],
  "certificate.year-unlikely": [{ year: 2091 }],
  "certificate.province-unknown": [{ province: "99" }],
  "certificate.holder-differs": [{}],
  "certificate.sex-differs": [{}],
  "certificate.post-mismatch": [
    { certificate: "primary", post: "senior", answer: "no" },
    { certificate: "primary", post: "kindergarten", answer: "disputed" },
  ],
  "certificate.no-subject": [{}],
  "certificate.no-subject-unlikely": [{ issued: 2010 }],
  "certificate.name-differs": [{}],
  "certificate.scan-differs": [{ read: "20125000142000123", from: 12 }],
  "form.missing": [{ title }],
  "form.malformed": [
    { title, sentence: "请按“年-月-日”填写日期。" },
    { title, sentence: "请填写" },
  ],
  "form.date-order": [{ earlier: "参加工作时间", later: "聘用合同起始时间" }],
  "form.date-future": [{ title }],
  "form.before-birth": [{ title }],
  "form.too-young": [{ title }],
  "form.hours-short": [{ hours: 300, needed: 360 }],
  "form.assessment-missing": [{ year: 2016 }],
  "form.assessment-twice": [{ year: 2016 }],
  "form.assessment-future": [{ year: 2018 }],
  "eligibility.not-in-scope": [{ source }],
  "eligibility.industry-run": [{ source }],
  "eligibility.ownership": [{ source }],
  "eligibility.support-needs-title": [{ source }],
  "eligibility.not-in-establishment": [{ source }],
  "eligibility.not-on-post": [{ source }],
  "eligibility.probation-running": [{ source }],
  "eligibility.induction-not-passed": [{ source }],
  "eligibility.register-at-lending-school": [{ source }],
  "eligibility.register-at-borrowing-school": [{ source }],
  "eligibility.area-not-in-plan": [{ source }],
  "eligibility.registered-recently": [{ opensOn: "2018-02-28", source }],
  "eligibility.restricted": [
    { kind: "examination-cheating", until: "2018-03-01", source },
    { kind: "qualification-lost", until: null, source },
  ],
  "eligibility.retiring": [{ source }],
  "eligibility.must": [
    { seconded: "lending-school", source },
    { seconded: "borrowing-school", source },
  ],
};

const all = Object.entries(examples).flatMap(([code, each]) =>
  each.map((figures) => ({ level: "warns", field: "x", code, ...figures })).filter(isFinding),
);
function isFinding(made: { code: string }): made is Finding {
  return made.code in checkSentences;
}

test("every finding has one complete Chinese sentence with its figures", () => {
  expect(Object.keys(examples).sort()).toEqual(Object.keys(checkSentences).sort());
  const sentences = all.map(checksSentenceOf);
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^[\p{Script=Han}“\d].*[^。]。$/u);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|。。|[a-z]{3,}/);
  }
  expect(new Set(sentences).size).toBe(sentences.length);
});

test("figures are written as people write them", () => {
  const say = (finding: Finding) => checksSentenceOf(finding);
  const at = { level: "blocks", field: "x" } as const;
  expect(say({ ...at, code: "eligibility.registered-recently", opensOn: "2018-02-28", source })).toContain(
    "2018年2月28日",
  );
  expect(say({ ...at, code: "eligibility.restricted", kind: "k", until: "2018-03-01", source })).toContain(
    "至2018年3月1日止",
  );
  expect(say({ ...at, code: "certificate.kind-differs", inNumber: "senior", entered: "junior" })).toContain(
    "号码中的资格种类是“高级中学教师资格”，您选择的是“初级中学教师资格”",
  );
  expect(say({ ...at, code: "identity.pattern", documentKind: "passport" })).toContain("“护照”");
});
