import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/client.ts";
import type { QueueView } from "./queue-view.ts";

/** How many cases lie in a heap: from the counts by state, or counted apart where the heap is filtered further. */
export function useQueueCount(
  campaign: string,
  { states, filter }: QueueView,
  counts: Readonly<Record<string, number>> | undefined,
): number | "" {
  const { data } = useQuery(
    api.cases.countQueue.queryOptions({
      input: { campaign, state: [...states], ...filter },
      enabled: filter !== undefined,
    }),
  );
  if (filter !== undefined) return data?.total ?? "";
  return counts === undefined ? "" : states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}
