import { fileURLToPath } from "node:url";
import sharp, { type OverlayOptions } from "sharp";

const fontfile = fileURLToPath(
  import.meta.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
);

/**
 * The page of an invented certificate as a telephone takes it: a little askew, on coloured paper, with the purpose that
 * the upload page writes across it.
 */
export async function certificatePage(number: string): Promise<Buffer> {
  const lines = ["持证人　吕丹　　性别　女", "出生年月　1982年09月", "资格种类　高级中学教师资格", "任教学科　语文"];
  const page = [...lines, `证书号码　${number}`, "发证时间　2012年06月20日"].join("\n\n");
  const written = await words(page, "#222222", 34);
  const mark = await words("仅用于教师资格定期注册　仅用于教师资格定期注册", "#00000030", 44);
  const slanted = await sharp(mark).rotate(-20, { background: "#00000000" }).resize(1100).png().toBuffer();
  return await sharp({ create: { width: 1200, height: 900, channels: 3, background: "#f4efe0" } })
    .composite([at(written, 90, 110), at(slanted, 20, 250)])
    .rotate(1, { background: "#bbbbbb" })
    .jpeg({ quality: 80 })
    .toBuffer();
}

function words(text: string, colour: string, size: number): Promise<Buffer> {
  const [foreground, font] = [`foreground="${colour.slice(0, 7)}"`, `font="Noto Serif SC ${size}px"`];
  const alpha = colour.length > 7 ? ` alpha="${Math.round((Number.parseInt(colour.slice(7), 16) / 255) * 100)}%"` : "";
  return sharp({ text: { text: `<span ${foreground}${alpha} ${font}>${text}</span>`, fontfile, rgba: true } })
    .png()
    .toBuffer();
}

function at(input: Buffer, left: number, top: number): OverlayOptions {
  return { input, left, top };
}
