// Keeps the page itself for offline use, by a service worker that is registered only on demand.

import { type Dialog, make } from "./dialog";

/** Returns a row with a checkbox; none where the browser or the page has no service worker. */
export function offlineRow(dialog: Dialog): Node[] {
  const worker = document.querySelector<HTMLElement>("script[data-js]")?.dataset["offline"];
  if (!worker || !("serviceWorker" in navigator)) return [];
  const box = make("input", { type: "checkbox", disabled: true });
  const scope = new URL("./", new URL(worker, document.baseURI)).href;
  void registrationOf(scope).then((registration) => {
    box.checked = registration !== undefined;
    box.disabled = false;
  });
  box.addEventListener("change", () => {
    const isChecked = box.checked;
    box.disabled = true;
    void dialog.run(async () => {
      try {
        return isChecked ? await register(worker) : await unregister(scope);
      } catch {
        box.checked = !isChecked;
        throw new Error("The browser does not let the page be kept.");
      } finally {
        box.disabled = false;
      }
    });
  });
  const description = make("small", {}, "This page opens without a network. A new version of it shows one visit later.");
  const label = make("span", {}, "Keep for offline use", description);
  return [make("section", { className: "dl-dialog-row" }, make("label", { className: "dl-check" }, box, label))];
}

async function register(worker: string): Promise<string> {
  const registration = await navigator.serviceWorker.register(new URL(worker, document.baseURI));
  const installing = registration.installing ?? registration.waiting;
  if (installing) await activated(installing);
  return "The page is kept for offline use.";
}

/** Waits until the worker is activated: then all files are in the cache. */
function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("A file could not be kept."));
    };
    worker.addEventListener("statechange", check);
    check();
  });
}

async function unregister(scope: string): Promise<string> {
  await (await registrationOf(scope))?.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(`deployline ${scope} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  return "The page is kept no longer.";
}

/** Returns the registration of this very scope: another page of the site may have one of a wider scope. */
async function registrationOf(scope: string): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration(scope);
  return found?.scope === scope ? found : undefined;
}
