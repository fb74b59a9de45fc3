// The picture comes first: what the page changes in the editor waits until the picture that follows
// from the same change has been painted, or until someone turns to the editor.

export interface Later {
  /** Does it after the next paint, after all that waits already. */
  wait(action: () => void): void;
  /** Does all that waits. */
  catchUp(): void;
  isWaiting(): boolean;
}

/** What a person begins with; whatever waits is done before it reaches the editor. */
const beginnings = [
  "keydown",
  "beforeinput",
  "compositionstart",
  "pointerdown",
  "focusin",
  "paste",
  "cut",
  "drop",
];

export function afterPaint(host: HTMLElement): Later {
  let waiting: (() => void)[] = [];
  const catchUp = () => {
    const actions = waiting;
    waiting = [];
    for (const action of actions) action();
  };
  for (const type of beginnings) host.addEventListener(type, catchUp, { capture: true });
  return {
    wait(action) {
      waiting.push(action);
      // A page that is not shown has no frames to wait for.
      if (document.hidden) catchUp();
      // Two: the first is being made, after the second it has been seen.
      else if (waiting.length === 1) requestAnimationFrame(() => requestAnimationFrame(later));
    },
    catchUp,
    isWaiting: () => waiting.length > 0,
  };

  function later() {
    setTimeout(catchUp);
  }
}
