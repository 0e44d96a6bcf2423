import { postTitles } from "@shice/rules/plan/institution.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select, Space } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { Fetched, Nothing } from "../../ui/problem.tsx";

type Person = Awaited<ReturnType<typeof client.organisations.listSchoolPeople>>["items"][number];

async function readAll(campaign: string, school: string): Promise<Person[]> {
  const people: Person[] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.organisations.listSchoolPeople({
      campaign,
      school,
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    people.push(...page.items);
    if (page.next === null) return people;
    after = page.next;
  }
}

/** Who of a school that is split goes where: row by row, or many at once. */
export function Assignment({
  school,
  choices,
  assigned,
  onAssign,
}: {
  school: string;
  choices: readonly { value: string; label: string }[];
  assigned: ReadonlyMap<string, string>;
  onAssign: (assigned: ReadonlyMap<string, string>) => void;
}) {
  const campaign = useCampaignKey();
  const [chosen, setChosen] = useState<string[]>([]);
  const [goal, setGoal] = useState<string>();
  const [text, setText] = useState("");
  const query = useQuery({ queryKey: ["school-people", campaign, school], queryFn: () => readAll(campaign, school) });
  const assign = (people: readonly string[], to: string | undefined) => {
    const now = new Map(assigned);
    for (const person of people) {
      if (to === undefined) now.delete(person);
      else now.set(person, to);
    }
    onAssign(now);
  };
  return (
    <Fetched query={query}>
      {(people) => {
        const shown = people.filter(
          ({ name, subject }) => text === "" || name.includes(text) || (subject ?? "").includes(text),
        );
        const options = choices.map((choice) => ({ ...choice }));
        return (
          <>
            <p className="no-margin-top" role="status">
              可分配{people.length}人。
              {choices
                .map(({ value, label }) => ({
                  label,
                  count: people.filter(({ person }) => assigned.get(person) === value).length,
                }))
                .filter(({ count }) => count > 0)
                .map(({ label, count }) => `${label}${count}人；`)
                .join("")}
            </p>
            <Space wrap className="below-s">
              <Input
                aria-label="按姓名或学科筛选"
                placeholder="按姓名或学科筛选"
                allowClear
                value={text}
                onChange={({ target }) => setText(target.value.trim())}
                className="w-l"
              />
              <Select
                aria-label="选中的分到"
                placeholder="选中的分到"
                className="w-xl"
                value={goal ?? null}
                onChange={setGoal}
                options={options}
              />
              <Button
                disabled={chosen.length === 0 || goal === undefined}
                onClick={() => {
                  assign(chosen, goal);
                  setChosen([]);
                }}
              >
                分配选中的{chosen.length}人
              </Button>
            </Space>
            <DataTable<Person>
              label="按名单分配"
              size="small"
              rowKey="person"
              dataSource={shown}
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              locale={{ emptyText: <Nothing text="没有可以分配的人员。" /> }}
              rowSelection={{
                selectedRowKeys: chosen,
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: ({ name }) => ({ "aria-label": `选择${name}` }),
              }}
              columns={[
                { title: "姓名", dataIndex: "name" },
                { title: "证件号码", dataIndex: "idNumberMasked" },
                {
                  title: "任教学段、学科",
                  render: (_, { postKind, subject }) =>
                    [postKind === null ? "" : postTitles[postKind], subject ?? ""].join(" ").trim(),
                },
                { title: "申请", render: (_, { stateTitle }) => stateTitle ?? "未申请" },
                {
                  title: "分到",
                  render: (_, { person, name }) => (
                    <Select
                      aria-label={`${name}分到`}
                      allowClear
                      size="small"
                      placeholder="随其余人员"
                      className="w-xl"
                      value={assigned.get(person) ?? null}
                      onChange={(to: string | null) => assign([person], to ?? undefined)}
                      options={options}
                    />
                  ),
                },
              ]}
            />
          </>
        );
      }}
    </Fetched>
  );
}
