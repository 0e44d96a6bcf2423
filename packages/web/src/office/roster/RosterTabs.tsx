import { contract } from "@shice/contract/contract.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { useOffice } from "../../ui/session.ts";

type Tab = "roster" | "lapsing" | "batches" | "parked" | "off";

/** The way between the pages of the roster, each with how many wait there. */
export function RosterTabs({ here }: { here: Tab }) {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const isClerk = may(contract.roster.countWouldLapse);
  const input = { campaign: campaign.key };
  const counts = useQuery(api.roster.countRoster.queryOptions({ input }));
  const lapsing = useQuery(api.roster.countWouldLapse.queryOptions({ input, enabled: isClerk }));
  const params = { campaign: campaign.key };
  const current = (tab: Tab) => (tab === here ? ("page" as const) : undefined);
  // A page lies under the roster's own address: only the page itself is the one where one is.
  const exactly = { exact: true, includeSearch: false };
  const number = (count: number | undefined) => (count === undefined ? "" : `（${count}）`);
  return (
    <nav className="heaps" aria-label="名册各页">
      <Link to="/office/$campaign/roster" params={params} activeOptions={exactly} aria-current={current("roster")}>
        名册
      </Link>
      {isClerk && (
        <Link
          to="/office/$campaign/roster/lapsing"
          params={params}
          activeOptions={exactly}
          aria-current={current("lapsing")}
        >
          将视为自动放弃{number(lapsing.data?.total)}
        </Link>
      )}
      <Link
        to="/office/$campaign/roster/batches"
        params={params}
        activeOptions={exactly}
        aria-current={current("batches")}
      >
        分批安排
      </Link>
      <Link
        to="/office/$campaign/roster/parked"
        params={params}
        activeOptions={exactly}
        aria-current={current("parked")}
      >
        证书、档案更正中{number(counts.data?.parked)}
      </Link>
      {(isClerk || post.role.startsWith("district-")) && (
        <Link to="/office/$campaign/roster/off" params={params} activeOptions={exactly} aria-current={current("off")}>
          不在名册中{number(counts.data?.offRoster)}
        </Link>
      )}
    </nav>
  );
}
