export function StickersPage() {
  return null;
}
