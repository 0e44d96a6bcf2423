import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { compareWithRead } from "@shice/rules/certificate/read-number.ts";
import { useState } from "react";
import { noteEnd, queryClient } from "../ui/client.ts";
import { openPicture, scanOf } from "../ui/picture.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ProblemAlert } from "../ui/problem.tsx";
import { useFilling } from "./filling.ts";
import type { AboutForm } from "./own-application.ts";

/** Scans of what the teacher will bring: a look in advance for the school; each page can be seen, moved, taken out. */
export function ScanPages() {
  const { about, isSlotOpen } = useFilling();
  const brought = about.materials.filter(({ suppliedBy, originalSeen }) => suppliedBy === "applicant" && originalSeen);
  return (
    <>
      <p className="soft">
        可以先上传证书、合同等材料的照片，学校能提前核对；不上传也可以提交，现场确认时带原件即可。上传的照片上会加淡淡的“仅用于教师资格定期注册”字样。
      </p>
      {brought.map(({ key, name }) => (
        <Slot key={key} slot={key} name={name} open={isSlotOpen(key)} />
      ))}
    </>
  );
}

function Slot({ slot, name, open }: { slot: string; name: string; open: boolean }) {
  const { own, side, about, draft } = useFilling();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [unreadable, setUnreadable] = useState<readonly string[]>([]);
  const pages = about.attachments.filter((attachment) => attachment.slot === slot);

  async function doing(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
    } finally {
      setBusy(false);
      await queryClient.invalidateQueries({ queryKey: side.aboutKey });
    }
  }

  async function add(files: readonly File[]): Promise<void> {
    const odd: string[] = [];
    for (const file of files) {
      const picture = await openPicture(file);
      if (picture === undefined) {
        odd.push(file.name);
        continue;
      }
      const content = await scanOf(picture, { marked: true });
      const { version } = await side.addAttachment({ slot, fileName: file.name, content });
      draft.took(version, draft.values.photo);
    }
    setUnreadable(odd);
  }

  async function arrange(ids: readonly string[]): Promise<void> {
    const { version } = await side.arrangeAttachments({ slot, pages: [...ids] });
    draft.took(version, draft.values.photo);
  }

  const ids = pages.map(({ id }) => id);
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {error !== null && <ProblemAlert error={error} />}
      {unreadable.length > 0 && (
        <Note
          kind="bad"
          role="alert"
          title={`${unreadable.map((file) => `“${file}”`).join("、")}不是能打开的图片。请拍照，或把文件另存为 JPG、PNG 图片后上传。`}
        />
      )}
      {pages.length > 0 && (
        <ol className="pages">
          {pages.map(({ id, lost }, at) => (
            <li key={id}>
              <side.Picture application={own.id} id={id} alt={`${name}第${at + 1}页`} linked />
              <div>
                第{at + 1}页{lost && <strong className="entry-error">　已损坏，请移除后重新上传</strong>}
              </div>
              {open && (
                <div className="row">
                  {at > 0 && (
                    <Button
                      disabled={busy}
                      aria-label={`把第${at + 1}页移到前面`}
                      onClick={() =>
                        doing(() => arrange([...ids.slice(0, at - 1), id, ids[at - 1] ?? "", ...ids.slice(at + 1)]))
                      }
                    >
                      前移
                    </Button>
                  )}
                  <Button
                    disabled={busy}
                    aria-label={`移除第${at + 1}页`}
                    onClick={() => doing(() => arrange(ids.filter((other) => other !== id)))}
                  >
                    移除
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      <NumberRead pages={pages} />
      {open && (
        <label className={busy ? "button file waiting-file" : "button file"}>
          {busy ? "正在上传……" : pages.length === 0 ? "拍照或选择图片" : "增加一页"}
          <input
            className="hidden"
            type="file"
            accept="image/*"
            multiple
            disabled={busy}
            aria-label={`上传${name}`}
            onChange={({ target: input }) => {
              const files = [...(input.files ?? [])];
              void doing(() => add(files)).then(() => {
                input.value = "";
              });
            }}
          />
        </label>
      )}
    </section>
  );
}

/** The certificate number that the machine read on these pages, beside the one entered. */
function NumberRead({ pages }: { pages: AboutForm["attachments"] }) {
  const { draft, closed } = useFilling();
  if (pages.some(({ numbers }) => numbers === null)) {
    return (
      <p className="soft" role="status">
        正在识别图片上的证书号码……
      </p>
    );
  }
  const read = pages.flatMap(({ numbers }) => numbers ?? []);
  const entered = draft.values.certificateNumber ?? "";
  const differing = compareWithRead(entered, read);
  const number = differing?.read ?? read[0];
  if (number === undefined) return null;
  if (entered !== "" && differing === undefined) {
    return (
      <p className="soft" role="status">
        图片上识别出的证书号码与填写的一致。
      </p>
    );
  }
  const title =
    differing === undefined
      ? `图片上的证书号码识别为“${number}”。识别可能有误，请对照证书原件，无误的可以直接填入。`
      : checksSentenceOf(differing);
  return (
    <Note
      kind={differing === undefined ? "info" : "heed"}
      role="status"
      title={title}
      {...(closed.has("certificateNumber")
        ? {}
        : {
            action: (
              <Button onClick={() => draft.set("certificateNumber", number)}>
                {differing === undefined ? "填入证书号码" : "改为识别出的号码"}
              </Button>
            ),
          })}
    />
  );
}
