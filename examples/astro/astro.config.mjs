// `cargo xtask package`, then in this folder `npm install --no-save ../../target/deployline-0.1.0.tgz` and
// `npm run dev`.
import mdx from "@astrojs/mdx";
import deployline from "deployline/remark";
import { defineConfig } from "astro/config";

export default defineConfig({
  integrations: [mdx()],
  markdown: {
    remarkPlugins: [deployline],
  },
  // Else the development server moves the element away from its WebAssembly.
  vite: { optimizeDeps: { exclude: ["deployline"] } },
  build: { format: "file" },
  devToolbar: { enabled: false },
});
