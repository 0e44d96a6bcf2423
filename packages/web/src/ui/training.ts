import { findProblem } from "@shice/contract/client.ts";
import { queryOptions } from "@tanstack/react-query";
import { client, queryClient } from "./client.ts";

export type Training = Awaited<ReturnType<typeof client.training.getState>>;

/** The state of training mode; null where the program does real work. */
export function trainingOptions() {
  return queryOptions({
    queryKey: ["training"],
    queryFn: async (): Promise<Training | null> => {
      try {
        return await client.training.getState();
      } catch (error) {
        if (findProblem(error)?.status === 404) return null;
        throw error;
      }
    },
    // Real work asks once; a demonstration that is being filled in is watched.
    refetchInterval: ({ state: { data } }) => (data == null ? false : data.preparing === null ? 30_000 : 1000),
    staleTime: 5000,
  });
}

/** Asks for it once, before a page is drawn; what cannot be learnt now is asked for again by the page. */
export async function readTraining(): Promise<void> {
  await queryClient.ensureQueryData(trainingOptions()).catch(() => undefined);
}
