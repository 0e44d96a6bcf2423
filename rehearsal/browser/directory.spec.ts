import { expect, type Page, test } from "@playwright/test";
import { organisationOf } from "./clerk.ts";
import { become, expectAccessible, expectSound, goTo, reset, watchComplaints } from "./office.ts";

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await reset(page);
  await page.close();
});

/** Finds a school by what is typed and opens its page. */
async function openSchool(page: Page, text: string): Promise<string> {
  await goTo(page, "学校目录");
  await page.getByLabel("学校名称").fill(text);
  await page.getByLabel("学校名称").press("Enter");
  const link = page.getByRole("table", { name: "学校目录" }).getByRole("link").first();
  await expect(link).toBeVisible();
  await expect(page).toHaveURL(/query=/);
  const name = (await link.innerText()).trim();
  await link.click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
  return name;
}

async function say(page: Page, label: string, words: string): Promise<void> {
  await page.getByRole("dialog").getByLabel(label, { exact: true }).fill(words);
}
async function send(page: Page, button: RegExp): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("a school is found by its first letters, renamed, and found by both names; its page tells the whole story", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await become(page, "方案管理员");
  await goTo(page, "学校目录");
  await expect(page.getByRole("table", { name: "学校目录" }).getByRole("link").first()).toBeVisible();
  await expectSound(page, "directory");
  const name = await openSchool(page, "wzq");
  expect(name).toContain("万州区");
  await page.getByRole("button", { name: "更名" }).click();
  await say(page, "新名称", "万州区桃花溪实验学校");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^更\s*名$/ })
    .click();
  await expect(page.getByRole("dialog").getByText("请填写依据。")).toBeVisible();
  await say(page, "依据", "万州教委〔2017〕12号");
  await send(page, /^更\s*名$/);
  await expect(page.getByRole("heading", { level: 2, name: "万州区桃花溪实验学校" })).toBeVisible();
  await expect(page.getByText(`“${name}”更名为“万州区桃花溪实验学校”`)).toBeVisible();
  await expect(page.getByText("依据：万州教委〔2017〕12号")).toBeVisible();
  await page.getByRole("button", { name: "增加简称" }).click();
  await say(page, "简称", "桃花溪学校");
  await send(page, /^增\s*加$/);
  await expect(page.getByRole("button", { name: "删除简称桃花溪学校" })).toBeVisible();
  await expectSound(page, "school");
  await goTo(page, "学校目录");
  await page.getByLabel("学校名称").fill(name);
  await page.getByLabel("学校名称").press("Enter");
  await expect(page.getByText(`按“${name}”找到`)).toBeVisible();
  // What is chosen stands in the address.
  await page.reload();
  await expect(page.getByText(`按“${name}”找到`)).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a merger tells beforehand what goes along, and afterwards it has gone: the successor's clerk goes on", async ({
  page,
}) => {
  await become(page, "学校经办人");
  const into = await organisationOf(page);
  await goTo(page, "应注册教师名册");
  const due = async () =>
    Number(
      await page
        .getByRole("button", { name: /^应注册/ })
        .locator("strong")
        .innerText(),
    );
  const before = await due();

  await become(page, "方案管理员");
  const district = /^.*?[区县]/.exec(into)?.[0] ?? "";
  await goTo(page, "学校目录");
  await page.getByLabel("学校名称").fill(district);
  await page.getByLabel("学校名称").press("Enter");
  await expect(page).toHaveURL(/query=/);
  const others = page.getByRole("table", { name: "学校目录" }).getByRole("link");
  await expect(others.first()).toBeVisible();
  const names = (await others.allInnerTexts()).map((name) => name.trim());
  const from = names.find((name) => name !== into && name.startsWith(district) && !name.includes("钢铁厂")) ?? "";
  await page.getByRole("link", { name: from, exact: true }).click();
  await page.getByRole("button", { name: "并入其他学校" }).click();
  const told = page.getByRole("dialog").getByText(/名册\d+人，申请\d+件/);
  await expect(told).toBeVisible();
  const [, entries = "0", cases = "0"] = /名册(\d+)人，申请(\d+)件/.exec(await told.innerText()) ?? [];
  expect(Number(entries)).toBeGreaterThan(0);
  await page.getByRole("dialog").getByLabel("并入的学校").fill(into);
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter({ hasText: into }).first().click();
  await expect(page.getByRole("dialog").getByText(/^转去后由.+办理。$/)).toBeVisible();
  await say(page, "依据", "区教委〔2017〕31号");
  await expectAccessible(page, "merger");
  await send(page, /^并\s*入$/);
  await expect(page.getByText(`名册${entries}人、申请${cases}件已随之转移。`)).toBeVisible();
  await expect(page.getByText(/撤并，不再办理新的申请/)).toBeVisible();
  await expect(page.getByRole("button", { name: "更名" })).toHaveCount(0);
  await expectSound(page, "ended school");
  // Left out of the list, unless one asks for the ended ones; then with what became of it.
  await goTo(page, "学校目录");
  await page.getByLabel("撤并的").click();
  await page.locator(".ant-select-dropdown:visible").getByText("只看撤并的").click();
  await expect(page.getByRole("table", { name: "学校目录" })).toContainText(from);
  await expect(page.getByRole("table", { name: "学校目录" })).toContainText(into);

  await become(page, "学校经办人");
  await goTo(page, "应注册教师名册");
  await expect.poll(due).toBe(before + Number(entries));
  await page.getByRole("link", { name: /^消息/ }).click();
  await expect(page.getByText(`“${from}”已并入本校或部分划入本校。`, { exact: false })).toBeVisible();
});

test("a school is split by a list; its page and those of its parts tell of each other", async ({ page }) => {
  const complaints = watchComplaints(page);
  await become(page, "方案管理员");
  const name = await openSchool(page, "江津区第1");
  await page.getByRole("link", { name: "分立" }).click();
  await expect(page.getByRole("heading", { level: 2, name: `分立：${name}` })).toBeVisible();
  await expect(page.getByRole("table", { name: "按名单分配" }).getByRole("row").nth(1)).toBeVisible();
  await expectSound(page, "split");
  const button = page.getByRole("button", { name: /^分\s*立$/ });
  await expect(button).toBeDisabled();
  await expect(page.getByText("请填写第1所学校的全称。")).toBeVisible();
  await page.getByLabel("第1所的全称").fill("江津区鼎山小学校");
  const choose = async (label: string, option: string) => {
    await page.getByLabel(label, { exact: true }).click();
    await page
      .locator(".ant-select-dropdown:visible .ant-select-item-option")
      .filter({ hasText: option })
      .first()
      .click();
    await expect(page.locator(".ant-select-dropdown:visible")).toHaveCount(0);
  };
  await choose("第1所的类别", "小学");
  await page.getByRole("button", { name: "增加一所" }).click();
  await page.getByLabel("第2所的全称").fill("江津区鼎山中学校");
  await choose("第2所的类别", "初级中学");
  await choose("名单之外的其余人员", "江津区鼎山小学校");
  await page.getByRole("table", { name: "按名单分配" }).getByRole("checkbox").nth(1).check();
  await choose("选中的分到", "江津区鼎山中学校");
  await page.getByRole("button", { name: "分配选中的1人" }).click();
  await expect(page.getByText(/江津区鼎山中学校1人；/)).toBeVisible();
  await page.getByLabel("依据").fill("江津教委〔2017〕8号");
  await button.click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^分\s*立$/ })
    .click();
  await expect(page.getByText(/分立为“江津区鼎山/)).toBeVisible();
  await page.getByRole("link", { name: "江津区鼎山中学校" }).first().click();
  await expect(page.getByText(`由“${name}”分立`)).toBeVisible();
  await expect(page.getByText(/^名册1人/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test("schools pass to another authority, several at once; a district reads its own and changes nothing", async ({
  page,
}) => {
  await become(page, "方案管理员");
  await goTo(page, "学校目录");
  await page.getByLabel("学校名称").fill("江北区");
  await page.getByLabel("学校名称").press("Enter");
  await expect(page).toHaveURL(/query=/);
  const rows = page.getByRole("table", { name: "学校目录" }).getByRole("checkbox", { name: /^选择江北区/ });
  await expect(rows.first()).toBeVisible();
  const count = await rows.count();
  for (let at = 0; at < count; at++) await rows.nth(at).check();
  await page.getByRole("button", { name: `划转到其他注册机构（${count}所）` }).click();
  await page.getByRole("dialog").getByLabel("划归的注册机构").click();
  await page.keyboard.type("两江新区");
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").first().click();
  await say(page, "依据", "行政区划调整");
  await expectAccessible(page, "passing");
  await send(page, /^划\s*转$/);
  await expect(page.getByText(/已随之转移。|没有需要转移/)).toBeVisible();
  const table = page.getByRole("table", { name: "学校目录" });
  await expect(table.getByText("两江新区教育局")).toHaveCount(count);

  await become(page, "初审员");
  await goTo(page, "学校目录");
  await expect(table.getByRole("link").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "登记学校" })).toHaveCount(0);
  await table.getByRole("link").first().click();
  await expect(page.getByText("历次名称")).toBeVisible();
  await expect(page.getByRole("button", { name: "更名" })).toHaveCount(0);
  await expectSound(page, "school for a district");
});

test("schools come from a spreadsheet's cells: checked, the wrong told, the right written with their reason", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await become(page, "系统管理员");
  await goTo(page, "学校目录");
  await page.getByRole("link", { name: "导入 Excel" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "导入学校" })).toBeVisible();
  const template = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载模板" }).click();
  expect((await template).suggestedFilename()).toBe("学校目录（模板）.xlsx");
  await page.getByRole("button", { name: "从表格中复制、粘贴" }).click();
  await page
    .getByLabel("粘贴的学校名单")
    .fill("学校全称\t注册机构\t类别\t简称\n合川区钓鱼城小学校\t合川区\t小学\t钓小\n某某学校\t巫溪县\t大学\t\n");
  await page.getByRole("button", { name: /^核\s*对$/ }).click();
  await expect(page.getByText("共2行，新增1，更新0，无变化0，有误1。")).toBeVisible();
  await expect(page.getByRole("table", { name: "逐行核对结果" })).toContainText("不是可选的内容");
  await expectSound(page, "import of schools");
  const wrong = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载有误的1行" }).click();
  expect((await wrong).suggestedFilename()).toBe("学校目录有误的行.xlsx");
  await page.getByRole("button", { name: "写入目录（1所）" }).click();
  await say(page, "依据", "合川教委学校名册");
  await send(page, /^写\s*入$/);
  await expect(page.getByText(/已写入1所。$/)).toBeVisible();
  const name = await openSchool(page, "钓小");
  expect(name).toBe("合川区钓鱼城小学校");
  await expect(page.getByText("由表格“粘贴的学校名单.txt”导入")).toBeVisible();
  expect(complaints).toEqual([]);
});
