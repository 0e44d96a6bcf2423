import type { ExplainedPart } from "@shice/rules/certificate/explain.ts";
import { certificateKinds, certificateTitles } from "@shice/rules/plan/institution.ts";

/** GB/T 2260, the first two digits. */
const provinces: Readonly<Record<string, string>> = {
  11: "北京",
  12: "天津",
  13: "河北",
  14: "山西",
  15: "内蒙古",
  21: "辽宁",
  22: "吉林",
  23: "黑龙江",
  31: "上海",
  32: "江苏",
  33: "浙江",
  34: "安徽",
  35: "福建",
  36: "江西",
  37: "山东",
  41: "河南",
  42: "湖北",
  43: "湖南",
  44: "广东",
  45: "广西",
  46: "海南",
  50: "重庆",
  51: "四川",
  52: "贵州",
  53: "云南",
  54: "西藏",
  61: "陕西",
  62: "甘肃",
  63: "青海",
  64: "宁夏",
  65: "新疆",
  71: "台湾",
  81: "香港",
  82: "澳门",
};

const titles: Record<ExplainedPart["key"], string> = {
  year: "颁发年份",
  province: "省份",
  authority: "认定机构",
  "holder-area": "持证人身份证的地区",
  kind: "资格种类",
  sex: "性别",
  serial: "顺序号",
};

/** Describes one part of a certificate number. */
export function partTextOf({ key, digits }: ExplainedPart): { title: string; says: string } {
  return { title: titles[key], says: saysOf(key, digits) };
}

function saysOf(key: ExplainedPart["key"], digits: string): string {
  switch (key) {
    case "year":
      return digits.length === 4 ? `${digits}年` : `${Number(digits) >= 80 ? "19" : "20"}${digits}年`;
    case "province":
      return provinces[digits] ?? "没有这个省份代码";
    case "kind": {
      const kind = certificateKinds[Number(digits) - 1];
      return kind === undefined ? "没有这个种类代码" : certificateTitles[kind];
    }
    case "sex":
      return digits === "1" ? "男（2010年以前的证书不一定）" : digits === "2" ? "女（2010年以前的证书不一定）" : digits;
    default:
      return digits;
  }
}
