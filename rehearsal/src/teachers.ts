import type { Client } from "@shice/contract/client.ts";
import { type Human, type InventedForm, inventForm, inventHuman } from "./people.ts";
import { randomOf } from "./random.ts";
import { type Story, stories, storyWeights } from "./stories.ts";
import { clientFor, type District, type School, type World } from "./world.ts";

/** An invented teacher with a story and the resulting application. */
export interface Teacher {
  index: number;
  story: Story;
  human: Human;
  district: District;
  school: School;
  /** The school of the first application: another school of the district in stories of a wrong choice. */
  chosenSchool: School;
  form: InventedForm;
  client: Client;
  application: string | undefined;
  number: string | undefined;
}

/** Invents the teachers over all areas: each story at least once if there are enough, the rest at random. */
export function inventTeachers(world: World, seed: number, count: number): Teacher[] {
  const random = randomOf(seed ^ 0x5eed);
  return Array.from({ length: count }, (_, index) => {
    const story = stories[index] ?? random.weighed(storyWeights);
    const district = world.districts[index % world.districts.length];
    if (district === undefined) throw new Error("no district was found");
    const school = random.pick(district.schools);
    const other = district.schools.find((candidate) => candidate.id !== school.id) ?? school;
    const chosenSchool = story === "wrong-school" || story === "borrowed-in" ? other : school;
    const human = inventHuman(random, index, district.code, story, world.plan.year);
    const form = inventForm(random, { human, story, school: chosenSchool, plan: world.plan, index });
    const client = clientFor(world.url, world.measure);
    return {
      index,
      story,
      human,
      district,
      school,
      chosenSchool,
      form,
      client,
      application: undefined,
      number: undefined,
    };
  });
}
