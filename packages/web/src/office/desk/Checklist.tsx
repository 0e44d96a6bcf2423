import { useMutation } from "@tanstack/react-query";
import { Button, Space, Typography } from "antd";
import { useState } from "react";
import type { CaseView } from "../../ui/case-view.ts";
import { client, queryClient } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { lastSigner } from "../../ui/signer.ts";
import { Checks } from "./Checks.tsx";
import { rememberSigners, savableOf, tickAll, ticksOf } from "./ticks.ts";

/** What was checked at the desk, on the case's own page; the school may go on with it here, without the desk's keys. */
export function Checklist({ found, campaign, editable }: { found: CaseView; campaign: string; editable: boolean }) {
  const [ticks, setTicks] = useState(() => ticksOf(found.checklist, found.certificateChecks, null));
  const save = useMutation({
    mutationFn: () =>
      client.confirmation.saveChecks({ campaign, application: found.id, ...savableOf(ticks, found.checklist) }),
    onSuccess: async () => {
      rememberSigners(ticks);
      await queryClient.invalidateQueries();
    },
  });
  return (
    <div className="desk-checks">
      {editable && (
        <Typography.Paragraph>对照原件逐项勾选。全部齐全、一致的，可以先一次勾选，再改不符的项。</Typography.Paragraph>
      )}
      <Checks found={found} ticks={ticks} editable={editable} onChange={setTicks} />
      {found.missing.length > 0 && (
        <Typography.Paragraph type="warning" className="above-s">
          尚未齐全：{found.missing.map(({ text }) => text).join("、")}
        </Typography.Paragraph>
      )}
      {save.error !== null && <ProblemAlert error={save.error} />}
      {editable && (
        <Space className="above-s">
          <Button onClick={() => setTicks((now) => tickAll(now, found.checklist, lastSigner()))}>全部齐全、一致</Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
            保存核验记录
          </Button>
          {save.isSuccess && <span role="status">已保存</span>}
        </Space>
      )}
    </div>
  );
}
