import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import encodeQR from "qr";
import { apply, schoolOf } from "./applications.ts";
import { findBrowser } from "./find-browser.ts";
import { become, expectAccessible, goTo, reset } from "./office.ts";

/** What a camera sees that a slip is held before: grey frames with the code in the middle (Y4M, which Chromium plays). */
function filmOf(text: string): Buffer {
  const [width, height, scale] = [640, 480, 8];
  const code = encodeQR(text, "raw", { scale: 1, border: 4 });
  const frame = Buffer.alloc((width * height * 3) / 2, 128);
  frame.fill(200, 0, width * height);
  const [left, top] = [(width - code.length * scale) >> 1, (height - code.length * scale) >> 1];
  for (const [y, row] of code.entries()) {
    for (const [x, dark] of row.entries()) {
      for (let line = 0; line < scale; line++) {
        const at = (top + y * scale + line) * width + left + x * scale;
        frame.fill(dark ? 20 : 235, at, at + scale);
      }
    }
  }
  const picture = Buffer.concat([Buffer.from("FRAME\n"), frame]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), picture, picture]);
}

test("a slip held before a camera opens its folder; without a camera the clerk is told what to do", async ({
  page,
  baseURL,
}) => {
  await reset(page);
  await become(page, "学校经办人");
  const [teacher] = await apply(baseURL ?? "", await schoolOf(page), 1, 740_001);
  await goTo(page, "现场确认");
  await page.getByRole("button", { name: "用摄像头扫描" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "摄像头" })).toContainText(
    "没有找到摄像头。请接好摄像头，再试一次。",
  );
  await expectAccessible(page, "no camera");

  const folder = mkdtempSync(join(tmpdir(), "shice-camera-"));
  const film = join(folder, "slip.y4m");
  // The slip's code holds the address of the case.
  writeFileSync(film, filmOf(`${baseURL}/office/2017-chongqing-second-batch/case/${teacher?.application}`));
  const { args, ...where } = findBrowser();
  const seeing = await chromium.launch({
    ...where,
    args: [
      ...args,
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  try {
    const desk = await seeing.newPage({ ...(baseURL === undefined ? {} : { baseURL }), locale: "zh-CN" });
    await become(desk, "学校经办人");
    await goTo(desk, "现场确认");
    await desk.getByRole("button", { name: "用摄像头扫描" }).click();
    await expect(desk.getByRole("region", { name: `${teacher?.name}的材料` })).toBeVisible();
    // The camera is let go of once it has read.
    await expect(desk.getByRole("dialog")).toHaveCount(0);
  } finally {
    await seeing.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
