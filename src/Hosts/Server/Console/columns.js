// Columns of lists: a title, and what is shown of an item, as text or as an element; nothing where the item has no such field.
import { address } from '/console/address.js';
import { element } from '/console/elements.js';
import { bytes, count, moment } from '/console/format.js';

// format(value, item) is given the field's value, and the item.
export const column = (title, field, format) => ({ title, show: item => item[field] === undefined ? '' : format(item[field], item) });

export const text = (title, field) => column(title, field, value => value);
export const words = (title, field) => column(title, field, value => value.join(' '));
export const number = (title, field) => column(title, field, count);
export const size = (title, field) => column(title, field, bytes);
export const time = (title, field) => column(title, field, moment);
export const truth = (title, field) => column(title, field, value => value ? 'yes' : 'no');
export const id = (title, field) => column(title, field, value => element('code', value));

// Whose it is, as the way to that account.
export const account = column('Account', 'account_id', value => element('a', value, { href: address('accounts', { search: value }) }));

// A number that leads to the things that it counts, in another view.
export const counted = (title, field, view) => column(title, field, (value, item) =>
  element('a', value, { href: address(view, { account: item.account_id }), 'aria-label': `${title} of ${item.account_id}: ${value}` }));
