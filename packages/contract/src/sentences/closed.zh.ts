import { momentText } from "./moment.ts";

/** What can still be done in a campaign that was closed at this instant. */
export function closedText(closedAt: string): string {
  return `本批次已于${momentText(closedAt)}结束，只能查阅、打印、核验和归档，办理申诉、撤销注册。`;
}
