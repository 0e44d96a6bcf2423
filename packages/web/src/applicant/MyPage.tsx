export function MyPage() {
  return null;
}
