/** The members of a union with this code. */
export type ByCode<Member extends { code: string }> = {
  [Code in Member["code"]]: Extract<Member, { code: Code }>;
};

/** One wording for each member; a code without one does not compile. */
export type Wordings<Members, Text = string> = { readonly [Code in keyof Members]: (member: Members[Code]) => Text };

/** Applies the wording of the member's code. `code` is the member's own. */
export function wordedBy<Members, Text>(
  wordings: Wordings<Members, Text>,
  code: keyof Members,
  member: Members[keyof Members],
): Text {
  return wordings[code](member);
}
