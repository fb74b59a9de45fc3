import { defineConfig } from "vite";

export default defineConfig({
  // Opened from a folder.
  base: "./",
  // Else the development server moves the script away from its WebAssembly.
  optimizeDeps: { exclude: ["deployline"] },
});
