import { expect, test } from "@playwright/test";
import { become, expectSound, goTo, phone, reset, watchComplaints } from "./office.ts";

test.beforeEach(async ({ page }) => {
  await reset(page);
});

test("a teacher asks the school in writing, the clerk answers on the case, and both see that it was read", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await become(page, "申请人", "等待学校现场确认");
  await page.setViewportSize(phone);
  // An act on the case: the clerk on the first page is then the one of its school.
  await page.getByRole("button", { name: "撤回修改" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤回修改" }).click();
  await expect(page.getByText("申请还没有提交。")).toBeVisible();
  await page.getByRole("link", { name: "给学校（区县）留言" }).click();
  await expect(page.getByText("还没有留言。")).toBeVisible();
  await page.getByLabel("写留言").fill("请问周三下午可以来确认吗？\n我上午有课。");
  await page.getByRole("button", { name: "发出" }).click();
  const mine = page.getByRole("list", { name: "留言" }).getByRole("listitem");
  await expect(mine).toContainText("对方未读");
  await expect(page.getByLabel("写留言")).toHaveValue("");
  await expectSound(page, "talk");
  const school = /由(.+?)答复/.exec(await page.getByText(/^您的留言由/).innerText())?.[1] ?? "";

  await become(page, "学校经办人", school);
  await expect(page.getByRole("link", { name: /^消息，\d+条未读$/ })).toBeVisible();
  await goTo(page, "教师留言");
  await expectSound(page, "conversations");
  const row = page.getByRole("row", { name: /请问周三下午/ });
  await row.getByRole("link").click();
  await expect(page.getByText("待答复")).toBeVisible();
  await page.getByLabel("给教师留言").fill("可以，请带证书原件到教务处。");
  await page.getByRole("button", { name: "发给教师" }).click();
  await expect(page.getByText("待答复")).toHaveCount(0);
  await expectSound(page, "case with words");
  await goTo(page, "教师留言");
  await expect(page.getByText("没有等待答复的留言。")).toBeVisible();

  await become(page, "申请人", "接着填写");
  await page.setViewportSize(phone);
  await expect(page.getByText("（1条新留言）")).toBeVisible();
  await page.getByRole("link", { name: /^给学校（区县）留言/ }).click();
  await expect(page.getByText("可以，请带证书原件到教务处。")).toBeVisible();
  await expect(page.getByText("对方已读")).toBeVisible();
  await page.getByRole("link", { name: "回到我的申请" }).click();
  await expect(page.getByText("（1条新留言）")).toHaveCount(0);
  await page.getByRole("link", { name: /^消息，\d+条未读$/ }).click();
  await expect(page.getByRole("heading", { name: /学校（区县）给您留言/ })).toBeVisible();
  await page.getByRole("button", { name: "全部标为已读" }).click();
  await expect(page.getByText("未读", { exact: true })).toHaveCount(0);
  await expectSound(page, "messages");
  expect(complaints).toEqual([]);
});

test("a circular to a chosen group; who wants less mail says so; the office's own words for a message", async ({
  page,
}) => {
  await become(page, "学校经办人");
  await goTo(page, "群发通知");
  await page.getByRole("button", { name: "写通知" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "发出" }).click();
  await expect(dialog.getByText("请选择发给哪些教师。")).toBeVisible();
  await dialog.getByLabel(/^已提交，待现场确认（\d+人）$/).check();
  await dialog.getByLabel("标题", { exact: true }).fill("确认时间安排");
  await dialog.getByLabel("内容").fill("本校现场确认安排在周三下午，请带齐材料原件。");
  await expectSound(page, "circular");
  await dialog.getByRole("button", { name: "发出" }).click();
  await expect(page.getByText(/^通知已发给\d+人。$/)).toBeVisible();
  await expect(page.getByRole("row", { name: /确认时间安排/ })).toBeVisible();
  await expectSound(page, "circulars");

  await become(page, "方案管理员");
  await goTo(page, "消息用语");
  await page.getByRole("button", { name: "修改“申请已提交”" }).click();
  await page.getByRole("dialog").getByLabel("内容").fill("申请（{nmber}）已收到。");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await expect(
    page
      .getByRole("dialog")
      .getByText(/不能使用“\{nmber\}”/)
      .first(),
  ).toBeVisible();
  await page.getByRole("dialog").getByLabel("内容").fill("申请（{number}）已收到，请按学校通知的时间确认。");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已修改")).toBeVisible();
  await expectSound(page, "wordings");

  await become(page, "申请人", "等待学校现场确认");
  await page.goto("/account#telling");
  await page.getByLabel("其他消息也发到电子邮箱").click();
  await expect(page.getByText("已保存。")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("其他消息也发到电子邮箱")).not.toBeChecked();
  await expectSound(page, "account");
});
