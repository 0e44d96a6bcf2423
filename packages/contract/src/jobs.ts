import { z } from "zod";
import { Instant } from "./common.ts";
import { call } from "./operation.ts";

const tag = "后台任务";
const callers = ["account-administrator"] as const;

/** The id of a job in the queue. */
const JobId = z.string().regex(/^\d{1,18}$/, "应为任务编号");

const JobView = z.object({
  id: JobId,
  task: z.string(),
  title: z.string(),
  state: z.enum(["waiting", "running", "retrying", "failed"]),
  stateTitle: z.string(),
  runAt: Instant,
  attempts: z.int(),
  maxAttempts: z.int(),
  /** Kind and code of the last error, without any of the job's data. */
  lastError: z.string().nullable(),
});

/** Background jobs, which administrators can list and retry. Times are the machine's. */
export const jobsContract = {
  listJobs: call("GET", "/jobs", { callers, tag, summary: "后台任务：定时的、排队的、失败的" }).output(
    z.object({
      scheduled: z.array(z.object({ task: z.string(), title: z.string(), lastAt: Instant.nullable() })),
      counts: z.record(z.string(), z.int()),
      /** Failed ones first, at most 200. */
      jobs: z.array(JobView),
    }),
  ),
  retryJob: call("POST", "/jobs/{job}/retry", { callers, tag, summary: "立即重试" })
    .input(z.object({ job: JobId }))
    .output(z.object({ done: z.literal(true) })),
};
