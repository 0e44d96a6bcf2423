import { concludedStates, inProcessStates, type State } from "./state.ts";

/** Groups of recipients of a circular, by the state of their application. */
export const groups = {
  draft: { title: "填报中，还没有提交", states: ["draft"] },
  submitted: { title: "已提交，待现场确认", states: ["submitted"] },
  returned: { title: "退回修改，还没有再次提交", states: ["returned"] },
  confirmed: { title: "学校已确认，待报送", states: ["confirmed"] },
  "under-way": {
    title: "区县和市级办理中",
    states: inProcessStates,
  },
  concluded: { title: "已有注册结论", states: concludedStates },
  over: { title: "视为自动放弃、不予受理", states: ["lapsed", "refused"] },
} as const satisfies Readonly<Record<string, { title: string; states: readonly State[] }>>;

export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups).filter((name): name is Group => name in groups);

/** The states of all these groups. */
export function statesOf(names: readonly Group[]): State[] {
  return names.flatMap((name) => [...groups[name].states]);
}
