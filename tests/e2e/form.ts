// A pipeline in the form, and what the form shows of it. Shared by the tests of the form.

import { expect, type Locator, type Page } from "@playwright/test";
import { expectText, open, paste, undo } from "./page";

export const BUILD = `    - stage:
        name: Build   # first
        identifier: build
        type: Custom
        spec: {execution: {steps: []}}
`;

export const STAGING = `    # Everything is tried out here.
    - stage:
        name: Staging
        identifier: staging
        type: Deployment
        spec:
          services:
            values:
              - serviceRef: web # the shop
              - serviceRef: "api"
              - serviceRef: cart
            metadata: {parallel: true}
          environments:
            metadata:
              parallel: false
            values:
              - environmentRef: stage
                infrastructureDefinitions:
                  - identifier: eu
                  - identifier: us
        when:
          pipelineStatus: Success
`;

export const PRODUCTION = `    - stage:
        name: Production
        identifier: production
        type: Deployment
        spec:
          service:
            serviceRef: web
          environment:
            environmentRef: prod
            deployToAll: true
        strategy:
          matrix:
            zone: [a, b]   # both
            size:
              - small
              - large
            maxConcurrency: 2
`;

/** A pipeline of three stages, with comments, quotes and blank lines that no edit may touch. */
export const SHOP = `# The nightly release.
pipeline:
  name: Shop
  stages:
${BUILD}
${STAGING}
${PRODUCTION}`;

export const form = (page: Page) => page.getByRole("tabpanel", { name: "Form" });
export const strip = (page: Page) => form(page).getByRole("group", { name: "Stages", exact: true });
export const card = (page: Page, name: string) =>
  strip(page).getByRole("button", { name: new RegExp(`^${name} `) });
export const chosen = (page: Page) => strip(page).locator("[aria-current]");
export const tools = (page: Page) => form(page).getByRole("toolbar");
export const tool = (page: Page, name: string) => tools(page).getByRole("button", { name });
export const section = (page: Page, name: string) => form(page).getByRole("region", { name });
export const list = (page: Page, name: string) =>
  form(page).getByRole("list", { name, exact: true }).first();
export const status = (page: Page) => form(page).getByRole("status");

/** The names that a list's fields hold. */
export const values = (list: Locator, noun: string) =>
  list.getByRole("textbox", { name: `Name of ${noun}` }).evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).value),
  );

export async function openForm(page: Page, yaml = SHOP): Promise<void> {
  await open(page);
  await paste(page, yaml);
  await expectText(page, yaml);
  await page.getByRole("tab", { name: "Form" }).click();
  // Until its code has come, a placeholder is there.
  await expect(page.locator(".dl-form")).toBeVisible();
}

/** Expects the text after an edit, and the text before after one undo. */
export async function expectStep(page: Page, expected: string, before = SHOP): Promise<void> {
  await expectText(page, expected);
  await undo(page);
  await expectText(page, before);
}

/** Drags with the pointer in several moves. */
export async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
}

/** Fills in a field and confirms with Enter. */
export async function enter(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press("Enter");
}
