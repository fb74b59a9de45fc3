// What may need a part of the core that is not loaded yet.

/** Thrown where it does. What was begun has to be begun again. */
export class Unfinished extends Error {
  /** Loads the part; `Missing` where it can't be had. */
  readonly complete: () => Promise<void>;

  constructor(complete: () => Promise<void>) {
    super("a part of the core is not loaded yet");
    this.complete = complete;
  }
}

/** A part that can't be had. Its message is for people. */
export class Missing extends Error {}

/**
 * Does it at once, and again from its start if a part has to be loaded for it first: by then it may be in vain,
 * which it has to see by itself.
 */
export async function able<T>(action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
    await error.complete();
    return action();
  }
}

/** The same for what nobody waits for: `misses` is told why it can't be done. */
export function ably(action: () => unknown, misses: (reason: string) => void): void {
  able(action).catch((error) => {
    if (!(error instanceof Missing)) throw error;
    misses(error.message);
  });
}
