// Drives the page for `cargo xtask bench page` by keys, clipboard, checkboxes and buttons, as a user does.
// So whole interactions are measured, and the wasm has no code for it. boot.js loads this only where the
// page's address has `?bench`.

/** @type {{ __bench: Bench }} */ (window).__bench = {
  /** Pastes a pipeline of `n` deployments with uneven durations, each with so many steps. */
  async render(n, steps = 0) {
    const content = await editor();
    // Once: the next texts have them too.
    const button = await uneven();
    if (button.textContent === "Uneven durations") button.click();
    paste(content, pipeline(n, steps));
    isAtService = false;
    await painted();
  },

  /** Flips the services' box, so that every deployment has another start and end. */
  async update() {
    find(".dl-card input[type=checkbox]").click();
    await painted();
  },

  /** Types into the name of a service, at its end. */
  async type(char) {
    if (!isAtService) await goToService();
    isAtService = true;
    document.execCommand("insertText", false, char);
    await painted();
  },

  /** The element that scrolls the rows. */
  get scrollTarget() {
    return find(".dl-timeline");
  },
};

/** Whether the cursor is where `type` types. */
let isAtService = false;

/** Waits until all changes so far are on the screen: drawn in the first frame, shown by the second. */
async function painted() {
  await frame();
  await frame();
}

function frame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Waits for the editor and returns its content, which is in a shadow root. */
async function editor() {
  for (;;) {
    const content = document.querySelector(".dl-editor-host")?.shadowRoot?.querySelector(".cm-content");
    if (content instanceof HTMLElement) return content;
    await frame();
  }
}

/** The button for uneven durations, as soon as the report below the picture is loaded. */
async function uneven() {
  for (;;) {
    const buttons = [...document.querySelectorAll("button")];
    const button = buttons.find((button) => /uneven durations$/i.test(button.textContent ?? ""));
    if (button) return button;
    await frame();
  }
}

async function goToService() {
  const content = await editor();
  press(content, "Home");
  // Only visible lines are in the document.
  for (;;) {
    const lines = [...content.querySelectorAll(".cm-line")];
    const line = lines.find((line) => line.textContent?.includes("serviceRef: "));
    await frame();
    if (!line?.isConnected) continue;
    const selection = document.getSelection();
    selection?.selectAllChildren(line);
    selection?.collapseToEnd();
    // The editor reads the selection with the next frame.
    return painted();
  }
}

/**
 * @param {HTMLElement} content
 * @param {string} text
 */
function paste(content, text) {
  content.focus();
  press(content, "a");
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const init = { clipboardData, bubbles: true, cancelable: true };
  content.dispatchEvent(new ClipboardEvent("paste", init));
}

/**
 * Presses a key with Ctrl, or Command on a Mac.
 * @param {HTMLElement} content
 * @param {string} key
 */
function press(content, key) {
  const isMac = navigator.platform.startsWith("Mac");
  const init = { key, ctrlKey: !isMac, metaKey: isMac, bubbles: true, cancelable: true };
  content.dispatchEvent(new KeyboardEvent("keydown", init));
}

function find(/** @type {string} */ selector) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw new Error(`there is no ${selector}`);
}

/**
 * Returns one stage of services × infrastructures, as square as possible.
 * @param {number} n
 * @param {number} steps
 */
function pipeline(n, steps) {
  let services = Math.floor(Math.sqrt(n));
  while (n % services !== 0) services -= 1;
  const list = (/** @type {number} */ count, /** @type {string} */ start) =>
    Array.from({ length: count }, (_, index) => `${start}_${index + 1}\n`).join("");
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
${list(services, "              - serviceRef: service")}\
          environments:
            metadata:
              parallel: false
            values:
              - environmentRef: production
                infrastructureDefinitions:
${list(n / services, "                  - identifier: infra")}${steps > 0 ? execution(steps) : ""}`;
}

/** @param {number} steps */
function execution(steps) {
  const step = (/** @type {unknown} */ _, /** @type {number} */ index) =>
    `              - step: {type: ShellScript, name: Step ${index + 1}, identifier: step_${index + 1}}\n`;
  return `          execution:\n            steps:\n${Array.from({ length: steps }, step).join("")}`;
}
