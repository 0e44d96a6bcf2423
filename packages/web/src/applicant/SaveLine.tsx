import { unattestedTitle } from "@shice/rules/lifecycle/state.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import type { SaveState } from "./draft-saves.ts";
import { useFilling } from "./filling.ts";

/** Whether what was typed is saved, and that a draft is no application yet. */
export function SaveLine() {
  const { draft, own, campaign } = useFilling();
  const { state } = draft;
  const window = campaign.windows.find(({ stage }) => stage === "apply");
  return (
    <>
      <div className="save-state">
        <span role="status" className={["kept", "held", "refused"].includes(state.kind) ? "bad" : ""}>
          {textOf(state)}
        </span>
        <span className="soft">
          申请编号 {own.number} ·{" "}
          {own.state !== "draft"
            ? "退回修改，还没有再次提交"
            : own.assistance === null
              ? "草稿，还没有提交"
              : `${unattestedTitle}，还没有提交`}
        </span>
      </div>
      {state.kind === "refused" && (
        <Note
          kind="bad"
          role="alert"
          title={state.sentence}
          action={<Button onClick={() => draft.flush()}>再试一次</Button>}
        >
          填写的内容还留在这个浏览器里。
        </Note>
      )}
      {draft.restored && state.kind !== "refused" && (
        <Note kind="info" title="上次有内容没来得及保存，已从这个浏览器中找回。" />
      )}
      {own.state === "draft" && window !== undefined && !window.open && (
        <Note kind="heed" title={window.sentence}>
          草稿已经保存，可以继续填写；开放时间内才能提交。
        </Note>
      )}
    </>
  );
}

function textOf(state: SaveState): string {
  switch (state.kind) {
    case "saved":
      return state.at === undefined ? "填写的内容会自动保存。" : `已保存 ${state.at}`;
    case "typing":
      return "正在填写……";
    case "saving":
      return "正在保存……";
    case "kept":
      return `还没有保存到服务器（${state.why}）。内容已留在本机，会自动再试。`;
    case "held":
      return state.sentence;
    case "refused":
      return "没有保存";
  }
}
