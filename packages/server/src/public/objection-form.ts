import { z } from "zod";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { type FormPart, splitForm } from "./form-parts.ts";

/** All of a form with its pictures. */
export const objectionBytes = 10 * 1024 * 1024;
const pictureBytes = 8 * 1024 * 1024;
const mostPictures = 3;
/** The form's five entries, and more files than are taken, so that it can be said that they are too many. */
const mostParts = 5 + 2 * mostPictures;

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

/**
 * A body as browsers send forms with files, taken apart.
 * @throws RefusalError request.malformed for what is no such body, or one of more parts than the form can have
 */
export function partsOfForm(body: Buffer, contentType: string): readonly FormPart[] {
  const parts = splitForm(body, contentType, mostParts);
  if (parts === undefined) throw new RefusalError({ code: "request.malformed" });
  return parts;
}

const Parts = z.array(z.custom<FormPart>((value) => typeof value === "object" && value !== null && "bytes" in value));

/** What a body holds, sent with pictures or, by an older browser, without. */
export function readObjection(body: unknown): ObjectionSent {
  const parts = Parts.safeParse(body).data;
  if (parts === undefined) return { ...Words.parse(body ?? {}), pictures: [], tooLarge: false };
  const words = Object.fromEntries(
    parts.filter(({ fileName }) => fileName === undefined).map(({ name, bytes }) => [name, bytes.toString("utf8")]),
  );
  // An empty choice of files comes as one file without a name.
  const files = parts.filter(
    ({ name, fileName, bytes }) => name === "pictures" && fileName !== undefined && bytes.length > 0,
  );
  const tooLarge = files.some(({ bytes }) => bytes.length > pictureBytes);
  return {
    ...Words.parse(words),
    // Of too many or too large ones the number alone is of interest.
    pictures: files
      .filter(({ bytes }) => bytes.length <= pictureBytes)
      .map(({ fileName = "", bytes }) => ({
        fileName: fileName.slice(0, 200),
        content: tooLarge || files.length > mostPictures ? "" : bytes.toString("base64"),
      })),
    tooLarge,
  };
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
    sent.pictures.length > mostPictures
      ? { pictures: `最多附${mostPictures}张图片，请重新选择。` }
      : sent.tooLarge
        ? { pictures: "有图片超过8MB，请换小一些的图片，或不附图片。" }
        : {};
  if (parsed.success && pictures["pictures"] === undefined) return { objection: parsed.data };
  const words = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => [String(path[0]), message] as const);
  return { errors: { ...Object.fromEntries(words), ...pictures } };
}
