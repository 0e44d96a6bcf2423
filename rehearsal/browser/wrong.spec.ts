import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, reset } from "./office.ts";
import { entry, fillIn, newcomer, pick, register, toStep } from "./teacher.ts";

/** What is typed where, and the sentence that it gets: its own, beside its field. */
const mistakes: readonly {
  step: number;
  field: string;
  typed: string;
  says: string | RegExp;
  /** Chosen among radios instead of typed: what the question is called. */
  asked?: string;
  /** Asked of those hired first alone. */
  newlyHired?: true;
  /** What another field holds meanwhile. */
  with?: Readonly<Record<string, string>>;
}[] = [
  { step: 3, field: "certificateNumber", typed: "", says: "请填写“教师资格证书号码”。" },
  { step: 3, field: "certificateNumber", typed: "2009500011220012", says: /一般为15位或17位，现为16位/ },
  { step: 3, field: "certificateNumber", typed: "渝教证2009第1234号", says: /一般全为数字/ },
  {
    step: 3,
    field: "certificateNumber",
    typed: "20091900111200123",
    says: "号码中的省份代码“19”不存在，请对照证书原件核对号码。",
  },
  { step: 3, field: "certificateNumber", typed: "20095000192000123", says: /数字“9”不在1至7之内/ },
  { step: 3, field: "certificateNumber", typed: "20035000112200123", says: /号码中的年份是2003年，您填写的颁发日期是/ },
  { step: 3, field: "certificateNumber", typed: "20155000262000123", says: /号码中的资格种类是“/ },
  { step: 3, field: "certificateNumber", typed: "20155000213000123", says: /号码中的性别代码与您的证件不符/ },
  { step: 3, field: "certificateNumber", typed: "155001001200001", says: /号码中的地区代码与您证件号码的前六位不同/ },
  { step: 4, field: "certificateSubject", typed: "", says: "请填写“证书任教学科”。" },
  { step: 4, field: "certificateSubject", typed: "无", says: /2009年颁发的证书一般载有任教学科/ },
  { step: 4, field: "certificateIssuedOn", typed: "", says: "请填写“证书颁发日期”。" },
  { step: 4, field: "certificateIssuedOn", typed: "2009-02-30", says: "没有2009年2月30日这一天，请核对。" },
  { step: 4, field: "certificateIssuedOn", typed: "2009", says: /请把年、月、日填完整/ },
  { step: 4, field: "certificateIssuedOn", typed: "零九年", says: /年、月、日请填数字/ },
  { step: 4, field: "certificateIssuedOn", typed: "1899-06-30", says: "“证书颁发日期”填写有误：请核对年份。" },
  { step: 4, field: "certificateIssuedOn", typed: "2018-06-30", says: "“证书颁发日期”不能晚于今天，请核对。" },
  { step: 4, field: "certificateIssuedOn", typed: "1949-10-01", says: "“证书颁发日期”早于您的出生日期，请核对。" },
  { step: 4, field: "certificateIssuedOn", typed: "1998-06-30", says: /“证书颁发日期”早于您年满15周岁的日期/ },
  { step: 4, field: "certificateIssuer", typed: "", says: "请填写“证书颁发机构”。" },
  { step: 4, field: "certificateIssuer", typed: "教".repeat(101), says: "“证书颁发机构”填写有误：不超过100个字。" },
  { step: 4, field: "subject", typed: "", says: "请填写“任教学科”。" },
  { step: 4, field: "ethnicity", typed: "", says: "请填写“民族”。" },
  { step: 4, field: "certificateKind", typed: "", says: "请填写“教师资格种类”。" },
  { step: 4, field: "postKind", typed: "", says: "请填写“任教学段”。" },
  { step: 4, field: "postKind", typed: "senior", says: /一般不能担任“高中”岗位|须由初审机构核定/ },
  {
    step: 5,
    field: "seconded",
    typed: "编制在其他单位，借调到这所学校工作",
    asked: "借调情况",
    says: /借调教师在借出单位参加注册，请改选/,
  },
  { step: 7, field: "inEstablishment", typed: "否", asked: "是否在编", says: /本批次只注册在编教师/ },
  { step: 7, field: "onPost", typed: "否", asked: "是否在岗", says: /本批次只注册在岗教师/ },
  {
    step: 7,
    newlyHired: true,
    field: "inductionTrainingPassed",
    typed: "否",
    asked: "岗前培训是否考核合格",
    says: /岗前培训尚未考核合格/,
  },
  { step: 7, field: "graduatedFrom", typed: "", says: "请填写“毕业学校”。" },
  { step: 7, field: "major", typed: "", says: "请填写“所学专业”。" },
  { step: 7, field: "graduatedOn", typed: "2017-12-31", says: "“毕业日期”不能晚于今天，请核对。" },
  { step: 7, field: "graduatedOn", typed: "1960-07-01", says: "“毕业日期”早于您的出生日期，请核对。" },
  { step: 7, field: "workingSince", typed: "", says: "请填写“参加工作时间”。" },
  { step: 7, field: "workingSince", typed: "2017-10-10", says: "“参加工作时间”不能晚于今天，请核对。" },
  { step: 7, field: "contractSince", typed: "2017-11-01", says: "“聘用合同起始时间”不能晚于今天，请核对。" },
  {
    step: 7,
    field: "contractSince",
    typed: "2014-01-01",
    with: { workingSince: "2015-01-01" },
    says: "“聘用合同起始时间”不能早于“参加工作时间”，请核对。",
  },
  { step: 7, newlyHired: true, field: "probationFinishedOn", typed: "", says: "请填写“试用期满日期”。" },
  {
    step: 7,
    newlyHired: true,
    field: "probationFinishedOn",
    typed: "2017-12-01",
    says: /^试用期未满，试用期满后再申请注册/,
  },
  { step: 7, field: "trainingHours", typed: "三百", says: "请填写数字，如 380。" },
  { step: 7, field: "trainingHours", typed: "12", says: /少于规定的360学时/ },
  { step: 7, field: "assessments", typed: "16", says: /第1行：请填写4位数的年度并选择等次/ },
  { step: 7, field: "assessments", typed: "2018", says: "2018年还没有到，不能填写该年的年度考核结果，请核对年份。" },
  { step: 7, field: "assessments", typed: "2015", says: /没有填写2016年的年度考核结果/ },
  { step: 7, field: "interruption", typed: "2", says: /请把中止教学的学期数（如 1、0.5）和原因都填上/ },
  { step: 7, field: "trainingHours", typed: "", says: "请填写“培训学时”。" },
  { step: 7, field: "education", typed: "", says: "请填写“学历”。" },
  { step: 7, field: "title", typed: "", says: "请填写“专业技术职务”。" },
  { step: 7, field: "birthplace", typed: "", says: "请填写“出生地”。" },
  { step: 7, field: "address", typed: "", says: "请填写“通信地址”。" },
  { step: 7, field: "postcode", typed: "40001", says: "“邮政编码”填写有误：邮政编码为6位数字。" },
  { step: 7, field: "telephone", typed: "无", says: "“固定电话”填写有误：电话号码只能有数字、括号和连字符。" },
  { step: 7, field: "mobile", typed: "2390000000", says: "“手机号码”填写有误：手机号码为11位数字，以1开头。" },
  { step: 7, field: "email", typed: "zhang#example.com", says: "“电子邮箱”填写有误：请填写有效的电子邮箱。" },
];

/** Enters it as a person does, and leaves the field. */
async function type(page: Page, field: string, typed: string): Promise<void> {
  const control = entry(page, field);
  const tag = await control.evaluate((element) => element.tagName);
  if (tag === "SELECT") await control.selectOption(typed);
  else {
    if (await isDay(page, field)) for (const unit of ["month", "day"]) await dayPart(page, field, unit).fill("");
    await control.fill(typed);
  }
  await control.blur();
}

/** What the field shows; a day as its year, month and day. */
async function shown(page: Page, field: string): Promise<string> {
  const year = await entry(page, field).inputValue();
  if (!(await isDay(page, field))) return year;
  const rest = [await dayPart(page, field, "month").inputValue(), await dayPart(page, field, "day").inputValue()];
  return [year, ...rest].filter((part) => part !== "").join("-");
}

function dayPart(page: Page, field: string, unit: string) {
  return page
    .locator(".day-parts")
    .filter({ has: entry(page, field) })
    .locator(`.${unit}`);
}

async function isDay(page: Page, field: string): Promise<boolean> {
  return (
    (await page
      .locator(".day-parts")
      .filter({ has: entry(page, field) })
      .count()) > 0
  );
}

/** Leading noughts apart: 06 and 6 are the same month. */
function plainDay(text: string): string {
  return text.replaceAll(/-0(?=\d)/g, "-");
}

test("forty kinds of wrong input each get their own sentence beside the field; nothing typed is lost", async ({
  page,
}) => {
  expect(mistakes.length).toBeGreaterThanOrEqual(40);
  await reset(page);
  await register(page, newcomer(3));
  await page.getByRole("button", { name: "开始填报" }).click();
  await fillIn(page);
  // What is missing is told once a step was left.
  for (const step of [3, 4, 7]) {
    await toStep(page, step);
    await page.getByRole("button", { name: "下一步" }).click();
  }
  let at = 0;
  let hired = false;
  const sentences: string[] = [];
  for (const { step, field, typed, says, asked, newlyHired = false, with: others = {} } of mistakes) {
    if (step !== at) await toStep(page, step);
    at = step;
    if (step === 7 && newlyHired !== hired) await pick(page, "是否初聘教师", newlyHired ? "是" : "否");
    hired = newlyHired;
    const meanwhile = new Map<string, string>();
    for (const [other, value] of Object.entries(others)) {
      meanwhile.set(other, await shown(page, other));
      await type(page, other, value);
    }
    const box = page.locator(".entry").filter({ has: entry(page, field) });
    const told = box.locator(".entry-error, .entry-remark").getByText(says).first();
    if (asked !== undefined) {
      const chosen = page.getByRole("radiogroup", { name: asked }).getByRole("radio", { checked: true });
      const before = (await chosen.count()) > 0 ? await chosen.getAttribute("value") : "true";
      await pick(page, asked, typed);
      // Whether one may register at all is the server's to say, with the next save.
      await expect(told, `${field}: ${typed}`).toBeVisible();
      sentences.push(await told.innerText());
      await page.getByRole("radiogroup", { name: asked }).locator(`input[value=${before}]`).check();
      continue;
    }
    const before = await shown(page, field);
    await type(page, field, typed);
    await expect(told, `${field}: ${typed}`).toBeVisible();
    sentences.push(await told.innerText());
    expect(await shown(page, field), field).toBe(plainDay(typed));
    await type(page, field, before);
    for (const [other, value] of meanwhile) await type(page, other, value);
  }
  // Each its own: nobody is told the same of two different mistakes.
  expect(sentences.toSorted()).toEqual([...new Set(sentences)].toSorted());
  await toStep(page, 7);
  await type(page, "postcode", "1");
  await type(page, "mobile", "1");
  await page.getByRole("button", { name: "下一步" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "没有填好" });
  await expect(summary.getByRole("link")).toHaveCount(2);
  await expectAccessible(page, "errors");
  await summary.getByRole("link").first().click();
  await expect(entry(page, "postcode")).toBeFocused();
});
