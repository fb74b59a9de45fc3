// Hides the page's first picture before anything is painted, where the user has a text, a link or a theme
// of their own: it shows an example in the colours of the system, and would flash up.
const root = document.documentElement;
const isOwn = () => location.hash.length > 1 || Object.keys(localStorage).some(isOurs);
const isOurs = (/** @type {string} */ key) => key.startsWith("deployline-");

try {
  root.toggleAttribute("data-own", isOwn());
} catch {
  // A browser without storage has nothing of the user.
}
