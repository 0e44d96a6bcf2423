import { makeClient } from "@shice/contract/client.ts";
import { makeCookieJar } from "@shice/contract/cookie-jar.ts";
import { beforeAll, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { actsOn, texts } from "../testing/teacher-acts.ts";

// Two connections each: a request that holds one and waits for a second would block both programs.
const server = await referenceServer({ SHICE_CONNECTIONS: "2" });
const { world, database, at, teacher } = server;
const { campaign } = world;
const { save, submitted, acknowledge } = actsOn(server);
let other: string;
beforeAll(async () => {
  other = (await server.another()).url;
  await at("2017-09-20T09:00");
});

/** Signs the same person in at the other program with the password. */
async function elsewhere(person: Awaited<ReturnType<typeof teacher>>) {
  const cookies = makeCookieJar();
  const client = makeClient(other, { cookies });
  await client.accounts.signIn({ identifier: person.human.idNumber, password: person.human.password });
  return { client, cookies };
}

test("a session is valid in both programs and ends in both at once", async () => {
  const person = await teacher();
  const there = await elsewhere(person);
  const here = makeClient(world.url, { cookies: there.cookies });
  expect((await here.accounts.me()).name).toBe(person.human.name);
  await here.accounts.signOut();
  await expect(there.client.accounts.me()).rejects.toMatchObject({ status: 401 });
});

/** Moves the clock in one program and waits until the other has received it. */
async function everywhereAt(local: string): Promise<void> {
  await at(local);
  const { now } = await world.anyone.training.getClock();
  const there = makeClient(other, { cookies: makeCookieJar() });
  await expect.poll(async () => (await there.training.getClock()).now).toBe(now);
}

test("both programs have the same clock", async () => {
  const person = await teacher();
  await save(person);
  const there = await elsewhere(person);
  await everywhereAt("2017-10-03T12:00");
  const input = { campaign, application: person.application, ...texts };
  await expect(there.client.applicant.submit(input)).rejects.toMatchObject({ code: "window.closed" });
  await everywhereAt("2017-10-09T09:00");
  expect((await there.client.applicant.submit(input)).state).toBe("submitted");
});

test("a request sent to both programs with one key acts once, and both give the same answer", async () => {
  const person = await teacher();
  await save(person);
  const there = await elsewhere(person);
  const input = { campaign, application: person.application, ...texts };
  const context = { idempotencyKey: "sent-to-both-programs" };
  const answers = await Promise.all(
    [person.client, there.client].map((client) => client.applicant.submit(input, { context })),
  );
  expect(answers[1]).toEqual(answers[0]);
  const { rows } = await database.query(
    "select count(*)::int as n from shice.application_history where application_id = $1 and transition = 'submit'",
    [person.application],
  );
  expect(rows[0].n).toBe(1);
});

test("64 concurrent callers on two connections each all get an answer", async () => {
  const people: Awaited<ReturnType<typeof submitted>>[] = [];
  for (let count = 0; count < 8; count += 1) people.push(await submitted());
  const [first] = people;
  if (first === undefined) throw new Error("no person was found");
  const clerk = first.school.clerk.client;
  const begun = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, number) => {
      const person = people[number % people.length] ?? first;
      switch (number % 4) {
        case 0:
          return clerk.cases.listQueue({ campaign });
        case 1:
          return clerk.cases.getCase({ campaign, application: person.application });
        case 2:
          return person.client.applicant.own({ campaign });
        // Eight concurrent changes of one row: they wait for the row, and none waits for a second connection.
        default:
          return clerk.confirmation.saveChecks({
            campaign,
            application: first.application,
            materials: [],
            certificate: [],
          });
      }
    }),
  );
  expect(answers).toHaveLength(64);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test("due work is done once, although both programs sweep", async () => {
  const people: Awaited<ReturnType<typeof submitted>>[] = [];
  for (let count = 0; count < 6; count += 1) people.push(await submitted());
  await at("2017-11-03T23:59");
  await acknowledge(...people);
  const there = makeClient(other, { cookies: makeCookieJar() });
  const [here, also] = await Promise.all([
    at("2017-11-04T00:00"),
    there.training.setClock({ at: "2017-11-03T16:00:00Z" }),
  ]);
  const ids = people.map(({ application }) => application);
  const { rows } = await database.query(
    "select application_id from shice.application_history where application_id = any($1) and transition = 'lapse'",
    [ids],
  );
  expect(rows.map(({ application_id }) => application_id).toSorted()).toEqual(ids.toSorted());
  expect(here.lapsed + also.lapsed).toBeGreaterThanOrEqual(ids.length);
  const { rows: messages } = await database.query(
    "select count(*)::int as n from shice.message where application_id = any($1) and template = 'lapsed' and channel = 'inbox'",
    [ids],
  );
  expect(messages[0].n).toBe(ids.length);
});

test("only one of the programs takes a job", async () => {
  await database.query("select worker.add_job('deliver-mails', '{}') from generate_series(1, 50)");
  await expect
    .poll(
      async () => (await database.query("select from worker.jobs where task_identifier = 'deliver-mails'")).rowCount,
    )
    .toBe(0);
  const { rows } = await database.query(
    "select count(*)::int as n from shice.message where channel = 'email' and (state = 'sending' or attempts > 1)",
  );
  expect(rows[0].n).toBe(0);
});
