import type { client } from "../../ui/client.ts";

/** What the desk reads of one case beside the case itself. */
export type DeskView = Awaited<ReturnType<typeof client.confirmation.lookAtDesk>>;
