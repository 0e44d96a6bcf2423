import { findingMessages } from "./check-messages.zh.ts";
import type { Finding, FindingCode, FindingFigures, PathSegment } from "./finding.ts";

/** Writes a path in the plan as stages.apply.windows[0].from. */
function pathOf(segments: readonly PathSegment[]): string {
  return segments
    .map((segment, index) => (typeof segment === "number" ? `[${segment}]` : index === 0 ? segment : `.${segment}`))
    .join("");
}

/** A finding together with its sentence. */
export function findingOf<Code extends FindingCode>(
  code: Code,
  segments: readonly PathSegment[],
  figures: FindingFigures[Code],
  source?: string,
): Finding {
  const message = findingMessages[code](figures);
  return { code, message, path: pathOf(segments), ...(source === undefined ? {} : { source }) };
}
