import { z } from "zod";

/** All of a form with its pictures: three photos as a telephone takes them. */
export const objectionBytes = 24 * 1024 * 1024;
const pictureBytes = 8 * 1024 * 1024;

/** What was entered on the page, whatever state it is in; and the pictures, in Base64 as the API takes them. */
interface ObjectionSent {
  position: string;
  name: string;
  contact: string;
  statement: string;
  /** Nobody sees that entry: whatever fills it in is a program. */
  website: string;
  pictures: { fileName: string; content: string }[];
  /** A picture that is larger than any we take. */
  tooLarge: boolean;
}

const Words = z.object({
  position: z.string().max(10).catch("1"),
  name: z.string().max(4000).catch(""),
  contact: z.string().max(4000).catch(""),
  statement: z.string().max(40_000).catch(""),
  website: z.string().catch(""),
});

/** A body as browsers send forms with files, taken apart by the machine's own reader. */
export async function formOf(body: Buffer, contentType: string): Promise<FormData> {
  return await new Response(Uint8Array.from(body), { headers: { "content-type": contentType } }).formData();
}

export async function readObjection(body: unknown): Promise<ObjectionSent> {
  const form = body instanceof FormData ? body : undefined;
  const words = Words.parse(form === undefined ? (body ?? {}) : Object.fromEntries(form));
  // An empty choice of files comes as one file without a name.
  const files = (form?.getAll("pictures") ?? []).filter((entry) => entry instanceof File && entry.size > 0);
  const pictures: ObjectionSent["pictures"] = [];
  let tooLarge = false;
  for (const file of files) {
    if (!(file instanceof File)) continue;
    if (file.size > pictureBytes) tooLarge = true;
    else
      pictures.push({
        fileName: file.name.slice(0, 200),
        content: Buffer.from(await file.arrayBuffer()).toString("base64"),
      });
  }
  return { ...words, pictures, tooLarge };
}

const Objection = z.object({
  name: z.string().trim().min(2, "请填写您的真实姓名。").max(50, "姓名不超过50个字。"),
  contact: z.string().trim().min(5, "请填写可以联系到您的电话或电子邮箱。").max(100, "联系方式不超过100个字。"),
  statement: z.string().trim().min(10, "请写明异议的事实和理由（不少于10字）。").max(2000, "不超过2000字。"),
});

/** What may be sent on, or a sentence for each entry that is wrong. */
export function checkObjection(
  sent: ObjectionSent,
): { objection: z.infer<typeof Objection> } | { errors: Readonly<Record<string, string>> } {
  const parsed = Objection.safeParse(sent);
  const pictures: Record<string, string> =
    sent.pictures.length > 3
      ? { pictures: "最多附3张图片，请重新选择。" }
      : sent.tooLarge
        ? { pictures: "有图片超过8MB，请换小一些的图片，或不附图片。" }
        : {};
  if (parsed.success && pictures["pictures"] === undefined) return { objection: parsed.data };
  const words = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => [String(path[0]), message] as const);
  return { errors: { ...Object.fromEntries(words), ...pictures } };
}
