/** Stores the cookies of one signed-in person outside a browser. */
export interface CookieJar {
  /** The value of the request header `cookie`; undefined if there is none. */
  header(): string | undefined;
  keep(response: Response): void;
}

/** A cookie jar for one server: it stores only names and values, which is enough for one address. */
export function makeCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    header() {
      return cookies.size === 0 ? undefined : [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    keep(response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
        const at = pair.indexOf("=");
        if (at < 1) continue;
        const ended = attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute));
        if (ended) cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
    },
  };
}
