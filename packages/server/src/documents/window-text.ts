import type { Campaign } from "../application/campaign.ts";

/** 9月13日至11月3日，每天7:00至24:00 */
export function confirmWindowText({ plan }: Campaign): string {
  const { windows, hours } = plan.stages.confirm;
  const day = (text: string) => {
    const { month, day } = Temporal.PlainDate.from(text);
    return `${month}月${day}日`;
  };
  const days = windows.map(({ from, to }) => `${day(from)}至${day(to)}`).join("、");
  return hours.from === "00:00" && hours.to === "24:00" ? days : `${days}，每天${hours.from}至${hours.to}`;
}
