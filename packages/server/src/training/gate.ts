/**
 * The work of jobs passes together; bringing a demonstration back to its beginning closes the gate, waits until all are
 * through and is alone. A job that had read the later clock would else go on in what was just restored: people would
 * lapse there before their time.
 */
export class Gate {
  readonly #inside = new Set<Promise<unknown>>();
  #closed: Promise<unknown> | undefined;

  /** Does the work while the gate is open. */
  async pass<Done>(work: () => Promise<Done>): Promise<Done> {
    while (this.#closed !== undefined) await this.#closed;
    const inside = work();
    this.#inside.add(inside);
    try {
      return await inside;
    } finally {
      this.#inside.delete(inside);
    }
  }

  /** Does the work with nobody inside; who comes meanwhile waits. */
  async close<Done>(work: () => Promise<Done>): Promise<Done> {
    while (this.#closed !== undefined) await this.#closed;
    const alone = Promise.allSettled(this.#inside).then(work);
    this.#closed = alone.catch(() => undefined);
    try {
      return await alone;
    } finally {
      this.#closed = undefined;
    }
  }
}
