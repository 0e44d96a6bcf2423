export function ManifestsPage() {
  return null;
}
