import { base64Of } from "./base64.ts";
import type { Client } from "./client.ts";
import { type ImportView, importPartBytes } from "./roster.ts";

/**
 * Sends a spreadsheet in parts of at most `importPartBytes`, so that on a slow connection only one part is repeated.
 * Calls `progress` after each part.
 */
export async function sendRoster(
  client: Client,
  target: { campaign: string; fileName: string; anew?: boolean },
  bytes: Uint8Array,
  progress?: (sent: number, of: number) => void,
): Promise<ImportView> {
  const parts = Math.max(1, Math.ceil(bytes.length / importPartBytes));
  const send = (part: number, id: string | undefined) => {
    const piece = bytes.subarray((part - 1) * importPartBytes, part * importPartBytes);
    return client.roster.sendImport({
      ...target,
      part,
      parts,
      content: base64Of(piece),
      ...(id === undefined ? {} : { import: id }),
    });
  };
  let view = await send(1, undefined);
  progress?.(1, parts);
  for (let part = 2; part <= parts; part++) {
    view = await send(part, view.id);
    progress?.(part, parts);
  }
  return view;
}
