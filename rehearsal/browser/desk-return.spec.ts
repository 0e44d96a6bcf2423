import { expect, test } from "@playwright/test";
import { apply, schoolOf } from "./applications.ts";
import { become, expectAccessible, goTo, reset, watchComplaints } from "./office.ts";

const campaign = "2017-chongqing-second-batch";

test("what differs from the original is returned for the reason it suggests; the answer is shown as a difference; a confirmation is taken back", async ({
  page,
  baseURL,
}) => {
  const complaints = watchComplaints(page);
  await reset(page);
  await become(page, "学校经办人");
  const [teacher] = await apply(baseURL ?? "", await schoolOf(page), 1, 750_001);
  if (teacher === undefined) throw new Error("a teacher has applied");
  const { application, client, form, name } = teacher;
  await goTo(page, "现场确认");
  const open = async () => {
    await page.goto(`/office/${campaign}/desk?case=${application}`);
    await expect(page.getByRole("region", { name: `${name}的材料` })).toBeVisible();
  };
  await open();

  // All in order but the issuing body, whose key is pressed once more.
  await page.keyboard.press("a");
  await page.keyboard.type("王校长");
  await page.keyboard.press("Enter");
  await page.keyboard.press("y");
  await expect(page.getByText("还差：与证书原件比对证书颁发机构")).toBeVisible();
  await page.keyboard.press("b");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("checkbox", { name: /填报的证书其他信息与证书原件不一致/ })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expect(dialog).toContainText("可修改：教师资格种类、证书任教学科、证书颁发日期、证书颁发机构");
  await expectAccessible(page, "return");
  await dialog.getByLabel("补充说明").fill("请按证书上的全称填写颁发机构。");
  await dialog.getByRole("button", { name: "退回修改" }).click();
  await expect(page.getByText(`${name}：已退回。`)).toBeVisible();

  const certificateIssuer = "万州区教育委员会（证书全称）";
  await client.applicant.saveDraft({ campaign, application, form: { ...form, certificateIssuer } });
  await client.applicant.resubmit({ campaign, application });
  await open();
  const round = page.getByRole("alert").filter({ hasText: "第1次退回" });
  await expect(round).toContainText("请按证书上的全称填写颁发机构。");
  await expect(round.locator("ins")).toHaveText(certificateIssuer);
  await expect(round.locator("del")).toHaveText(String(form.certificateIssuer));
  await expectAccessible(page, "second look");

  // All that was looked at before still counts; what the teacher has changed is looked at again.
  await expect(page.getByText("还差：与证书原件比对证书颁发机构")).toBeVisible();
  await page.keyboard.press("y");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${name}：已确认。`)).toBeVisible();
  await open();
  await expect(page.getByText("这份申请现在是“已确认，待报送”，不能核验。")).toBeVisible();
  await page.getByRole("button", { name: "撤销确认" }).click();
  await dialog.getByLabel("撤销确认的理由").fill("合同复印件漏盖公章");
  await dialog.getByRole("button", { name: "撤销确认" }).click();
  await expect(page.getByText(`${name}：已撤销确认。`)).toBeVisible();
  const { state } = await (await page.request.get(`/api/campaigns/${campaign}/applications/${application}`)).json();
  expect(state).toBe("submitted");
  expect(complaints).toEqual([]);
});
