import { findProblem } from "@shice/contract/client.ts";
import { mayCall, type Operation } from "@shice/contract/may-call.ts";
import { useQuery } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { api, client, onSessionEnd, queryClient } from "./client.ts";
import { choosePost, currentPost, forgetPost } from "./post.ts";
import { setSessionEnded } from "./session-end.ts";
import { trainingOptions } from "./training.ts";

export type Me = Awaited<ReturnType<typeof client.accounts.me>>;
type Post = Me["posts"][number];

const meOptions = () => api.accounts.me.queryOptions({ staleTime: 60_000, retry: false });

/** Who is signed in; null when nobody is. */
export async function findMe(): Promise<Me | null> {
  try {
    return await queryClient.ensureQueryData(meOptions());
  } catch (error) {
    if (findProblem(error)?.status === 401) return null;
    throw error;
  }
}

/** The post chosen in this tab, if it is still held. */
function findPost(me: Me): Post | undefined {
  const chosen = currentPost();
  return me.posts.find(({ id }) => id === chosen) ?? (me.posts.length === 1 ? me.posts[0] : undefined);
}

/** For pages of the office: sends to sign-in or to the choice of post whoever is not there yet, and back again after. */
export async function requirePost(href: string): Promise<{ me: Me; post: Post }> {
  const me = await findMe();
  if (me === null) throw redirect({ to: "/sign-in", search: { back: href } });
  const post = findPost(me);
  if (post === undefined) throw redirect({ to: me.kind === "applicant" ? "/my" : "/posts", search: { back: href } });
  if (post.id !== currentPost()) choosePost(post.id);
  return { me, post };
}

/** Who is signed in, under which post, and which operations that post may call; only on pages behind `requirePost`. */
export function useOffice(): { me: Me; post: Post; may: (operation: Operation) => boolean } {
  const { data: me } = useQuery(meOptions());
  const post = me === undefined ? undefined : findPost(me);
  if (me === undefined || post === undefined) throw new Error("a page of the office without a post");
  return { me, post, may: (operation) => mayCall(operation, post.role) };
}

export function useMe(): Me | undefined {
  return useQuery(meOptions()).data;
}

/** Who is known to be signed in, without asking: for pages that anyone may see. */
export function useKnownMe(): Me | undefined {
  return useQuery({ ...meOptions(), enabled: false }).data;
}

/** Whoever signs in finds nothing of the one before. */
export function begin(me: Me): void {
  forgetAll();
  queryClient.setQueryData(meOptions().queryKey, me);
}

export async function signOut(): Promise<void> {
  await client.accounts.signOut();
  forgetPost();
  forgetAll();
}

/** Nothing is kept but that this is a demonstration, if it is one: that is nobody's, and stands on every page. */
function forgetAll(): void {
  const { queryKey } = trainingOptions();
  const training = queryClient.getQueryData(queryKey);
  queryClient.clear();
  queryClient.setQueryData(queryKey, training);
}

onSessionEnd(() => {
  // Whoever was signed in signs in again on the page; a visitor who never was has nothing to lose.
  if (queryClient.getQueryData(meOptions().queryKey) !== undefined) setSessionEnded(true);
});
