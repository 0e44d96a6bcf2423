import type { ApplicationForm } from "@shice/rules/form/form.ts";
import { completeForm } from "@shice/rules/form/testing.ts";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import type { ApplicationFacts } from "./offices-shape.ts";

let serial = 0;

/** An invented teacher whose form leaves nothing open, so that it may be submitted again; each time another. */
export function completeFacts(changes: Partial<ApplicationForm> = {}): Partial<ApplicationFacts> {
  serial += 1;
  const bornOn = Temporal.PlainDate.from("1975-03-04");
  return {
    idNumber: composeIdNumber({ area: "510202", bornOn, sequence: serial * 2 - 1, sex: "male" }),
    complete: {
      ...completeForm,
      certificateNumber: `20085000131${String(serial).padStart(6, "0")}`,
      ...changes,
    },
  };
}
