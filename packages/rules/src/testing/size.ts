/** Whether the tests try as much as a night allows: SHICE_TEST_SIZE=nightly. */
export const nightly = process.env["SHICE_TEST_SIZE"] === "nightly";

/** How many cases a property tries: the number given, and ten times as many at night. */
export function runsOf(everyday: number): number {
  return nightly ? everyday * 10 : everyday;
}
