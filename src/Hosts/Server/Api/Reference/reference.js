// Shows the OpenAPI document of this server.

import { element } from '/reference/elements.js';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function resolve(api, schema) {
  return schema && schema.$ref ? schema.$ref.slice(2).split('/').reduce((at, part) => at[part], api) : schema;
}

function typeOf(api, schema) {
  const seen = resolve(api, schema) || {};
  const alternatives = seen.oneOf || seen.anyOf;
  if (alternatives) return alternatives.map(each => typeOf(api, each)).filter(type => type !== 'null').join(' or ');
  const types = [].concat(seen.type || 'any').filter(type => type !== 'null');
  if (types[0] === 'array') return `array of ${typeOf(api, seen.items)}`;
  if (types[0] === 'object' && schema.$ref) return schema.$ref.split('/').pop();
  return types.join(' or ') + (seen.format ? ` (${seen.format})` : '');
}

function fields(api, schema) {
  const table = element('table');
  const head = table.createTHead().insertRow();
  for (const title of ['field', 'type']) head.append(element('th', title, { scope: 'col' }));
  const body = table.createTBody();
  for (const [name, property] of Object.entries((resolve(api, schema) || {}).properties || {})) {
    const row = body.insertRow();
    row.append(element('td', name), element('td', typeOf(api, property)));
  }
  return table;
}

function content(api, part) {
  const media = Object.values((part && part.content) || {})[0];
  return media && media.schema ? fields(api, media.schema) : null;
}

function request(api, path, method, operation) {
  const section = element('section', '', { id: operation.operationId });
  const title = element('h2');
  title.append(element('span', method.toUpperCase(), { class: 'method' }), element('code', path));
  section.append(title, element('p', operation.summary));
  if (operation.description) section.append(element('p', operation.description));
  const parameters = (operation.parameters || []).map(each => `${each.name} (${each.in})`);
  if (parameters.length) section.append(element('p', `Parameters: ${parameters.join(', ')}`));
  const body = content(api, operation.requestBody);
  if (body) section.append(element('h3', 'Body'), body);
  for (const [status, answer] of Object.entries(operation.responses || {})) {
    section.append(element('h3', `${status} ${answer.description || ''}`));
    const table = content(api, answer);
    if (table) section.append(table);
  }
  return section;
}

async function show() {
  const about = document.getElementById('about');
  const answer = await fetch('/openapi.json');
  if (!answer.ok) {
    about.textContent = `The document cannot be read: ${answer.status}.`;
    return;
  }
  const api = await answer.json();
  about.textContent = `${api.info.description || ''} Version ${api.info.version}.`;
  const list = element('ul');
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const method of methods.filter(each => operations[each])) {
      const operation = operations[method];
      document.getElementById('requests').append(request(api, path, method, operation));
      const item = element('li');
      item.append(element('a', `${method.toUpperCase()} ${path}`, { href: `#${operation.operationId}` }));
      list.append(item);
    }
  }
  document.getElementById('contents').append(list);
}

show();
