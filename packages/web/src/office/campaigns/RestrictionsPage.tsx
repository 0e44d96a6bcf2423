export function RestrictionsPage() {
  return null;
}
