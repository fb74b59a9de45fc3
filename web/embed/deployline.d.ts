// The npm package `deployline`, and what deployline.js beside the page gives.

/** The list that a checkbox is about. */
export type Axis = "services" | "targets";

/** One checkbox of a stage. */
export interface Box {
  parallel: boolean;
  /** The effect of flipping it: on the YAML, on the picture only (the YAML has an expression), or none. */
  changes: "text" | "picture" | "nothing";
  /** The reason for its state, where the YAML does not state it itself. */
  note: string | null;
}

/** A stage. Times are milliseconds from the pipeline's start. */
export interface StageFacts {
  identifier: string;
  name: string;
  /** Number of deployments, or of bars where it deploys nothing. */
  deployments: number;
  /** Number of deployments that run at once at most. */
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

/** Facts about a plan. */
export interface Facts {
  title: string;
  /** `1 stage, 4 deployments, 2m` */
  summary: string;
  /** Assumptions behind the times, a sentence each. */
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
  /** The YAML, with the changes made by checkboxes. */
  text: string;
  /** Origin of the change; `script` stands for `text` and `flip`. */
  by: "content" | "attribute" | "checkbox" | "link" | "script";
}

/** The detail of `planerror`. */
export interface PlanError {
  /** The reason, as a sentence for people. */
  reason: string;
}

/**
 * A Harness CD pipeline as a picture of its deployments.
 *
 * The YAML is that of the first child that is a `<script type="application/yaml">` or a `<pre>`, of the
 * file `src`, or given by `text` or `openLink`, which win over both until `src` is set anew. All other
 * content is shown until the picture is there, and stays where there can be none. Attributes, all of which may
 * change at any time:
 *
 * - `src`: the address of a YAML file of at most 8 MiB
 * - `view`: `order`, `lanes`, `services`, `targets`
 * - `color`: `service`, `environment`, `status`
 * - `steps`: without a value: the steps in each bar, where there is room for them
 * - `theme`: `system` (as the page around it), `light`, `dark`
 * - `controls`: `none`, `checkboxes`, `full`
 * - `height`: pixels from 80 to 10000, or `auto` for the height of the content; without it that height, up to 480
 *   pixels
 * - `duration`, `durations`, `uneven`: the durations of deployments
 * - `fail`: the deployments that fail, as in `deploy:3,error=Timeout`, separated by blanks
 * - `account-plan`: `free`, `team`, `essentials`, `enterprise`, `none`: the plan whose limits hold
 * - `account-limit`: the most that the account runs at once, instead of its plan's number
 * - `assume`: `KEY=VALUE`, separated by blanks, as `--assume` of the command line takes them
 * - `page`: the address of the whole page, for `controls="full"`
 */
export declare class DeployLine extends HTMLElement {
  /** The YAML, with the changes made by checkboxes. Setting it plans anew. */
  text: string;
  /** `null` before the first plan. */
  readonly facts: Facts | null;
  /** Resolves with the plan that is loading, or the one that is shown; rejects with the reason where there is none. */
  readonly ready: Promise<Facts>;
  /** The plan as JSON, version 1: docs/plan-json.md of the project. `null` before the first plan. */
  plan(): Promise<unknown>;
  /** Flips a checkbox of a stage, counted from 0. Resolves with the reason where it can't, else `null`. */
  flip(stage: number, axis: Axis, parallel: boolean): Promise<string | null>;
  /** Opens a link, given its part behind `#`. Rejects with the reason where it is damaged. */
  openLink(fragment: string): Promise<void>;
  /** Resolves with the part behind `#` of a link to the plan that is shown. */
  link(): Promise<string>;
}

declare global {
  interface HTMLElementTagNameMap {
    "deploy-line": DeployLine;
  }
  interface HTMLElementEventMap {
    /** Reports a change of the plan: of its text or its times. Bubbles, out of shadow roots too. */
    planchange: CustomEvent<PlanChange>;
    /** Reports that there is no plan, or not the requested one. Bubbles, out of shadow roots too. */
    planerror: CustomEvent<PlanError>;
  }
}
