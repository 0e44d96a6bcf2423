import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";

/** The authorities of the campaign, as choices. */
export function useAuthorities(): { value: string; label: string }[] {
  const campaign = useCampaignKey();
  const { data } = useQuery(api.organisations.listBodies.queryOptions({ input: { campaign } }));
  return (data ?? []).filter(({ area }) => area !== null).map(({ id, name }) => ({ value: id, label: name }));
}

/** An entry for the authority of a school, by name. */
export function AuthorityItem({ label, but }: { label: string; but?: string }) {
  const options = useAuthorities().filter(({ value }) => value !== but);
  return (
    <Form.Item name="authority" label={label} rules={[{ required: true, message: "请选择注册机构。" }]}>
      <Select showSearch={{ optionFilterProp: "label" }} options={options} />
    </Form.Item>
  );
}
