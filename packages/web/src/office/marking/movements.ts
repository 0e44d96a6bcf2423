/** Everything that happens to stickers, by the words of the ledger. */
export const movementTitles = {
  receive: "领取",
  print: "打印结论",
  issue: "发放",
  return: "退回",
  use: "使用",
  recall: "收回",
  scrap: "报废",
  count: "盘点",
} as const;
