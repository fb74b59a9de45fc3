// What someone writes who has just installed the package. Its types are checked by the tests.

import { DeployLine, type Facts } from "deployline";

const element = document.querySelector("deploy-line");
const output = document.querySelector("output");

element?.addEventListener("planchange", ({ detail }) => {
  const facts: Facts = detail.facts;
  if (output) output.textContent = `${facts.summary}, by ${detail.by}`;
});

if (element instanceof DeployLine) {
  element.text = `
    stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        services:
          metadata: {parallel: false}
          values: [{serviceRef: web}, {serviceRef: api}]
        environments:
          metadata: {parallel: false}
          values:
            - environmentRef: E
              infrastructureDefinitions: [{identifier: I1}, {identifier: I2}]`;
}
