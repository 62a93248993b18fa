// The views, in their order. A list is read at its path, and again every so many seconds where it changes by itself (every); key is
// the field that names an item, and fields is what may be looked for. An act has
//   effect  what it does, told to whoever is asked whether that is meant
//   target  what names the item, told there too
//   path    where it is asked for
//   when    the items to which it may be done; all, where it is left out
import { audit } from '/console/audit.js';
import { channels, packages, queues } from '/console/channels.js';
import { showFigures } from '/console/figures.js';
import { connections, nodes } from '/console/live.js';
import { showList } from '/console/list.js';
import { accounts, agents, keys } from '/console/people.js';

const lists = { nodes, connections, accounts, agents, keys, channels, queues, packages, audit };

// name: { title, every, show(query, place) }, where show puts it into the place and returns what reads it again.
export const views = { figures: { title: 'Figures', every: 2, show: (_, place) => showFigures(place) } };
for (const [name, list] of Object.entries(lists)) views[name] = { title: list.title, every: list.every, show: (query, place) => showList(name, list, query, place) };
