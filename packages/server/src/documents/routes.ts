import { act, look } from "../application/act.ts";
import { api } from "../application/api.ts";
import { findSound, listAttachments, readAttachment } from "../application/attachments.ts";
import { audit } from "../application/audit.ts";
import type { RequestContext } from "../application/context.ts";
import { getProofText } from "../application/get-proof-text.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import { formSheetOf } from "./form-sheet.ts";
import { resultSheetOf } from "./result-sheet.ts";
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

/** Sets a sheet and tells the log which characters no font had: somebody will have to write them in. */
async function setAsFile({ services }: RequestContext, sheet: Sheet, name: string): Promise<File> {
  const { pdf, missing } = await services.typesetter.typeset(sheet);
  if (missing.length > 0) services.log.warn({ count: missing.length }, "characters without a glyph on a sheet");
  return fileOf(pdf, name, "application/pdf");
}

function fileOf(bytes: Buffer, name: string, type: string): File {
  return new File([Uint8Array.from(bytes)], name, { type });
}
