// Delays changes of the editor by the page until the next paint, so that the picture of the same change
// is painted first; input into the editor runs them at once.

export interface AfterPaint {
  /** Runs an action after the next paint, and after all pending actions. */
  schedule(action: () => void): void;
  /** Runs all pending actions now. */
  flush(): void;
  hasPending(): boolean;
}

/** The events with which an input begins. */
const INPUT_EVENTS = [
  "keydown",
  "beforeinput",
  "compositionstart",
  "pointerdown",
  "focusin",
  "paste",
  "cut",
  "drop",
];

/** Pending actions run before any input into `host` reaches the editor. */
export function afterPaint(host: HTMLElement): AfterPaint {
  let pending: (() => void)[] = [];
  const flush = () => {
    const actions = pending;
    pending = [];
    for (const action of actions) action();
  };
  for (const type of INPUT_EVENTS) host.addEventListener(type, flush, { capture: true });
  return {
    schedule(action) {
      pending.push(action);
      // A page in a background tab gets no frames to wait for.
      if (document.hidden) flush();
      // Two frames: the first is drawn before the second begins.
      else if (pending.length === 1) requestAnimationFrame(() => requestAnimationFrame(flushSoon));
    },
    flush,
    hasPending: () => pending.length > 0,
  };

  function flushSoon() {
    setTimeout(flush);
  }
}
