import { findCertificateNumbers } from "@shice/rules/certificate/read-number.ts";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/database.ts";
import { addJob, type Tasks, task } from "../platform/jobs.ts";
import type { Services } from "../request/context.ts";
import { findSound, sealNumbers } from "./attachments.ts";

const jobName = "read-numbers";

/** Queues the reading of a page on which a certificate number should stand, in the transaction that keeps the page. */
export async function queueReading(tx: Tx, attachment: string): Promise<void> {
  await addJob(tx, jobName, { attachment });
}

/** The job: what was read is kept with the page; a page that cannot be read has no numbers, and nobody waits for it. */
export function readingTasks({ database, files, textReader, secrets, clock }: Services): Tasks {
  return {
    [jobName]: task(z.object({ attachment: z.uuid() }), async ({ attachment }) => {
      const page = await database.inScope({ kind: "system" }, (tx) => findPage(tx, attachment));
      if (page === undefined) return;
      const bytes = await findSound(files, page);
      const text = bytes === undefined ? undefined : await textReader.read(bytes);
      const numbers = findCertificateNumbers(text ?? "", {
        today: clock.now().toZonedDateTimeISO("Asia/Shanghai").toPlainDate(),
        idNumber: secrets.decrypt(page.id_number_sealed, "person.id-number"),
      });
      await database.inScope({ kind: "system" }, (tx) =>
        sql`
          update shice.attachment set waits_for_reading = false, numbers_sealed = ${sealNumbers(numbers, secrets)}
          where id = ${attachment} and waits_for_reading`.execute(tx),
      );
    }),
  };
}

interface PageRow {
  id: string;
  sha256: Buffer;
  id_number_sealed: Buffer;
}

/** The page, if it still waits to be read. */
async function findPage(tx: Tx, attachment: string): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`
    select t.id, t.sha256, p.id_number_sealed
    from shice.attachment t
    join shice.application a on a.campaign_id = t.campaign_id and a.id = t.application_id
    join shice.person p on p.id = a.person_id
    where t.id = ${attachment} and t.waits_for_reading`.execute(tx);
  return rows[0];
}
