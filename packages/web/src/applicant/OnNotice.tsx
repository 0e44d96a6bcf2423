import { endText, momentText } from "@shice/contract/sentences/moment.ts";
import { useState } from "react";
import { type CampaignView, conclusionName } from "../ui/campaign.ts";
import { client, noteEnd, queryClient } from "../ui/client.ts";
import { openPicture, scanOf } from "../ui/picture.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ProblemAlert } from "../ui/problem.tsx";
import type { About, Own } from "./own-application.ts";

const mostPictures = 3;
interface Picture {
  fileName: string;
  content: string;
}

/** The own entry in the public list, and the way to object to it. */
export function OnNotice({ campaign, own, about }: { campaign: CampaignView; own: Own; about: About }) {
  const { notice, appeals } = about;
  const [words, setWords] = useState("");
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [pictures, setPictures] = useState<readonly Picture[]>([]);
  const [unreadable, setUnreadable] = useState<string>();
  async function add(files: readonly File[]): Promise<void> {
    setUnreadable(undefined);
    for (const file of files) {
      const opened = await openPicture(file);
      if (opened === undefined) setUnreadable(`“${file.name}”不是能打开的图片，请选择 JPG、PNG 格式的图片。`);
      else {
        const content = await scanOf(opened, { marked: false, most: 600_000 });
        setPictures((before) => [...before, { fileName: file.name, content }].slice(0, mostPictures));
      }
    }
    // Other pictures are another appeal: a repeated press must not be taken for the first one.
    setKey(crypto.randomUUID());
  }
  if (notice === null) return null;
  async function appeal(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await client.applicant.appeal(
        { campaign: campaign.key, application: own.id, statement: words, pictures: [...pictures] },
        { context: { idempotencyKey: key } },
      );
      setAsking(false);
      await queryClient.invalidateQueries();
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className="panel" aria-label="公示">
      <h2>{notice.closed ? "公示已结束" : "正在公示"}</h2>
      <p>
        公示第 {notice.number} 号，名单第 {notice.position} 号，拟注册结论：
        {conclusionName(campaign, notice.conclusion)}。{notice.closed ? "" : `公示到${endText(notice.endsAt)}。`}
        <a href={`/notices/${notice.id}`}>查看公示名单</a>
      </p>
      {appeals.map((raised) => (
        <Note
          key={raised.raisedAt}
          kind={raised.outcome === null ? "info" : "good"}
          title={
            raised.outcome === null
              ? `您在${momentText(raised.raisedAt)}提出了异议，区县应在${endText(raised.answerBy)}前答复。`
              : `您的异议${raised.outcome === "upheld" ? "成立，区县将重新作出初审意见" : "不成立"}。`
          }
        >
          {raised.answer !== null && <p>答复：{raised.answer}</p>}
          <p className="soft">异议内容：{raised.statement}</p>
        </Note>
      ))}
      {own.state === "on-notice" && !asking && appeals.every(({ outcome }) => outcome !== null) && (
        <Button onClick={() => setAsking(true)}>对本人的拟注册结论提出异议</Button>
      )}
      {asking && (
        <>
          <div className="entry">
            <label htmlFor="appeal">异议的事实和理由</label>
            <div className="hint">不少于10字。区县核查后书面答复，不影响您的其他权利。</div>
            <textarea id="appeal" maxLength={2000} value={words} onChange={({ target }) => setWords(target.value)} />
          </div>
          {pictures.length > 0 && (
            <ul>
              {pictures.map(({ fileName }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two pictures may bear one name.
                <li key={at}>
                  {fileName}　
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`移除${fileName}`}
                    onClick={() => setPictures((before) => before.filter((_, other) => other !== at))}
                  >
                    移除
                  </button>
                </li>
              ))}
            </ul>
          )}
          {unreadable !== undefined && <Note kind="bad" role="alert" title={unreadable} />}
          {pictures.length < mostPictures && (
            <p>
              <label className="button file">
                附证明材料的图片（最多{mostPictures}张，可以不附）
                <input
                  className="hidden"
                  type="file"
                  accept="image/*"
                  multiple
                  onChange={({ target }) => {
                    void add([...(target.files ?? [])]).then(() => {
                      target.value = "";
                    });
                  }}
                />
              </label>
            </p>
          )}
          {error !== null && <ProblemAlert error={error} />}
          <div className="row">
            <Button kind="primary" busy={busy} disabled={[...words.trim()].length < 10} onClick={appeal}>
              提出异议
            </Button>
            <Button onClick={() => setAsking(false)}>取消</Button>
          </div>
        </>
      )}
    </section>
  );
}
