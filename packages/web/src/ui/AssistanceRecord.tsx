import { useQuery } from "@tanstack/react-query";
import { api } from "./client.ts";
import { momentText } from "./moment.ts";
import { Fetched } from "./problem.tsx";

/** What the school entered for the teacher: who, when, which entries; for the teacher and every office alike. */
export function AssistanceRecord({ campaign, application }: { campaign: string; application: string }) {
  const query = useQuery(api.assistance.listSittings.queryOptions({ input: { campaign, application } }));
  return (
    <Fetched query={query} rows={2}>
      {(sittings) => (
        <ol className="timeline" reversed>
          {sittings.toReversed().map(({ clerk, organisation, from, until, entries }) => (
            <li key={`${from} ${clerk}`}>
              <div>
                {momentText(from)}
                {until !== from && ` 至 ${momentText(until)}`}　{organisation}　{clerk}
              </div>
              <div>{entries.length === 0 ? "开始代填" : `填写${entries.length}项：${entries.join("、")}`}</div>
            </li>
          ))}
        </ol>
      )}
    </Fetched>
  );
}
