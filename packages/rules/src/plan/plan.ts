import { z } from "zod";
import { unknownBlanksOf } from "../materials/proof-text.ts";
import { certificateKinds, institutionKinds, ownerships, postKinds } from "./institution.ts";
import { windowedStages } from "./stage.ts";

/**
 * The required form of a value. Each name is the `error` of a pattern below; check-messages.zh.ts turns it into a
 * sentence that shows the form.
 */
export const valueFormats = [
  "key",
  "day",
  "hour",
  "moment",
  "area-code",
  "time-zone",
  "opens",
  "line",
  "proof",
] as const;
export type ValueFormat = (typeof valueFormats)[number];
const written = (format: ValueFormat) => ({ error: format });

/** The source of a rule: the notice's section, a law's article, or "本地约定" for a choice of the authority. */
const Source = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, written("line"));
const Key = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, written("key"))
  .max(60);
const Title = z
  .string()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}*$/u, written("line"));

/** A day, written 2017-09-12. Fixing the century catches typing errors. */
const Day = z.iso.date(written("day")).regex(/^20/, written("day"));
/** A time of day, written 07:00; 24:00 is the end of the day. */
const Hour = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, written("hour"));
/** A local date and time in the plan's zone, written 2017-11-20T17:00. */
const Moment = z.string().refine(isMoment, written("moment"));

function isMoment(text: string): boolean {
  const [day, time, ...rest] = text.split("T");
  return rest.length === 0 && Day.safeParse(day).success && Hour.safeParse(time).success && time !== "24:00";
}

function isTimeZone(name: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, name);
    return true;
  } catch {
    return false;
  }
}

const DayRange = z.strictObject({ from: Day, to: Day });

const WindowedStagePlan = z.strictObject({
  windows: z.array(DayRange).min(1),
  hours: z.strictObject({ from: Hour, to: Hour }).default({ from: "00:00", to: "24:00" }),
  source: Source,
});

const Body = z.strictObject({ key: Key, name: Title });

const Area = z.strictObject({
  key: Key,
  name: Title,
  /** GB/T 2260 code; 两江新区 has none. */
  code: z
    .string()
    .regex(/^\d{6}$/, written("area-code"))
    .optional(),
  authority: Body,
  /** Key of the body in bodies.review that re-checks this area. Absent without re-review or with only one body. */
  reviewedBy: Key.optional(),
});

const InstitutionScope = z.strictObject({
  kinds: z.array(z.enum(institutionKinds)).min(1),
  ownership: z.array(z.enum(ownerships)).min(1),
  /** Whether schools run by an industry or enterprise are in scope (Notice §一(一): not yet). */
  industryRun: z.boolean(),
  /** Support institutions: only teachers in teaching-related work with a school-teacher's title (Notice §一(二)). */
  onlyWithTeacherTitle: z.boolean(),
  source: Source,
});

/**
 * The teachers to whom a variant of a material or a condition applies. Newly hired (初聘) differs from registering for
 * the first time.
 */
export const concerns = ["everyone", "newly-hired", "serving", "first-registration", "periodic-registration"] as const;
export type Concerns = (typeof concerns)[number];

const MaterialVariant = z.strictObject({
  concerns: z.enum(concerns),
  name: Title,
  suppliedBy: z.enum(["applicant", "school"]),
  /** Whether the original is compared at the desk. */
  originalSeen: z.boolean(),
  /** Number of copies handed in: copies of the form, or stamped photocopies. */
  copies: z.int().min(0).max(9),
  /** Whether the photocopy must bear 与原件相符 and the school's seal. */
  copyStamped: z.boolean(),
  /** One sheet for each person, even if the school supplies all together (Notice §三(二): 需每人一份). */
  onePerPerson: z.boolean().default(true),
  /** The text of the school's proof, with blanks such as 【姓名】; if absent, a general text (materials/proof-text.ts). */
  proof: z
    .string()
    .min(10)
    .max(500)
    .refine((text) => unknownBlanksOf(text).length === 0, written("proof"))
    .optional(),
});

const Material = z.strictObject({
  key: Key,
  item: z.int().min(1),
  /**
   * Whether the material shows the certificate number. OCR then reads it from the scans for comparison with the entry.
   */
  bearsCertificateNumber: z.boolean().default(false),
  variants: z.array(MaterialVariant).min(1),
  source: Source,
});

const Conclusion = z.strictObject({
  key: Key,
  name: Title,
  /** Whether this conclusion is marked on the certificate. */
  marked: z.boolean(),
  /** Whether it raises the ordinal of the registration (第N次). */
  raisesOrdinal: z.boolean(),
});

const conditionBase = { key: Key, concerns: z.enum(concerns), suggests: Key, source: Source };
/**
 * Conditions that suggest a conclusion. Each `rule` names a function in conclusions/; the plan gives its figures. A
 * person always decides (个人信息保护法 art. 24).
 */
const Condition = z.discriminatedUnion("rule", [
  z.strictObject({ ...conditionBase, rule: z.literal("training-hours-below"), hours: z.number().min(0) }),
  z.strictObject({
    ...conditionBase,
    rule: z.literal("teaching-interrupted"),
    semesters: z.number().min(0),
    except: z.array(z.enum(["study", "training", "exchange", "sick-leave", "maternity-leave"])),
  }),
  z.strictObject({ ...conditionBase, rule: z.literal("assessments-failed"), count: z.int().min(1) }),
  z.strictObject({ ...conditionBase, rule: z.literal("assessments-failed-consecutively"), count: z.int().min(2) }),
  z.strictObject({ ...conditionBase, rule: z.literal("ethics-breached") }),
  z.strictObject({ ...conditionBase, rule: z.literal("not-fit-to-teach") }),
  z.strictObject({ ...conditionBase, rule: z.literal("qualification-lost") }),
  z.strictObject({ ...conditionBase, rule: z.literal("probation-not-passed") }),
  z.strictObject({ ...conditionBase, rule: z.literal("certificate-does-not-match-post") }),
  z.strictObject({ ...conditionBase, rule: z.literal("false-material") }),
]);

export const reasonUses = [
  "return",
  "send-back",
  "refuse",
  "decide",
  "not-applied",
  "park",
  "withdraw",
  "scrap",
  /** Possible faults of a bag that a school hands over. Without such reasons, faults are described in free words. */
  "difference",
] as const;
export type ReasonUse = (typeof reasonUses)[number];

const Reason = z.strictObject({
  code: Key,
  text: Title,
  use: z.array(z.enum(reasonUses)).min(1),
  /** For an opinion: the conclusions for which the reason is valid; empty means all. */
  conclusions: z.array(Key).default([]),
  /** For a return: the form field or the material that it opens. */
  opens: z.array(z.string().regex(/^(field|material):[A-Za-z0-9.-]+$/, written("opens"))).default([]),
});

const certificateAnswer = z.enum(["yes", "no", "disputed"]);

/**
 * A campaign's rules as data: the notice in a form that a program can execute. The authority writes it as YAML, and
 * every rule names its source.
 */
export const Plan = z.strictObject({
  format: z.literal(1),
  key: Key,
  title: Title,
  year: z.int().min(2011).max(2100),
  issuer: Title,
  issuedOn: Day,
  timeZone: z.string().refine(isTimeZone, written("time-zone")).default("Asia/Shanghai"),
  legalBasis: z.array(z.strictObject({ number: Title, title: Title.optional(), source: Source })).min(1),
  /** The notice's address for applications, shown for reference. */
  portal: z.strictObject({ name: Title, address: Title }).optional(),

  bodies: z.strictObject({
    /** The body that gives the final conclusion. */
    final: Body,
    /** The bodies that re-check; empty if the plan has no re-review. */
    review: z.array(Body),
    /** The body that manages the plan and the sticker stock: a key of one of the bodies. */
    operator: Key,
  }),
  areas: z.array(Area).min(1),
  /** The confirmation points: each school, or the county's education office for all its schools. */
  confirmationPoint: z.enum(["school", "authority"]),

  scope: z.strictObject({
    institutions: z.array(InstitutionScope).min(1),
    persons: z.strictObject({
      inEstablishment: z.boolean(),
      onPost: z.boolean(),
      /** New hires must have finished probation and passed the training (Notice §一(一)). */
      probationFinished: z.boolean(),
      seconded: z.enum(["lending-school", "borrowing-school"]),
      /**
       * Teachers who retire within this number of months after the window's end need not register; if absent, no
       * exemption.
       */
      retiringWithinMonths: z.int().min(0).optional(),
      source: Source,
    }),
  }),
  cycle: z.strictObject({
    years: z.int().min(1),
    /** Months from the last registration until the next one opens. */
    reopensAfterMonths: z.int().min(1),
    source: Source,
  }),
  restrictions: z.array(
    z.strictObject({
      kind: Key,
      name: Title,
      /** Absent: for life. */
      years: z.int().min(1).optional(),
      source: Source,
    }),
  ),

  stages: z.strictObject({
    apply: WindowedStagePlan,
    confirm: WindowedStagePlan,
    preliminary: WindowedStagePlan,
    notice: z.strictObject({
      days: z.int().min(1).max(120),
      unit: z.enum(["calendar", "working"]),
      countsFirstDay: z.boolean(),
      /** Days for answering an objection, counted like the notice. */
      objectionAnswerDays: z.int().min(1).max(120),
      source: Source,
    }),
    report: z.strictObject({
      electronicBy: Moment,
      paperBy: Moment.optional(),
      electronicTo: Title.optional(),
      /** The body that receives the sealed paper (Notice §三(三): 上报市教师资格认定指导中心). */
      paperTo: Title.optional(),
      tableTitle: Title,
      source: Source,
    }),
    review: z.strictObject({ ...WindowedStagePlan.shape, samplePercent: z.number().min(0).max(100) }).optional(),
    final: WindowedStagePlan,
    archive: z.strictObject({
      copies: z.array(z.strictObject({ copy: z.int().min(1), place: z.enum(["personal-file", "authority-archive"]) })),
      source: Source,
    }),
  }),
  /** Days on which the named stages are closed although their window includes them. */
  closures: z.array(
    z.strictObject({
      ...DayRange.shape,
      stages: z.array(z.enum(windowedStages)).min(1),
      reason: Title.optional(),
      source: Source,
    }),
  ),
  reminders: z.strictObject({ daysBefore: z.array(z.int().min(0)) }),

  materials: z.array(Material).min(1),
  /** Conclusions from mild to grave. If several conditions apply, the gravest is suggested. */
  conclusions: z.array(Conclusion).min(2),
  conditions: z.array(Condition),
  certificateByPost: z.record(z.enum(certificateKinds), z.record(z.enum(postKinds), certificateAnswer)),
  marking: z.strictObject({
    /** Certificates issued in or after this year have the new version. */
    newVersionSinceYear: z.int(),
    oldVersion: z.enum(["sticker", "annotation", "none"]),
    newVersion: z.enum(["sticker", "annotation", "none"]),
    source: Source,
  }),
  unconfirmed: z.strictObject({ text: Title, source: Source }),
  reasons: z.array(Reason).min(1),
  photo: z.strictObject({
    widthPx: z.int().min(50),
    heightPx: z.int().min(50),
    maximumBytes: z.int().min(1000),
    grounds: z.array(z.enum(["pale-blue", "red", "white"])).min(1),
    source: Source,
  }),
});
export type Plan = z.infer<typeof Plan>;
type Material = Plan["materials"][number];
export type MaterialVariant = Material["variants"][number];
export type Condition = Plan["conditions"][number];
