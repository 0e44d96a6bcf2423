import fc from "fast-check";
import { expect, test } from "vitest";
import { html, raw } from "./html.ts";

test("a value cannot leave its text or its quoted attribute", () => {
  const evil = `"><script>alert('1')</script>&amp;\``;
  const page = html`<p title="${evil}">${evil}</p>`.toString();
  const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;&#96;";
  expect(page).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test("whatever is entered, the page holds only the tags of its template", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (value) => {
      const page = html`<b a="${value}" b='${value}'>${value}</b>`.toString();
      expect(page.match(/[<>]/g)).toHaveLength(4);
      expect(page.match(/"/g)).toHaveLength(2);
      expect(page.match(/'/g)).toHaveLength(2);
    }),
  );
});

test("lists are joined, pieces nested, nothing is nothing, zero is zero", () => {
  const items = ["甲", "乙<"].map((name) => html`<li>${name}</li>`);
  expect(html`<ul>${items}</ul>${undefined}${null}${false}${true}${0}${""}`.toString()).toBe(
    "<ul><li>甲</li><li>乙&lt;</li></ul>0",
  );
  expect(html`${[["<"], [html`<br>`]]}`.toString()).toBe("&lt;<br>");
});

test("only raw passes HTML through, and an object that looks like it does not", () => {
  expect(html`${raw("<hr>")}`.toString()).toBe("<hr>");
  const forged: unknown = { text: "<hr>", toString: () => "<hr>", map: () => ["<hr>"] };
  expect(html`${forged as string}`.toString()).not.toContain("<hr>");
});

test("names with rare characters and the middle dot stay as they are", () => {
  expect(html`${"𠮷𬱖·买买提 （㛃）"}`.toString()).toBe("𠮷𬱖·买买提 （㛃）");
});
