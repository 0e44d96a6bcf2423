import { formValueText } from "@shice/contract/form-text.zh.ts";
import { type ComparedField, comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { useMutation } from "@tanstack/react-query";
import { Button, Checkbox, Input, InputNumber, Radio, Space, Typography } from "antd";
import { useState } from "react";
import { client, queryClient } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import type { CaseView } from "../cases/CasePage.tsx";

interface Material {
  originalSeen: boolean;
  copyStamped: boolean;
  copies: number;
  signer: string;
}

const titleOf = (field: ComparedField) => (field === "name" ? "姓名" : fieldTitles[field]);

/** The materials of this teacher and the certificate, original against entry (Notice §三(二), §四(二)). */
export function Checklist({ found, campaign, editable }: { found: CaseView; campaign: string; editable: boolean }) {
  const [materials, setMaterials] = useState(() => materialsOf(found));
  const [agrees, setAgrees] = useState(() => agreesOf(found));
  const save = useMutation({
    mutationFn: () =>
      client.confirmation.saveChecks({
        campaign,
        application: found.id,
        materials: Object.entries(materials).map(([material, { signer, ...check }]) => ({
          material,
          ...check,
          ...(signer.trim() === "" ? {} : { signer: signer.trim() }),
        })),
        certificate: Object.entries(agrees).flatMap(([field, said]) =>
          said === undefined ? [] : [{ field, agrees: said }],
        ),
      }),
    onSuccess: async () => {
      const signer = Object.values(materials).find((check) => check.signer.trim() !== "")?.signer;
      if (signer !== undefined) localStorage.setItem(signerKey, signer.trim());
      await queryClient.invalidateQueries();
    },
  });
  const change = (key: string, part: Partial<Material>) =>
    setMaterials((now) => ({ ...now, [key]: { ...(now[key] ?? nothing), ...part } }));

  function allPresent(): void {
    setMaterials(
      Object.fromEntries(
        found.checklist.map((item) => [
          item.key,
          {
            originalSeen: item.originalSeen,
            copyStamped: item.copyStamped,
            copies: item.copies,
            signer: materials[item.key]?.signer || lastSigner(),
          },
        ]),
      ),
    );
    setAgrees(Object.fromEntries(comparedFields.map((field) => [field, true])));
  }

  return (
    <>
      {editable && (
        <Typography.Paragraph>对照原件逐项勾选。全部齐全、一致的，可以先一次勾选，再改不符的项。</Typography.Paragraph>
      )}
      {found.checklist.map((item) => {
        const check = materials[item.key] ?? nothing;
        return (
          <fieldset
            key={item.key}
            disabled={!editable}
            style={{ border: 0, borderTop: "1px solid #d5dae1", padding: "8px 0", margin: 0 }}
          >
            <legend style={{ float: "left", width: "100%", padding: 0 }}>
              {item.item}. {item.name}
            </legend>
            <Space wrap style={{ clear: "both" }}>
              {item.originalSeen && (
                <Checkbox
                  checked={check.originalSeen}
                  disabled={!editable}
                  onChange={({ target }) => change(item.key, { originalSeen: target.checked })}
                >
                  已核对原件
                </Checkbox>
              )}
              {item.copyStamped && (
                <Checkbox
                  checked={check.copyStamped}
                  disabled={!editable}
                  onChange={({ target }) => change(item.key, { copyStamped: target.checked })}
                >
                  复印件已盖章
                </Checkbox>
              )}
              <span>
                份数{" "}
                <InputNumber
                  aria-label={`${item.name}的份数`}
                  min={0}
                  max={99}
                  size="small"
                  style={{ width: 64 }}
                  disabled={!editable}
                  value={check.copies}
                  onChange={(copies) => change(item.key, { copies: copies ?? 0 })}
                />
                （应交{item.copies}份）
              </span>
              {item.suppliedBy === "school" && (
                <span>
                  签字人{" "}
                  <Input
                    aria-label={`${item.name}的签字人`}
                    size="small"
                    style={{ width: 110 }}
                    disabled={!editable}
                    maxLength={50}
                    value={check.signer}
                    onChange={({ target }) => change(item.key, { signer: target.value })}
                  />
                </span>
              )}
            </Space>
          </fieldset>
        );
      })}
      <Typography.Title level={4} style={{ fontSize: 15, marginTop: 12 }}>
        证书比对（以原件为准）
      </Typography.Title>
      {comparedFields.map((field) => (
        <fieldset key={field} className="plain-fieldset">
          <legend className="hidden-legend">{titleOf(field)}</legend>
          <span style={{ flex: "1 1 200px" }}>
            {titleOf(field)}：<strong>{enteredOf(found, field)}</strong>
          </span>
          <Radio.Group
            disabled={!editable}
            value={agrees[field]}
            onChange={({ target }) => setAgrees((now) => ({ ...now, [field]: target.value as boolean }))}
            options={[
              { value: true, label: "一致" },
              { value: false, label: "不一致" },
            ]}
          />
        </fieldset>
      ))}
      {found.missing.length > 0 && (
        <Typography.Paragraph type="warning">
          尚未齐全：{found.missing.map(({ text }) => text).join("、")}
        </Typography.Paragraph>
      )}
      {save.error !== null && <ProblemAlert error={save.error} />}
      {editable && (
        <Space style={{ marginTop: 8 }}>
          <Button onClick={allPresent}>全部齐全、一致</Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
            保存核验记录
          </Button>
          {save.isSuccess && <span role="status">已保存</span>}
        </Space>
      )}
    </>
  );
}

const signerKey = "shice-signer";

/** Who signed the school's sheets last, so that the name is typed once a day. */
function lastSigner(): string {
  return localStorage.getItem(signerKey) ?? "";
}

const nothing: Material = { originalSeen: false, copyStamped: false, copies: 0, signer: "" };

function materialsOf(found: CaseView): Record<string, Material> {
  return Object.fromEntries(
    found.checklist.flatMap(({ key, check }) =>
      check === null
        ? []
        : [
            [
              key,
              {
                originalSeen: check.originalSeen,
                copyStamped: check.copyStamped,
                copies: check.copies,
                signer: check.signer ?? "",
              },
            ],
          ],
    ),
  );
}

function agreesOf(found: CaseView): Record<string, boolean | undefined> {
  return Object.fromEntries(found.certificateChecks.map(({ field, agrees }) => [field, agrees ?? undefined]));
}

function enteredOf(found: CaseView, field: ComparedField): string {
  if (field === "name") return String(found.form["certificateName"] ?? found.name);
  return formValueText(field, found.form[field]) || "未填写";
}
