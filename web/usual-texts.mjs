// What texts are usual: the examples and the corpus, but for what is rare. The build has page and element
// draw them, to see what of the wasm that takes.

import { readdir, readFile } from "node:fs/promises";

const PLACES = ["examples/", "../tests/corpus/"].map((place) => new URL(place, import.meta.url));

/**
 * @param {readonly string[]} rare the names of files
 * @returns {Promise<string[]>}
 */
export async function usualTexts(rare) {
  const texts = [];
  for (const place of PLACES) {
    for (const name of (await readdir(place)).sort()) {
      const isUsual = name.endsWith(".yaml") && !rare.includes(name);
      if (isUsual) texts.push(await readFile(new URL(name, place), "utf8"));
    }
  }
  return texts;
}
