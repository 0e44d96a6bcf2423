import { call } from "@orpc/server";
import { beforeAll, expect, test } from "vitest";
import { getProofText } from "../case/get-proof-text.ts";
import { proofOf } from "../case/proof.ts";
import { decisionRoutes } from "../decision/routes.ts";
import { noteContradictions } from "../request/contradiction.ts";
import { withActContext } from "../testing/act-context.ts";
import { openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { concluded } from "../testing/through.ts";
import { auditRoutes } from "./routes.ts";

// Whoever writes to the database can set what a column says; nothing is signed or confirmed for it.

const withdrawn = "渝教撤〔2018〕1号";
let offices: Offices;
let failed = "";
let revoked = "";
let undecided = "";
let code = "";
beforeAll(async () => {
  offices = await openOffices();
  const { wanzhou, clock } = offices;
  [undecided = ""] = await offices.handedOver(wanzhou, 1);
  [failed = "", revoked = ""] = await offices.handedOver(wanzhou, 2);
  await concluded(offices, wanzhou, [failed, revoked], { conclusion: "fail" });
  code = (await proofOfCase(failed)).code;
  clock.set("2018-03-01T09:00");
  await call(
    decisionRoutes.revoke,
    { campaign: offices.campaign.key, application: revoked, number: withdrawn, reason: "查实提供虚假材料" },
    { context: offices.as(offices.approver) },
  );
});

function proofOfCase(application: string) {
  const { services, wanzhou } = offices;
  return noteContradictions(offices.as(wanzhou.lead), () =>
    withActContext(offices, wanzhou.lead, async (ctx) => proofOf(services, await getProofText(ctx, application))),
  );
}

async function askedPublicly(application: string) {
  const { rows } = await offices.db.owner.query("select number, name from shice.application where id = $1", [
    application,
  ]);
  const { number, name } = rows[0];
  return await call(
    auditRoutes.verifyConclusion,
    { campaign: offices.campaign.key, number, name },
    { context: offices.as(null) },
  );
}

async function notedFor(application: string): Promise<unknown[]> {
  const { rows } = await offices.db.owner.query(
    "select detail ->> 'contradiction' as contradiction from shice.audit_entry where subject_id = $1 and action = 'contradicted-conclusion'",
    [application],
  );
  return rows.map(({ contradiction }) => contradiction);
}

/** Does the work while the database says otherwise, and takes that back. */
async function whileForged<T>(forge: readonly string[], undo: readonly string[], work: () => Promise<T>): Promise<T> {
  for (const text of forge) await offices.db.owner.query(text);
  try {
    return await work();
  } finally {
    for (const text of undo) await offices.db.owner.query(text);
    await offices.db.owner.query(
      "update shice.audit_entry set subject_id = null where action = 'contradicted-conclusion'",
    );
  }
}

test("the conclusion that was decided is confirmed and proved", async () => {
  expect(await askedPublicly(failed)).toMatchObject({ found: true, conclusion: "不合格" });
  expect(await call(auditRoutes.verifyProof, { code }, { context: offices.as(null) })).toMatchObject({ valid: true });
  expect((await askedPublicly(revoked)).sentence).toContain("此注册已撤销");
  expect(await refusalCodeOf(proofOfCase(revoked))).toBe("proof.no-conclusion");
  expect(await refusalCodeOf(proofOfCase(undecided))).toBe("proof.no-conclusion");
  expect(await askedPublicly(undecided)).toMatchObject({ found: false });
});

const application = (set: string, id: () => string) => () => `update shice.application set ${set} where id = '${id()}'`;
const entryOf = (id: string) => `application_id = '${id}' and conclusion <> 'revoked'`;

test.each([
  [
    "a conclusion in the column",
    [application("final_conclusion = 'pass'", () => failed)],
    [application("final_conclusion = 'fail'", () => failed)],
    "other-conclusion",
  ],
  [
    "a conclusion in the column and in the decision's list",
    [
      application("final_conclusion = 'pass'", () => failed),
      () => `update shice.decision_entry set conclusion = 'pass' where ${entryOf(failed)}`,
    ],
    [
      application("final_conclusion = 'fail'", () => failed),
      () => `update shice.decision_entry set conclusion = 'fail' where ${entryOf(failed)}`,
    ],
    "history-cut",
  ],
  [
    "a line of somebody else in the signed list",
    [() => `update shice.decision_entry set conclusion = 'pass' where ${entryOf(revoked)}`],
    [() => `update shice.decision_entry set conclusion = 'fail' where ${entryOf(revoked)}`],
    "list-not-signed",
  ],
  [
    "the signature",
    [
      () =>
        "update shice.decision set signature = set_byte(signature, 0, get_byte(signature, 0) # 1) where kind = 'conclude'",
    ],
    [
      () =>
        "update shice.decision set signature = set_byte(signature, 0, get_byte(signature, 0) # 1) where kind = 'conclude'",
    ],
    "list-not-signed",
  ],
  [
    "the certificate's kind",
    [application("certificate_kind = 'senior'", () => failed)],
    [application("certificate_kind = 'junior'", () => failed)],
    "history-cut",
  ],
])(
  "%s is neither confirmed nor signed, and the auditor finds it in the log",
  async (_what, forge, undo, contradiction) => {
    const texts = (make: readonly (() => string)[]) => make.map((text) => text());
    await whileForged(texts(forge), texts(undo), async () => {
      const found = await askedPublicly(failed);
      expect(found).toMatchObject({ found: false, conclusion: null, decision: null });
      expect(found.sentence).toBe(
        "不能确认：本系统的登记与已签名的终审决定不一致。系统已记录，请向注册机构查询，并以决定文件为准。",
      );
      expect(await refusalCodeOf(proofOfCase(failed))).toBe("proof.contradicted");
      expect(await call(auditRoutes.verifyProof, { code }, { context: offices.as(null) })).toMatchObject({
        valid: false,
      });
      // Once a day, however often it is asked for.
      expect(await notedFor(failed)).toEqual([contradiction]);
    });
    expect(await askedPublicly(failed)).toMatchObject({ found: true, conclusion: "不合格" });
  },
);

test("a case without a decision is not confirmed by its columns", async () => {
  const forge = `update shice.application set state = 'concluded', final_conclusion = 'pass', decision_id = uuidv7() where id = '${undecided}'`;
  const undo = `update shice.application set state = 'handed-over', final_conclusion = null, decision_id = null where id = '${undecided}'`;
  await whileForged([forge], [undo], async () => {
    expect(await askedPublicly(undecided)).toMatchObject({ found: false, conclusion: null });
    expect(await refusalCodeOf(proofOfCase(undecided))).toBe("proof.contradicted");
    expect(await notedFor(undecided)).toEqual(["no-decision"]);
  });
});

test("a revocation taken back in the column, or with its decision, does not bring the conclusion back", async () => {
  const { owner } = offices.db;
  const forge = `update shice.application set state = 'concluded' where id = '${revoked}'`;
  const undo = `update shice.application set state = 'revoked' where id = '${revoked}'`;
  await whileForged([forge], [undo], async () => {
    expect(await refusalCodeOf(proofOfCase(revoked))).toBe("proof.contradicted");
    expect(await notedFor(revoked)).toEqual(["other-state"]);
  });
  const { rows } = await owner.query(
    "select position, conclusion, decision_id from shice.decision_entry where conclusion = 'revoked'",
  );
  const [line] = rows;
  const without = "delete from shice.decision_entry where conclusion = 'revoked'";
  const again = `insert into shice.decision_entry (decision_id, position, campaign_id, application_id, conclusion)
    values ('${line.decision_id}', ${line.position}, '${offices.campaign.id}', '${revoked}', 'revoked')`;
  await whileForged([forge, without], [undo, again], async () => {
    expect(await askedPublicly(revoked)).toMatchObject({ found: false });
    expect(await refusalCodeOf(proofOfCase(revoked))).toBe("proof.contradicted");
    expect(await notedFor(revoked)).toEqual(["history-cut"]);
  });
});
