import { closedText } from "@shice/contract/sentences/closed.zh.ts";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { findDefaultCampaign } from "../ui/campaign.ts";
import { api } from "../ui/client.ts";
import { PlainFrame } from "../ui/PlainFrame.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { Fetched, Nothing, ProblemAlert } from "../ui/problem.tsx";
import { FillingFrame } from "./FillingFrame.tsx";
import { ownSideOf } from "./form-host.tsx";
import { isBeingFilled, type Own } from "./own-application.ts";
import { OwnContext } from "./teacher-context.ts";

/** Around every page of the teacher's own: the campaign that runs, and the application in it. */
export function MyFrame() {
  const [key, setKey] = useState<string | null>();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    findDefaultCampaign().then((found) => setKey(found ?? null), setError);
  }, []);
  return (
    <PlainFrame>
      {error !== null && <ProblemAlert error={error} again={() => window.location.reload()} />}
      {key === null && <Nothing text="目前没有正在进行的批次。" />}
      {typeof key === "string" && <InCampaign campaign={key} />}
    </PlainFrame>
  );
}

function InCampaign({ campaign: key }: { campaign: string }) {
  const campaign = useQuery(
    api.campaigns.getCampaign.queryOptions({ input: { campaign: key }, refetchInterval: 60_000 }),
  );
  const own = useQuery(api.applicant.own.queryOptions({ input: { campaign: key } }));
  return (
    <Fetched query={campaign}>
      {(found) => (
        <Fetched query={own}>
          {(application) => (
            <OwnContext value={{ campaign: found, own: application }}>
              <p className="soft">{found.title}</p>
              {found.closedAt !== null && <Note kind="heed" title={closedText(found.closedAt)} />}
              {isBeingFilled(application) ? <OwnFilling campaign={key} own={application} /> : <Outlet />}
            </OwnContext>
          )}
        </Fetched>
      )}
    </Fetched>
  );
}

function OwnFilling({ campaign, own }: { campaign: string; own: Own }) {
  const side = useMemo(() => ownSideOf(campaign, own.id), [campaign, own.id]);
  return (
    <FillingFrame own={own} side={side}>
      <Outlet />
    </FillingFrame>
  );
}
