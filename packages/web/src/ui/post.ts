const key = "shice-post";

/** The post under which this tab acts: kept by tab, so that two tabs can work under two posts. */
export function currentPost(): string | undefined {
  return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
}

/** Chooses a post for this tab, and for tabs to come. */
export function choosePost(post: string): void {
  sessionStorage.setItem(key, post);
  localStorage.setItem(key, post);
}

export function forgetPost(): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
}
