import { composeCertificateNumber, composeOldCertificateNumber } from "@shice/rules/certificate/number.ts";
import { composeIdNumber, type Sex } from "@shice/rules/identity/id-number.ts";
import type { CertificateKind, InstitutionKind, Ownership, PostKind } from "@shice/rules/plan/institution.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import type { Random } from "./random.ts";
import type { Story } from "./stories.ts";

const surnames = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武洪葛",
];
const given = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志慧晓春雪梅琳琴凤健俊鑫波宁欣佳悦怡诗涵子轩宇浩然思远成林海峰",
];
/** Characters that office systems often fail on: 〇, GB 18030 extensions, beyond the basic plane. */
const rare = ["〇", "䶮", "㛃", "𠮷", "𬱖", "𫍯", "喆", "堃", "犇", "昇"];
const dotted = ["阿依古丽·买买提", "迪丽拜尔·阿布都拉", "次仁·卓玛", "扎西·尼玛", "古丽娜尔·吐尔逊"];

export interface Human {
  name: string;
  idNumber: string;
  sex: Sex;
  bornOn: Temporal.PlainDate;
  mobile: string;
  email: string;
  password: string;
}

/** Invents people with valid check digits and unique numbers; none is real. */
export function inventHuman(
  random: Random,
  index: number,
  area: string,
  story: Story | undefined,
  year: number,
): Human {
  const sex: Sex = random.next() < 0.45 ? "male" : "female";
  const young = story === "new-hire" || story === "on-probation" || story === "new-certificate";
  const old = story === "old-number" || story === "no-subject";
  const age = young ? random.between(23, 27) : random.between(old ? 48 : 28, 57);
  const bornOn = Temporal.PlainDate.from({
    year: year - age,
    month: random.between(1, 12),
    day: random.between(1, 28),
  });
  const name = nameOf(random, story);
  return {
    name,
    // Everyone has a unique number: the sequence repeats only with another birth date or area.
    idNumber: composeIdNumber({ area, bornOn, sequence: index % 500, sex }),
    sex,
    bornOn,
    mobile: `1${random.pick(["38", "39", "50", "87", "99"])}${String(index).padStart(8, "0")}`,
    email: `person${index}@rehearsal.invalid`,
    password: `Rehearsal-${index}-pass`,
  };
}

function nameOf(random: Random, story: Story | undefined): string {
  if (story === "dotted-name") return random.pick(dotted);
  const surname = random.pick(surnames);
  if (story === "rare-name") return `${surname}${random.pick(rare)}${random.pick(given)}`;
  return `${surname}${random.pick(given)}${random.next() < 0.6 ? random.pick(given) : ""}`;
}

const postOf: Partial<Record<InstitutionKind, PostKind>> = {
  kindergarten: "kindergarten",
  primary: "primary",
  junior: "junior",
  "nine-year": "junior",
  senior: "senior",
  "complete-secondary": "senior",
  vocational: "vocational-course",
};
const certificateOf: Record<PostKind, CertificateKind> = {
  kindergarten: "kindergarten",
  primary: "primary",
  junior: "junior",
  senior: "senior",
  "vocational-course": "vocational",
  "vocational-practice": "vocational-practice",
};
const subjects = ["语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "音乐", "体育", "美术", "信息技术"];

/** This teacher's form, correct in every field unless the story says otherwise. */
export function inventForm(
  random: Random,
  {
    human,
    story,
    school,
    plan,
    index,
  }: {
    human: Human;
    story: Story;
    school: { id: string; kind: InstitutionKind; ownership?: Ownership };
    plan: Plan;
    index: number;
  },
) {
  const { year } = plan;
  const noticeDay = Temporal.PlainDate.from(plan.issuedOn);
  const postKind = postOf[school.kind] ?? "primary";
  const certificateKind = certificateOf[postKind];
  const grown = human.bornOn.year + 23;
  const newHire = story === "new-hire" || story === "on-probation";
  const issuedYear = issuedYearOf(random, story, grown, year);
  const issued = Temporal.PlainDate.from({ year: issuedYear, month: random.between(1, 6), day: random.between(1, 28) });
  // A certificate of this year was issued before the notice.
  const issuedOn =
    Temporal.PlainDate.compare(issued, noticeDay) < 0 ? issued : Temporal.PlainDate.from({ year, month: 1, day: 5 });
  const workingSince = Temporal.PlainDate.from({
    year: newHire ? year - 1 : Math.min(grown, year - 1),
    month: 7,
    day: 1,
  });
  return {
    certificateNumber: certificateNumberOf({ story, human, certificateKind, issuedYear, index }),
    ...(story === "odd-number" ? { certificateNumberAttested: true } : {}),
    certificateKind,
    certificateSubject: story === "no-subject" ? "无" : random.pick(subjects),
    certificateIssuedOn: issuedOn.toString(),
    certificateIssuer: "区教育委员会",
    ethnicity:
      story === "dotted-name"
        ? "05"
        : random.weighed([
            ["01", 90],
            ["15", 6],
            ["06", 4],
          ] as const),
    postKind,
    subject: random.pick(subjects),
    schoolId: school.id,
    seconded: secondedOf(story, plan),
    education: random.weighed([
      ["21", 70],
      ["31", 20],
      ["14", 10],
    ] as const),
    studyMode: "full-time" as const,
    teacherTraining: random.next() < 0.8,
    graduatedFrom: "西南师范学院",
    major: "教育学",
    graduatedOn: Temporal.PlainDate.from({ year: human.bornOn.year + 22, month: 6, day: 30 }).toString(),
    contractSince: workingSince.add({ days: random.between(0, 60) }).toString(),
    postNature: "teaching" as const,
    putonghuaLevel: random.pick(["1B", "2A", "2B"] as const),
    workingSince: workingSince.toString(),
    title: newHire ? ("third" as const) : random.pick(["senior", "first", "second"] as const),
    birthplace: "重庆市",
    householdRegistration: "重庆市",
    address: `解放路${random.between(1, 300)}号`,
    postcode: "400000",
    mobile: human.mobile,
    email: human.email,
    // Private schools employ by contract.
    inEstablishment: school.ownership !== "private" || plan.scope.persons.inEstablishment,
    onPost: story !== "not-on-post",
    newlyHired: newHire,
    ...(story === "new-hire"
      ? { probationFinishedOn: noticeDay.subtract({ days: 30 }).toString(), inductionTrainingPassed: true }
      : {}),
    ...(story === "on-probation"
      ? { probationFinishedOn: noticeDay.subtract({ days: 30 }).toString(), inductionTrainingPassed: false }
      : {}),
    assessments: newHire ? [] : assessmentsOf(story, year),
    trainingHours: newHire ? 120 : story === "hours-short" ? random.between(80, 350) : random.between(360, 520),
  };
}
export type InventedForm = ReturnType<typeof inventForm>;

function issuedYearOf(random: Random, story: Story, grown: number, year: number): number {
  if (story === "new-certificate") return year;
  if (story === "old-number") return Math.min(Math.max(1997, Math.min(grown, 2006)), 2006);
  if (story === "no-subject") return Math.max(1996, Math.min(1998, grown));
  return Math.max(2008, Math.min(year - 1, grown + random.between(0, 2)));
}

function certificateNumberOf(certificate: {
  story: Story;
  human: Human;
  certificateKind: CertificateKind;
  issuedYear: number;
  index: number;
}): string {
  const { story, human, certificateKind: kind, issuedYear: year, index } = certificate;
  if (story === "odd-number") return `渝教${String(index).padStart(7, "0")}`.replace("渝教", "YJ");
  if (story === "old-number" || story === "no-subject") {
    return composeOldCertificateNumber({ year, idNumber: human.idNumber, kind, sex: human.sex, serial: index });
  }
  return composeCertificateNumber({
    year,
    province: "50",
    authority: 1 + (index % 40),
    kind,
    sex: human.sex,
    serial: index,
  });
}

function assessmentsOf(story: Story, year: number) {
  const failed = story === "one-failed" ? [year - 2] : story === "two-failed" ? [year - 3, year - 2] : [];
  return Array.from({ length: 5 }, (_, at) => year - 5 + at).map((each) => ({
    year: each,
    grade: failed.includes(each) ? ("failed" as const) : ("competent" as const),
  }));
}

/** How a seconded teacher registers under the plan, in the form's words: at the lending or the borrowing school. */
export function rightStandingOf(plan: Plan): "lent-out" | "borrowed-in" {
  return plan.scope.persons.seconded === "lending-school" ? "lent-out" : "borrowed-in";
}

function secondedOf(story: Story, plan: Plan): "no" | "lent-out" | "borrowed-in" {
  const right = rightStandingOf(plan);
  if (story === "lent-out") return right;
  return story === "borrowed-in" ? (right === "lent-out" ? "borrowed-in" : "lent-out") : "no";
}
