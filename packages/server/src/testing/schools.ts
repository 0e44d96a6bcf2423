import { randomUUID } from "node:crypto";
import { call } from "@orpc/server";
import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { organisationsRoutes } from "../organisations/routes.ts";
import type { District, Offices, Organisation, Staff } from "./offices-shape.ts";

/** One more person of an office. */
export async function staffAt({ db }: Offices, role: StaffRole, organisation: Organisation): Promise<Staff> {
  const accountId = randomUUID();
  const name = `${organisation.name}的${role}`;
  const since = "2017-09-06T01:00:00Z";
  await db.owner.query(`insert into shice.account (id, kind, display_name, created_at) values ($1, 'staff', $2, $3)`, [
    accountId,
    name,
    since,
  ]);
  const { rows } = await db.owner.query(
    `insert into shice.post (account_id, role, organisation_id, valid_from) values ($1, $2, $3, $4) returning id`,
    [accountId, role, organisation.id, since],
  );
  return { accountId, postId: rows[0].id, name, role, organisation };
}

/** A school of the directory in a district, with a clerk of its own. */
export async function anotherSchool(offices: Offices, district: District, name: string): Promise<District> {
  const { schools } = await call(
    organisationsRoutes.addSchools,
    {
      schools: [
        { name, kind: "junior", ownership: "public", authority: district.authority.id, validFrom: "2000-09-01" },
      ],
    },
    { context: offices.as(offices.manager) },
  );
  const school: Organisation = { id: schools[0]?.id ?? "", name, kind: "school" };
  return { ...district, school, clerk: await staffAt(offices, "school-clerk", school) };
}

/** Puts people of applications on the roster of the school at which they are. */
export async function onRoster({ db, campaign, clock }: Offices, applications: readonly string[]): Promise<void> {
  await db.owner.query(
    `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed,
       id_number_index, standing, source, entered_at)
     select $1, a.school_id, a.confirmation_point_id, a.authority_id, a.name, p.id_number_sealed, p.id_number_index, 'due',
       'excel', $3
     from shice.application a join shice.person p on p.id = a.person_id where a.id = any($2::uuid[])`,
    [campaign.id, applications, clock.now().toString()],
  );
}

let serial = 0;

/** So many on the roster of a school who have not applied; gives their keys. */
export async function notApplied(offices: Offices, district: District, count: number): Promise<string[]> {
  const { db, campaign, clock } = offices;
  const keys: string[] = [];
  for (let at = 0; at < count; at++) {
    serial += 1;
    const idNumber = `not applied ${serial}`;
    const { rows } = await db.owner.query(
      `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed,
         id_number_index, standing, source, entered_at)
       values ($1, $2, $2, $3, $4, $5, $6, 'due', 'excel', $7) returning id`,
      [
        campaign.id,
        district.school.id,
        district.authority.id,
        `李未报${serial}`,
        db.secrets.encrypt(idNumber, "person.id-number"),
        db.secrets.blindIndex(idNumber, "person.id-number"),
        clock.now().toString(),
      ],
    );
    keys.push(rows[0].id);
  }
  return keys;
}
