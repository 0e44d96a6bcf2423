import { act, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { findSound, listAttachments, readAttachment } from "../application/attachments.ts";
import { audit } from "../application/audit.ts";
import type { RequestContext } from "../application/context.ts";
import { getProofText } from "../application/get-proof-text.ts";
import { fileOf, setAsFile } from "../application/sheet-file.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
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
    const { sheet, number } = await act(context, input.campaign, async (room) => {
      const printed = await getPrinted(room, input.application);
      const photo = printed.photo === undefined ? undefined : await findSound(room.services.files, printed.photo);
      await audit(room, {
        action: "print-form",
        subjectKind: "application",
        subjectId: input.application,
        detail: { hash: printed.hash },
      });
      return { sheet: formSheetOf(room, printed, photo), number: printed.row.number };
    });
    return await setAsFile(context, sheet, `申请表-${number}.pdf`);
  }),

  getAssistanceSheet: api.documents.getAssistanceSheet.handler(async ({ input, context }) => {
    const { sheet, number } = await act(context, input.campaign, async (room) => {
      const printed = await getPrinted(room, input.application);
      const photo = printed.photo === undefined ? undefined : await findSound(room.services.files, printed.photo);
      const sheet = await assistanceSheetOf(room, input.application, printed, photo);
      const detail = { hash: printed.hash };
      await audit(room, {
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
    const { sheet, number } = await look(context, input.campaign, async (room) => {
      const printed = await getPrinted(room, input.application);
      return { sheet: slipSheetOf(room, printed), number: printed.row.number };
    });
    return await setAsFile(context, sheet, `现场确认凭条-${number}.pdf`);
  }),

  getResult: api.documents.getResult.handler(async ({ input, context }) => {
    const { sheet, number } = await look(context, input.campaign, async (room) => {
      const text = await getProofText(room, input.application);
      return { sheet: resultSheetOf(room, text), number: text.number };
    });
    return await setAsFile(context, sheet, `注册结论证明-${number}.pdf`);
  }),

  getManifestSheet: api.documents.getManifestSheet.handler(async ({ input, context }) => {
    const { sheet, number } = await onPaper(context, input, "print-manifest", (room, paper) => ({
      sheet: manifestSheetOf(room, paper),
      number: paper.number,
    }));
    return await setAsFile(context, sheet, `交接清单-${number}.pdf`);
  }),

  getManifestBook: api.documents.getManifestBook.handler(async ({ input, context }) => {
    const { bytes, number } = await onPaper(context, input, "export-manifest", async (room, paper) => ({
      bytes: await manifestBookOf(room, paper),
      number: paper.number,
    }));
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return fileOf(bytes, `交接清单-${number}.xlsx`, type);
  }),

  getBagLabels: api.documents.getBagLabels.handler(async ({ input, context }) => {
    const { sheet, number } = await onPaper(context, input, "print-labels", (room, paper) => ({
      sheet: labelSheetOf(room, paper),
      number: paper.number,
    }));
    return await setAsFile(context, sheet, `档案袋标签-${number}.pdf`);
  }),

  getSchoolSheet: api.documents.getSchoolSheet.handler(async ({ input, context }) => {
    const { sheet, number, title } = await act(context, input.campaign, async (room) => {
      const printed = await schoolSheetOf(room, input.sheet, input.layout);
      const detail = { rows: printed.entries };
      await audit(room, { action: "print-school-sheet", subjectKind: "school-sheet", subjectId: input.sheet, detail });
      return printed;
    });
    return await setAsFile(context, sheet, `${title}-${number}.pdf`);
  }),

  getSchoolSheets: api.documents.getSchoolSheets.handler(async ({ input, context }) => {
    const { sheet, number, title } = await look(context, input.campaign, async (room) => {
      const printed = await schoolSheetsOf(room, input.sheets);
      const detail = { rows: printed.entries };
      for (const subjectId of input.sheets) {
        await audit(room, { action: "print-school-sheet", subjectKind: "school-sheet", subjectId, detail });
      }
      return printed;
    });
    return await setAsFile(context, sheet, `${title}-${number}.pdf`);
  }),

  getAttachment: api.documents.getAttachment.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = (await listAttachments(room.tx, room.campaign.id, input.application)).find(
        ({ id }) => id === input.attachment,
      );
      if (found === undefined) throw new RefusalError({ code: "request.not-found" });
      const bytes = await readAttachment(room, found);
      if (room.actor.role !== "applicant") {
        await audit(room, {
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
  action: string,
  make: (room: Room, paper: ManifestPaper) => T | Promise<T>,
): Promise<T> {
  return look(context, input.campaign, async (room) => {
    const paper = await getManifestPaper(room, input.manifest);
    const detail = { rows: paper.items.length };
    await audit(room, { action, subjectKind: "manifest", subjectId: input.manifest, detail });
    return await make(room, paper);
  });
}
