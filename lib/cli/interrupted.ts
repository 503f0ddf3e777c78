/** Signals that end a run in order, and the exit code each stands for (128 + its number, as shells have it). */
export const endingSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndingSignal = keyof typeof endingSignals;

/** The reason with which the run's AbortSignal is aborted. `kept` says what of the results is on disk. */
export class Interrupted extends Error {
  readonly signal: EndingSignal;
  readonly kept: string | null;

  constructor(signal: EndingSignal, kept: string | null = null) {
    super(`interrupted by ${signal}`);
    this.name = "Interrupted";
    this.signal = signal;
    this.kept = kept;
  }

  get exitCode(): number {
    return endingSignals[this.signal];
  }
}
