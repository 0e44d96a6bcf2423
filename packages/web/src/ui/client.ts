import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { type Client, findProblem, makeClient } from "@shice/contract/client.ts";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { noteAnswer, noteSilence } from "./connection.ts";
import { currentPost } from "./post.ts";

/** The API, typed by the contract; every call goes out under the post chosen in this tab. */
export const client: Client = makeClient(window.location.origin, {
  post: currentPost,
  fetch: async (request) => {
    try {
      const response = await fetch(request);
      noteAnswer();
      return response;
    } catch (error) {
      noteSilence();
      throw error;
    }
  },
});

export const api = createTanstackQueryUtils(client);

/** Whether waiting a moment may help: no answer came, or the server said that it is away for now. */
function isPassing(error: unknown): boolean {
  const problem = findProblem(error);
  return problem === undefined ? error instanceof TypeError : problem.status >= 500;
}

/** Asked when a call finds that the session has ended; set by the session's own file. */
const sessionEnd: { listener: () => void } = { listener: () => {} };
export function onSessionEnd(listener: () => void): void {
  sessionEnd.listener = listener;
}

/** Says that a call found the session ended. */
export function noteEnd(error: unknown): void {
  if (findProblem(error)?.status === 401) sessionEnd.listener();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteEnd }),
  mutationCache: new MutationCache({ onError: noteEnd }),
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 3 && isPassing(error),
      staleTime: 10_000,
      networkMode: "always",
    },
    // An act is repeated with its own idempotency key until it is answered: it acts once.
    mutations: {
      retry: (count, error) => count < 4 && isPassing(error),
      retryDelay: (count) => 400 * 2 ** count,
      networkMode: "always",
    },
  },
});
