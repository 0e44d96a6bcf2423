import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { useRouter } from "@tanstack/react-router";
import { useOffice } from "./session.ts";

/** Pages of one kind of work stand together in the menu, in this order. */
export const menuGroups = ["entry", "work", "certificates", "people", "messages"] as const;

/** How a page of the office stands in the menu; its row in `routes.tsx` says it. A page without it is reached from others. */
interface MenuEntry {
  title: string;
  group: (typeof menuGroups)[number];
  /** The roles that see it. */
  roles: readonly StaffRole[];
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    menu?: MenuEntry;
  }
}

interface MenuItem extends MenuEntry {
  /** The route's path, with `$campaign` in it. */
  path: string;
}

interface RouteOfMenu {
  fullPath: string;
  options: { staticData?: { menu?: MenuEntry } };
}

/** The pages that the menu offers a role, in the order of the table of routes. */
export function menuItemsFor(routes: Readonly<Record<string, RouteOfMenu>>, role: string): MenuItem[] {
  const items = Object.values(routes).flatMap(({ fullPath, options }) => {
    const menu = options.staticData?.menu;
    return menu === undefined ? [] : [{ ...menu, path: fullPath }];
  });
  return items.filter(({ roles }) => roles.some((each) => each === role));
}

/** The pages that the menu offers under the current post. */
export function useMenu(): MenuItem[] {
  const { post } = useOffice();
  return menuItemsFor(useRouter().routesById, post.role);
}
