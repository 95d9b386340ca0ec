/** Records packed small: JSON as gzip, whose checksum tells damage. */

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} through
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function stream(bytes, through) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer());
}

/** @param {string} json */
export const pack = (json) => stream(new TextEncoder().encode(json), new CompressionStream('gzip'));

/**
 * @param {Uint8Array} data
 * @returns {Promise<string>}
 * @throws {TypeError} if the bytes are damaged
 */
export async function unpack(data) {
  const bytes = await stream(/** @type {Uint8Array<ArrayBuffer>} */ (data), new DecompressionStream('gzip'));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
