// Drives the page for `cargo xtask bench page`, with what a person has: keys, the clipboard, boxes
// and buttons. boot.js loads it only where the page's address has `?bench`.

const find = (selector) => document.querySelector(selector);
/** The editor keeps its own styles, in a root of its own. */
const editor = () => find(".dl-editor-host").shadowRoot;
const frames = (count) =>
  count === 0
    ? Promise.resolve()
    : new Promise((resolve) => requestAnimationFrame(() => resolve(frames(count - 1))));
/** Until what has been done so far is on the screen. */
const painted = () => frames(2);

window.__bench = {
  /** Pastes a pipeline of `n` deployments with uneven durations. */
  async render(n) {
    const uneven = [...document.querySelectorAll("button")].find(
      (button) => button.textContent === "Uneven durations",
    );
    uneven?.click();
    paste(pipeline(n));
    typed = null;
    await painted();
  },

  /** Flips the services' box, so that every deployment has another start and end. */
  async update() {
    find(".dl-card input[type=checkbox]").click();
    await painted();
  },

  /** Types into the name of a service, at its end. */
  async type(char) {
    if (!typed?.isConnected) await goToService();
    document.execCommand("insertText", false, char);
    await painted();
  },

  /** The element that scrolls the rows. */
  get scrollTarget() {
    return find(".dl-timeline");
  },
};

/** The line that is typed into. */
let typed = null;

async function goToService() {
  press("Home", 36);
  await frames(4);
  typed = [...editor().querySelectorAll(".cm-line")].find((line) =>
    line.textContent.includes("serviceRef: "),
  );
  const selection = editor().getSelection();
  selection.selectAllChildren(typed);
  selection.collapseToEnd();
  await frames(2);
}

function press(key, keyCode) {
  const init = { key, keyCode, ctrlKey: true, bubbles: true, cancelable: true };
  editor().querySelector(".cm-content").dispatchEvent(new KeyboardEvent("keydown", init));
}

function paste(text) {
  const content = editor().querySelector(".cm-content");
  content.focus();
  press("a", 65);
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const init = { clipboardData, bubbles: true, cancelable: true };
  content.dispatchEvent(new ClipboardEvent("paste", init));
}

/** One stage of services × infrastructures, as square as can be. */
function pipeline(n) {
  let services = Math.floor(Math.sqrt(n));
  while (n % services !== 0) services -= 1;
  const list = (count, line) =>
    Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");
  return `pipeline:
  identifier: bench
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        spec:
          services:
            metadata:
              parallel: true
            values:
${list(services, (i) => `              - serviceRef: service_${i}`)}
          environments:
            metadata:
              parallel: false
            values:
              - environmentRef: production
                infrastructureDefinitions:
${list(n / services, (i) => `                  - identifier: infra_${i}`)}
`;
}
