// A small plot of the last minutes of one figure.
import { element } from '/console/elements.js';

const width = 240;
const height = 48;
const points = 120;

function drawn(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// A figure with its title, its present value and its line; add(value) puts the next point on the right.
export function plot(title, format) {
  const values = [];
  const figure = element('figure');
  const line = drawn('polyline', { fill: 'none', 'vector-effect': 'non-scaling-stroke' });
  // The number beside it says what there is to be said aloud.
  const picture = drawn('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const now = element('strong');
  const most = element('small');
  const caption = element('figcaption', title);
  picture.append(line);
  figure.append(caption, now, picture, most);

  function add(value) {
    values.push(value);
    values.splice(0, values.length - points);
    const top = Math.max(...values, 1);
    const at = (value, index) => `${width - (values.length - 1 - index) * (width / (points - 1))},${(height - 1) - value / top * (height - 2)}`;
    line.setAttribute('points', values.map(at).join(' '));
    now.textContent = format(value);
    most.textContent = `at most ${format(Math.max(...values))}`;
  }

  return { figure, add };
}
