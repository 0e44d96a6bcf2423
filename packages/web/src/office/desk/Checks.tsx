import { formValueText } from "@shice/contract/form-text.zh.ts";
import { type ComparedField, comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import type { CaseView } from "../../ui/case-view.ts";
import { lastSigner } from "../../ui/signer.ts";
import type { DeskView } from "./desk-view.ts";
import { MaterialRow } from "./MaterialRow.tsx";
import { PickOne } from "./Tick.tsx";
import { changeMaterial, noTick, type Ticks, toggleMaterial } from "./ticks.ts";

/** One letter for each compared field, beside each other on the keyboard. */
export const fieldKeys = ["Q", "W", "E", "R", "T", "Y"];
const agreement = [
  { value: true, label: "一致" },
  { value: false, label: "不一致" },
];
const versions = [
  { value: "old", label: "旧版（粘贴注册贴）" },
  { value: "new", label: "2017年新版（注册页标注）" },
] as const;

const comparedTitleOf = (field: ComparedField) => (field === "name" ? "姓名" : fieldTitles[field]);

/** The materials of this teacher and the certificate, original against entry (Notice §三(二), §四(二)). */
export function Checks({
  found,
  ticks,
  editable,
  desk,
  onChange,
}: {
  found: CaseView;
  ticks: Ticks;
  editable: boolean;
  /** At the desk: each line shows its key, and the certificate's version is chosen too. */
  desk?: DeskView;
  onChange: (next: Ticks) => void;
}) {
  return (
    <>
      {found.checklist.map((item) => (
        <MaterialRow
          key={item.key}
          item={item}
          label={desk === undefined ? `${item.item}.` : <kbd>{item.item}</kbd>}
          tick={ticks.materials[item.key] ?? noTick}
          editable={editable}
          onToggle={() => onChange(toggleMaterial(ticks, item, lastSigner()))}
          onChange={(part) => onChange(changeMaterial(ticks, found.checklist, item, part))}
        />
      ))}
      <h4>证书比对（以原件为准）</h4>
      {comparedFields.map((field, at) => (
        <div key={field} className="desk-field">
          {desk !== undefined && <kbd>{fieldKeys[at]}</kbd>}
          <span className="desk-entered">
            {comparedTitleOf(field)}：<strong>{enteredOf(found, field)}</strong>
          </span>
          <PickOne
            label={comparedTitleOf(field)}
            disabled={!editable}
            value={ticks.certificate[field]}
            options={agreement}
            onChange={(agrees) => onChange({ ...ticks, certificate: { ...ticks.certificate, [field]: agrees } })}
          />
        </div>
      ))}
      {desk !== undefined && (
        <div className="desk-field">
          <kbd>V</kbd>
          <span className="desk-entered">证书版本</span>
          <PickOne
            label="证书版本"
            disabled={!editable}
            value={ticks.version ?? desk.versionByYear ?? undefined}
            options={versions}
            onChange={(version) => onChange({ ...ticks, version })}
          />
        </div>
      )}
    </>
  );
}

/** 第1、2、5项材料；与证书原件比对姓名、颁发日期 */
export function missingText(found: CaseView, missing: readonly string[]): string {
  const items = found.checklist.filter(({ key }) => missing.includes(key)).map(({ item }) => item);
  const fields = comparedFields.filter((field) => missing.includes(`certificate:${field}`)).map(comparedTitleOf);
  return [
    ...(items.length === 0 ? [] : [`第${items.join("、")}项材料`]),
    ...(fields.length === 0 ? [] : [`与证书原件比对${fields.join("、")}`]),
  ].join("；");
}

function enteredOf(found: CaseView, field: ComparedField): string {
  if (field === "name") return String(found.form["certificateName"] ?? found.name);
  return formValueText(field, found.form[field]) || "未填写";
}
