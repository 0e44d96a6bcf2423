import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { parsePlan } from "@shice/rules/plan/parse.ts";
import { addPhoto } from "../src/apply.ts";
import { startMeasure } from "../src/measure.ts";
import { inventForm, inventHuman } from "../src/people.ts";
import { randomOf } from "../src/random.ts";
import { clientFor } from "../src/world.ts";

/** Of everybody who applies here. */
export const password = "kaixue di yi ke 7";
const texts = { undertaking: "honesty-1", privacyNotice: "privacy-1" };

/** A teacher who has applied, and who goes on acting by the API. */
interface Applied {
  application: string;
  name: string;
  idNumber: string;
  client: ReturnType<typeof clientFor>;
  form: ReturnType<typeof inventForm>;
}

/** So many teachers of a school apply, by the API, so that there is a pile on the table. */
export async function apply(baseURL: string, schoolName: string, count: number, from: number): Promise<Applied[]> {
  const { plan } = parsePlan(
    readFileSync(new URL("../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8"),
  );
  if (plan === undefined) throw new Error("the plan parses");
  const campaign = plan.key;
  const random = randomOf(from);
  const schools = await clientFor(baseURL, startMeasure()).organisations.searchSchools({ query: schoolName, limit: 5 });
  const school = schools.find(({ name }) => name === schoolName);
  if (school === undefined) throw new Error(`there is no ${schoolName}`);
  const applied: Applied[] = [];
  for (let number = 0; number < count; number++) {
    const index = from + number;
    const human = inventHuman(random, index, "500113", "ordinary", plan.year);
    const form = inventForm(random, { human, story: "ordinary", school, plan, index });
    const client = clientFor(baseURL, startMeasure());
    const { idNumber, name, mobile, email } = human;
    await client.accounts.register({
      idNumber,
      name,
      mobile,
      email,
      password,
      privacyNotice: texts.privacyNotice,
    });
    const { id: application } = await client.applicant.start({ campaign });
    await client.applicant.saveDraft({ campaign, application, form });
    await addPhoto(client, { campaign, application }, index);
    await client.applicant.submit({ campaign, application, ...texts });
    applied.push({ application, name, idNumber, client, form });
  }
  return applied;
}

/** The clerk's school, as the head of the page tells it. */
export async function schoolOf(page: Page): Promise<string> {
  const { posts } = await (await page.request.get("/api/account")).json();
  return posts[0].organisation;
}
