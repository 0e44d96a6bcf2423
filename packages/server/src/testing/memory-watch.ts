import { readdirSync, readFileSync } from "node:fs";

/** The most memory held by this process and by its child processes while it watched, in MB. */
interface MemoryWatch {
  stop(): { own: number; grown: number; child: number };
}

/** Watches the memory of this process and its children, as the kernel counts it (Linux). */
export function watchMemory(): MemoryWatch {
  const before = megabytesOf("self", "VmRSS");
  const peak = { own: before, child: 0 };
  const look = () => {
    peak.own = Math.max(peak.own, megabytesOf("self", "VmRSS"));
    for (const child of listChildren()) peak.child = Math.max(peak.child, megabytesOf(child, "VmHWM"));
  };
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { ...peak, grown: peak.own - before };
    },
  };
}

/** The processes that this one has started and that still run. */
export function listChildren(): string[] {
  return readdirSync("/proc").filter((id) => /^\d+$/.test(id) && parentOf(id) === process.pid);
}

function parentOf(id: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
  } catch {
    return undefined;
  }
}

function megabytesOf(id: string, field: "VmRSS" | "VmHWM"): number {
  try {
    const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
