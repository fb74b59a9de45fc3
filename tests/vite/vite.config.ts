import { defineConfig } from "vite";

// Opened from a folder.
export default defineConfig({ base: "./" });
