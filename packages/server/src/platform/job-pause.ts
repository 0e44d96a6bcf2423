/**
 * Lets jobs run side by side, and lets one piece of work run while no job does. Restoring a demonstration needs this: a
 * job that had read the later clock would go on in the restored database and let cases lapse before their time.
 */
export class JobPause {
  readonly #running = new Set<Promise<unknown>>();
  #paused: Promise<unknown> | undefined;

  /** Runs a job. During a pause it starts when the pause ends. */
  async runJob<Done>(job: () => Promise<Done>): Promise<Done> {
    while (this.#paused !== undefined) await this.#paused;
    const running = job();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Waits for the running jobs, then runs `work` while no job runs; jobs that come meanwhile wait. */
  async runPaused<Done>(work: () => Promise<Done>): Promise<Done> {
    while (this.#paused !== undefined) await this.#paused;
    const alone = Promise.allSettled(this.#running).then(work);
    this.#paused = alone.catch(() => undefined);
    try {
      return await alone;
    } finally {
      this.#paused = undefined;
    }
  }
}
