// `npm install`, `npm install deployline` and `npm run dev` in this folder.
import mdx from "@astrojs/mdx";
import deployline from "deployline/remark";
import { defineConfig } from "astro/config";

export default defineConfig({
  integrations: [mdx()],
  markdown: {
    // A language of ours is nothing to highlight.
    syntaxHighlight: { type: "shiki", excludeLangs: ["deployline"] },
    remarkPlugins: [deployline],
  },
  build: { format: "file" },
  devToolbar: { enabled: false },
});
