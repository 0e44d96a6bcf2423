import { contract } from "@shice/contract/contract.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Typography } from "antd";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  memo,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { useReached } from "../../ui/connection.ts";
import { Fetched, Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { useOffice } from "../../ui/session.ts";
import {
  type Choice,
  changesOf,
  filledDown,
  type GridRow,
  gradeOfKey,
  gridRowOf,
  heldCellsOf,
  heldCellsText,
  isSound,
  withCell,
  withHeldCells,
  withPasted,
  withSaved,
  withStanding,
} from "./assessment-grid.ts";
import { readHeldCells, writeHeldCells } from "./held-cells.ts";

/** Annual assessments and training hours of everybody, in one grid (Notice §三(二)4, 5). */
export function AssessmentsPage() {
  const campaign = useCampaignKey();
  const { may } = useOffice();
  const ofDistrict = !may(contract.roster.markSeen);
  const [school, setSchool] = useState<string>();
  const ready = !ofDistrict || school !== undefined;
  const query = useQuery({
    queryKey: ["assessments", campaign, school],
    queryFn: () => readGrid(campaign, school),
    enabled: ready,
    // What is being typed is never exchanged for what was read.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <>
      <Typography.Title level={2}>考核与学时</Typography.Title>
      <Typography.Paragraph>
        登记应注册教师各年度的考核结果和培训学时。教师填报时自动带入，学校证明按此出具，现场确认时与教师填写的对照。
        也可以在名册表格里填写后导入。
      </Typography.Paragraph>
      {ofDistrict && (
        <div className="w-search below">
          <SchoolPicker value={school} onChange={setSchool} />
        </div>
      )}
      {!ready ? (
        <Nothing text="请先选择学校。" />
      ) : (
        <Fetched query={query}>{(grid) => <Grid key={school ?? ""} school={school ?? ""} {...grid} />}</Fetched>
      )}
    </>
  );
}

async function readGrid(campaign: string, school: string | undefined) {
  const rows: GridRow[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await client.roster.listAssessments({
      campaign,
      limit: 500,
      ...(school === undefined ? {} : { school }),
      ...(after === undefined ? {} : { after }),
    });
    rows.push(...page.items.map(gridRowOf));
    if (page.next === null) return { rows, years: page.years.map(String), choices: page.choices };
    after = page.next;
  }
}

interface Clash {
  entry: string;
  field: string;
  stands: string | null;
  wanted: string | null;
}
type Change = (rows: readonly GridRow[]) => GridRow[];

function Grid({
  school,
  rows: read,
  years,
  choices,
}: {
  school: string;
  rows: GridRow[];
  years: string[];
  choices: Choice[];
}) {
  const campaign = useCampaignKey();
  const place = `${campaign}-${school}`;
  const [rows, change] = useReducer(
    (now: readonly GridRow[], next: Change) => next(now),
    read,
    (fromServer) => withHeldCells(fromServer, readHeldCells(place)),
  );
  const held = useMemo(() => heldCellsOf(rows), [rows]);
  useEffect(() => writeHeldCells(place, held), [place, held]);
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const [warning, setWarning] = useState("");
  const fields = [...years, "hours"];
  const changes = changesOf(rows);
  const save = useMutation({
    mutationFn: (sent: typeof changes) => client.roster.saveAssessments({ campaign, changes: sent.slice(0, 5000) }),
    onSuccess: ({ clashes: met }, sent) => {
      const isMet = (cell: { entry: string; field: string }) =>
        met.some(({ entry, field }) => entry === cell.entry && field === cell.field);
      change((now) =>
        withStanding(
          withSaved(
            now,
            sent.slice(0, 5000).filter((cell) => !isMet(cell)),
          ),
          met,
        ),
      );
      setClashes((before) => [...before.filter((clash) => !isMet(clash)), ...met]);
    },
    retry: false,
  });
  useSaving(changes.length, save.isPending, save.isError, () => save.mutate(changes));

  const type = useCallback((entry: string, field: string, value: string) => {
    change((now) => now.map((row) => (row.entry === entry ? withCell(row, field, value) : row)));
  }, []);
  const latest = useRef({ rows, fields, choices });
  latest.current = { rows, fields, choices };
  const paste = useCallback((event: ClipboardEvent<HTMLElement>) => {
    const text = event.clipboardData.getData("text/plain");
    const cell = placeOf(event.target);
    if (cell === undefined || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const { rows: now, fields: all, choices: known } = latest.current;
    const pasted = withPasted(now, all, cell, text, known);
    change(() => pasted.rows);
    setWarning(
      [
        ...(pasted.unknown.length === 0
          ? []
          : [`这些内容不能识别，没有填入：${pasted.unknown.slice(0, 8).join("、")}`]),
        ...(pasted.beyond === 0 ? [] : [`有${pasted.beyond}格超出表格，没有填入`]),
      ].join("；"),
    );
  }, []);

  if (rows.length === 0) return <Nothing text="名册里还没有应注册教师。" />;
  const severalSchools = new Set(rows.map(({ schoolName }) => schoolName)).size > 1;
  const nameOf = (value: string | null) =>
    value === null ? "空白" : (choices.find(({ code }) => code === value)?.name ?? value);
  return (
    <>
      <p className="grid-keys">
        按数字键填写考核结果并转到下一行：
        {choices.map(({ code, name }, at) => (
          <span key={code}>
            <kbd>{at + 1}</kbd> {name}
          </span>
        ))}
        <span>
          <kbd>0</kbd> 清空
        </span>
        <span>
          <kbd>回车</kbd> 下一行
        </span>
        <span>可从表格软件复制一块区域，在起始格粘贴。</span>
      </p>
      <div role="status" className="grid-state">
        {held.length > 0 && <strong>{heldCellsText(rows, held)}</strong>}{" "}
        {save.isPending || changes.length > 0
          ? "正在保存……"
          : save.submittedAt === 0
            ? "填写的内容会自动保存。"
            : held.length > 0
              ? ""
              : "已保存。"}
      </div>
      {save.error !== null && <ProblemAlert error={save.error} />}
      {warning !== "" && <Alert type="warning" showIcon closable title={warning} onClose={() => setWarning("")} />}
      {clashes.map((clash) => {
        const name = rows.find(({ entry }) => entry === clash.entry)?.name ?? "";
        const column = clash.field === "hours" ? "培训学时" : `${clash.field}年度考核`;
        return (
          <Alert
            key={`${clash.entry}${clash.field}`}
            type="warning"
            showIcon
            title={`${name}的${column}刚由他人登记为“${nameOf(clash.stands)}”，您填的“${nameOf(clash.wanted)}”没有写入。`}
            action={
              <Button
                onClick={() => {
                  type(clash.entry, clash.field, clash.wanted ?? "");
                  setClashes((before) => before.filter((other) => other !== clash));
                }}
              >
                改为“{nameOf(clash.wanted)}”
              </Button>
            }
          />
        );
      })}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section className="wide-region grid-region" aria-label="考核与学时登记表" tabIndex={0} onPaste={paste}>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">姓名</th>
              <th scope="col">证件号码</th>
              {severalSchools && <th scope="col">学校</th>}
              {years.map((year) => (
                <th key={year} scope="col">
                  {year}年度
                  <FillDown
                    year={year}
                    choices={choices}
                    onFill={(code) => change((now) => filledDown(now, year, code))}
                  />
                </th>
              ))}
              <th scope="col">培训学时</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row key={row.entry} {...{ row, at, years, choices, severalSchools }} onType={type} />
            ))}
          </tbody>
        </table>
      </section>
      <p>共{rows.length}人。</p>
    </>
  );
}

/**
 * Saves a moment after the last key, one sending at a time; what a broken line or a busy server did not take is sent
 * again when it is reached, and the window is not closed over it unasked.
 */
function useSaving(waiting: number, sending: boolean, failed: boolean, send: () => void): void {
  const latest = useRef(send);
  latest.current = send;
  const reached = useReached();
  useEffect(() => {
    if (waiting === 0 || sending || !reached) return;
    const timer = setTimeout(() => latest.current(), failed ? 5000 : 600);
    return () => clearTimeout(timer);
  }, [waiting, sending, failed, reached]);
  useEffect(() => {
    if (waiting === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [waiting]);
}

function FillDown({ year, choices, onFill }: { year: string; choices: Choice[]; onFill: (code: string) => void }) {
  return (
    <select
      aria-label={`${year}年度：空白都填`}
      value=""
      onChange={({ target }) => target.value !== "" && onFill(target.value)}
    >
      <option value="">空白都填…</option>
      {choices.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

const Row = memo(function Row({
  row,
  at,
  years,
  choices,
  severalSchools,
  onType,
}: {
  row: GridRow;
  at: number;
  years: readonly string[];
  choices: readonly Choice[];
  severalSchools: boolean;
  onType: (entry: string, field: string, value: string) => void;
}) {
  const { entry, name, now } = row;
  function onKey(event: KeyboardEvent<HTMLElement>, field: string): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const grade = field === "hours" ? undefined : gradeOfKey(event.key, choices);
    if (grade !== undefined) onType(entry, field, grade);
    if (grade === undefined && event.key !== "Enter") return;
    event.preventDefault();
    cellAt(at + (event.shiftKey ? -1 : 1), field)?.focus();
  }
  const hours = now["hours"] ?? "";
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{row.idNumberMasked}</td>
      {severalSchools && <td>{row.schoolName}</td>}
      {years.map((year) => (
        <td key={year}>
          <select
            aria-label={`${name}${year}年度考核`}
            data-row={at}
            data-field={year}
            value={now[year] ?? ""}
            onChange={({ target }) => onType(entry, year, target.value)}
            onKeyDown={(event) => onKey(event, year)}
          >
            <option value=""> </option>
            {choices.map(({ code, name: title }) => (
              <option key={code} value={code}>
                {title}
              </option>
            ))}
          </select>
        </td>
      ))}
      <td>
        <input
          aria-label={`${name}培训学时`}
          data-row={at}
          data-field="hours"
          inputMode="decimal"
          maxLength={20}
          aria-invalid={!isSound("hours", hours)}
          value={hours}
          onChange={({ target }) => onType(entry, "hours", target.value)}
          onKeyDown={(event) => onKey(event, "hours")}
        />
      </td>
    </tr>
  );
});

function cellAt(row: number, field: string): HTMLElement | null {
  return document.querySelector(`[data-row="${row}"][data-field="${field}"]`);
}

function placeOf(target: EventTarget): { row: number; field: string } | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const { row, field } = target.dataset;
  return row === undefined || field === undefined ? undefined : { row: Number(row), field };
}
