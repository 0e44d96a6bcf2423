/** Fields compared one by one with the original certificate at the desk (Notice §三(一), §四(二)). */
export const comparedFields = [
  "name",
  "certificateNumber",
  "certificateKind",
  "certificateSubject",
  "certificateIssuedOn",
  "certificateIssuer",
] as const;
export type ComparedField = (typeof comparedFields)[number];
