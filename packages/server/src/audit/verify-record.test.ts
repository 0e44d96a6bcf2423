import { createHmac } from "node:crypto";
import { call } from "@orpc/server";
import type { AuditFault, FaultKind } from "@shice/contract/audit-fault.ts";
import { faultTextOf } from "@shice/contract/sentences/audit-fault.zh.ts";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson, type HistoryRow, historyMacOf, plainHistoryHashOf } from "../case/history.ts";
import { decisionRoutes } from "../decision/routes.ts";
import { markingRoutes } from "../marking/routes.ts";
import { kyselyOn } from "../platform/database/database.ts";
import { openPool } from "../platform/database/pool.ts";
import { readersOf } from "../platform/database/readers.ts";
import { openSecrets } from "../platform/secrets.ts";
import { openOffices } from "../testing/offices.ts";
import type { Staff } from "../testing/offices-shape.ts";
import { concluded } from "../testing/through.ts";
import { auditRoutes } from "./routes.ts";
import { sealDay } from "./seal-day.ts";
import { verifyRecord } from "./verify-record.ts";

// Every kind of row is altered here as the owner of the database can, with keys and triggers set aside; the verification
// must name what was altered. The list is printed at the end and stands in docs/operations.zh-CN.md.

const offices = await openOffices();
const { campaign, centreCustodian, centreHandler, clock, db, wanzhou } = offices;
const { database, secrets } = db;
const as = (staff: Staff) => ({ context: offices.as(staff) });

const ids = (await offices.handedOver(wanzhou, 4)).toSorted();
const [first = "", altered = "", revoked = "", untouched = ""] = ids;
const [undecided = ""] = await offices.handedOver(wanzhou, 1);
const decision = await concluded(offices, wanzhou, ids, { number: "渝教注〔2017〕1号" });
const { series } = await call(
  markingRoutes.openSeries,
  { campaign: campaign.key, prefix: "YZ", digits: 8 },
  as(centreCustodian),
);
const serials = { campaign: campaign.key, series, serials: "1至10", partner: centreHandler.accountId };
await call(markingRoutes.receiveStickers, serials, as(centreCustodian));
await call(markingRoutes.printStickers, { ...serials, conclusion: "pass" }, as(centreCustodian));
await call(markingRoutes.issueStickers, { ...serials, authority: wanzhou.authority.id }, as(centreCustodian));
await call(
  markingRoutes.markBySticker,
  {
    campaign: campaign.key,
    application: first,
    series,
    serial: "1",
    custodian: wanzhou.custodian.accountId,
    ridingSeal: true,
  },
  as(wanzhou.handler),
);
const plainDateOf = (text: string) => Temporal.PlainDate.from(text);
await sealDay(database, secrets, plainDateOf("2017-11-23"), clock.now());
clock.set("2018-03-01T09:00");
await call(
  decisionRoutes.revoke,
  { campaign: campaign.key, application: revoked, number: "渝教撤〔2018〕1号", reason: "查实提供虚假材料" },
  as(offices.approver),
);
await sealDay(database, secrets, plainDateOf("2018-03-01"), clock.now());
clock.set("2018-03-02T09:00");
await call(auditRoutes.listAudit, { limit: 1 }, as(offices.auditor));
await call(decisionRoutes.getDecisionList, { campaign: campaign.key, decision }, as(offices.auditor));

const owner = openPool({ ...db.superuser, max: 1, types: readersOf() });
afterAll(() => owner.end());

async function readValue<T>(text: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await owner.query({ text, values: [...values], rowMode: "array" });
  return rows[0]?.[0];
}

const last = await readValue<number>("select last_sequence from shice.application where id = $1", [altered]);
const revocation = await readValue<string>("select id from shice.decision where kind = 'revoke'");
const end = Number(await readValue<bigint>("select number from shice.audit_head"));
const entry = await readValue<string>("select id from shice.audit_entry where number = 2");
const lastEntry = await readValue<string>("select id from shice.audit_entry where number = $1", [end]);
const sealEntry = await readValue<string>(
  "select id from shice.audit_entry where action = 'seal-day' order by number limit 1",
);
const issue = await readValue<string>("select id from shice.sticker_movement where kind = 'issue'");
const use = await readValue<string>("select id from shice.sticker_movement where kind = 'use'");

type Alter = (client: pg.PoolClient) => Promise<unknown>;

/** What the verification finds after this was done behind the program's back; it is taken back afterwards. */
async function faultsAfter(alter: Alter): Promise<AuditFault[]> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await alter(client);
    return (await verifyRecord({ tx: kyselyOn(client), secrets }, [campaign])).faults;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const query =
  (text: string, values: readonly unknown[] = []): Alter =>
  (client) =>
    client.query(text, [...values]);

interface StoredHistory {
  sequence: number;
  [column: string]: unknown;
}

/** Rewrites the history of a case from a row on, each row with the code that `code` makes of it, and the head with it. */
function rechained(
  application: string,
  change: (row: StoredHistory) => void,
  code: (previous: Buffer, row: HistoryRow) => Buffer,
): Alter {
  return async (client) => {
    const { rows } = await client.query(
      "select * from shice.application_history where application_id = $1 order by sequence",
      [application],
    );
    let previous: Buffer = Buffer.alloc(0);
    for (const row of rows) {
      change(row);
      const hash = code(previous, {
        campaignId: row.campaign_id,
        applicationId: row.application_id,
        sequence: row.sequence,
        transition: row.transition,
        fromState: row.from_state,
        toState: row.to_state,
        at: row.at.toString(),
        role: row.role,
        accountId: row.account_id,
        personId: row.person_id,
        postId: row.post_id,
        organisationId: row.organisation_id,
        reason: row.reason,
        record: row.record,
        changes: row.changes,
        sets: row.sets,
        planVersion: row.plan_version,
      });
      await client.query(
        `update shice.application_history set reason = $3, record = $4, sets = $5, previous_hash = $6, hash = $7
         where application_id = $1 and sequence = $2`,
        [application, row.sequence, row.reason, JSON.stringify(row.record), JSON.stringify(row.sets), previous, hash],
      );
      previous = hash;
    }
    await client.query("update shice.application set last_hash = $2 where id = $1", [application, previous]);
  };
}

const rewriteReason = (row: StoredHistory) => {
  if (row.sequence === 4) row["reason"] = "无";
};
const others = openSecrets({ secret: "a secret that somebody guessed", cipher: "aes-256-gcm" });
const at = (number: number) => ({ number, column: null });
const ofColumn = (column: string) => ({ number: null, column });
const inCase = (kind: FaultKind, number: number) => ({ kind, subject: altered, ...at(number) });
const from = (sequence: number) => Array.from({ length: last - sequence + 1 }, (_, index) => sequence + index);
const newest = `select id from shice.application where id = '${altered}'`;

/** What is altered, how, and which faults at least must be named. Found besides is what follows from it. */
const kinds: readonly [string, Alter, readonly Partial<AuditFault>[]][] = [
  [
    "办理记录：修改内容",
    query("update shice.application_history set reason = '无' where application_id = $1 and sequence = 4", [altered]),
    [inCase("history.content", 4)],
  ],
  [
    "办理记录：修改时间",
    query(
      "update shice.application_history set at = at - interval '1 microsecond' where application_id = $1 and sequence = 4",
      [altered],
    ),
    [inCase("history.content", 4)],
  ],
  [
    "办理记录：修改办理人",
    query("update shice.application_history set account_id = $2 where application_id = $1 and sequence = 4", [
      altered,
      wanzhou.lead.accountId,
    ]),
    [inCase("history.content", 4)],
  ],
  [
    "办理记录：修改办理中写入的字段",
    query(
      `update shice.application_history set sets = sets || '{"final_conclusion": "fail"}' where application_id = $1 and transition = 'conclude'`,
      [altered],
    ),
    [
      inCase("history.content", last),
      { kind: "application.column", subject: altered, ...ofColumn("final_conclusion") },
    ],
  ],
  [
    "办理记录：不用密钥重算整条链",
    rechained(altered, rewriteReason, plainHistoryHashOf),
    [...from(1).map((sequence) => inCase("history.content", sequence)), inCase("application.head-code", last)],
  ],
  [
    "办理记录：写成升级前的无密钥格式并重算整条链",
    rechained(
      altered,
      (row) => {
        rewriteReason(row);
        row["sets"] = {};
      },
      plainHistoryHashOf,
    ),
    from(1).map((sequence) => inCase("history.not-keyed", sequence)),
  ],
  [
    "办理记录：用别的密钥重算整条链",
    rechained(altered, rewriteReason, (previous, row) => historyMacOf(others, previous, row)),
    from(1).map((sequence) => inCase("history.content", sequence)),
  ],
  [
    "办理记录：删除中间一条",
    query("delete from shice.application_history where application_id = $1 and sequence = 4", [altered]),
    [inCase("history.gap", 5), inCase("history.link", 5)],
  ],
  [
    "办理记录：删除首条",
    query("delete from shice.application_history where application_id = $1 and sequence = 1", [altered]),
    [inCase("history.gap", 2)],
  ],
  [
    "办理记录：删除末条",
    query("delete from shice.application_history where application_id = $1 and sequence = $2", [altered, last]),
    [inCase("application.head", last - 1), inCase("history.sealed-otherwise", last)],
  ],
  [
    "办理记录：删除末条，并把申请改回之前的样子",
    async (client) => {
      await client.query("delete from shice.application_history where application_id = $1 and sequence = $2", [
        altered,
        last,
      ]);
      await client.query(
        `update shice.application a set state = h.to_state, last_sequence = h.sequence, last_hash = h.hash, version = a.version - 1,
           final_conclusion = null, decision_id = null, mark_with = null
         from shice.application_history h where a.id = $1 and h.application_id = a.id and h.sequence = $2`,
        [altered, last - 1],
      );
    },
    [inCase("application.head-code", last - 1), inCase("history.sealed-otherwise", last)],
  ],
  [
    "办理记录：删除全部",
    query("delete from shice.application_history where application_id = $1", [altered]),
    [{ kind: "history.missing", subject: altered }],
  ],
  [
    "办理记录：添加一条",
    async (client) => {
      await client.query(
        `insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role,
           account_id, record, changes, plan_version, previous_hash, hash)
         select campaign_id, application_id, sequence + 1, 'archive', to_state, 'archived', at, 'district-lead', $2, '{}', '{}', 1,
           hash, sha256('x') from shice.application_history where application_id = $1 and sequence = $3`,
        [altered, wanzhou.lead.accountId, last],
      );
      await client.query(
        "update shice.application set state = 'archived', last_sequence = $2, last_hash = sha256('x') where id = $1",
        [altered, last + 1],
      );
    },
    [inCase("history.content", last + 1), inCase("application.head-code", last + 1)],
  ],
  [
    "申请：删除整份申请及其办理记录",
    async (client) => {
      await client.query("delete from shice.application_history where application_id = $1", [altered]);
      await client.query("delete from shice.application where id = $1", [altered]);
    },
    [inCase("history.sealed-otherwise", last), { kind: "decision.list", subject: decision }],
  ],
  [
    "申请：修改末条的序号",
    query("update shice.application set last_sequence = last_sequence + 1 where id = $1", [altered]),
    [inCase("application.head", last), inCase("application.head-code", last + 1)],
  ],
  [
    "决定：修改文号",
    query("update shice.decision set number = '渝教注〔2017〕2号' where id = $1", [decision]),
    [{ kind: "decision.list", subject: decision }],
  ],
  [
    "决定：修改时间",
    query("update shice.decision set decided_at = decided_at - interval '1 day' where id = $1", [decision]),
    [{ kind: "decision.list", subject: decision }],
  ],
  [
    "决定：修改签名",
    query("update shice.decision set signature = set_byte(signature, 0, get_byte(signature, 0) # 1) where id = $1", [
      decision,
    ]),
    [{ kind: "decision.signature", subject: decision }],
  ],
  [
    "决定：修改名单的摘要",
    query("update shice.decision set list_hash = sha256('x') where id = $1", [decision]),
    [{ kind: "decision.list", subject: decision }],
  ],
  [
    "决定：修改名单中的结论，并重算摘要",
    async (client) => {
      await client.query("update shice.decision_entry set conclusion = 'fail' where application_id = $1", [altered]);
      await client.query("update shice.application set final_conclusion = 'fail' where id = $1", [altered]);
      const { rows } = await client.query(
        `select e.position, a.number, a.name, e.conclusion, d.decided_at from shice.decision_entry e
         join shice.decision d on d.id = e.decision_id join shice.application a on a.id = e.application_id
         where d.id = $1 order by e.position`,
        [decision],
      );
      const text = canonicalJson({
        campaign: campaign.key,
        number: "渝教注〔2017〕1号",
        kind: "conclude",
        decidedAt: rows[0].decided_at.toString(),
        entries: rows.map(({ position, number, name, conclusion }) => ({
          position,
          application: number,
          name,
          conclusion,
        })),
      });
      await client.query("update shice.decision set list_hash = sha256(convert_to($2, 'UTF8')) where id = $1", [
        decision,
        text,
      ]);
    },
    [
      { kind: "decision.signature", subject: decision },
      { kind: "application.column", subject: altered, ...ofColumn("final_conclusion") },
    ],
  ],
  [
    "决定：从名单中删除一人",
    query("delete from shice.decision_entry where application_id = $1", [altered]),
    [
      { kind: "decision.list", subject: decision },
      { kind: "decision.conclusion", subject: altered },
      inCase("decision.missing", last),
    ],
  ],
  [
    "决定：在名单中添加一人",
    query(
      "insert into shice.decision_entry (decision_id, position, campaign_id, application_id, conclusion) values ($1, 9, $2, $3, 'pass')",
      [decision, campaign.id, undecided],
    ),
    [
      { kind: "decision.list", subject: decision },
      { kind: "decision.conclusion", subject: undecided },
    ],
  ],
  [
    "决定：删除整份决定",
    async (client) => {
      await client.query("delete from shice.decision_entry where decision_id = $1", [decision]);
      await client.query("delete from shice.decision where id = $1", [decision]);
    },
    ids.map((subject) => ({ kind: "decision.conclusion" as const, subject })),
  ],
  [
    "决定：删除撤销决定，并恢复原结论",
    async (client) => {
      await client.query("delete from shice.decision_entry where decision_id = $1", [revocation]);
      await client.query("delete from shice.decision where id = $1", [revocation]);
      await client.query("update shice.application set state = 'concluded' where id = $1", [revoked]);
    },
    [
      { kind: "application.head-code", subject: revoked },
      { kind: "decision.missing", subject: revoked },
    ],
  ],
  [
    "审计记录：修改内容",
    query("update shice.audit_entry set detail = '{}', action = 'look' where number = 2"),
    [{ kind: "audit.content", subject: entry, ...at(2) }],
  ],
  [
    "审计记录：抹去校验码",
    query("update shice.audit_entry set mac = null, previous_mac = null where number = 2"),
    [
      { kind: "audit.link", subject: entry, ...at(2) },
      { kind: "audit.content", subject: entry, ...at(2) },
      { kind: "audit.link", ...at(3) },
    ],
  ],
  [
    "审计记录：删除中间一条",
    query("delete from shice.audit_entry where number = 2"),
    [
      { kind: "audit.gap", ...at(3) },
      { kind: "audit.link", ...at(3) },
    ],
  ],
  [
    "审计记录：删除中间一条，其余重新编号",
    async (client) => {
      await client.query("delete from shice.audit_entry where number = 2");
      await client.query("update shice.audit_entry set number = -number where number > 2");
      await client.query("update shice.audit_entry set number = -number - 1 where number < 0");
      await client.query("update shice.audit_head set number = number - 1");
    },
    [{ kind: "audit.link", ...at(2) }, { kind: "audit.content", ...at(2) }, { kind: "audit.end" }],
  ],
  [
    "审计记录：删除末条",
    query("delete from shice.audit_entry where number = $1", [end]),
    [{ kind: "audit.end", ...at(end - 1) }],
  ],
  [
    "审计记录：删除末条，并把日志的末尾改到前一条",
    async (client) => {
      await client.query("delete from shice.audit_entry where number = $1", [end]);
      await client.query(
        "update shice.audit_head h set number = e.number, mac = e.mac from shice.audit_entry e where e.number = $1",
        [end - 1],
      );
    },
    [{ kind: "audit.end", ...at(end - 1) }],
  ],
  [
    "审计记录：删除全部",
    query("delete from shice.audit_entry"),
    [
      { kind: "audit.end", ...at(0) },
      { kind: "seal.audit-log", subject: "1" },
    ],
  ],
  [
    "审计记录：添加一条，不编号",
    query(
      "insert into shice.audit_entry (id, at, role, action, subject_kind) values ('0198a000-0000-7000-8000-00000000000a', now(), 'system', 'look', 'x')",
    ),
    [{ kind: "audit.unnumbered", subject: "0198a000-0000-7000-8000-00000000000a" }],
  ],
  [
    "审计记录：在末尾添加一条，并移动日志的末尾",
    async (client) => {
      const mac = createHmac("sha256", "guessed").update("x").digest();
      await client.query(
        `insert into shice.audit_entry (id, at, role, action, subject_kind, number, previous_mac, mac)
         select '0198a000-0000-7000-8000-00000000000a', now(), 'system', 'look', 'x', number + 1, mac, $1 from shice.audit_head`,
        [mac],
      );
      await client.query("update shice.audit_head set number = number + 1, mac = $1", [mac]);
    },
    [
      { kind: "audit.content", ...at(end + 1) },
      { kind: "audit.end", ...at(end + 1) },
    ],
  ],
  [
    "审计记录：交换两条",
    async (client) => {
      await client.query("update shice.audit_entry set number = -1 where number = 2");
      await client.query("update shice.audit_entry set number = 2 where number = 3");
      await client.query("update shice.audit_entry set number = 3 where number = -1");
    },
    [
      { kind: "audit.content", ...at(2) },
      { kind: "audit.content", ...at(3) },
    ],
  ],
  [
    "封存值：修改",
    query("update shice.seal set root = sha256('x') where number = 2"),
    [
      { kind: "seal.content", subject: "2" },
      { kind: "seal.missing", subject: "2" },
    ],
  ],
  [
    "封存值：修改日期",
    query("update shice.seal set day = day + 1 where number = 1"),
    [{ kind: "seal.content", subject: "1" }],
  ],
  [
    "封存值：删除中间一个",
    query("delete from shice.seal where number = 1"),
    [
      { kind: "seal.link", subject: "2" },
      { kind: "seal.missing", subject: "1" },
    ],
  ],
  ["封存值：删除最后一个", query("delete from shice.seal where number = 2"), [{ kind: "seal.missing", subject: "2" }]],
  [
    "封存值：添加一个",
    query(
      `insert into shice.seal (number, kind, day, chains, audit_entries, root, previous_root, sealed_at, heads_digest, audit_number, audit_mac)
       select 3, kind, day + 1, 0, 0, sha256('x'), root, sealed_at, heads_digest, audit_number, audit_mac from shice.seal where number = 2`,
    ),
    [{ kind: "seal.content", subject: "3" }],
  ],
  [
    "封存值：冒充升级前的",
    query(
      `insert into shice.seal (number, kind, day, chains, audit_entries, root, previous_root, sealed_at)
       select 3, 'plain', day + 1, 0, 0, sha256('x'), root, sealed_at from shice.seal where number = 2`,
    ),
    [{ kind: "seal.content", subject: "3" }],
  ],
  [
    "封存的内容：修改",
    query("update shice.seal_head set hash = sha256('x') where seal = 1 and application_id = $1", [altered]),
    [inCase("history.sealed-otherwise", last), { kind: "seal.content", subject: "1" }],
  ],
  [
    "封存的内容：删除",
    query("delete from shice.seal_head where seal = 1 and application_id = $1", [altered]),
    [{ kind: "seal.content", subject: "1" }],
  ],
  [
    "封存的内容：添加升级时的封存，冒充无密钥的旧记录",
    async (client) => {
      await rechained(
        altered,
        (row) => {
          rewriteReason(row);
          row["sets"] = {};
        },
        plainHistoryHashOf,
      )(client);
      await client.query(
        `insert into shice.seal (number, kind, day, chains, audit_entries, root, previous_root, sealed_at, heads_digest, audit_number, audit_mac)
         select 3, 'upgrade', day, 1, 0, sha256('x'), root, sealed_at, heads_digest, audit_number, audit_mac from shice.seal where number = 2`,
      );
      await client.query(
        `insert into shice.seal_head (seal, campaign_id, application_id, sequence, hash)
         select 3, campaign_id, id, last_sequence, last_hash from shice.application where id in (${newest})`,
      );
    },
    [{ kind: "seal.content", subject: "3" }, inCase("application.head-code", last)],
  ],
  [
    "注册贴流转记录：修改",
    query("update shice.sticker_movement set reason = '调剂' where id = $1", [issue]),
    [{ kind: "sticker.movement", subject: issue }],
  ],
  [
    "注册贴流转记录：删除",
    query("delete from shice.sticker_movement where id = $1", [issue]),
    [
      { kind: "sticker.movement-missing", subject: issue },
      { kind: "sticker.balance", subject: wanzhou.authority.id },
    ],
  ],
  [
    "注册贴流转记录：添加",
    query(
      `insert into shice.sticker_movement (id, series_id, serials, kind, from_place, to_place, to_organisation_id, custodian_id, handler_id, at)
       select '0198a000-0000-7000-8000-00000000000a', series_id, '[500,600)', 'receive', 'ministry', 'stock', to_organisation_id, custodian_id, handler_id, at
       from shice.sticker_movement where kind = 'receive'`,
    ),
    [{ kind: "sticker.movement", subject: "0198a000-0000-7000-8000-00000000000a" }, { kind: "sticker.balance" }],
  ],
  [
    "注册贴存放：挪到别的单位",
    query("update shice.sticker_holding set organisation_id = $1 where lower(serials) = 2", [offices.centre.id]),
    [{ kind: "sticker.holding", subject: "YZ 2-10" }],
  ],
  [
    "注册贴结存：修改",
    query(
      "update shice.sticker_balance set received = received + 1, in_hand = in_hand + 1 where organisation_id = $1",
      [wanzhou.authority.id],
    ),
    [{ kind: "sticker.balance", subject: wanzhou.authority.id }],
  ],
  [
    "登记的注册贴：改为另一枚",
    query("update shice.marking set serial = 2 where application_id = $1", [first]),
    [{ kind: "sticker.marking", subject: first }],
  ],
  [
    "登记的注册贴：删除",
    query("delete from shice.marking where application_id = $1", [first]),
    [{ kind: "sticker.marking", subject: first }],
  ],
];

const columnChanges: readonly [string, string][] = [
  ["state", "'reviewed'"],
  ["final_conclusion", "'fail'"],
  ["decision_id", "uuidv7()"],
  ["reviewed_conclusion", "'fail'"],
  ["preliminary_conclusion", "'fail'"],
  ["published_conclusion", "'fail'"],
  ["school_id", "authority_id"],
  ["confirmation_point_id", "authority_id"],
  ["authority_id", "school_id"],
  ["review_body_id", "null"],
  ["person_id", "uuidv7()"],
  ["number", "'T999999'"],
  ["name", "'张三丰'"],
  ["version", "version + 1"],
  ["plan_version", "2"],
  ["registration_kind", "'first'"],
  ["newly_hired", "true"],
  ["certificate_kind", "'primary'"],
  ["certificate_issued_on", "'2001-01-01'"],
  ["certificate_number_index", "sha256('x')"],
  ["post_kind", "'primary'"],
  ["subject", "'语文'"],
  ["form", `form || '{"name": "张三丰"}'`],
  ["form_sealed", "sha256('x')"],
  ["flags", "'{x}'"],
  ["submitted_at", "submitted_at - interval '1 day'"],
  ["state_since", "state_since - interval '1 day'"],
  ["withdrawal_asked_at", "now()"],
  ["withdrawal_released_at", "now()"],
  ["certificate_version", "'new'"],
  ["ethics", "'breached'"],
  ["fit", "false"],
  ["reply_by", "now()"],
  ["answer_to", "'submitted'"],
  ["carried_over", "'x'"],
  ["assisted_at", "now(), attested_at = now()"],
  ["assisted_fields", "'{name}'"],
  ["attested_at", "now()"],
  ["mark_with", "'annotation'"],
  ["manifest_id", "uuidv7()"],
  ["notice_id", "uuidv7()"],
  ["report_id", "uuidv7()"],
];

const printed: string[] = [];
afterAll(() => {
  process.stdout.write(`\n改动与校验结果：\n${printed.map((line) => `  ${line}`).join("\n")}\n`);
});

/** The names of cases and rows as the list shows them. */
const shown: Record<string, string> = {
  [altered]: "甲",
  [first]: "乙",
  [revoked]: "丙",
  [untouched]: "丁",
  [undecided]: "戊",
  [decision]: "一号",
  [revocation]: "二号",
};

function print(kind: string, faults: readonly AuditFault[], expected: Partial<AuditFault>): void {
  const found = faults.find((fault) => fault.kind === expected.kind && fault.column === (expected.column ?? null));
  const sentence =
    found === undefined ? "没有发现" : faultTextOf({ ...found, subject: shown[found.subject] ?? found.subject });
  printed.push(`${kind} → ${sentence}${faults.length > 1 ? `（连带共${faults.length}处）` : ""}`);
}

beforeAll(async () => {
  const { faults, ...counts } = await call(auditRoutes.verifyChains, { campaign: campaign.key }, as(offices.auditor));
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ applications: 5, decisions: 2, seals: 2, movements: 4, faultCount: 0 });
  expect(counts.auditEntries).toBe(end);
});

test.each(kinds)("%s", async (kind, alter, expected) => {
  const faults = await faultsAfter(alter);
  print(kind, faults, expected[0] ?? {});
  for (const fault of expected) expect(faults).toContainEqual(expect.objectContaining(fault));
  // Nothing is said against a case or a decision that was left alone.
  expect(
    faults.filter(
      ({ subject, kind: fault }) =>
        subject === untouched && fault !== "decision.conclusion" && fault !== "decision.missing",
    ),
  ).toEqual([]);
});

test.each(columnChanges)("申请：修改字段 %s", async (column, value) => {
  const faults = await faultsAfter(query(`update shice.application set ${column} = ${value} where id = $1`, [altered]));
  const expected =
    column === "state"
      ? ({ kind: "application.head", subject: altered } as const)
      : ({ kind: "application.column", subject: altered, column } as const);
  print(`申请：修改字段 ${column}`, faults, expected);
  expect(faults).toContainEqual(expect.objectContaining(expected));
  expect(faults.filter(({ subject }) => subject !== altered && subject !== decision)).toEqual([]);
});

test("every column that an act may set was altered above", async () => {
  const { patchColumns } = await import("../case/set-columns.ts");
  const tried = new Set(columnChanges.map(([column]) => column));
  expect(patchColumns.filter((column) => !tried.has(column))).toEqual([]);
});

test("a fault in one seal, entry or movement names no other", async () => {
  const ofUse = await faultsAfter(query("update shice.sticker_movement set document = 'x' where id = $1", [use]));
  expect(ofUse).toEqual([{ kind: "sticker.movement", subject: use, ...at(0), number: null }]);
  const ofLast = await faultsAfter(query("update shice.audit_entry set request = 'x' where id = $1", [lastEntry]));
  expect(ofLast).toEqual([{ kind: "audit.content", subject: lastEntry, ...at(end) }]);
  const ofSeal = await faultsAfter(query("update shice.audit_entry set role = 'x' where id = $1", [sealEntry]));
  expect(ofSeal.map(({ kind, subject }) => [kind, subject])).toEqual([["audit.content", sealEntry]]);
});
