// Channels, how far behind their members are, and what is left for adding agents to them.
import { account, column, id, number, size, text, time, truth } from '/console/columns.js';
import { element } from '/console/elements.js';
import { count } from '/console/format.js';

export const channels = {
  title: 'Channels',
  path: '/admin/channels',
  key: 'channel_id',
  columns: [
    id('Channel', 'channel_id'), text('Name', 'name'), account, number('Members', 'members'), number('Epoch', 'epoch'), number('Head', 'head'), size('Stored', 'bytes'), time('Closed', 'closed_at'),
  ],
  acts: [{
    name: 'Close',
    effect: 'Whatever is asked of it is refused from now on, for ever.',
    target: item => item.channel_id,
    path: item => `/admin/channels/${encodeURIComponent(item.channel_id)}/close`,
    when: item => !item.closed_at,
  }],
};

// The members of a channel who are furthest behind, behind their number.
function furthestBehind(members, { members_count: all }) {
  const list = element('ol');
  list.append(...members.map(member => {
    const entry = element('li', `${count(member.lag)} behind, at ${count(member.cursor)}: `);
    entry.append(element('code', member.agent_id));
    return entry;
  }));
  const details = element('details');
  details.append(element('summary', members.length < all ? `the furthest ${members.length} of ${all}` : `${all}`), list);
  return details;
}

export const queues = {
  title: 'Queues',
  about: 'How far the members of each channel are behind its head, by what they have acknowledged.',
  path: '/admin/queues',
  key: 'channel_id',
  columns: [id('Channel', 'channel_id'), number('Head', 'head'), number('Furthest behind', 'lag'), column('Members', 'members', furthestBehind)],
};

export const packages = {
  title: 'KeyPackages',
  about: 'What is left for adding an agent to channels, of agents that uploaded some to a relay that runs.',
  path: '/admin/key-packages',
  key: 'agent_id',
  fields: { below: { label: 'Fewer left than' } },
  columns: [id('Agent', 'agent_id'), id('Node', 'node_id'), number('Left', 'left'), truth('Last resort', 'has_last_resort')],
};
