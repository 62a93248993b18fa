// Numbers and times as people read them.

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function count(number) {
  return counts.format(number);
}

export function bytes(number) {
  let unit = 0;
  for (; number >= 1024 && unit < units.length - 1; unit++) number /= 1024;
  return `${count(number)} ${units[unit]}`;
}

// A moment of the API's (RFC 3339) in this machine's time, to the second; empty where there is none.
export function moment(text) {
  return text ? new Date(text).toLocaleString('sv') : '';
}
