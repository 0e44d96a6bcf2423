import { staffRoles } from "@shice/rules/lifecycle/role.ts";
import { afterAll, expect, test, vi } from "vitest";
import { queuesOf } from "./office/queue-registry.ts";

// The client of the API reads its address from the page, and Node has none.
vi.stubGlobal("window", { location: { origin: "http://127.0.0.1" } });
afterAll(() => vi.unstubAllGlobals());
const { router } = await import("./routes.tsx");
const { menuGroups, menuItemsFor } = await import("./ui/menu.ts");

const menus = staffRoles.map((role) => ({ role, items: menuItemsFor(router.routesById, role) }));

test("every role finds its day's work first, and a page of its own", () => {
  for (const { role, items } of menus) {
    expect(items[0]?.title, role).toBe("今日工作");
    expect(items.length, role).toBeGreaterThan(1);
  }
});

test("the queues stand in the menu of the roles that have queues, and of no other", () => {
  const seen = menus.filter(({ items }) => items.some(({ title }) => title === "办件")).map(({ role }) => role);
  expect(seen).toEqual(staffRoles.filter((role) => queuesOf(role).length > 0));
});

test("the table of routes keeps the pages of one group together, in the order of the menu", () => {
  for (const { role, items } of menus) {
    const groups = items.map(({ group }) => menuGroups.indexOf(group));
    expect(groups, role).toEqual(groups.toSorted((a, b) => a - b));
  }
});

test("no two pages of the menu share a title", () => {
  const paths = new Map(menus.flatMap(({ items }) => items).map(({ path, title }) => [path, title]));
  expect(new Set(paths.values()).size).toBe(paths.size);
});
