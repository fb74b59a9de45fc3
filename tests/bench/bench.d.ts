/** How the page, opened with `?bench`, and the floor are driven. */
interface Bench {
  /** Draws `n` deployments with uneven durations; the page pastes their YAML. */
  render(n: number): Promise<void>;
  /** Flips whether services run in parallel, so that every deployment has another start and end. */
  update(): Promise<void>;
  /** Types into the name of a service; on the floor, into a plain text field. */
  type(char: string): Promise<void>;
  /** What scrolls the rows. */
  readonly scrollTarget: HTMLElement;
}

interface Window {
  __bench: Bench;
  /** When the first bar was on the screen, in milliseconds. */
  firstBar?: number;
  wasmMemory?: WebAssembly.Memory;
  /** Milliseconds since the page was asked for. */
  loadTimes?: { firstBar: number; alive: number; done: number };
  /** What the picture says and where its bars are, to see when it has changed. */
  pictureText?: () => string;
  /** Begins with an action; what it gives says whether its effect is there. */
  firstAction?: () => () => boolean;
}
