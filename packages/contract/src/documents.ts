import { z } from "zod";
import { caseReaders } from "./cases.ts";
import { InCampaign, OfApplication, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "打印与文件";
/** The auditor reads what was done but no papers, because they show numbers and addresses. */
const readers = [...caseReaders.filter((role) => role !== "auditor"), "applicant"] as const;

/** A paper about a hand-over, available to both sides. */
const paperOfManifest = (file: string, summary: string) =>
  call("GET", `/campaigns/{campaign}/manifests/{manifest}/${file}`, {
    callers: ["school-clerk", "district-reviewer", "district-lead"],
    tag,
    summary,
  })
    .input(InCampaign.extend({ manifest: Uuid }))
    .output(z.instanceof(File));

/** Printed papers of one application, and its files. */
export const documentsContract = {
  getForm: call("GET", "/campaigns/{campaign}/applications/{application}/form.pdf", {
    callers: readers,
    tag,
    summary: "《教师资格定期注册申请表》（一式两份，A4）",
  })
    .input(OfApplication)
    .output(z.instanceof(File)),
  getSlip: call("GET", "/campaigns/{campaign}/applications/{application}/slip.pdf", {
    callers: readers,
    tag,
    summary: "现场确认凭条（二维码）和须携带的材料",
  })
    .input(OfApplication)
    .output(z.instanceof(File)),
  getAssistanceSheet: call("GET", "/campaigns/{campaign}/applications/{application}/assistance.pdf", {
    callers: ["school-clerk"],
    tag,
    summary: "代填核对单：代填的内容、本人核对提交的办法、更正栏",
  })
    .input(OfApplication)
    .output(z.instanceof(File)),
  getResult: call("GET", "/campaigns/{campaign}/applications/{application}/result.pdf", {
    callers: ["applicant"],
    tag,
    summary: "注册结论的电子证明（PDF）",
  })
    .input(OfApplication)
    .output(z.instanceof(File)),
  getManifestSheet: paperOfManifest("manifest.pdf", "交接清单（PDF，双方签字盖章）"),
  getManifestBook: paperOfManifest("manifest.xlsx", "交接清单（Excel，顺序与PDF相同）"),
  getBagLabels: paperOfManifest("labels.pdf", "档案袋标签（PDF，每页14枚）"),
  getSchoolSheets: call("GET", "/campaigns/{campaign}/school-sheets.pdf", {
    callers: ["school-clerk", "district-reviewer", "district-lead"],
    tag,
    summary: "几份学校证明合并打印（PDF，逐名教师排列）",
  })
    .input(InCampaign.extend({ sheets: z.array(Uuid).min(1, "请选择要打印的证明").max(20) }))
    .output(z.instanceof(File)),
  getSchoolSheet: call("GET", "/campaigns/{campaign}/school-sheets/{sheet}/sheet.pdf", {
    callers: ["school-clerk", "district-reviewer", "district-lead"],
    tag,
    summary: "学校证明：每人一份，或一张汇总表（PDF）",
  })
    .input(InCampaign.extend({ sheet: Uuid, layout: z.enum(["person", "rows"]).optional() }))
    .output(z.instanceof(File)),
  getAttachment: call("GET", "/campaigns/{campaign}/applications/{application}/attachments/{attachment}", {
    callers: readers,
    tag,
    summary: "照片或扫描件",
  })
    .input(OfApplication.extend({ attachment: Uuid }))
    .output(z.instanceof(File)),
};
