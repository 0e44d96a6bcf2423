const cookie = "shice-type=large";

/** Whether this browser was asked for large type; the public pages read the same cookie. */
export function isTypeLarge(): boolean {
  return document.cookie.split("; ").includes(cookie);
}

export function setTypeLarge(large: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that teachers still use.
  document.cookie = `${cookie}; path=/; samesite=lax; max-age=${large ? 31_536_000 : 0}`;
  showType();
}

/** Shows the page in the size that was asked for. */
export function showType(): void {
  document.documentElement.classList.toggle("large", isTypeLarge());
}
