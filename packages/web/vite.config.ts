import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `npm run dev -w @shice/web` beside a running Shice: pages from the sources, the API from the program. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:3000" } },
});
