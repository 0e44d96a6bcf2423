/** The moment, as the program takes it. Nothing else reads the machine's clock. */
export interface Clock {
  /** Rounded down to microseconds, PostgreSQL's precision, so that what is hashed is what is stored. */
  now(): Temporal.Instant;
}

export const machineClock: Clock = {
  now: () => Temporal.Now.instant().round({ smallestUnit: "microsecond", roundingMode: "floor" }),
};

/** What the training clock shows: an instant, standing still or running on since the machine's instant. */
export interface ClockSetting {
  at: Temporal.Instant;
  runs: boolean;
  setAtMachine: Temporal.Instant;
}

/** The movable clock of training mode; without a setting it shows the machine's time. */
export class TrainingClock implements Clock {
  #setting: ClockSetting | undefined;

  set(setting: ClockSetting | undefined): void {
    this.#setting = setting;
  }

  get runs(): boolean {
    return this.#setting?.runs ?? true;
  }

  now(): Temporal.Instant {
    const machine = machineClock.now();
    if (this.#setting === undefined) return machine;
    const { at, runs, setAtMachine } = this.#setting;
    return runs ? at.add(setAtMachine.until(machine)) : at;
  }
}
