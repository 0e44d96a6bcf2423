import { formValueText } from "@shice/contract/form-text.zh.ts";
import { type FormField, formFields } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { sightings, sightingTitles } from "@shice/rules/lifecycle/facts.ts";
import { roleTitles } from "@shice/rules/lifecycle/role.ts";
import { type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "./client.ts";
import { momentText } from "./moment.ts";
import { Fetched } from "./problem.tsx";

/** Every act on a case, the newest first: who, when, from where to where, why, and what changed by it. */
export function History({ campaign, application }: { campaign: string; application: string }) {
  const query = useQuery(api.cases.listHistory.queryOptions({ input: { campaign, application } }));
  return (
    <Fetched query={query}>
      {(items) => (
        <ol className="timeline" reversed>
          {items.toReversed().map((item) => (
            <li key={item.sequence}>
              <div>
                <strong>{item.title}</strong>
                {item.from !== item.to && `：${historyTitleOf(item.from)} → ${historyTitleOf(item.to)}`}
              </div>
              <div>
                {momentText(item.at)}　{roleTitles[item.role]}
                {item.actor !== null && `　${item.actor}`}
                {item.organisation !== null && `　${item.organisation}`}
              </div>
              {item.record["attestation"] !== undefined && <div>本人已核对确认学校代填的内容</div>}
              {item.reason !== null && <div>理由：{item.reason}</div>}
              <Moved record={item.record} />
              <Sight sight={item.record["sight"]} />
              <Changes changes={item.changes} />
              <small className="soft">
                第{item.sequence}条，方案第{item.planVersion}版，校验值 {item.hash.slice(0, 12)}
              </small>
            </li>
          ))}
        </ol>
      )}
    </Fetched>
  );
}

function historyTitleOf(state: State | null): string {
  return state === null ? "开始" : stateTitles[state];
}

/** From which school or office to which a case went along with a change of the directory. */
function Moved({ record }: { record: Record<string, unknown> }) {
  const { words } = record;
  if (typeof words !== "object" || words === null || !("from" in words) || !("to" in words)) return null;
  return (
    <div>
      由“{String(words.from)}”转到“{String(words.to)}”
    </div>
  );
}

/** Of a case that lapsed, how its school had come to see it, and when. */
function Sight({ sight }: { sight: unknown }) {
  if (typeof sight !== "object" || sight === null || !("how" in sight) || !("at" in sight)) return null;
  const how = sightings.find((known) => known === sight.how);
  return how === undefined ? null : (
    <div>
      {sightingTitles[how]}：{momentText(String(sight.at))}
    </div>
  );
}

/** Fields by their names; values where the history holds them (sealed ones are only named). */
function Changes({ changes }: { changes: Record<string, unknown> }) {
  const entries = formFields.flatMap((field) => (field in changes ? [{ field, change: changes[field] }] : []));
  if (entries.length === 0) return null;
  return (
    <ul className="reasons">
      {entries.map(({ field, change }) => (
        <li key={field}>
          {fieldTitles[field]}
          {changeText(field, change)}
        </li>
      ))}
    </ul>
  );
}

function changeText(field: FormField, change: unknown): string {
  if (typeof change !== "object" || change === null || !("to" in change)) return "有变动";
  const from = "from" in change ? change.from : undefined;
  return `：${formValueText(field, from) || "（空）"} → ${formValueText(field, change.to) || "（空）"}`;
}
