import { vi } from "vitest";

/** A browser's storage in memory; `isFull` refuses every text, as a browser that has run out of space does. */
class MemoryStorage implements Storage {
  isFull = false;
  readonly #texts = new Map<string, string>();
  get length(): number {
    return this.#texts.size;
  }
  clear(): void {
    this.#texts.clear();
  }
  key(index: number): string | null {
    return [...this.#texts.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }
  setItem(key: string, text: string): void {
    if (this.isFull) throw new DOMException("no space", "QuotaExceededError");
    this.#texts.set(key, text);
  }
  removeItem(key: string): void {
    this.#texts.delete(key);
  }
}

/** Gives a test storage of its own; `vi.unstubAllGlobals` takes it away again. */
export function stubStorage(): { browser: MemoryStorage; tab: MemoryStorage } {
  const stubbed = { browser: new MemoryStorage(), tab: new MemoryStorage() };
  vi.stubGlobal("localStorage", stubbed.browser);
  vi.stubGlobal("sessionStorage", stubbed.tab);
  return stubbed;
}

/** As a browser whose settings forbid all storage: to name the object is refused. */
export function forbidStorage(): void {
  const refuse = () => {
    throw new DOMException("storage is forbidden", "SecurityError");
  };
  const forbidden = new Proxy(new MemoryStorage(), { get: refuse });
  vi.stubGlobal("localStorage", forbidden);
  vi.stubGlobal("sessionStorage", forbidden);
}
