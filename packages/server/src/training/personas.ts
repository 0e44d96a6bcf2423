import { type Role, roleTitles } from "@shice/rules/lifecycle/role.ts";
import { type State, withoutConclusionStates } from "@shice/rules/lifecycle/state.ts";
import type pg from "pg";
import { findBeginning } from "./beginning.ts";

interface PersonaView {
  key: string;
  account: string;
  name: string;
  role: Role;
  roleTitle: string;
  organisation: string | null;
  task: string;
}

/** What each role finds to do, in a sentence. */
const tasks: Partial<Record<Role, string>> = {
  "school-clerk": "核对本校教师的材料，确认、退回，统一报送区县。",
  "district-reviewer": "查看学校报送的申请，作出初审意见。",
  "district-lead": "公布公示名单，办理异议，审核上报统计表。",
  "sticker-custodian": "保管注册贴，登记领取、发放和盘点。",
  "sticker-handler": "粘贴注册贴或标注证书，登记序号。",
  "centre-reviewer": "抽查、复审各区县上报的申请。",
  "campaign-manager": "管理批次方案、延期和学校目录。",
  "commission-approver": "按名单作出终审结论。",
  "account-administrator": "邀请工作人员，管理岗位。",
  "security-administrator": "查看岗位和登录安全情况。",
  auditor: "查看审计日志，校验办理经过。",
};
const applicantTasks: Record<string, string> = {
  draft: "申请还没有填完，接着填写、提交。",
  submitted: "申请已经提交，等待学校现场确认。",
  returned: "学校退回了申请，按要求修改后再次提交。",
  confirmed: "学校已经确认，查看办理到哪一步。",
  "on-notice": "结论正在公示，可以查看或提出异议。",
  concluded: "已经作出注册结论，查看结果。",
};

/**
 * One person for each role, in the school and district of the case that somebody worked on last, so that a visitor can
 * follow it from hand to hand; before anybody did, where there is most to see. Teachers at various points beside them.
 * Chosen anew each time: whoever was returned yesterday may be confirmed today.
 */
export async function listPersonas(owner: pg.Pool): Promise<PersonaView[]> {
  const place = (await findLastWorkedOn(owner)) ?? (await findBusiest(owner));
  const staff = await owner.query<{
    account: string;
    name: string;
    role: Role;
    organisation: string;
    top: boolean;
  }>(
    `with held as (
      select p.id, p.role, p.account_id, c.display_name, o.name, p.organisation_id,
        p.role in ('sticker-custodian', 'sticker-handler') and o.kind <> 'authority' as top
      from shice.post p
      join shice.account c on c.id = p.account_id
      join shice.organisation o on o.id = p.organisation_id
      where p.valid_to is null and c.disabled_at is null
    )
    select distinct on (role, top) role, top, account_id as account, display_name as name, name as organisation
    from held
    order by role, top, (organisation_id = $1) desc nulls last, (organisation_id = $2) desc nulls last, name, id`,
    [place?.school ?? null, place?.authority ?? null],
  );
  const teachers = await owner.query<{ account: string; name: string; state: string; organisation: string | null }>(
    `
    select distinct on (a.state) a.state, c.id as account, a.name, o.name as organisation
    from shice.application a
    join shice.account c on c.person_id = a.person_id and c.kind = 'applicant'
    left join shice.organisation o on o.id = a.school_id
    where a.state = any($1)
    order by a.state, a.state_since desc, a.id`,
    [Object.keys(applicantTasks)],
  );
  const order = Object.keys(roleTitles);
  return [
    ...teachers.rows
      .toSorted((a, b) => Object.keys(applicantTasks).indexOf(a.state) - Object.keys(applicantTasks).indexOf(b.state))
      .map(({ state, ...row }) => ({
        ...row,
        key: `applicant-${state}`,
        role: "applicant" as const,
        roleTitle: roleTitles.applicant,
        task: applicantTasks[state] ?? "",
      })),
    ...staff.rows
      .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
      .map(({ top, ...row }) => ({
        ...row,
        key: top ? `${row.role}-centre` : row.role,
        roleTitle: roleTitles[row.role],
        task: tasks[row.role] ?? "",
      })),
  ];
}

interface CaseOffices {
  school: string | null;
  authority: string | null;
}

/** Where the visitor is at work: the case that a person acted on last since the beginning. */
async function findLastWorkedOn(owner: pg.Pool): Promise<CaseOffices | undefined> {
  const beginning = await findBeginning(owner);
  if (beginning === undefined) return undefined;
  const { rows } = await owner.query<CaseOffices>(
    `select a.school_id as school, a.authority_id as authority
     from shice.application_history h
     join shice.application a on a.campaign_id = h.campaign_id and a.id = h.application_id
     where h.role <> 'system' and h.at >= $1 order by h.at desc, age(h.xmin), h.sequence desc limit 1`,
    [beginning],
  );
  return rows[0];
}

async function findBusiest(owner: pg.Pool): Promise<CaseOffices | undefined> {
  const { rows } = await owner.query<CaseOffices>(
    `select school_id as school, authority_id as authority from shice.application
     where school_id is not null and state <> all($1)
     group by school_id, authority_id order by count(*) filter (where state = $2) desc, count(*) desc, school_id limit 1`,
    [withoutConclusionStates, "submitted" satisfies State],
  );
  return rows[0];
}
