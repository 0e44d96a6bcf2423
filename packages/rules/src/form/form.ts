import { z } from "zod";
import { normaliseCertificateNumber } from "../certificate/number.ts";
import { isOneOf } from "../keys.ts";
import { certificateKinds, postKinds } from "../plan/institution.ts";
import {
  assessmentGrades,
  codesOf,
  degrees,
  educations,
  ethnicities,
  postNatures,
  putonghuaLevels,
  studyModes,
  titles,
} from "./lists.ts";

/**
 * Replaces each run of tabs, line ends and other control characters by one blank. They come unseen with pasted text.
 */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

/** Text that every database and printer can keep: without half surrogate pairs. */
function isPlain(text: string): boolean {
  return text.isWellFormed();
}

/** A text while it is typed: saved in any state, unless too long or impossible to store. */
const Typed = (longest: number) =>
  z
    .string()
    .overwrite(withoutControls)
    .trim()
    .refine((text) => [...text].length <= longest, `不超过${longest}个字`)
    .refine(isPlain, "含有不能保存的字符，请重新输入")
    .meta({ maxLength: longest });
const Text = (longest: number) =>
  Typed(longest)
    .refine((text) => text !== "", "请填写")
    .meta({ maxLength: longest });
/** Normalises full-width digits, spaces and hyphens. */
const digitsOf = (text: string) => text.normalize("NFKC").replace(/[\s\p{Pd}]/gu, "");
/** Keeps the hyphens and brackets of a telephone number, which show where the area code ends. */
const narrowOf = (text: string) => text.normalize("NFKC").replace(/\p{Pd}/gu, "-");
/** The century catches typing errors: nobody's papers are older. */
const Day = z.iso.date("请按“年-月-日”填写日期").refine((day) => /^(19|20)/.test(day), "请核对年份");
const Year = z.int().min(1950).max(2100);

const Assessment = z.strictObject({ year: Year, grade: z.enum(codesOf(assessmentGrades)) });
const Interruption = z.strictObject({
  semesters: z.number().min(0).max(40),
  reason: z.enum(["study", "training", "exchange", "sick-leave", "maternity-leave", "other"]),
});

/** Every field of the application form with its rule, used while typing and on the server. */
const fields = {
  // step 3
  certificateNumber: Text(40).overwrite(normaliseCertificateNumber),
  /** The holder attests that the paper shows this odd number. */
  certificateNumberAttested: z.boolean().optional(),
  // step 4
  certificateKind: z.enum(certificateKinds),
  certificateSubject: Text(60),
  certificateIssuedOn: Day,
  certificateIssuer: Text(100),
  /** The name on the certificate, if it differs from today's. */
  certificateName: Text(50).optional(),
  ethnicity: z.enum(codesOf(ethnicities)),
  postKind: z.enum(postKinds),
  subject: Text(60),
  // step 5
  schoolId: z.uuid("请从目录中选择学校"),
  /** From the chosen school's side: it has lent the teacher out, or it has borrowed the teacher (Notice §一(三)). */
  seconded: z.enum(["no", "lent-out", "borrowed-in"]),
  secondedTo: Text(60).optional(),
  lendingSchoolId: z.uuid("请从目录中选择学校").optional(),
  // step 7
  education: z.enum(codesOf(educations)),
  degree: z.enum(codesOf(degrees)).optional(),
  studyMode: z.enum(codesOf(studyModes)),
  teacherTraining: z.boolean(),
  graduatedFrom: Text(60),
  major: Text(60),
  graduatedOn: Day,
  contractSince: Day,
  postNature: z.enum(codesOf(postNatures)),
  putonghuaLevel: z.enum(codesOf(putonghuaLevels)),
  workingSince: Day,
  title: z.enum(codesOf(titles)),
  birthplace: Text(60),
  householdRegistration: Text(60),
  address: Text(100),
  postcode: Typed(20)
    .overwrite(digitsOf)
    .regex(/^\d{6}$/, "邮政编码为6位数字"),
  telephone: Typed(20)
    .overwrite(narrowOf)
    .regex(/^[\d\-() ]{7,20}$/, "电话号码只能有数字、括号和连字符")
    .optional(),
  mobile: Typed(20)
    .overwrite(digitsOf)
    .regex(/^1\d{10}$/, "手机号码为11位数字，以1开头"),
  email: z.email("请填写有效的电子邮箱").max(254, "电子邮箱过长"),
  inEstablishment: z.boolean(),
  onPost: z.boolean(),
  teachingRelatedWork: z.boolean().optional(),
  newlyHired: z.boolean(),
  probationFinishedOn: Day.optional(),
  inductionTrainingPassed: z.boolean().optional(),
  assessments: z.array(Assessment).max(20),
  trainingHours: z.number("请填写数字").min(0).max(10000),
  interruption: Interruption.optional(),
  photo: z.uuid().optional(),
} as const;

/** Fields that are often half typed. They are saved in any state, so that no entry is lost. */
const typedFields = {
  certificateNumber: Typed(40).overwrite(normaliseCertificateNumber),
  certificateSubject: Typed(60),
  certificateIssuer: Typed(100),
  certificateName: Typed(50),
  subject: Typed(60),
  secondedTo: Typed(60),
  graduatedFrom: Typed(60),
  major: Typed(60),
  birthplace: Typed(60),
  householdRegistration: Typed(60),
  address: Typed(100),
  postcode: Typed(20).overwrite(digitsOf),
  telephone: Typed(40).overwrite(narrowOf),
  mobile: Typed(40).overwrite(digitsOf),
  email: Typed(254),
} as const satisfies { readonly [Field in FormField]?: z.ZodType<string> };

/**
 * The schema of a draft: any part of the form, texts in any state of typing. It refuses texts too long and unknown
 * keys; checkForm reports the rest.
 */
export const ApplicationDraft = z.strictObject({ ...fields, ...typedFields }).partial();
export type ApplicationDraft = z.infer<typeof ApplicationDraft>;

/** The complete form, as submitted. */
export const ApplicationForm = z.strictObject(fields);
export type ApplicationForm = z.infer<typeof ApplicationForm>;

/** Any part of a form, with each field checked by its own rule. Used for corrections. */
export const ApplicationPart = z.strictObject(fields).partial();
export type ApplicationPart = z.infer<typeof ApplicationPart>;

export type FormField = keyof typeof fields;
export const formFields = Object.keys(fields).filter((name): name is FormField => name in fields);

/** Fields that are encrypted at rest and whose values never enter the history. */
export const sealedFields = [
  "certificateNumber",
  "birthplace",
  "householdRegistration",
  "address",
  "postcode",
  "telephone",
  "mobile",
  "email",
] as const satisfies readonly FormField[];

export function isSealed(field: string): boolean {
  return isOneOf(sealedFields, field);
}
