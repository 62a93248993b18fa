// One page of a list of the API's: search, table, acts, and the way to the next page.
import { actButton } from '/console/acts.js';
import { address } from '/console/address.js';
import { element } from '/console/elements.js';
import { read } from '/console/reading.js';
import { searchForm } from '/console/search.js';

// A cell is text or an element. Its title goes with it for narrow screens, where a row is shown as a card.
function cellOf({ title, show }, item) {
  const shown = show(item);
  const cell = element('td', '', { role: 'cell', 'data-title': title });
  if (shown !== '') cell.append(shown);
  return cell;
}

function rowOf(view, item, reload) {
  const row = element('tr', '', { role: 'row', 'data-key': item[view.key] });
  row.append(...view.columns.map(column => cellOf(column, item)));
  if (view.acts) {
    const cell = element('td', '', { role: 'cell', class: 'acts', 'data-title': 'Acts' });
    cell.append(...view.acts.filter(act => act.when?.(item) ?? true).map(act => actButton(act, item, reload)));
    row.append(cell);
  }
  return row;
}

function headOf(view) {
  const head = element('tr', '', { role: 'row' });
  const titles = view.columns.map(column => column.title);
  if (view.acts) titles.push('Acts');
  head.append(...titles.map(title => element('th', title, { scope: 'col', role: 'columnheader' })));
  return head;
}

// Draws the rows anew. What had the focus in them has it again; where it is gone with what it did, the view's title has it.
function redraw(body, rows) {
  const focused = body.contains(document.activeElement) ? document.activeElement : null;
  const at = focused && { key: focused.closest('tr').dataset.key, title: focused.closest('td').dataset.title, text: focused.textContent };
  body.replaceChildren(...rows);
  if (!at) return;
  const cells = rows.filter(row => row.dataset.key === at.key).flatMap(row => [...row.cells]).filter(cell => cell.dataset.title === at.title);
  const again = cells.flatMap(cell => [...cell.querySelectorAll('a, button')]).find(each => each.textContent === at.text || each.matches('a'));
  (again ?? document.getElementById('title')).focus();
}

// Puts the list into the place. Returns what reads it again.
export function showList(name, view, query, place) {
  const table = element('table', '', { role: 'table', 'aria-labelledby': 'title' });
  table.createTHead().append(headOf(view));
  const body = table.createTBody();
  const [again, found, pages] = [element('button', 'Read again', { type: 'button' }), element('span'), element('nav', '', { 'aria-label': 'Pages' })];
  const foot = element('div', '', { class: 'foot' });
  foot.append(again, found, pages);

  async function reload() {
    const page = await read(view.path, query);
    // A question that is being asked is about what stands there.
    if (!page || document.querySelector('dialog[open]')) return;
    redraw(body, page.items.map(item => rowOf(view, item, reload)));
    found.textContent = page.items.length === 0 ? 'Nothing here.' : `${page.items.length} on this page.`;
    pages.replaceChildren();
    if (query.after) pages.append(element('a', 'First page', { href: address(name, { ...query, after: '' }) }));
    if (page.next) pages.append(element('a', 'Next page', { href: address(name, { ...query, after: page.next }) }));
  }

  again.addEventListener('click', reload);
  if (view.about) place.append(element('p', view.about));
  if (view.fields) place.append(searchForm(name, view.fields, query));
  place.append(table, foot);
  return reload;
}
