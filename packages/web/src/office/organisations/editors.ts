/** Who keeps the directory; everyone else of the office reads it. */
export function keepsDirectory(role: string): boolean {
  return role === "campaign-manager" || role === "account-administrator";
}
