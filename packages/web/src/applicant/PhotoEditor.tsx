import { photoSentenceOf } from "@shice/contract/sentences/photo.zh.ts";
import { checkPhoto, type PhotoFinding } from "@shice/rules/photo/check.ts";
import { measurePhoto } from "@shice/rules/photo/measure.ts";
import { useEffect, useRef, useState } from "react";
import { noteEnd, queryClient } from "../ui/client.ts";
import { jpegOf, openPicture } from "../ui/picture.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Entry } from "../ui/plain/Entry.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ProblemAlert } from "../ui/problem.tsx";
import { useFilling } from "./filling.ts";
import { type Crop, drawCrop, keptInside, pixelsOf } from "./picture.ts";

/** How many times the plan's pixels are sent: the server makes exactly the plan's of them. */
const finer = 3;
const whole: Crop = { x: 0.5, y: 0.45, zoom: 1, turn: 0 };

/** Choose a photo, cut and straighten it, see what the check says, keep it (Notice §三(一): 按照要求上传照片). */
export function PhotoEditor() {
  const { side, about, draft, plan, closed, seen } = useFilling();
  const [picture, setPicture] = useState<ImageBitmap>();
  const [unreadable, setUnreadable] = useState<string>();
  const present = about.attachments.find(({ slot }) => slot === "photo");
  const missing = draft.findings.some(({ field }) => field === "photo");
  const wanted = `${plan.photo.widthPx}×${plan.photo.heightPx}像素，底色${plan.photo.grounds.map((ground) => groundNames[ground]).join("、")}`;

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const opened = await openPicture(file);
    setPicture(opened);
    setUnreadable(
      opened === undefined
        ? `“${file.name}”不是能打开的照片。请选择 JPG、PNG 格式的照片，或用手机直接拍摄。`
        : undefined,
    );
  }

  if (closed.has("photo")) {
    return present === undefined ? null : <CurrentPhoto present={present.id} />;
  }
  return (
    <Entry
      id="field-photo"
      label="照片"
      hint={`近期免冠彩色正面照，${wanted}。选好后可以在这里裁剪、摆正，大小由系统处理。`}
      {...(missing && seen.has(7) ? { error: "请上传照片。" } : {})}
    >
      {(wiring) => (
        <>
          {present !== undefined && picture === undefined && (
            <div className="photo-pane">
              <CurrentPhoto present={present.id} />
              <div>
                {present.lost ? (
                  <Note kind="bad" title="照片文件已损坏或丢失，请重新上传。" />
                ) : present.findings.length === 0 ? (
                  <Note kind="good" title="照片已上传，符合要求。" />
                ) : (
                  <Note kind="heed" title="照片已上传，但有以下情况，学校可能要求更换：">
                    <ul>
                      {present.findings.map(({ code, sentence }) => (
                        <li key={code}>{sentence}</li>
                      ))}
                    </ul>
                  </Note>
                )}
              </div>
            </div>
          )}
          {unreadable !== undefined && <Note kind="bad" role="alert" title={unreadable} />}
          {picture !== undefined && (
            <Crops
              picture={picture}
              onKeep={async (content) => {
                const answer = await side.addAttachment({ slot: "photo", fileName: "照片.jpg", content });
                draft.took(answer.version, answer.attachments.find(({ slot }) => slot === "photo")?.id);
                setPicture(undefined);
                await queryClient.invalidateQueries({ queryKey: side.aboutKey });
              }}
              onCancel={() => setPicture(undefined)}
            />
          )}
          <p>
            <label className="button file">
              {present === undefined ? "选择照片" : "换一张照片"}
              <input
                {...wiring}
                className="hidden"
                type="file"
                accept="image/*"
                onChange={({ target }) => {
                  void choose(target.files?.[0]);
                  target.value = "";
                }}
              />
            </label>
          </p>
        </>
      )}
    </Entry>
  );
}

declare module "react" {
  interface CSSProperties {
    "--photo-width"?: number;
    "--photo-height"?: number;
  }
}

const groundNames = { "pale-blue": "浅蓝", red: "红", white: "白" } as const;

function CurrentPhoto({ present }: { present: string }) {
  const { own, side, plan } = useFilling();
  const { widthPx: width, heightPx: height } = plan.photo;
  return <side.Picture application={own.id} id={present} width={width} height={height} alt="上传的照片" />;
}

function Crops({
  picture,
  onKeep,
  onCancel,
}: {
  picture: ImageBitmap;
  onKeep: (content: string) => Promise<void>;
  onCancel: () => void;
}) {
  const { plan } = useFilling();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { widthPx, heightPx } = plan.photo;
  const frame = { width: widthPx, height: heightPx };
  const [crop, setCrop] = useState(() => keptInside(whole, picture, frame));
  const [findings, setFindings] = useState<readonly PhotoFinding[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /** Where a finger or the mouse holds the picture: not every telephone says by how much it moved. */
  const held = useRef<{ x: number; y: number }>(undefined);

  useEffect(() => {
    if (canvas.current === null) return;
    drawCrop(canvas.current, picture, crop);
    const kept = { width: picture.width / crop.zoom, height: picture.height / crop.zoom };
    const framed = { width: Math.min(kept.width, (kept.height * widthPx) / heightPx), height: kept.height };
    // The cut is the person's own choice: only what is too small, and the picture itself, are worth a word.
    setFindings(
      checkPhoto(plan.photo, framed, measurePhoto(pixelsOf(canvas.current))).filter(({ code }) => code !== "photo.cut"),
    );
  }, [picture, crop, plan.photo, widthPx, heightPx]);

  const move = (part: Partial<Crop>) => setCrop((before) => keptInside({ ...before, ...part }, picture, frame));
  const byDrag = (across: number, down: number) => {
    const angle = (-crop.turn * Math.PI) / 180;
    const [dx, dy] = [across / (widthPx * 2 * crop.zoom), down / (heightPx * 2 * crop.zoom)];
    move({
      x: crop.x - (dx * Math.cos(angle) - dy * Math.sin(angle)),
      y: crop.y - (dx * Math.sin(angle) + dy * Math.cos(angle)),
    });
  };

  async function keepCrop(): Promise<void> {
    if (canvas.current === null) return;
    setBusy(true);
    setError(null);
    try {
      await onKeep(await jpegOf(canvas.current, 0.92));
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="photo-pane">
      <canvas
        ref={canvas}
        width={widthPx * finer}
        height={heightPx * finer}
        // biome-ignore lint/plugin: the plan gives the photo's size; the style sheet shows it twice as large
        style={{ "--photo-width": widthPx, "--photo-height": heightPx }}
        tabIndex={0}
        aria-label="裁剪框：拖动或用方向键移动照片"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          held.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={(event) => {
          const from = held.current;
          if (from === undefined) return;
          held.current = { x: event.clientX, y: event.clientY };
          byDrag(event.clientX - from.x, event.clientY - from.y);
        }}
        onPointerUp={() => {
          held.current = undefined;
        }}
        onPointerCancel={() => {
          held.current = undefined;
        }}
        onKeyDown={(event) => {
          const steps: Record<string, [number, number]> = {
            ArrowLeft: [-6, 0],
            ArrowRight: [6, 0],
            ArrowUp: [0, -6],
            ArrowDown: [0, 6],
          };
          const step = steps[event.key];
          if (step === undefined) return;
          event.preventDefault();
          byDrag(...step);
        }}
      />
      <div>
        <Entry label="放大">
          {(wiring) => (
            <input
              {...wiring}
              type="range"
              min={1}
              max={4}
              step={0.02}
              value={crop.zoom}
              onChange={({ target }) => move({ zoom: Number(target.value) })}
            />
          )}
        </Entry>
        <Entry label="摆正">
          {(wiring) => (
            <input
              {...wiring}
              type="range"
              min={-15}
              max={15}
              step={0.5}
              value={crop.turn - Math.round(crop.turn / 90) * 90}
              onChange={({ target }) => move({ turn: Math.round(crop.turn / 90) * 90 + Number(target.value) })}
            />
          )}
        </Entry>
        <div className="row">
          <Button onClick={() => move({ turn: crop.turn + 90 })}>右转90度</Button>
          <Button onClick={() => setCrop(keptInside(whole, picture, frame))}>还原</Button>
        </div>
        {findings.length === 0 ? (
          <Note kind="good" role="status" title="大小、亮度、底色符合要求。" />
        ) : (
          <Note kind="heed" role="status" title="请注意：">
            <ul>
              {findings.map((finding) => (
                <li key={finding.code}>{photoSentenceOf(finding)}</li>
              ))}
            </ul>
          </Note>
        )}
        {error !== null && <ProblemAlert error={error} />}
        <div className="row">
          <Button kind="primary" busy={busy} onClick={keepCrop}>
            用这张照片
          </Button>
          <Button onClick={onCancel}>取消</Button>
        </div>
      </div>
    </div>
  );
}
