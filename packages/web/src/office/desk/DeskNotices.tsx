import { Alert, Tag } from "antd";
import type { CaseView } from "../../ui/case-view.ts";
import type { DeskView } from "./desk-view.ts";

/** What to look at before ticking: flags of the checks, what the roster says otherwise, what was changed since the return. */
export function DeskNotices({ found, desk }: { found: CaseView; desk: DeskView }) {
  const heeded = found.findings.filter(({ level }) => level !== "informs");
  const answered = found.returns.findLast(({ outcome }) => outcome === "answered");
  return (
    <>
      {answered !== undefined && (
        <Alert
          type="info"
          showIcon
          title={`第${answered.round}次退回：${answered.asked.map(({ text }) => text).join("；")}`}
          description={
            <>
              {answered.text !== null && <div>{answered.text}</div>}
              {desk.changed.length === 0 && <div>教师再次提交时没有修改申请表，请核对补交的材料。</div>}
              {desk.changed.map(({ field, title, from, to }) => (
                <div key={field}>
                  <strong>{title}</strong>：<del>{from}</del> → <ins>{to}</ins>
                </div>
              ))}
            </>
          }
        />
      )}
      {heeded.map(({ code, field, sentence }) => (
        <Alert key={`${code}${field ?? ""}`} type="warning" showIcon title={`请核对：${sentence}`} />
      ))}
      {desk.differs.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title="与名册不同，请对照材料"
          description={desk.differs.map(({ field, title, entered, roster }) => (
            <div key={field}>
              <strong>{title}</strong>：教师填写“{entered}”，名册为“{roster}”
            </div>
          ))}
        />
      )}
    </>
  );
}

/** Beside a field of the form: what the roster says instead, or that it was changed. */
export function marksOf({ changed, differs }: DeskView) {
  return Object.fromEntries([
    ...differs.map(({ field, roster }) => [
      field,
      <Tag key={field} color="warning">
        名册：{roster}
      </Tag>,
    ]),
    ...changed.map(({ field }) => [
      field,
      <Tag key={field} color="blue">
        已修改
      </Tag>,
    ]),
  ]);
}
