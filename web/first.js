// Before anything is painted: whoever has a text, a link or colours of their own would see the page's
// first picture, which shows an example in the colours of the system, flash by.
const root = document.documentElement;
const isOwn = () => location.hash.length > 1 || Object.keys(localStorage).some(isOurs);
const isOurs = (/** @type {string} */ key) => key.startsWith("deployline-");

try {
  root.toggleAttribute("data-own", isOwn());
} catch {
  // A browser that keeps nothing has nothing of theirs.
}
