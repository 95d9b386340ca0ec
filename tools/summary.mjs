/** What was found on one page, told in a terminal. */

const WIDTH = 100;
const colour = process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {string} code @param {string} text */
const ink = (code, text) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);

/** @param {string} text @param {number} [room] */
function cut(text, room = WIDTH) {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= room ? flat : `${flat.slice(0, room - 1).replace(/\s+\S*$/, '')}…`;
}

/** @param {string} label @param {string[]} lines */
function rows(label, lines) {
  return lines.map((line, i) => `   ${ink('2', (i === 0 ? label : '').padEnd(9))} ${line}`);
}

/** @param {number} n @param {string} one @param {string} [many] */
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/**
 * @typedef {object} Found what the panel lists
 * @property {{ speaker: string, unclear: boolean, quotes: string[] }[]} said
 * @property {{ name: string, title: string, type: string, count: string }[]} named
 * @property {{ where: string, title: string, same: { relation: string, text: string }[] }[]} related
 */

/**
 * @param {number} n
 * @param {number} of
 * @param {string} url
 * @param {{ state: import('../extension/protocol.js').PageState, found: Found | undefined }} what
 * @returns {string}
 */
export function tell(n, of, url, { state, found }) {
  const head = [
    `${ink('2', `${n}/${of}`)}  ${ink('1', cut(state.title || url))}`,
    `     ${ink('2', state.outlet)}`,
  ];
  if (state.status !== 'read' || !found)
    return [...head, ...rows('not read', [state.reason ?? state.status])].join('\n');
  return [
    ...head,
    ...rows('cleared', [cleared(state.furniture)]),
    ...rows('named', named(found.named)),
    ...rows('said', said(found.said)),
    ...rows('related', related(found.related)),
    ...rows('took', [took(state)]),
  ].join('\n');
}

/** @param {Partial<Record<string, number>>} furniture */
function cleared(furniture) {
  const kinds = Object.entries(furniture).filter(([, n]) => n);
  const sum = kinds.reduce((all, [, n]) => all + (n ?? 0), 0);
  if (sum === 0) return 'nothing';
  return `${count(sum, 'part')}: ${kinds.map(([kind, n]) => `${n} ${kind}`).join(', ')}`;
}

/** @param {Found['named']} actors */
function named(actors) {
  if (actors.length === 0) return ['nobody'];
  const lines = actors
    .slice(0, 7)
    .map((a) => `${a.name}${a.title ? `, ${a.title}` : ''} ${ink('2', `${a.type}, ${a.count} ×`)}`);
  return actors.length > 7 ? [...lines, ink('2', `and ${actors.length - 7} more`)] : lines;
}

/** @param {Found['said']} groups */
function said(groups) {
  const lines = groups.flatMap(({ speaker, unclear, quotes }) => [
    `${ink(unclear ? '33' : '1', speaker)} ${ink('2', count(quotes.length, 'quotation'))}`,
    ...quotes.slice(0, 3).map((q) => `  ${cut(q, WIDTH - 12)}`),
  ]);
  return lines.length > 0 ? lines : ['nothing in quotation marks'];
}

/** @param {Found['related']} visits */
function related(visits) {
  if (visits.length === 0) return ['nothing read before'];
  return visits.flatMap(({ where, title, same }) => [
    `${where}: ${cut(title, WIDTH - where.length - 14)}`,
    ...same.map((s) => `  ${ink('36', s.relation)} ${cut(s.text, WIDTH - 30)}`),
  ]);
}

/** @param {import('../extension/protocol.js').PageState} state */
function took({ ms, where }) {
  const steps = Object.entries(ms).map(([step, time]) => `${step} ${time.toFixed(0)}`);
  return `${steps.join(', ')} ms; the core ran in the ${where ?? 'page'}`;
}
