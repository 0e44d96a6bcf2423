export function ObjectionsPage() {
  return null;
}
