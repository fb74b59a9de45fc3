// The npm package `deployline`, and what deployline.js beside the page gives.

/** Which checkbox of a stage. */
export type Axis = "services" | "targets";

/** One checkbox of a stage. */
export interface Box {
  parallel: boolean;
  /** What flipping it changes: the YAML, only the picture where the YAML has an expression, or nothing. */
  changes: "text" | "picture" | "nothing";
  /** Why it is as it is, where the YAML does not simply say so. */
  note: string | null;
}

/** A stage. Times are milliseconds from the pipeline's start. */
export interface StageFacts {
  identifier: string;
  name: string;
  /** How many deployments, or bars where it deploys nothing. */
  deployments: number;
  /** How many run at once. */
  maxConcurrency: number;
  start: number;
  end: number;
  /** `2 × 2 = 4 deployments, 2 at a time, 0s to 2m` */
  summary: string;
  /** `S1 I1, S2 I1, S1 I2, S2 I2` */
  order: string;
  /** `null` where the stage deploys nothing. */
  services: Box | null;
  targets: Box | null;
}

/** What there is to know of a plan. */
export interface Facts {
  title: string;
  /** `1 stage, 4 deployments, 2m` */
  summary: string;
  /** What the times assume, a sentence each. */
  assumed: string[];
  deployments: number;
  /** Milliseconds. */
  duration: number;
  errors: number;
  warnings: number;
  stages: StageFacts[];
}

/** The detail of `planchange`. */
export interface PlanChange {
  facts: Facts;
  /** The YAML, with what the checkboxes changed. */
  text: string;
  /** What made the change; `script` is `text` or `flip`. */
  by: "content" | "attribute" | "checkbox" | "link" | "script";
}

/** The detail of `planerror`. */
export interface PlanError {
  /** A sentence for people. */
  reason: string;
}

/**
 * A Harness CD pipeline as a picture of its deployments.
 *
 * The YAML is that of the first child that is a `<script type="application/yaml">` or a `<pre>`, of the
 * file `src`, or given by `text` or `openLink`, which win over both until `src` is set anew. All else in
 * the element stands until the picture is there, and stays where it can't be. Attributes, all of which may
 * change at any time:
 *
 * - `src`: the address of a YAML file of at most 8 MiB
 * - `view`: `order`, `lanes`, `services`, `targets`
 * - `color`: `service`, `environment`, `status`
 * - `theme`: `system` (as the page around it), `light`, `dark`
 * - `controls`: `none`, `checkboxes`, `full`
 * - `height`: pixels from 80 to 10000, or `auto` for as high as it takes
 * - `duration`, `durations`: how long deployments take
 * - `page`: where the whole page is, for `controls="full"`
 */
export declare class DeployLine extends HTMLElement {
  /** The YAML, with what the checkboxes changed. Setting it plans anew. */
  text: string;
  /** `null` before the first plan. */
  readonly facts: Facts | null;
  /** Kept with the next plan or with the first one; broken, with the reason, where there can be none. */
  readonly ready: Promise<Facts>;
  /** The plan as JSON, version 1: docs/plan-json.md of the project. `null` before the first plan. */
  plan(): Promise<unknown>;
  /** Flips a checkbox of a stage, counted from 0. Why it could not, else `null`. */
  flip(stage: number, axis: Axis, parallel: boolean): Promise<string | null>;
  /** Takes all that a link carries: its part behind `#`. Broken, with the reason, where it is damaged. */
  openLink(fragment: string): Promise<void>;
  /** The part behind `#` of a link to this plan. */
  link(): Promise<string>;
}

declare global {
  interface HTMLElementTagNameMap {
    "deploy-line": DeployLine;
  }
  interface HTMLElementEventMap {
    /** The plan is another one: its text or its times. Bubbles, out of shadow roots too. */
    planchange: CustomEvent<PlanChange>;
    /** There is no plan, or not the one that was asked for. Bubbles, out of shadow roots too. */
    planerror: CustomEvent<PlanError>;
  }
}
