// What the service does now: plots of the last four minutes, and whether the server that answers is well.
import { element } from '/console/elements.js';
import { bytes, count, moment } from '/console/format.js';
import { plot } from '/console/plot.js';
import { read } from '/console/reading.js';

const plots = [
  ['Connections', 'connections', count],
  ['Messages a second', 'messages_per_second', count],
  ['Bytes a second', 'bytes_per_second', bytes],
  ['Channels in use', 'channels', count],
  ['SLIM links', 'links', count],
  ['Entries not acknowledged', 'queue_depth', count],
  ['Furthest behind, entries', 'largest_lag', count],
];

function facts(figures) {
  const list = element('dl');
  const add = (name, value) => list.append(element('dt', name), element('dd', value));
  add('Server', `version ${figures.version}, since ${moment(figures.started_at)}`);
  add('Ready', figures.ready ? 'yes' : 'no');
  for (const [name, state] of Object.entries(figures.checks)) add(name.replaceAll('_', ' '), state);
  add('Relays', figures.nodes.map(node => `${node.host} (${node.state})`).join(', ') || 'none heard');
  add('Accepted since they started', `${count(figures.messages)} messages, ${bytes(figures.bytes)}`);
  return list;
}

// Puts the figures into the place. Returns what reads them again and adds a point to each plot.
export function showFigures(place) {
  const drawn = plots.map(([title, field, format]) => ({ field, ...plot(title, format) }));
  const grid = element('div', '', { class: 'plots' });
  grid.append(...drawn.map(({ figure }) => figure));
  const about = element('div');
  place.append(grid, about);

  return async () => {
    const figures = await read('/admin/figures');
    if (!figures) return;
    for (const { field, add } of drawn) add(figures[field]);
    about.replaceChildren(facts(figures));
  };
}
