import { paletteCss } from "@shice/contract/palette.ts";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Gives the styles their colours: the custom properties of `@shice/contract/palette.ts`, as a style sheet to import. */
const palettePlugin: Plugin = {
  name: "palette",
  resolveId: (id) => (id === "virtual:palette.css" ? "\0palette.css" : undefined),
  load: (id) => (id === "\0palette.css" ? paletteCss : undefined),
};

/** `npm run dev -w @shice/web` beside a running Shice: pages from the sources, the API from the program. */
export default defineConfig({
  plugins: [react(), palettePlugin],
  build: { outDir: "dist", emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:3000" } },
});
