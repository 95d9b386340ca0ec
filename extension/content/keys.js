/**
 * Keys: with Alt anywhere on the page, plain ones only while one of our own surfaces has the focus.
 *
 * Alt+Q puts the page back as it was, or reads it again; Alt+N and Alt+P walk the quotations.
 */

/** @import { View } from './view.js' */

/** @param {View} view @param {AbortSignal} signal ends it */
export function follow(view, signal) {
  /** @param {KeyboardEvent} event */
  const act = (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const ours = view.host?.holds(event) ?? false;
    const typing = ours ? view.host?.focused?.localName === 'select' : isField(event.target);
    const done = event.altKey
      ? !event.shiftKey && withAlt(view, event.code)
      : plain(view, event.key, ours && !typing);
    if (!done) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', act, { signal, capture: true });
}

/** @param {View} view @param {string} code */
function withAlt(view, code) {
  switch (code) {
    case 'KeyQ':
      view.toggle();
      return true;
    case 'KeyN':
      view.walk.on(1);
      return view.status === 'read';
    case 'KeyP':
      view.walk.on(-1);
      return view.status === 'read';
    default:
      return false;
  }
}

/** @param {View} view @param {string} key @param {boolean} ours */
function plain(view, key, ours) {
  switch (key) {
    case 'Escape':
      return (view.cards?.close() || (ours && view.panel?.close())) ?? false;
    case 'n':
      if (ours) view.walk.on(1);
      return ours;
    case 'p':
      if (ours) view.walk.on(-1);
      return ours;
    default:
      return false;
  }
}

/** @param {EventTarget | null} target */
function isField(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/.test(target.localName))
  );
}
