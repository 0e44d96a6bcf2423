import { type BrowserContext, expect, type Page } from "@playwright/test";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import { inventPhoto } from "../src/photos.ts";

/** Somebody who has never seen the system. */
interface Newcomer {
  name: string;
  idNumber: string;
  mobile: string;
  email: string;
  password: string;
}

export function newcomer(number: number, name = "欧阳〇𠮷"): Newcomer {
  const bornOn = Temporal.PlainDate.from("1984-06-07");
  return {
    name,
    idNumber: composeIdNumber({ area: "500103", bornOn, sequence: 400 + number, sex: "female" }),
    mobile: `1390000${String(number).padStart(4, "0")}`,
    email: `newcomer${number}@rehearsal.invalid`,
    password: `kaixue di yi ke ${number}`,
  };
}

/** Registers on the page, as a person does. */
export async function register(page: Page, person: Newcomer): Promise<void> {
  await page.goto("/register");
  await page.getByLabel("证件号码", { exact: true }).fill(person.idNumber);
  await page.getByLabel("姓名", { exact: true }).fill(person.name);
  await page.getByLabel("手机号码").fill(person.mobile);
  await page.getByLabel("电子邮箱").fill(person.email);
  await page.getByLabel("密码", { exact: true }).fill(person.password);
  await page.getByLabel("再次填写密码").fill(person.password);
  await page.getByLabel("我已阅读个人信息处理告知").check();
  await page.getByRole("button", { name: "注册账号" }).click();
  await expect(page).toHaveURL(/\/my$/);
}

export async function toStep(page: Page, step: number): Promise<void> {
  await page.goto(`/my/step/${step}`);
  await expect(page.getByText(`第${step}步，共8步`)).toBeVisible();
}

export function entry(page: Page, field: string) {
  return page.locator(`#field-${field}`);
}

export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^已保存 \d\d:\d\d$/)).toBeVisible();
}

/** Chooses among the radios of a field. */
export async function pick(page: Page, title: string, option: string): Promise<void> {
  await page.getByRole("radiogroup", { name: title }).getByLabel(option, { exact: true }).check();
}

export function photoFile(index = 1) {
  return { name: "照片.png", mimeType: "image/png", buffer: Buffer.from(inventPhoto(index), "base64") };
}

/** What differs where it is not the teacher who fills in. */
interface Filling {
  go(step: number): Promise<void>;
  certificateNumber: string;
  chooseSchool(): Promise<void>;
}

/** Every entry of steps 3 to 7, for a teacher of a primary school in Yuzhong. */
export async function fillIn(page: Page, filling: Partial<Filling> = {}): Promise<void> {
  const { go = (step: number) => toStep(page, step), certificateNumber = "2009 5000 1122 00123" } = filling;
  await go(3);
  await entry(page, "certificateNumber").fill(certificateNumber);
  await saved(page);
  await go(4);
  await entry(page, "certificateKind").selectOption({ label: "小学教师资格" });
  await entry(page, "certificateSubject").fill("语文");
  await entry(page, "certificateIssuedOn").fill("2009-06-30");
  await entry(page, "certificateIssuer").fill("重庆市渝中区教育委员会");
  await entry(page, "ethnicity").selectOption({ label: "汉族" });
  await entry(page, "postKind").selectOption({ label: "小学" });
  await entry(page, "subject").fill("语文");
  await saved(page);
  await go(5);
  await pick(page, "借调情况", "没有借调");
  await (filling.chooseSchool?.() ?? chooseSchool(page));
  await saved(page);
  await go(7);
  await page.locator("input#field-photo").setInputFiles(photoFile());
  await expect(page.getByText("大小、亮度、底色符合要求。")).toBeVisible();
  await page.getByRole("button", { name: "用这张照片" }).click();
  await expect(page.getByText("照片已上传，符合要求。")).toBeVisible();
  await pick(page, "是否在编", "是");
  await pick(page, "是否在岗", "是");
  await pick(page, "是否初聘教师", "否");
  await pick(page, "岗位性质", "专任教师");
  await entry(page, "title").selectOption({ label: "一级教师" });
  await entry(page, "contractSince").fill("2009-09-01");
  await entry(page, "workingSince").fill("2009-07-01");
  await entry(page, "trainingHours").fill("380");
  await page.getByLabel("2016年的等次").selectOption({ label: "合格" });
  await entry(page, "education").selectOption({ label: "大学本科毕业" });
  await pick(page, "学位", "学士学位");
  await pick(page, "学习形式", "全日制");
  await pick(page, "是否师范类专业", "是");
  await entry(page, "graduatedFrom").fill("西南师范大学");
  await entry(page, "major").fill("小学教育");
  await entry(page, "graduatedOn").fill("2009-06-20");
  await entry(page, "putonghuaLevel").selectOption({ label: "二级甲等" });
  await entry(page, "birthplace").fill("重庆市渝中区");
  await entry(page, "householdRegistration").fill("重庆市渝中区");
  await entry(page, "address").fill("渝中区解放路1号");
  await entry(page, "postcode").fill("400010");
  await entry(page, "mobile").fill("13900000001");
  await entry(page, "email").fill("newcomer@rehearsal.invalid");
  await saved(page);
}

async function chooseSchool(page: Page): Promise<void> {
  await entry(page, "schoolId").fill("yuzhongqu");
  await page.getByRole("option").first().click();
}

/** Presses Tab until this is focused, as somebody without a mouse does. */
export async function tabTo(page: Page, target: ReturnType<Page["locator"]>, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    if (await target.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press(key);
  }
  throw new Error("the keyboard does not reach it");
}

/** A picture of an invented certificate, as a telephone would take it. */
export async function certificateFile(context: BrowserContext, number: string) {
  const paper = await context.newPage();
  await paper.setContent(`<div style="font: 32px/2 serif; padding: 40px; background: #f4efe0; rotate: 1deg">
    持证人　吕丹<br>资格种类　高级中学教师资格<br>证书号码　${number}<br>发证时间　2012年06月20日</div>`);
  const buffer = await paper.screenshot({ type: "jpeg", quality: 80 });
  await paper.close();
  return { name: "证书.jpg", mimeType: "image/jpeg", buffer };
}
