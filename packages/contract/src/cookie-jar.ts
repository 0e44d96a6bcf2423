/** Keeps the cookies of one signed-in person where no browser does it. */
export interface CookieJar {
  /** The value of the request header `cookie`, undefined while there is none. */
  header(): string | undefined;
  keep(response: Response): void;
}

/** A jar for one server: names and values alone, which is what a program that talks to one address needs. */
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
