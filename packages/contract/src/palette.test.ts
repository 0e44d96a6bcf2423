import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { palette } from "./palette.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["surface", "page", "hover", "headerGround", "selectedGround", "selectedHover"] as const;
const onAnyGround = ["text", "secondary", "primary", "link"] as const;
const pairs: readonly (readonly [keyof typeof palette, keyof typeof palette])[] = [
  ...onAnyGround.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...(["success", "warning", "error", "info"] as const).flatMap((kind) => [
    ["text", `${kind}Ground`] as const,
    ["secondary", `${kind}Ground`] as const,
    ["link", `${kind}Ground`] as const,
  ]),
  ...(["success", "warning", "error"] as const).flatMap((kind) => [
    [kind, `${kind}Ground`] as const,
    [kind, "surface"] as const,
    [kind, "page"] as const,
    ["surface", kind] as const,
  ]),
  ["primary", "infoGround"],
  ["faint", "surface"],
  ["faint", "disabledGround"],
  ["surface", "primary"],
  ["surface", "primaryDark"],
];

describe("contrast", () => {
  test.each(pairs)("%s on %s is readable (WCAG AA, 4.5 to 1)", (text, ground) => {
    expect(contrastOf(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(["edge", "chartBlue", "chartTeal", "chartAmber", "chartPurple", "chartGrey"] as const)(
    "%s stands out from the ground (WCAG 1.4.11, 3 to 1)",
    (line) => {
      expect(contrastOf(palette[line], palette.surface)).toBeGreaterThanOrEqual(3);
      expect(contrastOf(palette[line], palette.page)).toBeGreaterThanOrEqual(3);
    },
  );
});

const literal = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgba?|hsla?|oklch|oklab)\(/gi;
/** Files whose colours are not part of a page: the palette itself, and the processing of uploaded pictures. */
const exempt = ["packages/contract/src/palette.ts", "packages/server/src/platform/images.ts"];

function listSources(): string[] {
  return ["contract", "program", "rules", "server", "web"]
    .flatMap((name) =>
      readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: "utf8" }).map(
        (file) => `packages/${name}/src/${file}`,
      ),
    )
    .filter((file) => /\.(tsx?|css)$/.test(file) && !file.endsWith(".test.ts") && !file.includes("/testing/"))
    .filter((file) => !exempt.includes(file));
}

test("no other file states a colour", () => {
  const found = listSources().flatMap((file) =>
    [...readFileSync(`${root}${file}`, "utf8").matchAll(literal)].map(([colour]) => `${file}: ${colour}`),
  );
  expect(found).toEqual([]);
});

test("a file of the web that states a colour is detected", () => {
  const written = ["color: #8a5300;", "color: #FFF", "background: rgb(15 25 40 / 55%)", 'fill="#d5dae1"'];
  expect(written.filter((line) => line.match(literal) === null)).toEqual([]);
  expect("#main, #field-name, href='#top'".match(literal)).toBeNull();
});

test("the icon is drawn in colours of the palette", () => {
  const icon = readFileSync(`${root}packages/web/public/icon.svg`, "utf8");
  const colours: readonly string[] = Object.values(palette);
  expect(
    [...icon.matchAll(/#[0-9a-f]+/gi)].map(([colour]) => colour).filter((each) => !colours.includes(each)),
  ).toEqual([]);
});
