import type { Timetable } from "./calendar.ts";
import type { Teacher } from "./teachers.ts";
import type { World } from "./world.ts";

/** What each part of the rehearsal works with. */
export interface Stagehand {
  world: World;
  timetable: Timetable;
  teachers: Teacher[];
  /** Number of people who act at the same time. */
  atOnce: number;
  say(line: string): void;
}
