/** Text that is HTML already; made by `html` and `raw` alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text and numbers are escaped; undefined, null, false and true vanish; lists are joined. */
type HtmlPart = string | number | bigint | boolean | null | undefined | Html | readonly HtmlPart[];

/**
 * A page or a piece of it: html`<li>${name}</li>`. Every value is escaped for text and for quoted attributes
 * (`title="${name}"`); other templates and lists of them are taken as they are. Never put a value into an unquoted
 * attribute, a script or a style: no escaping is safe there.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((text, string, at) => text + textOf(parts[at - 1]) + string));
}

/** HTML from a trusted source, such as one of our own files: never anything that a person entered. */
export function raw(text: string): Html {
  return new Html(text);
}

function textOf(part: HtmlPart): string {
  if (part === undefined || part === null || typeof part === "boolean") return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join("");
  return escaped(String(part));
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => escapes[sign] ?? "");
}
