import { z } from "zod";
import { caseReaders } from "./cases.ts";
import { OfApplication, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "打印与文件";
const readers = [...caseReaders, "applicant"] as const;

/** What is printed for one application, and the files that belong to it. */
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
  getResult: call("GET", "/campaigns/{campaign}/applications/{application}/result.pdf", {
    callers: ["applicant"],
    tag,
    summary: "注册结论的电子证明（PDF）",
  })
    .input(OfApplication)
    .output(z.instanceof(File)),
  getAttachment: call("GET", "/campaigns/{campaign}/applications/{application}/attachments/{attachment}", {
    callers: readers,
    tag,
    summary: "照片或扫描件",
  })
    .input(OfApplication.extend({ attachment: Uuid }))
    .output(z.instanceof(File)),
};
