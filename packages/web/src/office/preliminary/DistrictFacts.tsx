import { useMutation } from "@tanstack/react-query";
import { Button, Card, Form, Radio } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import type { CaseView } from "../../ui/case-view.ts";
import { client, queryClient } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

/** Ethics and fitness as the papers show them: they enter the suggestion, never a diagnosis (domain: certified by the school). */
export function DistrictFacts({ found }: { found: CaseView }) {
  const campaign = useCampaignKey();
  const save = useMutation({
    mutationFn: (facts: { ethics: "met" | "breached"; fit: boolean }) =>
      client.preliminary.recordFacts({ campaign, application: found.id, ...facts }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <Card title="师德与身心健康核实" size="small">
      <Form layout="vertical" requiredMark={false} onFinish={(facts) => save.mutate(facts)}>
        <Form.Item name="ethics" label="师德表现证明" rules={[{ required: true, message: "请选择。" }]}>
          <Radio.Group
            options={[
              { value: "met", label: "符合要求" },
              { value: "breached", label: "有违反师德的情形" },
            ]}
          />
        </Form.Item>
        <Form.Item name="fit" label="身心健康证明" rules={[{ required: true, message: "请选择。" }]}>
          <Radio.Group
            options={[
              { value: true, label: "学校证明能够胜任" },
              { value: false, label: "学校证明不能胜任" },
            ]}
          />
        </Form.Item>
        {save.error !== null && <ProblemAlert error={save.error} />}
        <Button htmlType="submit" loading={save.isPending}>
          登记核实情况
        </Button>
        {save.isSuccess && <span role="status">　已登记</span>}
      </Form>
    </Card>
  );
}
