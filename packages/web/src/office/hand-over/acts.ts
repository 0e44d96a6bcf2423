import type { ActSpecs } from "../acts/act-spec.ts";
import { returnFields, returnOf } from "../acts/fields.ts";

/** Handing over itself is done on its own page, for many cases at once. */
export const handOverActs = {
  "pass-on-return": {
    tells: "把区县的要求转给教师修改。教师改好后，申请回到学校，由学校再次报送。",
    fields: returnFields("return"),
    send: (client, target, entered, context) =>
      client.confirmation.passOnReturn({ ...target, ...returnOf(entered) }, context),
  },
} as const satisfies ActSpecs;
