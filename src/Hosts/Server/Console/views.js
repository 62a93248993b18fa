// The views, in their order. A view is read at its path, and again every so many seconds where it changes by itself (every); key is
// the field that names an item, and fields is what may be looked for. An act has
//   effect  what it does, told to whoever is asked whether that is meant
//   target  what names the item, told there too
//   path    where it is asked for
//   when    the items to which it may be done; all, where it is left out
import { audit } from '/console/audit.js';
import { accounts, agents, keys } from '/console/people.js';

export const views = { accounts, agents, keys, audit };
