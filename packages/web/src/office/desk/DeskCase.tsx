import { assistedMarkOf } from "@shice/contract/sentences/assistance.zh.ts";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { lifecycle } from "@shice/rules/lifecycle/lifecycle.ts";
import { useMutation } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { createContext, memo, type RefObject, useContext, useEffect, useRef, useState } from "react";
import { assistedMarks } from "../../ui/assisted-marks.tsx";
import { useCampaign } from "../../ui/campaign.ts";
import type { CaseView } from "../../ui/case-view.ts";
import { client, queryClient } from "../../ui/client.ts";
import { FormFacts } from "../../ui/FormFacts.tsx";
import { PrintForm } from "../../ui/PrintForm.tsx";
import { currentPost } from "../../ui/post.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { lastSigner } from "../../ui/signer.ts";
import { ActDialog } from "../acts/ActDialog.tsx";
import type { ActSpec } from "../acts/act-spec.ts";
import { deskActs } from "./acts.ts";
import { Checks, fieldKeys, missingText } from "./Checks.tsx";
import { DeskNotices, marksOf } from "./DeskNotices.tsx";
import type { DeskView } from "./desk-view.ts";
import { addToOutbox } from "./outbox-store.ts";
import { Scans } from "./Scans.tsx";
import { suggestReasons } from "./suggest-reasons.ts";
import {
  clearTicks,
  missingOf,
  readTicks,
  rememberSigners,
  savableOf,
  type Ticks,
  tickAll,
  ticksOf,
  toggleField,
  toggleMaterial,
  writeTicks,
} from "./ticks.ts";

/** The acts of the desk that ask for something first, each with the sentence for afterwards. */
const doneWords = {
  "return-to-applicant": "已退回",
  refuse: "已作不予受理",
  unconfirm: "已撤销确认",
} as const;
type Dialogue = keyof typeof doneWords;

/** Whether a folder lies on the table, or ready beneath. */
export const IsShown = createContext(true);

/** One folder on the table: form, scans, checklist; everything by key, keys shown. */
export const DeskCase = memo(function DeskCase({
  found,
  desk,
  onDone,
  onSkip,
  onPutDown,
}: {
  found: CaseView;
  desk: DeskView;
  /** Confirmed, returned or refused: on to the next. */
  onDone: (id: string, status?: string) => void;
  onSkip: (id: string) => void;
  onPutDown: (id: string) => void;
}) {
  const campaign = useCampaign();
  const [ticks, setTicks] = useState(
    () => readTicks(found.id) ?? ticksOf(found.checklist, found.certificateChecks, desk.certificateVersion),
  );
  const [dialog, setDialog] = useState<Dialogue>();
  const panel = useRef<HTMLElement>(null);
  const editable = found.state === "submitted";
  const takesBack = found.actions.some(({ name, allowed }) => name === "unconfirm" && allowed);
  const missing = missingOf(ticks, found.checklist);

  function change(next: Ticks): void {
    if (!editable) return;
    setTicks(next);
    writeTicks(found.id, next);
  }

  /** Handed over for sending, and on to the next: nobody waits for an answer that is nearly always yes. */
  function confirm(): void {
    if (!editable || missing.length > 0) return;
    rememberSigners(ticks);
    const { id: application, name, version } = found;
    const post = currentPost() ?? "";
    addToOutbox({ key: crypto.randomUUID(), post, campaign: campaign.key, application, name, version, ticks });
    onDone(application);
  }
  function saveChecks() {
    rememberSigners(ticks);
    return client.confirmation.saveChecks({
      campaign: campaign.key,
      application: found.id,
      ...savableOf(ticks, found.checklist),
    });
  }
  const save = useMutation({
    mutationFn: saveChecks,
    onSuccess: async () => {
      clearTicks(found.id);
      await queryClient.invalidateQueries();
    },
  });

  const acts: Record<string, () => void> = {
    KeyA: () => {
      const next = tickAll(ticks, found.checklist, lastSigner());
      change(next);
      // What only a person can tell: who signed the school's own proofs.
      if (missingOf(next, found.checklist).length > 0)
        panel.current?.querySelector<HTMLElement>("input.signer")?.focus();
    },
    KeyV: () => change({ ...ticks, version: (ticks.version ?? desk.versionByYear) === "new" ? "old" : "new" }),
    KeyB: () => editable && setDialog("return-to-applicant"),
    KeyS: () => editable && save.mutate(),
    KeyN: () => onSkip(found.id),
    Enter: confirm,
    ...Object.fromEntries(
      found.checklist.map((item) => [`Digit${item.item}`, () => change(toggleMaterial(ticks, item, lastSigner()))]),
    ),
    ...Object.fromEntries(
      comparedFields.map((field, at) => [`Key${fieldKeys[at]}`, () => change(toggleField(ticks, field))]),
    ),
  };
  const currentActs = useRef(acts);
  currentActs.current = acts;

  const titles = new Map(found.checklist.map(({ key: material, name }) => [material, name]));
  const marks = { ...assistedMarks(found), ...marksOf(desk) };
  const asked = dialog === undefined ? undefined : deskActs[dialog];
  // What was looked at is kept with the return: at the next look only what was changed is looked at again.
  const spec: ActSpec | undefined =
    asked === undefined || dialog !== "return-to-applicant"
      ? asked
      : {
          ...asked,
          send: async (by, target, ...rest) => {
            const { version } = await saveChecks();
            return await asked.send(by, { ...target, version }, ...rest);
          },
        };
  return (
    <section ref={panel} tabIndex={-1} aria-label={`${found.name}的材料`} className="desk-case">
      <Keys panel={panel} acts={currentActs} />
      <header className="desk-head">
        <h3>{found.name}</h3>
        <span className="state">{found.stateTitle}</span>
        {found.assisted !== null && <span className="mark">{assistedMarkOf(found.assisted, found.state)}</span>}
        <span>{found.number}</span>
        <span>{found.idNumberMasked}</span>
        <span>{found.form["newlyHired"] === true ? "初聘教师" : "在职教师"}</span>
        <span className="grow" />
        <PrintForm application={found.id} />
      </header>
      <DeskNotices found={found} desk={desk} />
      <div className="desk">
        {/* Scrolled by its own keys once it has the focus. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className="desk-form" aria-label="申请表" tabIndex={0}>
          <h4>申请表</h4>
          <FormFacts form={found.form} known={found.school === null ? {} : { schoolId: found.school }} marks={marks} />
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
        <section className="desk-scans" aria-label="照片和扫描件" tabIndex={0}>
          <h4>照片和扫描件</h4>
          <Scans
            key={found.id}
            application={found.id}
            pages={desk.attachments}
            titles={titles}
            entered={String(found.form["certificateNumber"] ?? "")}
          />
        </section>
        <div className="desk-checks">
          <h4>
            材料核验{" "}
            <Button size="small" disabled={!editable} onClick={() => acts["KeyA"]?.()}>
              全部齐全、一致 <kbd>A</kbd>
            </Button>
          </h4>
          <Checks found={found} ticks={ticks} editable={editable} desk={desk} onChange={change} />
        </div>
      </div>
      <footer className="actions">
        {save.error !== null && <ProblemAlert error={save.error} />}
        <Space wrap>
          <Button
            type="primary"
            disabled={!editable || missing.length > 0}
            onClick={confirm}
            aria-describedby="desk-missing"
          >
            确认，下一份 <kbd>回车</kbd>
          </Button>
          <Button disabled={!editable} onClick={() => setDialog("return-to-applicant")}>
            {lifecycle["return-to-applicant"].title} <kbd>B</kbd>
          </Button>
          <Button disabled={!editable} danger onClick={() => setDialog("refuse")}>
            {lifecycle.refuse.title}
          </Button>
          <Button disabled={!editable} loading={save.isPending} onClick={() => save.mutate()}>
            暂存 <kbd>S</kbd>
          </Button>
          <Button onClick={() => onSkip(found.id)}>
            放一放，下一份 <kbd>N</kbd>
          </Button>
          <Button onClick={() => onPutDown(found.id)}>放回</Button>
          {takesBack && <Button onClick={() => setDialog("unconfirm")}>{lifecycle.unconfirm.title}</Button>}
        </Space>
        <div id="desk-missing" role="status">
          {editable
            ? missing.length === 0
              ? "已经齐全，可以确认。"
              : `还差：${missingText(found, missing)}`
            : `这份申请现在是“${found.stateTitle}”，不能核验。`}
          {save.isSuccess && " 已暂存。"}
        </div>
      </footer>
      {spec !== undefined && dialog !== undefined && (
        <ActDialog
          title={lifecycle[dialog].title}
          spec={spec}
          initial={
            dialog === "return-to-applicant"
              ? { reasons: suggestReasons(ticks, found.checklist, campaign.reasons) }
              : {}
          }
          about={`${found.name}（${found.number}）`}
          target={{ campaign: campaign.key, application: found.id, version: found.version }}
          onCancel={() => setDialog(undefined)}
          onDone={() => {
            clearTicks(found.id);
            onDone(found.id, `${found.name}：${doneWords[dialog]}。`);
          }}
        />
      )}
    </section>
  );
});

/**
 * Binds the desk's keys to the shown folder. A component of its own, so that the prepared folder is not drawn again when
 * its turn comes.
 */
function Keys({ panel, acts }: { panel: RefObject<HTMLElement | null>; acts: RefObject<Record<string, () => void>> }) {
  const isShown = useContext(IsShown);
  useEffect(() => {
    if (!isShown) return;
    panel.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const { target } = event;
      // Typing in a field, and a button that Enter presses, keep their own keys.
      if (
        target instanceof HTMLElement &&
        target.closest("input:not([type=checkbox]):not([type=radio]), textarea, [role=dialog], a")
      )
        return;
      if (event.code === "Enter" && target instanceof HTMLElement && target.closest("button")) return;
      const act = acts.current[event.code.replace("Numpad", event.code.startsWith("NumpadEnter") ? "" : "Digit")];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isShown, panel, acts]);
  return null;
}
