/** Hands a fetched file to the browser to be kept under its own name. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The download has begun with the click; the address would hold the bytes as long as the page stands.
  URL.revokeObjectURL(address);
}
