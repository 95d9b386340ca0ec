/** The background worker: reads pages, answers them, keeps the library. */

import { readColumns } from '../columns.js';
import { siteOf } from '../protocol.js';
import { read_page } from '../wasm/quoth.js';
import { core, library, warm } from './core.js';
import { act, register } from './inject.js';
import { keep, whole } from './parts.js';
import { change, chooseForSite, settings } from './settings.js';
import { corrected, corrections, visited } from './visits.js';

/** @import { Answers, PageSettings, ToBackground } from '../protocol.js' */

const PAGES = { library: 'library/library.html', options: 'options/options.html' };

/**
 * @param {ToBackground} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Answers[keyof Answers]>}
 */
async function answer(message, sender) {
  // Pages and their content scripts may ask for what concerns their own tab; the rest is ours alone.
  const own = !sender.tab || sender.url?.startsWith(chrome.runtime.getURL(''));
  switch (message.type) {
    case 'wake':
      void warm();
      return { done: true };
    case 'page-settings': {
      void warm();
      const settled = await pageSettings(message.url, sender);
      // The page is read meanwhile; then it asks.
      setTimeout(() => library().catch(() => undefined));
      return settled;
    }
    case 'site':
      if (!sender.tab?.incognito) await chooseForSite(message.host, message.choice);
      return { done: true };
    case 'core-part':
      keep(message, sender);
      return { done: true };
    case 'core-read': {
      const columns = whole(message, sender);
      await core();
      return { json: readColumns(read_page, columns, message.visited) };
    }
    case 'visit':
      return visited(message, sender);
    case 'correct':
      await corrected(message, sender);
      return { done: true };
    case 'open':
      await chrome.tabs.create({ url: chrome.runtime.getURL(PAGES[message.page]) });
      return { done: true };
    case 'settings':
      if (!own) throw new Error('not for pages');
      return message.change ? change(() => message.change ?? {}) : settings();
    default:
      throw new Error('unknown message');
  }
}

/** @param {string} url @param {chrome.runtime.MessageSender} sender @returns {Promise<PageSettings>} */
async function pageSettings(url, sender) {
  const { layers, sites, allMentions } = await settings();
  const choice = sites[siteOf(url)];
  return {
    layers: { ...layers, ...choice?.layers },
    back: choice?.back ?? [],
    allMentions,
    private: sender.tab?.incognito ?? false,
    corrections: await corrections(url).catch(() => []),
  };
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (sender.id !== chrome.runtime.id) return false;
  answer(message, sender).then(respond, (error) =>
    respond({ error: error instanceof Error ? error.message : String(error) }),
  );
  return true;
});

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === 'read-page') void act(tab, { type: 'toggle' });
  if (command === 'toggle-panel') void act(tab, { type: 'panel' });
});

chrome.contextMenus.onClicked.addListener((info, tab) => {
  if (info.menuItemId === 'read') void act(tab, { type: 'read' });
  if (info.menuItemId === 'library') void chrome.tabs.create({ url: chrome.runtime.getURL(PAGES.library) });
});

chrome.runtime.onInstalled.addListener(async () => {
  void register();
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({ id: 'read', title: chrome.i18n.getMessage('menuRead'), contexts: ['page'] });
  chrome.contextMenus.create({
    id: 'library',
    title: chrome.i18n.getMessage('menuLibrary'),
    contexts: ['action'],
  });
});

chrome.runtime.onStartup.addListener(register);
chrome.permissions.onAdded.addListener(register);
chrome.permissions.onRemoved.addListener(register);
