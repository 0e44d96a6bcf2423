import { expect, type Page, test } from "@playwright/test";
import { become, expectAccessible, expectFit, goTo, moveTo, openQueue, reset, watchComplaints } from "./office.ts";
import { entry, photoFile, saved, toStep } from "./teacher.ts";

/** Whom the story is about, and which district it happens in; known once the teacher has signed in. */
const name = { value: "" };
const district = { value: "" };

/** Does something as on a telephone, and comes back to the screen. */
async function onPhone(page: Page, work: () => Promise<void>): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await work();
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Opens the case of our teacher from a heap of work. */
async function openCase(page: Page, heap: string): Promise<void> {
  await openQueue(page, heap);
  await page.getByRole("table").getByRole("link", { name: name.value, exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name: name.value })).toBeVisible();
}

/** Presses an act on the case's page, fills in what its dialogue asks, and sends it. */
async function act(page: Page, title: string, fill: () => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole("region", { name: "可以办理的事项" }).getByRole("button", { name: title, exact: true }).click();
  await fill();
  await page.getByRole("dialog").getByRole("button", { name: title, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** Does a bulk act on every row of the page shown, and sees that every row was done. */
async function actOnAll(page: Page, title: string, fill: () => Promise<void> = async () => {}): Promise<void> {
  await page
    .getByRole("checkbox", { name: /^Select all|全选/ })
    .first()
    .check();
  await page.getByRole("button", { name: new RegExp(`^${title}（\\d+件）$`) }).click();
  await fill();
  await page.getByRole("dialog").getByRole("button", { name: title, exact: true }).click();
  await expect(page.getByRole("dialog").getByText(/件全部办理完毕。$/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("dialog").getByRole("button", { name: "完成" }).click();
}

/** Picks from a list that opens; a list that was still moving when it was pressed is pressed again. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  const list = page.locator(".ant-select-dropdown:visible");
  await expect(async () => {
    if ((await list.count()) === 0) {
      await page.getByRole("dialog").getByLabel(label, { exact: true }).click({ timeout: 3000 });
      // A long list shows its first entries alone until one types.
      if (typeof option === "string" && label === "发放给") await page.keyboard.type(option);
    }
    await list.locator(".ant-select-item-option").filter({ hasText: option }).first().click({ timeout: 3000 });
    await expect(list).toHaveCount(0, { timeout: 3000 });
  }).toPass({ timeout: 30_000 });
}

test("one case goes from the teacher's form to the archive, through every office", async ({ page }) => {
  const complaints = watchComplaints(page);
  await reset(page);

  await test.step("the teacher submits (Notice §三(一))", async () => {
    await become(page, "申请人", "接着填写");
    name.value = (await page.getByRole("banner").getByRole("link").last().innerText()).trim();
    await toStep(page, 2);
    await page.getByLabel("我已阅读个人信息处理告知和诚信承诺").check();
    await toStep(page, 7);
    await entry(page, "address").fill("解放路100号附1号");
    await saved(page);
    await page.reload();
    await expect(entry(page, "address")).toHaveValue("解放路100号附1号");
    await toStep(page, 8);
    await page.getByLabel(/^本人承诺/).check();
    await page.getByRole("button", { name: "提交申请" }).click();
    await expect(page.getByText("待现场确认：由学校经办人办理")).toBeVisible();
  });

  await test.step("the school checks, returns, and confirms (Notice §三(二))", async () => {
    await become(page, "学校经办人");
    await openCase(page, "待现场确认");
    await act(page, "退回修改", async () => {
      await page.getByRole("dialog").getByLabel("个人信息填写有误").check();
      await page.getByRole("dialog").getByLabel("补充说明").fill("请核对通信地址。");
    });
    await become(page, "申请人", "按要求修改后再次提交");
    await expect(page.getByText("学校的说明：请核对通信地址。")).toBeVisible();
    await toStep(page, 3);
    await expect(entry(page, "certificateNumber")).toBeDisabled();
    await toStep(page, 7);
    await entry(page, "address").fill("解放路100号附2号");
    await saved(page);
    await toStep(page, 8);
    await page.getByRole("button", { name: "再次提交" }).click();
    await expect(page.getByText("待现场确认：由学校经办人办理")).toBeVisible();

    await become(page, "学校经办人");
    await openCase(page, "待现场确认");
    await page.getByRole("button", { name: "全部齐全、一致" }).click();
    for (const signer of await page.getByLabel(/的签字人$/).all()) await signer.fill("陈校长");
    await page.getByRole("button", { name: "保存核验记录" }).click();
    await expect(page.getByText("已保存")).toBeVisible();
    await act(page, "现场确认");
    await openQueue(page, "已确认，待报送");
    await page.getByRole("link", { name: "到“报送”核对并报送" }).click();
    await page.getByRole("button", { name: /^报送区县（\d+人）$/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^报\s*送$/ })
      .click();
    await expect(page.getByText(/^已报送.*：\d+人，交接清单 JJ/)).toBeVisible();
  });

  await test.step("the district signs for the papers and decides (Notice §三(三))", async () => {
    await moveTo(page, "初审第一天上午");
    await become(page, "初审员");
    await goTo(page, "交接清单");
    await page
      .getByRole("row", { name: /待签收/ })
      .getByRole("link")
      .first()
      .click();
    await page.getByRole("button", { name: "全部收到，签收" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^签\s*收$/ })
      .click();
    await expect(page.getByRole("button", { name: "全部收到，签收" })).toBeHidden();
    district.value = (await page.getByRole("banner").innerText()).split("·").at(-1)?.trim() ?? "";
    await openCase(page, "待初审");
    // What the school has ticked is read here, and ticked by nobody else.
    await expect(page.getByRole("checkbox", { name: "教师资格证书", exact: true })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "教师资格证书", exact: true })).toBeDisabled();
    await page.getByRole("button", { name: "查看", exact: true }).click();
    await expect(page.getByRole("img", { name: "照片第1页" })).toBeVisible();
    await page.getByLabel("符合要求").check();
    await page.getByLabel("学校证明能够胜任").check();
    await page.getByRole("button", { name: "登记核实情况" }).click();
    await expect(page.getByText("已登记")).toBeVisible();
    await act(page, "作出初审意见", async () => {
      await page.getByRole("dialog").getByLabel("合格", { exact: true }).check();
      await page.getByRole("dialog").getByLabel("符合注册条件").check();
    });
  });

  await test.step("the notice runs its days", async () => {
    await become(page, "区县负责人");
    await openQueue(page, "已初审，待公示");
    await actOnAll(page, "公示");
    await goTo(page, "公示");
    const running = page.getByRole("row").filter({ hasText: "期满前不能结束公示" }).first();
    await expect(running.getByRole("button", { name: "办理期满" })).toBeDisabled();
    // Anyone reads the list, with the names masked, and finds the way to object.
    await page.goto("/notices");
    await page.getByRole("table", { name: "正在公示" }).getByRole("link").first().click();
    await expect(page.getByRole("table", { name: /^名单/ })).toBeVisible();
    await expect(page.getByText(name.value, { exact: true })).toHaveCount(0);
    await expectAccessible(page, "public list");
    await page
      .getByRole("link", { name: /^提出异议/ })
      .first()
      .click();
    await page.getByRole("button", { name: "提交异议" }).click();
    await expect(page.getByRole("alert")).toContainText("有3处需要改正");
    await expectAccessible(page, "objection");
    await expect(page.getByLabel("证明材料的图片（可以不附）")).toBeVisible();
    await onPhone(page, async () => {
      await expectFit(page, "objection on a phone");
      await page.goto("/notices");
      await page.getByRole("table", { name: "正在公示" }).getByRole("link").first().click();
      await expectFit(page, "public list on a phone");
      // The teacher finds the own entry, and the way to object to it, with a picture.
      await become(page, "申请人", "查看或提出异议");
      await expect(page.getByRole("heading", { name: "正在公示" })).toBeVisible();
      await expectFit(page, "on notice");
      await page.getByRole("button", { name: "对本人的拟注册结论提出异议" }).click();
      await page.getByLabel("异议的事实和理由").fill("本人的任教学科登记有误，应为数学。");
      const choose = page.getByText(/^附证明材料的图片/).locator("input");
      await choose.setInputFiles({ name: "网页.png", mimeType: "image/png", buffer: Buffer.from("<html>") });
      await expect(page.getByRole("alert").filter({ hasText: "网页.png" })).toBeVisible();
      await choose.setInputFiles(photoFile(3));
      await expect(page.getByRole("button", { name: "移除照片.png" })).toBeVisible();
      await expect(page.getByRole("button", { name: "提出异议", exact: true })).toBeEnabled();
      await expectFit(page, "appeal");
      await page.getByRole("button", { name: "取消" }).click();
    });
    await moveTo(page, "公示");
    await become(page, "区县负责人");
    await goTo(page, "公示");
    await page.getByRole("button", { name: "办理期满" }).click();
    await expect(page.getByText(/^公示期满，\d+人可以上报。$/)).toBeVisible();
  });

  await test.step("the table is filled in, signed by a second person, and reported", async () => {
    await become(page, "复核员");
    await goTo(page, "抽查");
    await page.getByRole("button", { name: "封存抽查种子" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "封存抽查种子" }).click();
    await expect(page.getByRole("button", { name: "抽取样本" })).toBeVisible();
    await become(page, "初审员");
    await goTo(page, "统计与上报");
    await page.getByRole("tab", { name: "上报情况" }).click();
    await page.getByRole("button", { name: "填制统计表" }).click();
    await expect(page.getByText("待审核")).toBeVisible();
    await become(page, "区县负责人");
    await goTo(page, "统计与上报");
    await page.getByRole("tab", { name: "上报情况" }).click();
    await page.getByRole("button", { name: "审核上报" }).click();
    await expect(page.getByText(/^已上报\d+人。$/)).toBeVisible();
  });

  await test.step("the centre draws its sample and re-checks (Notice §三(四))", async () => {
    await moveTo(page, "复审第一天上午");
    await become(page, "复核员");
    await goTo(page, "抽查");
    await page.getByRole("button", { name: "抽取样本" }).click();
    await expect(page.getByText(/^已抽取\d+件$/)).toBeVisible();
    const agrees = page.getByRole("button", { name: "一致", exact: true });
    await expect(agrees.first()).toBeVisible();
    for (let left = await agrees.count(); left > 0; left--) {
      await agrees.first().click();
      await expect(agrees).toHaveCount(left - 1);
    }
    await openQueue(page, "待复审");
    await actOnAll(page, "复审通过");
  });

  await test.step("the commission decides under a number (Notice §三(五))", async () => {
    await moveTo(page, "终审第一天上午");
    await become(page, "终审员");
    await openQueue(page, "待终审");
    await actOnAll(page, "作出终审结论", () =>
      page.getByRole("dialog").getByLabel("决定文号").fill("渝教师发〔2017〕30号"),
    );
    await goTo(page, "终审决定");
    await page.getByRole("button", { name: "查看签名原文" }).click();
    await expect(page.getByRole("dialog").getByText("公钥")).toBeVisible();
  });

  await test.step("the teacher sees the conclusion; anyone checks its proof, and what was altered is not believed", async () => {
    await onPhone(page, async () => {
      await become(page, "申请人", "查看结果");
      // The conclusion is signed for before it is shown, once.
      await expect(page.getByRole("heading", { name: "注册结论已作出，请签收" })).toBeVisible();
      await expectFit(page, "a conclusion to be signed for");
      await page.getByRole("button", { name: "签收并查看结论" }).click();
      await expect(page.getByText(/您于.+签收。$/)).toBeVisible();
      await page.reload();
      await expect(page.getByRole("heading", { name: /^注册结论：/ })).toBeVisible();
      await expectFit(page, "result");
      const href = (await page.getByRole("link", { name: /^下载电子证明/ }).getAttribute("href")) ?? "";
      const pdf = await page.request.get(href);
      expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
      const { code } = await (await page.request.get(href.replace("result.pdf", "proof"))).json();
      await page.goto(`/verify?code=${code}`);
      await expect(page.locator(".note.good")).toBeVisible();
      await expectFit(page, "a proof that holds");
      await page.goto(`/verify?code=${code.replace(/^.{20}/, "A".repeat(20))}`);
      await expect(page.locator(".note.bad")).toBeVisible();
      await expectFit(page, "a proof that does not hold");
    });
  });

  await test.step("stickers come, are printed, issued, and used (Notice §三(六))", async () => {
    await become(page, "注册贴保管人", "指导中心");
    await goTo(page, "注册贴");
    await page.getByRole("button", { name: "登记号段前缀" }).click();
    await page.getByRole("dialog").getByLabel("前缀").fill("渝");
    await page.getByRole("dialog").getByRole("button", { name: "登记号段前缀" }).click();
    await expect(page.getByText("已登记号段前缀。")).toBeVisible();
    for (const [title, last, more] of [
      ["领取", "00000100", async () => {}],
      ["打印结论", "00000020", () => choose(page, "打印的结论", "合格")],
      ["发放", "00000010", () => choose(page, "发放给", district.value)],
    ] as const) {
      await page.getByRole("button", { name: title, exact: true }).click();
      await choose(page, "号段前缀", "渝");
      await choose(page, "经办人", /./);
      // As on the form that comes with the stickers: prefix, noughts, 至.
      await page.getByRole("dialog").getByLabel("序号", { exact: true }).fill(`渝00000001至渝${last}`);
      await expect(page.getByRole("dialog").getByText(`共${Number(last)}枚。`)).toBeVisible();
      await more();
      await page.getByRole("dialog").getByRole("button", { name: title, exact: true }).click();
      await expect(page.getByRole("dialog")).toBeHidden();
    }
    await become(page, "注册贴经办人", district.value);
    await openCase(page, "待粘贴注册贴");
    await act(page, "登记注册结论", async () => {
      await choose(page, "在库号段", "合格");
      await choose(page, "注册贴保管人", /./);
      await page.getByRole("dialog").getByLabel("已在证书上粘贴注册贴并加盖骑缝公章").check();
    });
  });

  await test.step("the file is archived, and the teacher sees the conclusion (Notice §三(七))", async () => {
    await become(page, "初审员", district.value);
    await openQueue(page, "待归档");
    await actOnAll(page, "归档", () => page.getByRole("dialog").getByLabel("档案盒号").fill("2017-01"));
    await goTo(page, "档案目录");
    await expect(page.getByRole("row", { name: new RegExp(`${name.value}.*个人档案`) })).toBeVisible();
    await expect(page.getByRole("row", { name: new RegExp(`${name.value}.*区县归档`) })).toBeVisible();
    await openCase(page, "已办结");
    await expect(page.getByText("已归档").first()).toBeVisible();
  });

  await test.step("the auditor finds every chain whole", async () => {
    await become(page, "审计员");
    await goTo(page, "审计日志");
    await page.getByRole("button", { name: "校验全部记录" }).click();
    await expect(page.getByText(/全部一致。$/)).toBeVisible();
  });
  expect(complaints).toEqual([]);
});
