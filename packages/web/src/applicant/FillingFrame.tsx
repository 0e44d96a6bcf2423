import { listUnopened } from "@shice/rules/form/check-form.ts";
import { formFields } from "@shice/rules/form/form.ts";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { readText, writeText } from "../ui/browser-storage.ts";
import { api } from "../ui/client.ts";
import { Fetched } from "../ui/problem.tsx";
import { ClashDialog } from "./ClashDialog.tsx";
import { FillingContext } from "./filling.ts";
import type { Side } from "./form-host.tsx";
import type { AboutForm, FormPlan, Own } from "./own-application.ts";
import { useOwn } from "./teacher-context.ts";
import { useDraft } from "./use-draft.ts";

/** Brings together what the pages of an open form need. */
export function FillingFrame({ own, side, children }: { own: Own; side: Side; children: ReactNode }) {
  return (
    <Loaded key={`${own.id} ${own.state}`} own={own} side={side}>
      {children}
    </Loaded>
  );
}

function Loaded({ own, side, children }: { own: Own; side: Side; children: ReactNode }) {
  const { campaign } = useOwn();
  const about = useQuery({
    queryKey: side.aboutKey,
    queryFn: side.readAbout,
    // What stands on a page is read within seconds of its upload.
    refetchInterval: ({ state: { data } }) =>
      data?.attachments.some(({ numbers }) => numbers === null) ? 2000 : false,
  });
  const plan = useQuery(
    api.campaigns.getFormPlan.queryOptions({ input: { campaign: campaign.key }, staleTime: 300_000 }),
  );
  return (
    <Fetched query={about}>
      {(known) => (
        <Fetched query={plan}>
          {(rules) => (
            <Filling own={own} side={side} about={known} plan={rules}>
              {children}
            </Filling>
          )}
        </Fetched>
      )}
    </Fetched>
  );
}

function Filling({
  own,
  side,
  about,
  plan,
  children,
}: {
  own: Own;
  side: Side;
  about: AboutForm;
  plan: FormPlan;
  children: ReactNode;
}) {
  const { campaign } = useOwn();
  const serverTime = useMemo(
    () => ({ at: Temporal.Instant.from(campaign.now), since: performance.now() }),
    [campaign.now],
  );
  // The server's clock, not the device's, which may be wrong or set to another place.
  const nowOf = useCallback(
    () => serverTime.at.add({ milliseconds: Math.round(performance.now() - serverTime.since) }).toString(),
    [serverTime],
  );
  const draft = useDraft(side, own, about, plan, nowOf);
  const returned = own.state === "returned";
  const [read, setRead] = useSteps(`shice-read-${own.id}`);
  const [seen, setSeen] = useSteps(`shice-seen-${own.id}`);
  const opened = useMemo(() => own.asked.flatMap(({ opens }) => opens), [own.asked]);
  const closed = useMemo(
    () => (returned && opened.length > 0 ? new Set(listUnopened(opened, [...formFields])) : new Set<string>()),
    [returned, opened],
  );
  const askedFor = (entry: string) =>
    own.asked
      .filter(({ opens }) => opens.some((opened) => opened === entry))
      .map(({ text }) => text)
      .join("；") || undefined;
  const everyStep = useMemo(() => new Set([1, 2, 3, 4, 5, 6, 7, 8]), []);
  return (
    <FillingContext
      value={{
        campaign,
        own,
        side,
        about,
        plan,
        draft,
        closed,
        askedFor,
        isSlotOpen: (slot) => !returned || opened.length === 0 || opened.some((entry) => entry === `material:${slot}`),
        // Whoever has submitted once has read it all, on whatever device that was.
        read: returned || own.submittedAt !== null ? everyStep : read,
        noteRead: setRead,
        seen: returned ? everyStep : seen,
        see: setSeen,
      }}
    >
      {draft.clashes.length > 0 && <ClashDialog />}
      {children}
    </FillingContext>
  );
}

/** A set of steps that this browser remembers: what was read or looked at is no part of the application. */
function useSteps(key: string): [ReadonlySet<number>, (step: number) => void] {
  const [steps, setSteps] = useState<ReadonlySet<number>>(() => {
    const text = readText("browser", key) ?? "";
    return new Set(text.split(",").filter(Boolean).map(Number));
  });
  const add = useCallback(
    (step: number) =>
      setSteps((before) => {
        if (before.has(step)) return before;
        const after = new Set([...before, step]);
        writeText("browser", key, [...after].join(","));
        return after;
      }),
    [key],
  );
  return [steps, add];
}
