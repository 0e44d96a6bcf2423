import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { become, expectAccessible, expectFit, expectSound, phone, reset, watchComplaints } from "./office.ts";
import { certificateFile, entry, fillIn, newcomer, photoFile, register, saved, tabTo, toStep } from "./teacher.ts";

test.beforeEach(async ({ page }) => {
  await reset(page);
});

function isChosen(choice: Locator): Promise<boolean> {
  return choice.evaluate((element) => element.matches(":checked"));
}

test("a teacher who has never seen the system registers on a phone in one sitting", async ({ page }) => {
  await page.setViewportSize(phone);
  const complaints = watchComplaints(page);
  const person = newcomer(1);

  await test.step("must I register, and where?", async () => {
    await page.goto("/home");
    await page
      .getByRole("link", { name: /^我要不要注册/ })
      .first()
      .click();
    for (const answer of ["渝中区", "小学", "教育部门举办（公办）", "在编在岗，从事教育教学工作"]) {
      await page.getByLabel(answer, { exact: true }).check();
    }
    await page.getByLabel("在该单位工作，不属于以下情况").check();
    await page.getByRole("button", { name: "看结果" }).click();
    await expect(page.getByText("您应当参加本批次注册", { exact: true })).toBeVisible();
  });

  await test.step("an account, and its address proved by the mail", async () => {
    await page.goto("/register");
    await page.getByLabel("证件号码", { exact: true }).fill(person.idNumber.replace(/.$/, "1"));
    await expect(page.getByText(/校验位不对/)).toBeVisible();
    await page.getByRole("button", { name: "注册账号" }).click();
    await expect(page.getByRole("alert")).toContainText("有6处需要改正");
    await expectFit(page, "register with errors");
    await page.getByRole("alert").getByRole("button", { name: "请填写姓名。" }).click();
    await expect(page.getByLabel("姓名", { exact: true })).toBeFocused();
    // What was put right is no longer complained of.
    await page.getByLabel("姓名", { exact: true }).fill(person.name);
    await page.getByLabel("证件号码", { exact: true }).fill(person.idNumber);
    await expect(page.getByRole("alert")).toContainText("有4处需要改正");
    await expect(page.getByText("号码无误：1984年6月7日出生，女。")).toBeVisible();
    await register(page, person);
    await page.goto("/mailbox");
    await page
      .getByRole("article")
      .filter({ hasText: person.email })
      .getByRole("link", { name: /verify-email/ })
      .first()
      .click();
    await page.getByRole("button", { name: "验证" }).click();
    await expect(page.getByText("电子邮箱已验证")).toBeVisible();
    await page.getByRole("link", { name: "到我的申请" }).click();
  });

  await test.step("eight steps", async () => {
    await page.getByRole("button", { name: "开始填报" }).click();
    await expect(page.getByText("申请还没有提交。")).toBeVisible();
    await page.getByRole("link", { name: "从第1步开始" }).click();
    await page.getByRole("button", { name: "我已阅读，下一步" }).click();
    await expect(page.getByText("第2步，共8步")).toBeVisible();
    await expect(page.getByRole("button", { name: "下一步" })).toBeDisabled();
    await page.getByLabel("我已阅读个人信息处理告知和诚信承诺").check();
    await page.getByRole("button", { name: "下一步" }).click();
    await expect(page.getByText("第3步，共8步")).toBeVisible();
    await fillIn(page);
    await toStep(page, 6);
    await expect(page.getByText(/确认，9月13日至11月3日/)).toBeVisible();
    await page.getByRole("button", { name: "我已阅读，下一步" }).click();
    for (const step of [1, 2, 3, 4, 5, 6, 7]) {
      await toStep(page, step);
      await expectFit(page, `step ${step}`);
    }
    // From page to page without reading it anew: what was just typed is in it.
    await entry(page, "address").fill("渝中区解放路2号");
    await page.getByRole("link", { name: "步骤列表" }).click();
    await expect(page.getByText("已完成 7 步，共 8 步")).toBeVisible();
    await page
      .getByRole("link", { name: /^第7步/ })
      .or(page.getByRole("link", { name: /填写申请材料/ }))
      .first()
      .click();
    await expect(entry(page, "address")).toHaveValue("渝中区解放路2号");
    await saved(page);
    await page.getByRole("link", { name: "步骤列表" }).click();
    await expectFit(page, "task list");
  });

  await test.step("submission, and a receipt that says so", async () => {
    await toStep(page, 8);
    await expect(page.getByText("所填内容齐全，请逐项核对后提交。")).toBeVisible();
    await expect(page.getByRole("button", { name: "提交申请" })).toBeDisabled();
    await page.getByLabel(/^本人承诺/).check();
    await expectFit(page, "step 8");
    await page.getByRole("button", { name: "提交申请" }).click();
    await expect(page.getByText(/^申请已提交，申请编号 2017\d+，提交时间 2017年10月9日/)).toBeVisible();
    await expect(page.getByText(/^待现场确认：由学校经办人办理/)).toBeVisible();
    await expectFit(page, "submitted");
    const form = page.getByRole("link", { name: "打印申请表（一式两份）" });
    const answer = await page.request.get((await form.getAttribute("href")) ?? "");
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
  });

  await test.step("messages, what was done, who has looked", async () => {
    await page.getByRole("link", { name: "我的消息" }).click();
    await expect(page.getByRole("heading", { name: /申请已提交/ })).toBeVisible();
    await expectFit(page, "messages");
    await page.goto("/my/more");
    await expect(page.getByText("还没有人看过。")).toBeVisible();
    await expectFit(page, "more");
    await page.goto("/account");
    await expect(page.getByText(/^n\*+1@rehearsal.invalid/)).toBeVisible();
    await expectFit(page, "account");
  });
  expect(complaints).toEqual([]);
});

test("without a mouse: an account, eight steps, the photo cut with arrow keys, the submission", async ({ page }) => {
  const person = newcomer(5, "阿依古丽·买买提");
  const go = async (target: Locator, key = "Enter") => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  const put = async (target: Locator, text: string) => {
    await tabTo(page, target);
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
  };
  const put3 = async (field: string, [year, month, day]: readonly [string, string, string]) => {
    await put(entry(page, field), year);
    for (const part of [month, day]) {
      await page.keyboard.press("Tab");
      await page.keyboard.type(part);
    }
  };
  /** Goes through a list or a group of radios with the arrow keys until this one is chosen. */
  const choose = async (target: Locator, chosen: Locator, first: "Space" | "ArrowDown") => {
    await go(target, first);
    for (let presses = 0; presses < 60 && !(await isChosen(chosen)); presses++) {
      await page.keyboard.press("ArrowDown");
    }
    expect(await isChosen(chosen)).toBe(true);
  };
  const select = (field: string, label: string) =>
    choose(
      entry(page, field),
      entry(page, field).locator("option", { hasText: new RegExp(`^${label}$`) }),
      "ArrowDown",
    );
  const radio = (title: string, option: string) => {
    const group = page.getByRole("radiogroup", { name: title });
    return choose(group.getByRole("radio").first(), group.getByLabel(option, { exact: true }), "Space");
  };
  const next = async (step: number) => {
    await go(page.getByRole("button", { name: "下一步" }));
    await expect(page.getByText(`第${step}步，共8步`)).toBeVisible();
  };

  await page.goto("/sign-in");
  await go(page.getByRole("link", { name: "教师注册账号" }));
  await put(page.getByLabel("证件号码", { exact: true }), person.idNumber);
  await put(page.getByLabel("姓名", { exact: true }), person.name);
  await put(page.getByLabel("手机号码"), person.mobile);
  await put(page.getByLabel("电子邮箱"), person.email);
  await put(page.getByLabel("密码", { exact: true }), person.password);
  await put(page.getByLabel("再次填写密码"), person.password);
  await go(page.getByLabel("我已阅读个人信息处理告知"), "Space");
  await go(page.getByRole("button", { name: "注册账号" }));
  await go(page.getByRole("button", { name: "开始填报" }));
  await go(page.getByRole("link", { name: "从第1步开始" }));
  await next(2);
  await go(page.getByLabel("我已阅读个人信息处理告知和诚信承诺"), "Space");
  await next(3);
  await put(entry(page, "certificateNumber"), "20095000121200123");
  await next(4);
  await select("certificateKind", "小学教师资格");
  await put(entry(page, "certificateSubject"), "语文");
  await put3("certificateIssuedOn", ["2009", "6", "30"]);
  await put(entry(page, "certificateIssuer"), "重庆市渝中区教育委员会");
  await select("ethnicity", "汉族");
  await select("postKind", "小学");
  await put(entry(page, "subject"), "语文");
  await next(5);
  await radio("借调情况", "没有借调");
  await put(entry(page, "schoolId"), "yuzhongqu");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await next(6);
  await next(7);
  // The choice of a file is the system's own dialogue; all the rest of the photo is here.
  await tabTo(page, page.locator("input#field-photo"));
  await page.locator("input#field-photo").setInputFiles(photoFile());
  await go(page.getByLabel(/^裁剪框/), "ArrowDown");
  await go(page.getByLabel("放大"), "ArrowRight");
  await expect(page.getByText("大小、亮度、底色符合要求。")).toBeVisible();
  await go(page.getByRole("button", { name: "用这张照片" }));
  await expect(page.getByText("照片已上传，符合要求。")).toBeVisible();
  for (const title of ["是否在编", "是否在岗"]) await radio(title, "是");
  await radio("是否初聘教师", "否");
  await radio("岗位性质", "专任教师");
  await select("title", "一级教师");
  await put3("contractSince", ["2009", "9", "1"]);
  await put3("workingSince", ["2009", "7", "1"]);
  await put(entry(page, "trainingHours"), "380");
  const grade = page.getByLabel("2016年的等次");
  await choose(grade, grade.locator("option", { hasText: /^合格$/ }), "ArrowDown");
  await select("education", "大学本科毕业");
  await radio("学位", "学士学位");
  await radio("学习形式", "全日制");
  await radio("是否师范类专业", "是");
  await put(entry(page, "graduatedFrom"), "西南师范大学");
  await put(entry(page, "major"), "小学教育");
  await put3("graduatedOn", ["2009", "6", "20"]);
  await select("putonghuaLevel", "二级甲等");
  for (const field of ["birthplace", "householdRegistration", "address"]) await put(entry(page, field), "重庆市渝中区");
  await put(entry(page, "postcode"), "400010");
  await next(8);
  await expect(page.getByText("所填内容齐全，请逐项核对后提交。")).toBeVisible();
  await go(page.getByLabel(/^本人承诺/), "Space");
  await go(page.getByRole("button", { name: "提交申请" }));
  await expect(page.getByText(/^申请已提交/)).toBeVisible();
});

test("a form begun by mouse is gone on with by keyboard alone", async ({ page }) => {
  await become(page, "申请人", "接着填写");
  await tabTo(page, page.getByRole("link", { name: /^到第1步/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "我已阅读，下一步" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("第2步，共8步")).toBeVisible();
  await tabTo(page, page.getByLabel("我已阅读个人信息处理告知和诚信承诺"));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "下一步" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("第3步，共8步")).toBeVisible();
  await page.goto("/my/step/5");
  await tabTo(page, page.getByRole("button", { name: "重新选择" }));
  await page.keyboard.press("Enter");
  await tabTo(page, entry(page, "schoolId"));
  await page.keyboard.type("you");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await saved(page);
  await page.goto("/my/step/6");
  await tabTo(page, page.getByRole("button", { name: "我已阅读，下一步" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("第7步，共8步")).toBeVisible();
  await tabTo(page, entry(page, "address"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("解放路100号附1号");
  await saved(page);
  await page.goto("/my/step/8");
  await tabTo(page, page.getByLabel(/^本人承诺/));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "提交申请" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^申请已提交/)).toBeVisible();
});

test("a lost line loses nothing: what was typed goes out when it is back, also after the page was closed", async ({
  page,
  context,
}) => {
  await become(page, "申请人", "接着填写");
  await toStep(page, 7);
  await context.setOffline(true);
  await entry(page, "address").fill("人民路8号");
  await expect(page.getByText(/还没有保存到服务器/)).toBeVisible();
  await expect(page.getByText("与服务器的连接中断")).toBeVisible();
  await context.setOffline(false);
  await saved(page);

  await context.setOffline(true);
  await entry(page, "address").fill("人民路9号");
  await expect(page.getByText(/还没有保存到服务器/)).toBeVisible();
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  const again = await context.newPage();
  await toStep(again, 7);
  await expect(again.getByText("上次有内容没来得及保存，已从这个浏览器中找回。")).toBeVisible();
  await expect(entry(again, "address")).toHaveValue("人民路9号");
  await saved(again);
  await again.reload();
  await expect(entry(again, "address")).toHaveValue("人民路9号");
});

test("what cannot be saved stays as typed, the server keeps what it had, and the line says which field and why", async ({
  page,
}) => {
  await register(page, newcomer(31));
  await page.getByRole("button", { name: "开始填报" }).click();
  await fillIn(page);
  const stored = async () => {
    const answer = await page.request.get("/api/campaigns/2017-chongqing-second-batch/my-application");
    return (await answer.json()).form;
  };
  const line = page.locator(".save-state [role=status]");
  // A tab comes with what is pasted from a table: it is a blank.
  await page.evaluate(`{
    const input = document.querySelector("#field-address");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, "渝中区解放路\t22号");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }`);
  await saved(page);
  await expect.poll(async () => (await stored()).address).toBe("渝中区解放路 22号");
  await entry(page, "trainingHours").fill("390学时");
  await saved(page);
  await expect.poll(async () => (await stored()).trainingHours).toBe(390);

  await entry(page, "trainingHours").fill("约390");
  await entry(page, "address").fill("渝".repeat(101));
  await expect(line).toContainText("“培训学时”没有保存：请填写数字");
  await expect(line).toContainText("“通信地址”没有保存：不超过100个字");
  await expect(line).not.toContainText("已保存");
  await page.reload();
  await expect(entry(page, "trainingHours")).toHaveValue("约390");
  await expect(entry(page, "address")).toHaveValue("渝".repeat(101));
  await expect(line).toContainText("没有保存");
  expect(await stored()).toMatchObject({ address: "渝中区解放路 22号", trainingHours: 390 });

  await entry(page, "trainingHours").fill("380");
  await entry(page, "address").fill("渝中区解放路23号");
  await saved(page);
  await page.reload();
  await expect(entry(page, "address")).toHaveValue("渝中区解放路23号");
  expect(await stored()).toMatchObject({ address: "渝中区解放路23号", trainingHours: 380 });
});

test("a second window: other changes are brought together, a clash shows both", async ({ page, context }) => {
  await become(page, "申请人", "接着填写");
  await toStep(page, 7);
  const second = await context.newPage();
  await toStep(second, 7);
  await entry(page, "major").fill("教育学甲");
  await saved(page);
  await entry(second, "graduatedFrom").fill("重庆师范大学");
  await saved(second);
  await expect(entry(second, "major")).toHaveValue("教育学甲");

  await entry(page, "address").fill("这里填的地址1号");
  await saved(page);
  await entry(second, "address").fill("那里填的地址2号");
  const dialog = second.getByRole("dialog");
  await expect(dialog).toContainText("这里填的：那里填的地址2号");
  await expect(dialog).toContainText("别处保存的：这里填的地址1号");
  await expectAccessible(second, "clash");
  await dialog.getByLabel(/^别处保存的/).check();
  await dialog.getByRole("button", { name: "按选择保存" }).click();
  await saved(second);
  await expect(entry(second, "address")).toHaveValue("这里填的地址1号");
  await expect(entry(second, "graduatedFrom")).toHaveValue("重庆师范大学");
});

async function elsewhere(browser: Browser): Promise<Page> {
  return await (await browser.newContext()).newPage();
}

test("a session that ended is begun again on the page, with everything typed still there", async ({
  page,
  browser,
}) => {
  const person = newcomer(2, "谭小〇");
  await register(page, person);
  await page.getByRole("button", { name: "开始填报" }).click();
  await toStep(page, 3);
  const other = await elsewhere(browser);
  const base = new URL(page.url()).origin;
  await other.goto(`${base}/sign-in`);
  await other.getByLabel("证件号码或电子邮箱").fill(person.idNumber);
  await other.getByLabel("密码").fill(person.password);
  await other.getByRole("button", { name: "登录" }).click();
  await expect(other).toHaveURL(/\/my$/);
  await other.goto(`${base}/account`);
  await other.getByRole("button", { name: "结束这次登录" }).click();
  await expect(other.getByRole("button", { name: "结束这次登录" })).toHaveCount(0);

  await entry(page, "certificateNumber").fill("20095000112200123");
  const dialog = page.getByRole("dialog", { name: "请重新登录" });
  await dialog.getByLabel("证件号码或电子邮箱").fill(person.idNumber);
  await dialog.getByLabel("密码").fill(person.password);
  await dialog.getByRole("button", { name: "登录" }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(entry(page, "certificateNumber")).toHaveValue("20095000112200123");
  await other.context().close();
});

test("when the window shuts the draft stays and says when it opens again; submitting waits", async ({ page }) => {
  await become(page, "申请人", "接着填写");
  for (const step of [1, 6]) {
    await toStep(page, step);
    await page.getByRole("button", { name: "我已阅读，下一步" }).click();
  }
  await toStep(page, 2);
  await page.getByLabel("我已阅读个人信息处理告知和诚信承诺").check();
  const moved = await page.request.put("/api/training/clock", { data: { at: "2017-10-19T02:00:00Z" } });
  expect(moved.ok()).toBe(true);
  await toStep(page, 7);
  await expect(page.getByText(/网上报名今日全天不开放，下次开放时间：2017年10月25日7:00/)).toBeVisible();
  await entry(page, "address").fill("停网期间填的地址");
  await saved(page);
  await toStep(page, 8);
  await page.getByLabel(/^本人承诺/).check();
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByRole("alert").getByText(/10月25日/)).toBeVisible();
  await expect(page.getByText("草稿，还没有提交")).toBeVisible();
});

test("what the school sent back is open, with the reason beside it, and nothing else", async ({ page }) => {
  await become(page, "申请人", "按要求修改后再次提交");
  await expect(page.getByText("只需要修改下面的内容")).toBeVisible();
  await expectAccessible(page, "returned");
  const asked = page.getByRole("link", { name: /^去修改/ }).first();
  const field = /field-(\w+)/.exec((await asked.getAttribute("href")) ?? "")?.[1] ?? "";
  await asked.click();
  await expect(page.locator(`#field-${field}`)).toBeEnabled();
  await expect(page.getByText(/^学校要求修改：/).first()).toBeVisible();
  await toStep(page, field === "certificateNumber" ? 7 : 3);
  await expect(entry(page, field === "certificateNumber" ? "address" : "certificateNumber")).toBeDisabled();
});

test("whoever has submitted takes it back, submits again, withdraws, has it erased, and may begin anew", async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await become(page, "申请人", "等待学校现场确认");
  await page.getByRole("button", { name: "撤回修改" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤回修改" }).click();
  await expect(page.getByText("申请还没有提交。")).toBeVisible();
  await toStep(page, 2);
  await page.getByLabel("我已阅读个人信息处理告知和诚信承诺").check();
  await toStep(page, 8);
  await page.getByLabel(/^本人承诺/).check();
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByText(/^申请已提交/)).toBeVisible();

  await page.getByRole("button", { name: "撤回申请" }).click();
  await page.getByRole("dialog").getByLabel("理由").fill("改在下一批次注册");
  await expectFit(page, "withdrawing");
  await page.getByRole("dialog").getByRole("button", { name: "撤回申请" }).click();
  // Nobody who has just withdrawn is told to print and come.
  await expect(page.getByText(/^申请已提交/)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "重新填报" })).toBeVisible();
  await expectFit(page, "withdrawn");
  await page.getByRole("button", { name: "清除填写的内容" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "清除填写的内容" }).click();
  await expect(page.getByText("填写的内容、照片和扫描件已经清除。")).toBeVisible();
  await expect(page.getByRole("button", { name: "清除填写的内容" })).toHaveCount(0);
  await page.getByRole("button", { name: "开始填报" }).click();
  await expect(page.getByText("申请还没有提交。")).toBeVisible();
});

test("an odd number that is really so is attested, and is no error any more; a day is written as one likes", async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await register(page, newcomer(4, `${"𠮷".repeat(25)}${"阿依古丽·买买提".repeat(3)}〇`));
  await page.getByRole("button", { name: "开始填报" }).click();
  await expect(page.getByText("申请还没有提交。")).toBeVisible();
  await expectFit(page, "a name of fifty characters");
  await toStep(page, 3);
  await entry(page, "certificateNumber").fill("渝教证第1234号");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.locator(".entry-error")).toContainText("请勾选“证书原件上的号码确实如此”");
  await page.getByLabel("证书原件上的号码确实如此").check();
  await expect(page.locator(".entry-error")).toHaveCount(0);
  await saved(page);
  await toStep(page, 4);
  await entry(page, "certificateIssuedOn").fill("1997年5月4日");
  await expect(page.getByLabel("证书颁发日期，月")).toHaveValue("5");
  await expect(page.getByLabel("证书颁发日期，日")).toHaveValue("4");
  await saved(page);
  // Typed figure by figure too: it goes on where the last figure has gone.
  await entry(page, "certificateIssuedOn").fill("");
  await entry(page, "certificateIssuedOn").pressSequentially("1997-05-14");
  await expect(page.getByLabel("证书颁发日期，日")).toHaveValue("14");
  await saved(page);
  await page.reload();
  await expect(entry(page, "certificateIssuedOn")).toHaveValue("1997");
  await toStep(page, 7);
  // Given with the account, not to be typed again.
  await expect(entry(page, "mobile")).toHaveValue(/^13900000004$/);
  await expectFit(page, "step 7 with a long name");
  for (const path of ["/account", "/my/more", "/my/step/8"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFit(page, `${path} with a long name`);
  }
});

test("photos: turned, cut and judged in the page; what is no photo is said to be none", async ({ page }) => {
  await become(page, "申请人", "接着填写");
  await toStep(page, 7);
  const input = page.locator("input#field-photo");
  for (const [name, body] of [
    ["网页.html", "<!doctype html><h1>不是照片</h1>"],
    ["图形.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg >"],
    ["截断.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF"],
  ] as const) {
    await input.setInputFiles({ name, mimeType: "image/jpeg", buffer: Buffer.from(body, "latin1") });
    await expect(page.getByRole("alert").filter({ hasText: name })).toContainText("不是能打开的照片");
  }
  await input.setInputFiles(photoFile(2));
  await expect(page.getByText("大小、亮度、底色符合要求。")).toBeVisible();
  await page.getByRole("button", { name: "右转90度" }).click();
  await page.getByLabel("放大").fill("3");
  await expect(page.getByText("请注意：")).toBeVisible();
  await expectAccessible(page, "photo editor");
  await page.getByRole("button", { name: "还原" }).click();
  await expect(page.getByText("大小、亮度、底色符合要求。")).toBeVisible();
  await page.getByRole("button", { name: "用这张照片" }).click();
  await expect(page.getByText("照片已上传，符合要求。")).toBeVisible();
  const scans = page.getByRole("region", { name: "教师资格证书" });
  await scans.locator("input[type=file]").setInputFiles([photoFile(3), photoFile(4)]);
  await expect(scans.getByRole("img")).toHaveCount(2);
  await scans.getByRole("button", { name: "把第2页移到前面" }).click();
  await scans.getByRole("button", { name: "移除第2页" }).click();
  await expect(scans.getByRole("img")).toHaveCount(1);
});

test("a certificate's picture is read: where it differs is said, and one press takes it over", async ({
  page,
  context,
}) => {
  await become(page, "申请人", "接着填写");
  await toStep(page, 3);
  await entry(page, "certificateNumber").fill("20125000142000123");
  await saved(page);
  await toStep(page, 7);
  const scans = page.getByRole("region", { name: "教师资格证书" });
  await scans.locator("input[type=file]").setInputFiles(await certificateFile(context, "20125000142000132"));
  await expect(scans.getByText("号码识别为“20125000142000132”，与填写的从第16位起不同")).toBeVisible();
  await expectSound(page, "what was read");
  await scans.getByRole("button", { name: "改为识别出的号码" }).click();
  await expect(scans.getByText("图片上识别出的证书号码与填写的一致。")).toBeVisible();
  await saved(page);
  await toStep(page, 3);
  await expect(entry(page, "certificateNumber")).toHaveValue("20125000142000132");
});

test("a forgotten password is set anew by the mail's link, once; in large type nothing runs off the screen", async ({
  page,
}) => {
  await page.setViewportSize(phone);
  const person = newcomer(6, "唐小满");
  await register(page, person);
  await page.getByRole("button", { name: "开始填报" }).click();
  await expect(page.getByText("申请还没有提交。")).toBeVisible();
  await page.getByRole("button", { name: "大字号" }).click();
  for (const path of ["/my", "/my/step/3", "/my/step/4", "/my/step/7", "/my/step/8", "/account", "/my/talk"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFit(page, `${path} in large type`);
  }
  await page.getByRole("button", { name: "标准字号" }).click();
  await page.getByRole("button", { name: "退出登录" }).click();

  await page.goto("/forgotten");
  await page.getByLabel("登记的电子邮箱").fill(person.email);
  await page.getByRole("button", { name: "发送邮件" }).click();
  await expect(page.getByText(/^如果这个邮箱登记过账号/)).toBeVisible();
  await page.goto("/mailbox");
  const link = page
    .getByRole("article")
    .filter({ hasText: person.email })
    .getByRole("link", { name: /reset-password/ })
    .first();
  const href = (await link.getAttribute("href")) ?? "";
  await link.click();
  await page.getByLabel("密码", { exact: true }).fill("kaixue di er ke 7");
  await page.getByLabel("再次填写密码").fill("kaixue di er ke 8");
  await page.getByRole("button", { name: "重设密码" }).click();
  await expect(page.getByText("两次填写的密码不一致。")).toBeVisible();
  await page.getByLabel("再次填写密码").fill("kaixue di er ke 7");
  await expect(page.getByText("两次填写的密码不一致。")).toHaveCount(0);
  await page.getByRole("button", { name: "重设密码" }).click();
  await expect(page.getByText(/^密码已重设/)).toBeVisible();
  await page.getByRole("link", { name: "登录" }).click();
  await page.getByLabel("证件号码或电子邮箱").fill(person.idNumber);
  await page.getByLabel("密码").fill("kaixue di er ke 7");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { name: "填写申请" })).toBeVisible();
  await page.goto(href);
  await page.getByLabel("密码", { exact: true }).fill("kaixue di san ke 7");
  await page.getByLabel("再次填写密码").fill("kaixue di san ke 7");
  await page.getByRole("button", { name: "重设密码" }).click();
  await expect(page.getByRole("alert")).toContainText("链接已失效或已使用过");
});

test("the school's clerk helps with a forgotten password; the teacher alone sets the new one", async ({ page }) => {
  await page.goto("/forgotten");
  await page.getByLabel("登记的电子邮箱").fill("nobody.at.all@rehearsal.invalid");
  await page.getByRole("button", { name: "发送邮件" }).click();
  await expect(page.getByText(/^如果这个邮箱登记过账号/)).toBeVisible();
  await expectAccessible(page, "forgotten");
  await page.goto("/assisted-reset");
  await page.getByRole("button", { name: "重设密码" }).click();
  await expect(page.getByText("请填写学校给的验证码。")).toBeVisible();
  await expectAccessible(page, "assisted reset");
});
