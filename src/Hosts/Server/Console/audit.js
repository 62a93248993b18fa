// What was done to the service, by whom.
import { id, text, time } from '/console/columns.js';

export const audit = {
  title: 'Audit log',
  about: 'Oldest first. Whether it is whole is checked from the export: skytale admin audit verify.',
  path: '/admin/audit',
  key: 'seq',
  columns: [
    text('Entry', 'seq'), time('At', 'at'), id('Actor', 'actor'), text('Act', 'act'), id('Target', 'target'), text('Outcome', 'outcome'), text('Reason', 'reason'),
  ],
};
