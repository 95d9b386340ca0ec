/** Serves the demo site and the playground on this machine: `node www/server.mjs [PORT]`. */

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { page } from './site/site.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where files of each address stand; the playground uses the extension's own snapshot and core. */
const FILES = [
  ['/assets/', 'www/assets'],
  ['/extension/content/', 'extension/content'],
  ['/extension/wasm/', 'extension/wasm'],
  ['/extension/wasm/', 'dist'],
  ['/playground/', 'www/playground'],
];

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** @param {string} path @returns {Promise<{ body: Buffer, type: string } | undefined>} */
async function file(path) {
  for (const [prefix, folder] of FILES) {
    if (!path.startsWith(prefix)) continue;
    const rest = normalize(path.slice(prefix.length) || 'index.html');
    if (rest.startsWith('..')) return undefined;
    const body = await readFile(join(ROOT, folder, rest)).catch(() => undefined);
    if (body) return { body, type: TYPES[extname(rest)] ?? 'application/octet-stream' };
  }
  return undefined;
}

/**
 * Starts the server on a free port of this machine.
 * @param {object} [options]
 * @param {number} [options.port]
 * @param {Record<string, string>} [options.files] further pages: path → file on disk
 * @returns {Promise<{ port: string, origin: string, host: (name: string) => string, add: (path: string, body: string, headers?: Record<string, string>) => string, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, files = {} } = {}) {
  /** @type {Map<string, { body: string, headers?: Record<string, string> }>} */
  const added = new Map();
  const server = createServer(async (request, response) => {
    const at = /** @type {import('node:net').AddressInfo} */ (server.address());
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    try {
      const own = added.get(path);
      if (own) {
        response.writeHead(200, { 'content-type': TYPES['.html'], ...own.headers }).end(own.body);
        return;
      }
      const disk = files[path] && { body: await readFile(files[path]), type: TYPES['.html'] };
      const found = disk || (await file(path)) || page(host, path, String(at.port));
      if (!found) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n');
        return;
      }
      const headers = 'headers' in found ? found.headers : {};
      response
        .writeHead(200, {
          'content-type': found.type ?? TYPES['.html'],
          'cache-control': 'no-store',
          ...headers,
        })
        .end(found.body);
    } catch (error) {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`${error}\n`);
    }
  });
  await new Promise((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined)),
  );
  const bound = String(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
  const origin = `http://localhost:${bound}`;
  return {
    port: bound,
    origin,
    host: (name) => `http://${name}.localhost:${bound}`,
    add: (path, body, headers) => {
      added.set(path, { body, headers });
      return origin + path;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { origin } = await serve({ port: Number(process.argv[2] ?? 8080) });
  console.log(`The news stand is open at ${origin}/`);
}
