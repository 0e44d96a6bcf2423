import { expect, type Page, test } from "@playwright/test";
import { become, expectAccessible, expectSound, goTo, phone, reset, watchComplaints } from "./office.ts";
import { entry, fillIn, newcomer, register, saved } from "./teacher.ts";

test.beforeEach(async ({ page }) => {
  await reset(page);
});

async function toStep(page: Page, step: number): Promise<void> {
  await page.goto(page.url().replace(/(assistance\/[0-9a-f-]{36}).*$/, `$1/step/${step}`));
  await expect(page.getByText(`第${step}步，共8步`)).toBeVisible();
}

/** Every entry of steps 3 to 7, as a clerk types it off the teacher's papers. */
async function fillInForTeacher(page: Page): Promise<void> {
  await fillIn(page, {
    go: (step) => toStep(page, step),
    certificateNumber: "2009 5000 1122 00124",
    // The school is the clerk's own; there is no other to choose.
    chooseSchool: () => expect(entry(page, "schoolId").locator("option")).toHaveCount(2),
  });
}

test("the clerk fills in, the teacher registers, reads, corrects, attests and submits; the case bears the mark", async ({
  page,
  browser,
}) => {
  const complaints = watchComplaints(page);
  const person = newcomer(21, "卓玛央金");

  await test.step("from the page of those filled in for: somebody who is not on the roster", async () => {
    await become(page, "学校经办人");
    await goTo(page, "学校代填");
    await expectSound(page, "list");
    await page.getByRole("button", { name: "代名册外的教师填写" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("姓名").fill(person.name);
    await dialog.getByLabel("证件号码").fill(person.idNumber.replace(/.$/, "1"));
    await dialog.getByRole("button", { name: "开始代填" }).click();
    // Refused with the sentence beside the entry, and what was typed stays.
    await expect(dialog.getByText(/校验位不对/).first()).toBeVisible();
    await expectAccessible(page, "naming somebody");
    await dialog.getByLabel("证件号码").fill(person.idNumber);
    await dialog.getByRole("button", { name: "开始代填" }).click();
    await expect(page.getByRole("heading", { level: 2, name: /^代为填写：卓玛央金/ })).toBeVisible();
    await expect(page.getByText("学校代填，待本人核对确认：由申请人办理").first()).toBeVisible();
    await expectSound(page, "steps");
  });

  await test.step("the same form with the same checks, and nothing that only the teacher may do", async () => {
    await toStep(page, 3);
    await entry(page, "certificateNumber").fill("2009 5000 1122 0012");
    await expect(page.locator(".entry-error").first()).toBeVisible();
    await toStep(page, 2);
    await expect(
      page.getByText("个人信息处理告知由教师本人阅读，诚信承诺由教师本人作出，学校不能代办。"),
    ).toBeVisible();
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await fillInForTeacher(page);
    for (const step of [1, 2, 3, 4, 5, 6, 7]) {
      await toStep(page, step);
      await expectSound(page, `step ${step}`);
    }
    await toStep(page, 8);
    await expect(page.getByText("内容已填齐，待本人核对确认。")).toBeVisible();
    await expect(page.getByRole("button", { name: /提交/ })).toHaveCount(0);
    await expectSound(page, "step 8");
    // Saved already: the page read anew has it all.
    await page.reload();
    await expect(page.getByText("内容已填齐，待本人核对确认。")).toBeVisible();
  });

  await test.step("who still has to attest is on the list; without an account no reminder, but a sheet to check", async () => {
    await goTo(page, "学校代填");
    const row = page.getByRole("row").filter({ hasText: person.name });
    await expect(row).toContainText("已填齐，待本人核对确认");
    await expect(row).toContainText("还没有注册账号");
    await row.getByRole("button", { name: "提醒本人" }).click();
    await expect(page.getByText("这位教师还没有注册账号，消息发不到。请打印代填核对单交给本人。")).toBeVisible();
    const sheet = page.waitForResponse(/assistance\.pdf$/);
    await row.getByRole("button", { name: "打印核对单" }).click();
    expect((await sheet).headers()["content-type"]).toBe("application/pdf");
    await expectSound(page, "list with somebody on it");
  });

  const theirs = await browser.newContext({ viewport: phone, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const teacher = await theirs.newPage();
  const theirComplaints = watchComplaints(teacher);
  await test.step("the teacher registers with the same document and finds it all on the first page", async () => {
    await teacher.goto(new URL("/my", page.url()).href);
    await teacher.getByRole("link", { name: "教师注册账号" }).click();
    await expect(teacher).toHaveURL(/\/register$/);
    const absolute = new URL("/register", page.url()).href;
    await teacher.goto(absolute);
    await register(teacher, person);
    await expect(teacher.getByRole("heading", { level: 1, name: "核对学校代填的申请" })).toBeVisible();
    await expect(teacher.getByText(/经办人.+已为您填写了这份申请，还没有提交。/)).toBeVisible();
    await expect(teacher.getByText("解放路1号")).toBeVisible();
    expect(await teacher.getByText("学校代填", { exact: true }).count()).toBeGreaterThan(25);
    await expectSound(teacher, "attest");
    await teacher.setViewportSize(phone);
    await expect(teacher.getByRole("button", { name: "确认无误，提交申请" })).toBeDisabled();
  });

  await test.step("what the teacher changes is the teacher's own again", async () => {
    await teacher
      .getByRole("heading", { level: 3, name: /^第7步/ })
      .getByRole("link", { name: "修改" })
      .click();
    await entry(teacher, "address").fill("人民路8号");
    await saved(teacher);
    await teacher.getByRole("link", { name: "回到核对页" }).click();
    const address = teacher.locator(".facts > div").filter({ hasText: "通信地址" });
    await expect(address).toContainText("人民路8号");
    await expect(address).not.toContainText("学校代填");
  });

  await test.step("what the clerk writes meanwhile is shown before anything is submitted, and nothing is lost", async () => {
    await teacher.getByLabel("我已阅读个人信息处理告知和诚信承诺").check();
    await teacher.getByLabel(/^本人承诺/).check();
    await teacher.getByLabel(/^学校代我填写的内容，我已逐项核对/).check();
    await page.getByRole("link", { name: person.name }).click();
    await toStep(page, 7);
    await expect(entry(page, "address")).toHaveValue("人民路8号");
    await entry(page, "major").fill("小学语文教育");
    await saved(page);
    await teacher.getByRole("button", { name: "确认无误，提交申请" }).click();
    await expect(teacher.getByText(/^您打开之后，这份申请已有变动。/)).toBeVisible();
    await expect(teacher.getByText("小学语文教育")).toBeVisible();
    await expect(teacher.getByText("人民路8号")).toBeVisible();
    await expect(teacher.getByLabel(/^学校代我填写的内容，我已逐项核对/)).not.toBeChecked();
  });

  await test.step("attested and submitted", async () => {
    await teacher.getByLabel(/^学校代我填写的内容，我已逐项核对/).check();
    await teacher.getByRole("button", { name: "确认无误，提交申请" }).click();
    await expect(teacher.getByText(/^申请已提交/)).toBeVisible();
    await expect(teacher.getByText("由学校代填，本人已确认")).toBeVisible();
    await teacher.goto(new URL("/my/more", page.url()).href);
    await expect(teacher.getByRole("region", { name: "学校代填的记录" })).toContainText(/填写\d+项：/);
    await expect(teacher.getByRole("region", { name: "办理经过" })).toContainText("本人已核对确认学校代填的内容");
    await expect(teacher.getByRole("region", { name: "谁看过我的材料" })).toContainText("打印代填核对单");
    await expectSound(teacher, "records");
    expect(theirComplaints).toEqual([]);
    await theirs.close();
  });

  await test.step("the clerk's page says that it is over; the case bears the mark at the desk and above", async () => {
    await entry(page, "major").fill("迟到的改动");
    await expect(page.getByText(/这份申请现为“待现场确认”，不能办理“代为填写”/)).toBeVisible();
    await page.reload();
    await expect(page.getByText("教师本人已核对确认并提交，不能再代填。")).toBeVisible();
    await expectSound(page, "over");
    await page.getByRole("link", { name: "查看这份申请" }).click();
    await expect(page.getByText("由学校代填，本人已确认")).toBeVisible();
    await expectSound(page, "case");
    await goTo(page, "现场确认");
    await page.getByLabel("扫描凭条，或输入姓名、拼音、申请编号").fill(person.name);
    await page
      .getByRole("button", { name: new RegExp(person.name) })
      .first()
      .click();
    await expect(page.getByRole("region", { name: `${person.name}的材料` })).toContainText("由学校代填，本人已确认");
    await goTo(page, "学校代填");
    await page.getByText("本人已确认", { exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: person.name })).toContainText("由学校代填，本人已确认");
  });
  expect(complaints).toEqual([]);
});

test("from the roster: beside whoever has not applied, and beside nobody else", async ({ page }) => {
  const person = newcomer(22, "扎西·尼玛");
  await become(page, "学校经办人");
  await goTo(page, "应注册教师名册");
  await page.getByRole("button", { name: "登记教师" }).click();
  await page.getByRole("dialog").getByLabel("姓名").fill(person.name);
  await page.getByRole("dialog").getByLabel("证件号码").fill(person.idNumber);
  await page.getByRole("dialog").getByRole("button", { name: "登记", exact: true }).click();
  const rows = page.getByRole("table").getByRole("row");
  const waiting = rows.filter({ hasText: person.name });
  const applied = rows.filter({ hasText: "待现场确认" }).first();
  await expect(waiting).toContainText("未申请");
  await expect(applied.getByRole("button", { name: "代为填写" })).toHaveCount(0);
  await waiting.getByRole("button", { name: "代为填写" }).click();
  await expectAccessible(page, "dialogue");
  await page.getByRole("dialog").getByRole("button", { name: "开始代填" }).click();
  await expect(page.getByRole("heading", { level: 2, name: new RegExp(`^代为填写：${person.name}`) })).toBeVisible();
  await page.getByRole("link", { name: /填写第3步/ }).click();
  await expect(page.getByText("第3步，共8步")).toBeVisible();
  await expect(page.getByText(person.idNumber)).toBeVisible();
});
