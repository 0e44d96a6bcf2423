import type { AuditAction } from "@shice/contract/audit-words.ts";
import { getProofText } from "../case/get-proof-text.ts";
import { findSound, listAttachments, readAttachment } from "../form/attachments.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import type { RequestContext } from "../request/context.ts";
import { noteContradictions } from "../request/contradiction.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { fileOf, setAsFile } from "../request/sheet-file.ts";
import { assistanceSheetOf } from "./assistance-sheet.ts";
import { formSheetOf } from "./form-sheet.ts";
import { getManifestPaper, type ManifestPaper } from "./manifest-data.ts";
import { labelSheetOf, manifestBookOf, manifestSheetOf } from "./manifest-sheets.ts";
import { resultSheetOf } from "./result-sheet.ts";
import { schoolSheetOf, schoolSheetsOf } from "./school-sheet.ts";
import { getPrinted } from "./sheet-data.ts";
import { slipSheetOf } from "./slip-sheet.ts";

export const documentsRoutes = {
  getForm: api.documents.getForm.handler(async ({ input, context }) => {
    const { sheet, number } = await runAct(context, input.campaign, async (ctx) => {
      const printed = await getPrinted(ctx, input.application);
      const photo = printed.photo === undefined ? undefined : await findSound(ctx.services.files, printed.photo);
      await audit(ctx, {
        action: "print-form",
        subjectKind: "application",
        subjectId: input.application,
        detail: { hash: printed.hash },
      });
      return { sheet: formSheetOf(ctx, printed, photo), number: printed.row.number };
    });
    return await setAsFile(context, sheet, `申请表-${number}.pdf`);
  }),

  getAssistanceSheet: api.documents.getAssistanceSheet.handler(async ({ input, context }) => {
    const { sheet, number } = await runAct(context, input.campaign, async (ctx) => {
      const printed = await getPrinted(ctx, input.application);
      const photo = printed.photo === undefined ? undefined : await findSound(ctx.services.files, printed.photo);
      const sheet = await assistanceSheetOf(ctx, input.application, printed, photo);
      const detail = { hash: printed.hash };
      await audit(ctx, {
        action: "print-assistance",
        subjectKind: "application",
        subjectId: input.application,
        detail,
      });
      return { sheet, number: printed.row.number };
    });
    return await setAsFile(context, sheet, `代填核对单-${number}.pdf`);
  }),

  getSlip: api.documents.getSlip.handler(async ({ input, context }) => {
    const { sheet, number } = await runRead(context, input.campaign, async (ctx) => {
      const printed = await getPrinted(ctx, input.application);
      return { sheet: slipSheetOf(ctx, printed), number: printed.row.number };
    });
    return await setAsFile(context, sheet, `现场确认凭条-${number}.pdf`);
  }),

  getResult: api.documents.getResult.handler(async ({ input, context }) => {
    const { sheet, number } = await noteContradictions(context, () =>
      runRead(context, input.campaign, async (ctx) => {
        const text = await getProofText(ctx, input.application);
        return { sheet: resultSheetOf(ctx, text), number: text.number };
      }),
    );
    return await setAsFile(context, sheet, `注册结论证明-${number}.pdf`);
  }),

  getManifestSheet: api.documents.getManifestSheet.handler(async ({ input, context }) => {
    const { sheet, number } = await onPaper(context, input, "print-manifest", (ctx, paper) => ({
      sheet: manifestSheetOf(ctx, paper),
      number: paper.number,
    }));
    return await setAsFile(context, sheet, `交接清单-${number}.pdf`);
  }),

  getManifestBook: api.documents.getManifestBook.handler(async ({ input, context }) => {
    const { bytes, number } = await onPaper(context, input, "export-manifest", async (ctx, paper) => ({
      bytes: await manifestBookOf(ctx, paper),
      number: paper.number,
    }));
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return fileOf(bytes, `交接清单-${number}.xlsx`, type);
  }),

  getBagLabels: api.documents.getBagLabels.handler(async ({ input, context }) => {
    const { sheet, number } = await onPaper(context, input, "print-labels", (ctx, paper) => ({
      sheet: labelSheetOf(ctx, paper),
      number: paper.number,
    }));
    return await setAsFile(context, sheet, `档案袋标签-${number}.pdf`);
  }),

  getSchoolSheet: api.documents.getSchoolSheet.handler(async ({ input, context }) => {
    const { sheet, number, title } = await runAct(context, input.campaign, async (ctx) => {
      const printed = await schoolSheetOf(ctx, input.sheet, input.layout);
      const detail = { rows: printed.entries };
      await audit(ctx, { action: "print-school-sheet", subjectKind: "school-sheet", subjectId: input.sheet, detail });
      return printed;
    });
    return await setAsFile(context, sheet, `${title}-${number}.pdf`);
  }),

  getSchoolSheets: api.documents.getSchoolSheets.handler(async ({ input, context }) => {
    const { sheet, number, title } = await runRead(context, input.campaign, async (ctx) => {
      const printed = await schoolSheetsOf(ctx, input.sheets);
      const detail = { rows: printed.entries };
      for (const subjectId of input.sheets) {
        await audit(ctx, { action: "print-school-sheet", subjectKind: "school-sheet", subjectId, detail });
      }
      return printed;
    });
    return await setAsFile(context, sheet, `${title}-${number}.pdf`);
  }),

  getAttachment: api.documents.getAttachment.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = (await listAttachments(ctx.tx, ctx.campaign.id, input.application)).find(
        ({ id }) => id === input.attachment,
      );
      if (found === undefined) throw new RefusalError({ code: "request.not-found" });
      const bytes = await readAttachment(ctx, found);
      if (ctx.actor.role !== "applicant") {
        await audit(ctx, {
          action: "view-file",
          subjectKind: "application",
          subjectId: input.application,
          detail: { slot: found.slot },
        });
      }
      return fileOf(bytes, `${found.slot}-${found.position}.jpg`, found.media_type);
    }),
  ),
};

/** Reads a manifest for its papers, and notes that they were made. */
function onPaper<T extends object>(
  context: RequestContext,
  input: { campaign: string; manifest: string },
  action: AuditAction,
  make: (ctx: ActContext, paper: ManifestPaper) => T | Promise<T>,
): Promise<T> {
  return runRead(context, input.campaign, async (ctx) => {
    const paper = await getManifestPaper(ctx, input.manifest);
    const detail = { rows: paper.items.length };
    await audit(ctx, { action, subjectKind: "manifest", subjectId: input.manifest, detail });
    return await make(ctx, paper);
  });
}
