export function TrainingBar() {
  return null;
}
