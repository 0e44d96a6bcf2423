import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { auditRequest } from "../request/audit-request.ts";
import { countJobs, type JobState, listJobs, listScheduled, retryJob } from "./queries.ts";

/** What each task does, for the administrator. */
const titles: Record<string, string> = {
  "sweep-what-is-due": "到期办件处理、临近截止提醒",
  "sweep-accounts": "账号邮件发送、过期邀请和登录清理",
  "deliver-mails": "业务消息邮件发送",
  "seal-yesterday": "每日办理经过封存",
};
const stateTitles: Record<JobState, string> = {
  waiting: "排队",
  running: "正在执行",
  retrying: "等待重试",
  failed: "失败",
};

export const jobsRoutes = {
  listJobs: api.jobs.listJobs.handler(({ context }) =>
    context.services.database.inScope({ kind: "accounts" }, async (tx) => ({
      scheduled: (await listScheduled(tx)).map(({ task, last_at }) => ({
        task,
        title: titles[task] ?? task,
        lastAt: last_at?.toString() ?? null,
      })),
      counts: await countJobs(tx),
      jobs: (await listJobs(tx, 200)).map((row) => ({
        id: row.id,
        task: row.task,
        title: titles[row.task] ?? row.task,
        state: row.state,
        stateTitle: stateTitles[row.state],
        runAt: row.run_at.toString(),
        attempts: row.attempts,
        maxAttempts: row.max_attempts,
        lastError: row.last_error,
      })),
    })),
  ),

  retryJob: api.jobs.retryJob.handler(({ input, context }) =>
    context.services.database.inScope({ kind: "accounts" }, async (tx) => {
      if (!(await retryJob(tx, input.job))) throw new RefusalError({ code: "request.not-found" });
      await auditRequest(tx, context, { action: "retry-job", subjectKind: "job", detail: { job: input.job } });
      return { done: true as const };
    }),
  ),
};
