import type pg from "pg";
import { type Config, StartError } from "../platform/config.ts";

interface Settled {
  training: boolean;
  /** The demonstration has still to be filled in. */
  toFill: boolean;
  /** What whoever starts the program should know. */
  told: string | undefined;
}

/**
 * Whether this start is one in training mode, by what SHICE_TRAINING asks and what the database was made for. An empty
 * database becomes the demonstration unless something else is asked; a movable clock never touches real cases; and
 * whatever was opened in training is shut when training is off.
 * @throws StartError when training is asked on a database of real work
 */
export async function settleTraining(owner: pg.Pool, config: Config, mayFill: boolean): Promise<Settled> {
  const asked = config.trainingAsked;
  const known = await findKind(owner);
  if (known === undefined) {
    const used = await hasCampaign(owner);
    // A database from before this was recorded: its owner says what it is for, and is believed.
    const kind = asked === "on" ? "training" : asked === "off" || used || !mayFill ? "real" : "demonstration";
    await owner.query("insert into shice.installation (kind) values ($1) on conflict do nothing", [kind]);
    return { training: kind !== "real", toFill: kind === "demonstration", told: undefined };
  }
  if (known.kind === "real") {
    if (asked !== "on") return { training: false, toFill: false, told: undefined };
    throw new StartError(
      "这个数据库用于真实业务，不能以演练模式启动。演练请另设数据目录（SHICE_DATA）或另一个数据库（DATABASE_URL）。",
    );
  }
  if (asked === "off") {
    await owner.query("delete from auth.session");
    return {
      training: false,
      toFill: false,
      told: "这个数据库里是演练数据，人员均为虚构，体验身份已不能登录。办理真实业务请另设数据目录（SHICE_DATA）。",
    };
  }
  return { training: true, toFill: known.kind === "demonstration" && !known.filled && mayFill, told: undefined };
}

/** The demonstration is complete: the next start takes it as it is. */
export async function noteFilled(owner: pg.Pool): Promise<void> {
  await owner.query("update shice.installation set filled = true");
}

/** Removes everything, so that a filling that was broken off begins anew; migrations bring the database up again. */
export async function clearHalfFilled(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    "select to_regclass('shice.installation') is not null as there",
  );
  if (rows[0]?.there !== true) return false;
  const known = await findKind(owner);
  if (known === undefined || known.kind !== "demonstration" || known.filled) return false;
  await owner.query("drop schema if exists shice, auth, worker, shice_migration, shice_beginning cascade");
  return true;
}

async function findKind(owner: pg.Pool): Promise<{ kind: string; filled: boolean } | undefined> {
  const { rows } = await owner.query<{ kind: string; filled: boolean }>("select kind, filled from shice.installation");
  return rows[0];
}

async function hasCampaign(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query("select from shice.campaign limit 1");
  return rows.length > 0;
}
