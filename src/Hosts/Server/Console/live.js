// Who is there now: relays, and whom they serve.
import { account, id, number, text, time, words } from '/console/columns.js';

// Seconds between two readings.
const soon = 3;

export const disconnect = {
  name: 'Disconnect',
  effect: 'Its connections end. It may connect again at once.',
  target: item => item.name ? `${item.name}, ${item.agent_id}` : item.agent_id,
  path: item => `/admin/agents/${encodeURIComponent(item.agent_id)}/disconnect`,
};

export const nodes = {
  title: 'Nodes',
  about: 'A node is one run of a relay; those that were heard in the last ten seconds.',
  path: '/admin/nodes',
  key: 'node_id',
  every: soon,
  columns: [
    id('Node', 'node_id'), text('Host', 'host'), text('Version', 'version'), words('Roles', 'roles'), text('State', 'state'), time('Started', 'started_at'), time('Drain ends', 'drain_ends_at'),
    number('Connections', 'connections'), number('Messages a second', 'messages_per_second'), number('Not acknowledged', 'queue_depth'),
  ],
  acts: [{
    name: 'Drain',
    effect: 'It takes nobody new, sends its agents elsewhere and stops, with all that runs in the same server.',
    target: item => `${item.node_id} at ${item.host}`,
    path: item => `/admin/nodes/${item.node_id}/drain`,
    when: item => item.state === 'serving',
  }],
};

export const connections = {
  title: 'Connections',
  path: '/admin/connections',
  key: 'connection_id',
  every: soon,
  fields: { account: { label: 'Account' }, agent: { label: 'Agent' }, node: { label: 'Node' } },
  columns: [
    id('Connection', 'connection_id'), text('Kind', 'kind'), text('Transport', 'transport'), id('Agent', 'agent_id'), account, id('Key', 'key_id'), id('Node', 'node_id'), time('Since', 'since'),
  ],
  // A proxy's key is no agent's.
  acts: [{ ...disconnect, when: item => item.kind !== 'proxy' && item.agent_id }],
};
