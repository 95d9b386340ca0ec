/** The content script: injected by the popup's click or on sites the reader always reads. */

import { describe } from './state.js';
import { View } from './view.js';

/** @import { PageState, ToPage } from '../protocol.js' */

// The content script's own world: page scripts cannot reach it.
const world = /** @type {{ quoth?: View }} */ (globalThis);

if (!world.quoth) {
  const view = new View();
  world.quoth = view;

  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return false;
    act(view, message).then(answer, (error) => answer({ error: String(error) }));
    return true;
  });

  // The popup stays connected while it is open and sees every change.
  chrome.runtime.onConnect.addListener((port) => {
    if (port.sender?.id !== chrome.runtime.id || port.name !== 'popup') return;
    const tell = (/** @type {PageState} */ state) => port.postMessage(state);
    view.listeners.add(tell);
    port.onDisconnect.addListener(() => view.listeners.delete(tell));
    port.onMessage.addListener((message) => void act(view, message));
    tell(describe(view));
  });

  whenSeen(() => view.read());
}

/** @param {View} view @param {ToPage} message @returns {Promise<PageState>} */
async function act(view, message) {
  switch (message.type) {
    case 'read':
      await view.read();
      break;
    case 'toggle':
      await view.toggle();
      break;
    case 'layer':
      view.setLayer(message.layer, message.on);
      break;
    case 'undo':
      view.undo();
      break;
    case 'panel':
      view.togglePanel(message.open);
      break;
    case 'walk':
      view.walk.on(message.by);
      break;
    case 'state':
      break;
  }
  return describe(view);
}

/** A page that is only made ready, in case, is read when it is looked at. @param {() => void} then */
function whenSeen(then) {
  const { prerendering } = /** @type {{ prerendering?: boolean }} */ (document);
  if (prerendering) document.addEventListener('prerenderingchange', then, { once: true });
  else then();
}
