import { sentenceOf } from "@shice/contract/sentences.zh.ts";
import { countOf, parseSerials, type StickerSeries } from "@shice/rules/stickers/serials.ts";
import { Form, Input } from "antd";

/** Serials of the chosen series, as they stand on the paper: the rules that read them say beforehand what they find. */
export function SerialsField({ series }: { series: readonly (StickerSeries & { id: string })[] }) {
  const form = Form.useFormInstance();
  const chosenId: unknown = Form.useWatch("series", form);
  const chosen = series.find(({ id }) => id === chosenId);
  const typed: unknown = Form.useWatch("serials", form);
  const read = typeof typed === "string" && chosen !== undefined ? parseSerials(typed, chosen) : undefined;
  const count = read?.ranges?.reduce((sum, range) => sum + countOf(range), 0n);
  return (
    <Form.Item
      name="serials"
      label="序号"
      dependencies={["series"]}
      extra={count === undefined ? "一段写作“起始序号至截止序号”，多段用逗号分开，前缀可以不写。" : `共${count}枚。`}
      rules={[
        { required: true, message: "请填写注册贴序号。" },
        {
          validator: async (_, text: string | undefined) => {
            if (text === undefined || text === "" || chosen === undefined) return;
            const { refusal } = parseSerials(text, chosen);
            if (refusal !== undefined) throw new Error(sentenceOf(refusal));
          },
        },
      ]}
    >
      <Input maxLength={500} />
    </Form.Item>
  );
}
