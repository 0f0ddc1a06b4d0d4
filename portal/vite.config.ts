import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** During development the pages come from here and everything else from a server that runs beside it. */
const SERVER = 'http://127.0.0.1:8420';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { host: '127.0.0.1', proxy: { '/api': SERVER, '/sign-in': SERVER } },
});
