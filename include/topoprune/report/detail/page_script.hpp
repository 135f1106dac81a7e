// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace topoprune::detail {

/// What moves in the page: the picture of the embedding, the class of the strata chart, and the measured
/// times. Without it the text, the tables and the other charts still stand. It ends within the function that
/// draws the embedding, so that a page with pictures adds to it.
inline constexpr std::string_view page_script = R"js(
(() => {
'use strict';
const element = id => document.getElementById(id);
const read = id => JSON.parse(element(id).textContent);
const grouped = number => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawStages() {
  const measured = read('measured');
  const seconds = measured.stages.map(stage => stage[1] || 0);
  const total = seconds.reduce((a, b) => a + b, 0);
  const longest = Math.max(1e-9, ...seconds);
  const body = element('stages').tBodies[0];
  measured.stages.forEach(([name], k) => {
    const row = body.insertRow();
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    row.append(head);
    row.insertCell().textContent = seconds[k].toFixed(3) + ' s';
    const bar = document.createElement('i');
    bar.style.width = 100 * seconds[k] / longest + '%';
    row.insertCell().append(bar);
  });
  const show = (what, text) => document.querySelectorAll('[data-measured=' + what + ']')
    .forEach(place => { place.textContent = text; });
  show('time', total.toFixed(total < 10 ? 2 : 1) + ' s');
  const peak = measured.peak_megabytes;
  show('memory', peak === null ? 'not measured' : grouped(Math.round(peak)) + ' MB');
}

function drawStrata() {
  const left = 58, right = 700, bottom = 188, top = 12;
  const classes = read('strata-data');
  const path = (counts, most) => {
    const pitch = (right - left) / Math.max(1, counts.length), gap = Math.min(8, 0.2 * pitch);
    return counts.map((count, k) => count === 0 ? '' :
      'M' + (left + pitch * k + gap / 2).toFixed(1) + ' ' + bottom +
      'V' + (bottom + (top - bottom) * count / most).toFixed(1) +
      'h' + (pitch - gap).toFixed(1) + 'V' + bottom + 'z').join('');
  };
  const choice = element('strata-class');
  const draw = () => {
    const { samples, kept } = classes[choice.value];
    const most = Math.max(1, ...samples);
    element('strata-samples').setAttribute('d', path(samples, most));
    element('strata-kept').setAttribute('d', path(kept, most));
    element('strata-most').textContent = grouped(most);
    element('strata-last').textContent = grouped(Math.max(0, samples.length - 1));
  };
  choice.addEventListener('change', draw);
  draw();
}

function drawEmbedding() {
  const canvas = element('embedding-canvas'), context = canvas.getContext('2d');
  const data = read('embedding-data');
  const digit = new Uint8Array(128);
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/']
    .forEach((c, k) => { digit[c.charCodeAt(0)] = k; });
  const number = (text, at, count) => {
    let value = 0;
    for (let k = 0; k < count; ++k) value = value * 64 + digit[text.charCodeAt(at + k)];
    return value;
  };
  const total = data.places.length / 4;
  const x = new Float32Array(total), y = new Float32Array(total), classOf = new Uint16Array(total);
  let count = 0;
  for (const kind of [2, 3])
    data.classes.forEach((c, k) => { classOf.fill(k, count, count += c[kind]); });
  const firstKept = data.classes.reduce((sum, c) => sum + c[2], 0);
  for (let i = 0; i < total; ++i) {
    x[i] = number(data.places, 4 * i, 2);
    y[i] = number(data.places, 4 * i + 2, 2);
  }

  let chosen = -1, hovered = -1, scale = 1, left = 0, top = 0;
  const shown = { kept: element('show-kept'), pruned: element('show-pruned') };
  function draw(onPaper) {
    const width = canvas.clientWidth, height = canvas.clientHeight, dots = window.devicePixelRatio || 1;
    if (width === 0) return;
    canvas.width = Math.round(width * dots);
    canvas.height = Math.round(height * dots);
    context.setTransform(dots, 0, 0, dots, 0, 0);
    const margin = 14;
    scale = Math.min((width - 2 * margin) / Math.max(1, data.width),
                     (height - 2 * margin) / Math.max(1, data.height));
    left = (width - scale * data.width) / 2;
    top = (height - scale * data.height) / 2;
    const room = points => Math.sqrt(width * height / Math.max(1, points));
    const small = Math.min(2, Math.max(0.6, 0.13 * room(total)));
    const large = Math.min(3.6, Math.max(1.2, 0.12 * room(total - firstKept)));
    const focus = hovered >= 0 ? hovered : chosen;
    const px = i => left + scale * x[i], py = i => top + scale * (data.height - y[i]);
    const paint = c => focus < 0 || focus === c ? data.classes[c][1] : color('--muted');
    if (shown.pruned.checked)
      for (let i = 0, last = -1; i < firstKept; ++i) {
        if (classOf[i] !== last) {
          last = classOf[i];
          context.fillStyle = paint(last);
          context.globalAlpha = focus < 0 ? 0.38 : focus === last ? 0.5 : 0.07;
        }
        context.fillRect(px(i) - small, py(i) - small, 2 * small, 2 * small);
      }
    if (shown.kept.checked) {
      const outlined = large >= 2;
      context.lineWidth = 0.7;
      context.strokeStyle = onPaper ? '#000' : color('--ink');
      for (let i = firstKept, last = -1; i < total; ++i) {
        if (classOf[i] !== last) {
          last = classOf[i];
          context.fillStyle = paint(last);
          context.globalAlpha = focus < 0 || focus === last ? 1 : 0.1;
        }
        context.beginPath();
        context.arc(px(i), py(i), large, 0, 2 * Math.PI);
        context.fill();
        if (outlined && (focus < 0 || focus === last)) context.stroke();
      }
    }
    context.globalAlpha = 1;
  }

  const buttons = [...document.querySelectorAll('.legend button')];
  const list = element('embedding-class');
  const choose = c => {
    chosen = c;
    list.value = String(c);
    buttons.forEach(b => b.setAttribute('aria-pressed', String(Number(b.dataset.class) === c)));
    draw();
  };
  buttons.forEach(button => {
    const c = Number(button.dataset.class);
    button.addEventListener('click', () => choose(chosen === c ? -1 : c));
    button.addEventListener('pointerenter', () => { hovered = c; draw(); });
    button.addEventListener('pointerleave', () => { hovered = -1; draw(); });
  });
  list.addEventListener('change', () => choose(Number(list.value)));
  Object.values(shown).forEach(box => box.addEventListener('change', () => draw()));

  const said = element('embedding-point');
  canvas.addEventListener('pointermove', event => {
    let nearest = -1, least = 64;
    for (let i = 0; i < total; ++i) {
      if (!(i < firstKept ? shown.pruned : shown.kept).checked) continue;
      if (chosen >= 0 && classOf[i] !== chosen) continue;
      const dx = left + scale * x[i] - event.offsetX;
      const dy = top + scale * (data.height - y[i]) - event.offsetY;
      if (dx * dx + dy * dy <= least) { least = dx * dx + dy * dy; nearest = i; }
    }
    said.textContent = nearest < 0 ? '' :
      'sample ' + grouped(number(data.rows, 5 * nearest, 5)) +
      ', class ' + data.classes[classOf[nearest]][0] + (nearest < firstKept ? ', pruned' : ', kept');
  });
  canvas.addEventListener('pointerleave', () => { said.textContent = ''; });
  new ResizeObserver(() => draw()).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw());
  addEventListener('beforeprint', () => draw(true));
  addEventListener('afterprint', () => draw());
)js";

inline constexpr std::string_view page_script_end = R"js(}

drawStages();
if (element('strata-data')) drawStrata();
if (element('embedding-data')) drawEmbedding();
})();
)js";

} // namespace topoprune::detail
