// Accounts, and what they have.
import { account, counted, id, text, time, words } from '/console/columns.js';
import { disconnect } from '/console/live.js';

const accountAct = (name, effect, verb, state) => ({
  name, effect, target: item => item.account_id, path: item => `/admin/accounts/${item.account_id}/${verb}`, when: item => item.state === state,
});

export const accounts = {
  title: 'Accounts',
  path: '/admin/accounts',
  key: 'account_id',
  fields: {
    search: { label: 'E-mail address, or the beginning of an id or of an organisation' },
    state: { label: 'State', choices: ['', 'active', 'suspended', 'closed'] },
  },
  columns: [
    id('Account', 'account_id'), text('E-mail', 'email'), text('State', 'state'), time('Created', 'created_at'), counted('Keys', 'keys', 'keys'), counted('Agents', 'agents', 'agents'),
  ],
  acts: [
    accountAct('Suspend', 'It gets no token any more, and its connections end. What it owns stays.', 'suspend', 'active'),
    accountAct('Restore', 'It is served again.', 'restore', 'suspended'),
  ],
};

export const agents = {
  title: 'Agents',
  path: '/admin/agents',
  key: 'agent_id',
  fields: { search: { label: 'Beginning of the name or of the did:key' }, account: { label: 'Account' } },
  columns: [text('Name', 'name'), id('Agent', 'agent_id'), account, time('Created', 'created_at'), time('Revoked', 'revoked_at')],
  acts: [{
    name: 'Revoke',
    effect: 'Its connections end, and it never connects again.',
    target: item => `${item.name}, ${item.agent_id}`,
    path: item => `/admin/agents/${encodeURIComponent(item.agent_id)}/revoke`,
    when: item => !item.revoked_at,
  }, { ...disconnect, when: item => !item.revoked_at }],
};

export const keys = {
  title: 'API keys',
  path: '/admin/keys',
  key: 'key_id',
  fields: { account: { label: 'Account' } },
  columns: [
    id('Key', 'key_id'), account, words('Scopes', 'scopes'), time('Created', 'created_at'), time('Last used', 'last_used_at'), time('Revoked', 'revoked_at'),
  ],
  acts: [{
    name: 'Revoke',
    effect: 'It opens nothing any more, and what was connected with its tokens ends.',
    target: item => item.key_id,
    path: item => `/admin/keys/${item.key_id}/revoke`,
    when: item => !item.revoked_at,
  }],
};
