import { fitsConclusion } from "../conclusions/opinion.ts";
import { checkDuplicateNames, checkDuplicates } from "./check-bodies.ts";
import type { Finding } from "./finding.ts";
import { findingOf } from "./finding-of.ts";
import { formFieldTitles } from "./form-field.ts";
import { findNearest } from "./nearest.ts";
import { type Concerns, type Plan, reasonUses } from "./plan.ts";

const concernsTexts: Record<Concerns, string> = {
  everyone: "全部人员",
  "newly-hired": "初聘教师",
  serving: "非初聘教师",
  "first-registration": "首次注册",
  "periodic-registration": "定期注册",
};

/** Checks materials, conclusions, conditions, marking and reasons (Notice §三(二), §三(六), §三(七)). */
export function* checkMaterials(plan: Plan): Generator<Finding> {
  yield* checkDuplicates(
    "材料标识",
    plan.materials.map((material) => material.key),
    (index) => ["materials", index, "key"],
  );
  yield* checkDuplicates(
    "材料序号",
    plan.materials.map((material) => material.item),
    (index) => ["materials", index, "item"],
  );
  yield* checkDuplicates(
    "结论标识",
    plan.conclusions.map((conclusion) => conclusion.key),
    (index) => ["conclusions", index, "key"],
  );
  yield* checkDuplicateNames(
    "结论",
    plan.conclusions.map((conclusion) => conclusion.name),
    (index) => ["conclusions", index, "name"],
  );
  yield* checkDuplicates(
    "条件标识",
    plan.conditions.map((condition) => condition.key),
    (index) => ["conditions", index, "key"],
  );
  yield* checkDuplicates(
    "事由标识",
    plan.reasons.map((reason) => reason.code),
    (index) => ["reasons", index, "code"],
  );
  const { copies } = plan.stages.archive;
  yield* checkDuplicates(
    "存档份次",
    copies.map(({ copy }) => copy),
    (index) => ["stages", "archive", "copies", index, "copy"],
  );
  yield* checkVariants(plan);
  yield* checkConclusions(plan);
  yield* checkReasons(plan);
}

function* checkVariants(plan: Plan): Generator<Finding> {
  for (const [index, { key, variants, source }] of plan.materials.entries()) {
    const path = ["materials", index, "variants"];
    const concerned = variants.map((variant) => variant.concerns);
    const twice = concerned.find((concerns, at) => concerned.indexOf(concerns) < at);
    if (twice !== undefined) {
      yield findingOf("material.variant-twice", path, { material: key, concerns: concernsTexts[twice] }, source);
    }
    const byHiring = concerned.includes("newly-hired") || concerned.includes("serving");
    const byOrdinal = concerned.includes("first-registration") || concerned.includes("periodic-registration");
    if (byHiring && byOrdinal) {
      yield findingOf("material.variants-ambiguous", path, { material: key }, source);
    }
    for (const [at, variant] of variants.entries()) {
      if (variant.copyStamped && variant.copies === 0) {
        yield findingOf("material.stamp-without-copy", [...path, at, "copies"], { name: variant.name }, source);
      }
    }
  }
}

function* checkConclusions(plan: Plan): Generator<Finding> {
  const { conclusions, conditions, marking } = plan;
  if (!conclusions.some((conclusion) => conclusion.raisesOrdinal)) {
    yield findingOf("conclusion.none-raises-ordinal", ["conclusions"], {});
  }
  const known = conclusions.map((conclusion) => conclusion.key);
  const mildest = conclusions[0];
  for (const [index, { key, suggests, source }] of conditions.entries()) {
    const path = ["conditions", index, "suggests"];
    if (!known.includes(suggests)) {
      yield findingOf("condition.unknown-conclusion", path, { suggests, known }, source);
    } else if (suggests === mildest?.key) {
      yield findingOf("condition.suggests-mildest", path, { condition: key, name: mildest.name }, source);
    }
  }
  const marked = conclusions.filter((conclusion) => conclusion.marked);
  const marksNothing = marking.oldVersion === "none" && marking.newVersion === "none";
  if (marksNothing && marked.length > 0) {
    const names = marked.map((conclusion) => conclusion.name);
    yield findingOf("marking.nothing-to-mark-with", ["marking"], { names }, marking.source);
  }
  if (!marksNothing && marked.length === 0) {
    yield findingOf("marking.no-marked-conclusion", ["conclusions"], {}, marking.source);
  }
}

function* checkReasons(plan: Plan): Generator<Finding> {
  const materials = plan.materials.map((material) => material.key);
  const fields = Object.keys(formFieldTitles);
  const conclusions = plan.conclusions.map(({ key }) => key);
  for (const [index, { code, use, opens, conclusions: under }] of plan.reasons.entries()) {
    for (const [at, conclusion] of under.entries()) {
      if (conclusions.includes(conclusion)) continue;
      const path = ["reasons", index, "conclusions", at];
      yield findingOf("reason.unknown-conclusion", path, { reason: code, conclusion, known: conclusions });
    }
    if (under.length > 0 && !use.includes("decide")) {
      yield findingOf("reason.conclusions-without-decide", ["reasons", index, "conclusions"], { reason: code });
    }
    for (const [at, opened] of opens.entries()) {
      const path = ["reasons", index, "opens", at];
      const [kind, name = ""] = opened.split(":");
      if (kind === "material" && !materials.includes(name)) {
        yield findingOf("reason.unknown-material", path, { reason: code, material: name, known: materials });
      }
      if (kind === "field" && !fields.includes(name)) {
        const nearest = findNearest(name, fields);
        const figures = { reason: code, field: name, known: fields, ...(nearest === undefined ? {} : { nearest }) };
        yield findingOf("reason.unknown-field", path, figures);
      }
    }
    if (opens.length > 0 && !use.includes("return") && !use.includes("send-back")) {
      yield findingOf("reason.opens-without-return", ["reasons", index, "opens"], { reason: code });
    }
  }
  const grounds = plan.reasons.filter(({ use }) => use.includes("decide"));
  for (const [index, { key, name }] of plan.conclusions.entries()) {
    if (grounds.length > 0 && !grounds.some((reason) => fitsConclusion(reason, key))) {
      yield findingOf("conclusion.without-reason", ["conclusions", index], { name });
    }
  }
  const hasStickers = plan.marking.oldVersion === "sticker" || plan.marking.newVersion === "sticker";
  for (const use of reasonUses) {
    // Parking needs no reason of the plan, because the notice itself names some; what a bag lacks can be described in
    // free words.
    const isNeeded = use === "scrap" ? hasStickers : use !== "park" && use !== "difference";
    if (isNeeded && !plan.reasons.some((reason) => reason.use.includes(use))) {
      yield findingOf("reason.use-without-reason", ["reasons"], { use });
    }
  }
}
