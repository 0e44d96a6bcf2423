import type { BulkActSpec } from "../acts/act-spec.ts";
import { wordsOf } from "../acts/entered.ts";

/** Files the forms of many teachers in one box, in the chosen order (Notice §三(七)). */
export const archiveMany: BulkActSpec = {
  transition: "archive",
  tells: "申请表一份存入个人档案，一份装入所填档案盒，按所选顺序编号。",
  fields: [
    { kind: "line", name: "box", label: "档案盒号", example: "2017-01" },
    { kind: "count", name: "firstItem", label: "盒内首件序号", first: 1 },
    {
      kind: "choice",
      name: "opinionBy",
      label: "申请表上的注册结论",
      options: [
        { value: "stamp", label: "加盖结论印章" },
        { value: "hand", label: "手写" },
      ],
    },
  ],
  oneList: true,
  send: (client, campaign, applications, entered, context) =>
    client.archive.archiveMany(
      {
        campaign,
        applications,
        box: wordsOf(entered, "box"),
        firstItem: Number(entered["firstItem"]),
        opinionBy: entered["opinionBy"] === "hand" ? "hand" : "stamp",
      },
      context,
    ),
};
