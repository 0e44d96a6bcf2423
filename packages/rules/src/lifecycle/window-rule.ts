import type { WindowedStage } from "../plan/stage.ts";

/** When an act is accepted. */
export type WindowRule =
  /** Only while the stage's window is open. */
  | { open: WindowedStage }
  /** At any time before the stage's last window ends. */
  | { untilEndOf: WindowedStage }
  /** Until the reply time of the return being answered. */
  | { untilReply: true }
  | "any time";
