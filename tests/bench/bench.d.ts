/** The functions by which the benchmark drives the page (opened with `?bench`) and the floor. */
interface Bench {
  /** Draws `n` deployments with uneven durations, each with so many `steps`; the page pastes their YAML. */
  render(n: number, steps?: number): Promise<void>;
  /** Flips whether services run in parallel, so that every deployment has another start and end. */
  update(): Promise<void>;
  /** Types a character into the name of a service; on the floor, into a plain text field. */
  type(char: string): Promise<void>;
  /** The element that scrolls the rows. */
  readonly scrollTarget: HTMLElement;
}

interface Window {
  __bench: Bench;
  /** Milliseconds from the navigation to the first painted bar. */
  firstBar?: number;
  wasmMemory?: WebAssembly.Memory;
  /** Milliseconds from the navigation. */
  loadTimes?: { firstBar: number; alive: number; done: number };
  /** Returns the texts of the picture and the places of its bars, which change with the picture. */
  pictureText?: () => string;
  /** Work on a text: its start, its end as far as is known, and its longest task, in milliseconds from the navigation. */
  work?: { from: number; end: number; longest: number; hasBegun: boolean };
  /** Starts an action; returns a function that tells whether its effect is visible. */
  firstAction?: () => () => boolean;
}
