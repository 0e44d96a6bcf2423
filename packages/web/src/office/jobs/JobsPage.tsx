import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Tag, Typography } from "antd";
import { api, client, queryClient } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { momentText } from "../../ui/moment.ts";
import { Fetched, Nothing, ProblemAlert } from "../../ui/problem.tsx";

type Queue = Awaited<ReturnType<typeof client.jobs.listJobs>>;
type Job = Queue["jobs"][number];

const colours: Record<Job["state"], string> = {
  waiting: "default",
  running: "processing",
  retrying: "warning",
  failed: "error",
};

/** What the program does by itself: when it last did, what waits, what failed and can be tried again. */
export function JobsPage() {
  const query = useQuery({ ...api.jobs.listJobs.queryOptions(), refetchInterval: 15_000 });
  const retry = useMutation({
    mutationFn: (job: string) => client.jobs.retryJob({ job }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Typography.Title level={2}>后台任务</Typography.Title>
      <Typography.Paragraph>
        系统自动办理的事项。失败的任务会自动重试，多次失败后停在这里：请排除故障（如邮件服务器、磁盘空间）后，按“立即重试”。
      </Typography.Paragraph>
      {retry.error !== null && <ProblemAlert error={retry.error} />}
      <Fetched query={query}>
        {({ scheduled, jobs }) => (
          <>
            <Typography.Title level={3}>定时任务</Typography.Title>
            <DataTable<Queue["scheduled"][number]>
              label="定时任务"
              rowKey="task"
              dataSource={scheduled}
              columns={[
                { title: "任务", dataIndex: "title" },
                { title: "上次执行", render: (_, { lastAt }) => (lastAt === null ? "尚未执行" : momentText(lastAt)) },
              ]}
            />
            <Typography.Title level={3} className="above-l">
              排队和失败的任务
            </Typography.Title>
            {jobs.length === 0 ? (
              <Nothing text="没有排队或失败的任务。" />
            ) : (
              <DataTable<Job>
                label="排队和失败的任务"
                rowKey="id"
                dataSource={jobs}
                columns={[
                  { title: "任务", dataIndex: "title" },
                  {
                    title: "状态",
                    render: (_, { state, stateTitle }) => <Tag color={colours[state]}>{stateTitle}</Tag>,
                  },
                  { title: "执行时间", render: (_, { runAt }) => momentText(runAt) },
                  {
                    title: "已试次数",
                    align: "right",
                    render: (_, { attempts, maxAttempts }) => `${attempts}/${maxAttempts}`,
                  },
                  { title: "错误", render: (_, { lastError }) => lastError ?? "" },
                  {
                    title: "操作",
                    render: (_, { id, state, title }) =>
                      state === "failed" || state === "retrying" ? (
                        <Button
                          size="small"
                          aria-label={`立即重试：${title}`}
                          loading={retry.isPending}
                          onClick={() => retry.mutate(id)}
                        >
                          立即重试
                        </Button>
                      ) : null,
                  },
                ]}
              />
            )}
          </>
        )}
      </Fetched>
    </>
  );
}
