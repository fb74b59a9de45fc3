// The page itself, kept by the browser for when there is no network: only where someone asks for it.

import { make } from "./dialog";

/** A checkbox and what it is about; nothing where the browser or the page can't do it. */
export function offlineRow(tell: (done: () => Promise<string>) => void): Node[] {
  const worker = document.querySelector<HTMLElement>("script[data-js]")?.dataset["offline"];
  if (!worker || !("serviceWorker" in navigator)) return [];
  const box = make("input", { type: "checkbox", disabled: true });
  const scope = new URL("./", new URL(worker, document.baseURI)).href;
  void registered(scope).then((registration) => {
    box.checked = registration !== undefined;
    box.disabled = false;
  });
  box.addEventListener("change", () => {
    const isWanted = box.checked;
    box.disabled = true;
    tell(async () => {
      try {
        return isWanted ? await keep(worker) : await forget(scope);
      } catch {
        box.checked = !isWanted;
        throw new Error("The browser does not let the page be kept.");
      } finally {
        box.disabled = false;
      }
    });
  });
  const about = make("small", {}, "This page opens without a network. A new version of it shows one visit later.");
  const words = make("span", {}, "Keep for offline use", about);
  return [make("section", { className: "dl-dialog-row" }, make("label", { className: "dl-check" }, box, words))];
}

async function keep(worker: string): Promise<string> {
  const registration = await navigator.serviceWorker.register(new URL(worker, document.baseURI));
  const coming = registration.installing ?? registration.waiting;
  if (coming) await activated(coming);
  return "The page is kept for offline use.";
}

/** Everything is kept by then. */
function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("A file could not be kept."));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

async function forget(scope: string): Promise<string> {
  await (await registered(scope))?.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(`deployline ${scope} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  return "The page is kept no longer.";
}

/** Another page of the same site may have a wider one. */
async function registered(scope: string): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration(scope);
  return found?.scope === scope ? found : undefined;
}
