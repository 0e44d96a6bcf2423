import { useMutation } from "@tanstack/react-query";
import { App, Button, Space } from "antd";
import { useFilling } from "../../applicant/filling.ts";
import { client, queryClient } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { sentenceOfError } from "../../ui/problem.tsx";

/** Asks teachers to look through what was entered for them; one sentence of what came of it. */
export function useAsking(campaign: string) {
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (applications: string[]) => client.assistance.askAttestation({ campaign, applications }),
    onSuccess: async ({ done, rows }) => {
      const [refused] = rows.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal.sentence]));
      const others = rows.length - done;
      if (done > 0) message.success(`已提醒${done}位教师。${others > 0 ? `另有${others}位没有提醒。` : ""}`);
      else message.warning(refused ?? "没有可以提醒的教师。");
      await queryClient.invalidateQueries({ queryKey: ["paged", "assistance"] });
    },
    onError: (error) => message.error(sentenceOfError(error)),
  });
}

/** The two ways to the teacher: a message to the account, and a sheet in the hand; `next` where it is what leads on. */
export function Attestation({ next = false }: { next?: boolean }) {
  const { campaign, own, draft } = useFilling();
  const asking = useAsking(campaign.key);
  return (
    <Space wrap className="around-s">
      <FileButton
        type={next ? "primary" : "default"}
        open
        read={async () => {
          await draft.flush();
          return await client.documents.getAssistanceSheet({ campaign: campaign.key, application: own.id });
        }}
      >
        打印代填核对单
      </FileButton>
      <Button loading={asking.isPending} onClick={() => asking.mutate([own.id])}>
        提醒本人
      </Button>
    </Space>
  );
}
