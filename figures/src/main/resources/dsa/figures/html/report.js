
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('models').textContent);
  const root = document.getElementById('explorer');
  const MEASURES = ['params', 'flops', 'activations'];
  const DASHES = [[], [7, 3], [2, 2.4], [8, 2.5, 2, 2.5], [11, 4], [4, 2], [8, 2, 2, 2, 2, 2], [14, 2, 4, 2]];
  const MARGIN = { left: 58, right: 12, top: 10, bottom: 44 };
  const series = data.populations;
  const measures = MEASURES.filter(m => series.every(s => s[m]));
  const state = { measure: measures.includes(data.given) ? data.given : measures[0], log: true,
    shown: series.map(() => true), brush: null, at: null, pointed: null, pinned: null };

  // Elements
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in element && name !== 'list') element[name] = value; else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const shorten = (text, most) => text.length > most ? text.slice(0, most) + '…' : text;
  const number = v => v === null || v === undefined ? 'not recorded'
    : Math.abs(v) >= 1000 ? Math.round(v).toLocaleString('en-US') : String(Math.round(v * 1000) / 1000);
  const bdi = (text, most) => make('bdi', { textContent: shorten(text, most) });

  const canvas = label => {
    const element = make('canvas', { tabIndex: 0 });
    element.setAttribute('role', 'application');
    element.setAttribute('aria-label', label);
    return element;
  };
  const axisText = data.axis + ' (' + data.unit + ')';
  const edfCanvas = canvas('Cumulative distribution of the ' + data.axis + '. Left and right arrow keys move along it.');
  const cloudCanvas = measures.length ? canvas('One mark for each model, ' + data.axis
    + ' against complexity. Left and right arrow keys go to the model of next lower or higher complexity, up and down'
    + ' to that of next higher or lower ' + data.axis + ', Enter keeps a model, Escape clears the selection.') : null;
  const edfText = make('div', { className: 'readout' });
  const cloudText = make('div', { className: 'readout' });
  const modelText = make('div', { className: 'model', tabIndex: 0 });
  edfText.setAttribute('role', 'status');
  cloudText.setAttribute('role', 'status');
  modelText.setAttribute('role', 'region');
  modelText.setAttribute('aria-label', 'The model that was chosen');

  // Colours: kept legible on the page's background
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const channels = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  const luminance = hex => channels(hex).map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const mixed = (a, b, share) => '#' + channels(a).map((c, i) =>
    Math.round(c + share * (channels(b)[i] - c)).toString(16).padStart(2, '0')).join('');
  const legible = color => {
    let result = color;
    for (let step = 1; step <= 10 && contrast(result, css('--paper')) < 3; step++) result = mixed(color, css('--ink'), step / 10);
    return result;
  };
  let colors = [];

  // Which models
  const order = series.map(s => s.value.map((_, i) => i).sort((a, b) => s.value[a] - s.value[b]));
  const inBrush = (s, i) => {
    const b = state.brush;
    if (!b) return true;
    const x = state.measure ? s[state.measure][i] : null;
    return s.value[i] >= b.y0 && s.value[i] <= b.y1 && (x === null ? !state.measure : x >= b.x0 && x <= b.x1);
  };
  const distribution = (index, selected) => {
    const s = series[index];
    const x = [];
    const y = [];
    let sum = 0;
    for (const i of order[index]) {
      if (selected && !inBrush(s, i)) continue;
      sum += s.weight[i];
      x.push(s.value[i]);
      y.push(sum);
    }
    return { x, y: y.map(v => v / sum), n: x.length };
  };
  const share = (edf, at) => {
    let low = 0;
    let high = edf.n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edf.x[middle] <= at) low = middle + 1; else high = middle;
    }
    return low ? edf.y[low - 1] : 0;
  };
  const whole = series.map((_, p) => distribution(p, false));
  let chosen = whole;

  // Axes
  const extent = lists => {
    let low = Infinity;
    let high = -Infinity;
    for (const list of lists) for (const v of list) if (v !== null) { if (v < low) low = v; if (v > high) high = v; }
    return [low, high];
  };
  const quantile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  const [lowest] = extent(series.map(s => s.value));
  const usual = Math.max(...series.map((s, p) => quantile(order[p].map(i => s.value[i]), 0.995)));
  const [, largest] = extent(series.map(s => s.value));
  const highest = largest > 1.5 * usual ? usual * 1.05 : largest;
  const valueRange = [lowest - 0.03 * (highest - lowest || 1), highest + 0.03 * (highest - lowest || 1)];
  const ticks = (low, high, log) => {
    const marks = [];
    if (log) {
      for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
        for (const m of high / low > 300 ? [1] : high / low > 20 ? [1, 3] : [1, 2, 3, 5, 7]) {
          if (m * 10 ** e >= low && m * 10 ** e <= high) marks.push(m * 10 ** e);
        }
      }
      if (marks.length > 1) return marks;
    }
    const raw = (high - low) / 5;
    const unit = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map(m => m * unit).find(s => s >= raw);
    for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) marks.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    return marks;
  };
  const short = v => v >= 1e9 ? +(v / 1e9).toPrecision(3) + ' G' : v >= 1e6 ? +(v / 1e6).toPrecision(3) + ' M'
    : v >= 1e3 ? +(v / 1e3).toPrecision(3) + ' k' : String(+v.toPrecision(6));

  const plot = (element, x, y) => {
    const ratio = window.devicePixelRatio || 1;
    const width = element.clientWidth;
    const height = element.clientHeight;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    const pen = element.getContext('2d');
    pen.scale(ratio, ratio);
    const inner = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
    const place = (axis, v, from, to) => {
      const f = axis.log ? Math.log(v / axis.low) / Math.log(axis.high / axis.low) : (v - axis.low) / (axis.high - axis.low);
      return from + f * (to - from);
    };
    const value = (axis, at, from, to) => {
      const f = (at - from) / (to - from);
      return axis.log ? axis.low * (axis.high / axis.low) ** f : axis.low + f * (axis.high - axis.low);
    };
    const view = {
      pen, inner, x, y,
      px: v => place(x, v, inner.left, inner.right), py: v => place(y, v, inner.bottom, inner.top),
      vx: at => value(x, at, inner.left, inner.right), vy: at => value(y, at, inner.bottom, inner.top),
    };
    pen.font = '13px system-ui, sans-serif';
    pen.fillStyle = css('--soft');
    pen.strokeStyle = css('--line');
    pen.lineWidth = 1;
    pen.textAlign = 'center';
    for (const v of ticks(x.low, x.high, x.log)) {
      const at = view.px(v);
      pen.beginPath(); pen.moveTo(at, inner.top); pen.lineTo(at, inner.bottom); pen.stroke();
      pen.fillText(short(v), at, inner.bottom + 17);
    }
    pen.textAlign = 'right';
    for (const v of ticks(y.low, y.high, y.log)) {
      const at = view.py(v);
      pen.beginPath(); pen.moveTo(inner.left, at); pen.lineTo(inner.right, at); pen.stroke();
      pen.fillText(short(v), inner.left - 6, at + 4);
    }
    pen.fillStyle = css('--ink');
    pen.textAlign = 'center';
    pen.fillText(x.label, (inner.left + inner.right) / 2, height - 8);
    pen.save();
    pen.translate(13, (inner.top + inner.bottom) / 2);
    pen.rotate(-Math.PI / 2);
    pen.fillText(y.label, 0, 0);
    pen.restore();
    pen.save();
    pen.beginPath();
    pen.rect(inner.left, inner.top, inner.right - inner.left, inner.bottom - inner.top);
    pen.clip();
    return view;
  };

  // The two plots; what does not follow the pointer is kept as an image
  let edfView = null;
  let cloudView = null;
  let edfImage = null;
  let cloudImage = null;
  const keep = element => {
    const copy = make('canvas', { width: element.width, height: element.height });
    copy.getContext('2d').drawImage(element, 0, 0);
    return copy;
  };
  const restore = (view, element, image) => {
    view.pen.save();
    view.pen.setTransform(1, 0, 0, 1, 0, 0);
    view.pen.clearRect(0, 0, element.width, element.height);
    view.pen.drawImage(image, 0, 0);
    view.pen.restore();
  };
  const mark = (pen, kind, x, y, r) => {
    pen.beginPath();
    if (kind === 0) pen.arc(x, y, r, 0, 2 * Math.PI);
    else if (kind === 1) pen.rect(x - r, y - r, 2 * r, 2 * r);
    else if (kind === 2) { pen.moveTo(x, y - 1.3 * r); pen.lineTo(x + 1.2 * r, y + r); pen.lineTo(x - 1.2 * r, y + r); pen.closePath(); }
    else { pen.moveTo(x, y - 1.4 * r); pen.lineTo(x + 1.2 * r, y); pen.lineTo(x, y + 1.4 * r); pen.lineTo(x - 1.2 * r, y); pen.closePath(); }
  };
  const stairs = (view, edf) => {
    const pen = view.pen;
    pen.beginPath();
    pen.moveTo(view.inner.left, view.py(0));
    let last = 0;
    for (let i = 0; i < edf.n; i++) {
      const x = view.px(edf.x[i]);
      pen.lineTo(x, view.py(last));
      pen.lineTo(x, view.py(edf.y[i]));
      last = edf.y[i];
    }
    pen.lineTo(view.inner.right, view.py(last));
    pen.stroke();
  };
  const drawEdf = () => {
    edfView = plot(edfCanvas, { low: valueRange[0], high: valueRange[1], log: false, label: axisText },
      { low: 0, high: 1, log: false, label: 'cumulative probability' });
    const pen = edfView.pen;
    series.forEach((_, p) => {
      if (!state.shown[p]) return;
      pen.strokeStyle = colors[p];
      pen.setLineDash(DASHES[p % DASHES.length]);
      if (state.brush) { pen.globalAlpha = 0.35; pen.lineWidth = 1; stairs(edfView, whole[p]); pen.globalAlpha = 1; }
      pen.lineWidth = 2;
      if (chosen[p].n) stairs(edfView, chosen[p]);
    });
    pen.setLineDash([]);
    edfImage = keep(edfCanvas);
    pointEdf();
  };
  const pointEdf = () => {
    restore(edfView, edfCanvas, edfImage);
    if (state.at === null) {
      edfText.textContent = state.brush ? series.map((s, p) => shorten(s.name, 40) + ': ' + chosen[p].n + ' of ' + whole[p].n + ' models selected').join('\n')
        : 'Point at the curves, or use the arrow keys, to read them off.';
      return;
    }
    const pen = edfView.pen;
    pen.strokeStyle = css('--ink');
    pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(edfView.px(state.at), edfView.inner.top); pen.lineTo(edfView.px(state.at), edfView.inner.bottom); pen.stroke();
    edfText.textContent = data.axis + ' at most ' + number(state.at) + ' ' + data.unit + ': ' + series.map((s, p) => state.shown[p]
      ? shorten(s.name, 40) + ' ' + (100 * share(chosen[p], state.at)).toFixed(1) + ' %' : null).filter(t => t).join(', ');
  };
  const drawCloud = () => {
    if (!cloudCanvas) return;
    const [low, high] = extent(series.map(s => s[state.measure]));
    const log = state.log && low > 0 && high > low;
    const pad = log ? (high / low) ** 0.03 : 0.03 * (high - low || 1);
    cloudView = plot(cloudCanvas,
      { low: log ? low / pad : low - pad, high: log ? high * pad : high + pad, log, label: state.measure },
      { low: valueRange[0], high: valueRange[1], log: false, label: axisText });
    const pen = cloudView.pen;
    const r = series.reduce((n, s) => n + s.value.length, 0) > 4000 ? 1.6 : 2.8;
    series.forEach((s, p) => {
      if (!state.shown[p]) return;
      pen.fillStyle = colors[p];
      for (let i = 0; i < s.value.length; i++) {
        const x = s[state.measure][i];
        if (x === null) continue;
        pen.globalAlpha = inBrush(s, i) ? 0.6 : 0.1;
        mark(pen, p % 4, cloudView.px(x), cloudView.py(s.value[i]), r);
        pen.fill();
      }
    });
    pen.globalAlpha = 1;
    cloudImage = keep(cloudCanvas);
    pointCloud();
  };
  const box = (b, style) => {
    const pen = cloudView.pen;
    pen.strokeStyle = style;
    pen.lineWidth = 1.5;
    pen.strokeRect(cloudView.px(b.x0), cloudView.py(b.y1), cloudView.px(b.x1) - cloudView.px(b.x0), cloudView.py(b.y0) - cloudView.py(b.y1));
  };
  const pointCloud = () => {
    if (!cloudView) return;
    restore(cloudView, cloudCanvas, cloudImage);
    if (state.brush) box(state.brush, css('--accent'));
    for (const [point, width] of [[state.pinned, 3], [state.pointed, 1.5]]) {
      if (!point) continue;
      const s = series[point.p];
      const pen = cloudView.pen;
      pen.strokeStyle = css('--ink');
      pen.lineWidth = width;
      pen.beginPath();
      pen.arc(cloudView.px(s[state.measure][point.i]), cloudView.py(s.value[point.i]), 7, 0, 2 * Math.PI);
      pen.stroke();
    }
    cloudText.textContent = state.pointed ? line(state.pointed) : 'Point at a model, click to keep it, drag to select many.';
  };
  const line = ({ p, i }) => shorten(series[p].name, 40) + ' ' + shorten(series[p].id[i], 60) + ': ' + number(series[p].value[i]) + ' ' + data.unit
    + (state.measure ? ', ' + number(series[p][state.measure][i]) + ' ' + state.measure : '');
  const tellModel = () => {
    modelText.replaceChildren();
    if (!state.pinned) { modelText.append('No model chosen.'); return; }
    const { p, i } = state.pinned;
    const s = series[p];
    modelText.append(bdi(s.name, 200), ', ', bdi(s.id[i], 200), '\n', data.axis + ' ' + number(s.value[i]) + ' ' + data.unit
      + '; weight ' + s.weight[i].toPrecision(3), ...MEASURES.filter(m => s[m]).map(m => '\n' + m + ' ' + number(s[m][i])));
    if (s.architecture && s.prefix + s.architecture[i]) modelText.append('\n', bdi(s.prefix + s.architecture[i], 4000));
  };
  const all = () => {
    colors = series.map(s => legible(s.color));
    chosen = state.brush ? series.map((_, p) => distribution(p, true)) : whole;
    drawEdf();
    drawCloud();
    document.querySelectorAll('.key').forEach((key, p) => key.setAttribute('stroke', colors[p]));
    document.querySelectorAll('.key-mark').forEach((key, p) => key.setAttribute('fill', colors[p]));
  };

  // Pointer and keys
  const at = (event, element) => {
    const place = element.getBoundingClientRect();
    return [event.clientX - place.left, event.clientY - place.top];
  };
  edfCanvas.addEventListener('pointermove', event => {
    const [x] = at(event, edfCanvas);
    state.at = Math.min(valueRange[1], Math.max(valueRange[0], edfView.vx(x)));
    pointEdf();
  });
  edfCanvas.addEventListener('pointerleave', () => { state.at = null; pointEdf(); });
  edfCanvas.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (!step) return;
    event.preventDefault();
    const start = state.at === null ? (valueRange[0] + valueRange[1]) / 2 : state.at;
    state.at = Math.min(valueRange[1], Math.max(valueRange[0], start + step * (valueRange[1] - valueRange[0]) / 100));
    pointEdf();
  });
  const nearest = (x, y) => {
    let best = null;
    let least = 144;
    series.forEach((s, p) => {
      if (!state.shown[p]) return;
      for (let i = 0; i < s.value.length; i++) {
        const count = s[state.measure][i];
        if (count === null) continue;
        const dx = cloudView.px(count) - x;
        if (dx > 12 || dx < -12) continue;
        const dy = cloudView.py(s.value[i]) - y;
        if (dx * dx + dy * dy < least) { least = dx * dx + dy * dy; best = { p, i }; }
      }
    });
    return best;
  };
  const fields = {};
  const tellBrush = () => {
    for (const [name, field] of Object.entries(fields)) field.value = state.brush ? String(+state.brush[name].toPrecision(6)) : '';
  };
  const select = brush => { state.brush = brush; tellBrush(); all(); };
  const go = (compare, forward) => {
    let best = null;
    const from = state.pointed || state.pinned;
    const key = ({ p, i }) => compare === 'x' ? series[p][state.measure][i] : series[p].value[i];
    const before = (a, b) => key(a) - key(b) || a.p - b.p || a.i - b.i;
    series.forEach((s, p) => {
      if (!state.shown[p]) return;
      for (let i = 0; i < s.value.length; i++) {
        const each = { p, i };
        if (s[state.measure][i] === null || !inBrush(s, i)) continue;
        if (from && (forward ? before(each, from) <= 0 : before(each, from) >= 0)) continue;
        if (!best || (forward ? before(each, best) < 0 : before(each, best) > 0)) best = each;
      }
    });
    if (best) { state.pointed = best; pointCloud(); }
  };
  if (cloudCanvas) {
    let start = null;
    cloudCanvas.addEventListener('pointerdown', event => { start = at(event, cloudCanvas); cloudCanvas.setPointerCapture(event.pointerId); });
    cloudCanvas.addEventListener('pointermove', event => {
      const [x, y] = at(event, cloudCanvas);
      if (start && Math.hypot(x - start[0], y - start[1]) > 5) {
        restore(cloudView, cloudCanvas, cloudImage);
        box(rectangle(start, [x, y]), css('--ink'));
        return;
      }
      state.pointed = nearest(x, y);
      pointCloud();
    });
    const rectangle = (a, b) => {
      const xs = [cloudView.vx(a[0]), cloudView.vx(b[0])].sort((p, q) => p - q);
      const ys = [cloudView.vy(a[1]), cloudView.vy(b[1])].sort((p, q) => p - q);
      return { x0: xs[0], x1: xs[1], y0: ys[0], y1: ys[1] };
    };
    cloudCanvas.addEventListener('pointerup', event => {
      const end = at(event, cloudCanvas);
      if (start && Math.hypot(end[0] - start[0], end[1] - start[1]) > 5) select(rectangle(start, end));
      else { state.pinned = nearest(end[0], end[1]); tellModel(); pointCloud(); }
      start = null;
    });
    cloudCanvas.addEventListener('pointerleave', () => { if (!start) { state.pointed = null; pointCloud(); } });
    cloudCanvas.addEventListener('keydown', event => {
      const moves = { ArrowLeft: ['x', false], ArrowRight: ['x', true], ArrowUp: ['y', true], ArrowDown: ['y', false] };
      if (moves[event.key]) { go(...moves[event.key]); event.preventDefault(); }
      else if (event.key === 'Enter' && state.pointed) { state.pinned = state.pointed; tellModel(); pointCloud(); }
      else if (event.key === 'Escape') select(null);
    });
  }

  // The page
  const SVG = 'http://www.w3.org/2000/svg';
  const svg = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const key = p => {
    const picture = svg('svg', { viewBox: '0 0 34 14', 'aria-hidden': 'true' });
    picture.append(svg('path', { d: 'M0 7H34', 'stroke-width': 2, 'stroke-dasharray': DASHES[p % DASHES.length].join(' '), class: 'key' }));
    const shapes = ['M17 3a4 4 0 1 0 .01 0Z', 'M13 3h8v8h-8Z', 'M17 2L22 11H12Z', 'M17 1.5L22 7L17 12.5L12 7Z'];
    picture.append(svg('path', { d: shapes[p % 4], class: 'key-mark' }));
    return picture;
  };
  const names = make('div', { className: 'bar' });
  names.setAttribute('role', 'group');
  names.setAttribute('aria-label', 'Spaces that are shown');
  series.forEach((s, p) => {
    const box = make('input', { type: 'checkbox', checked: true });
    box.addEventListener('change', () => { state.shown[p] = box.checked; state.pointed = null; all(); });
    names.append(make('label', {}, box, key(p), bdi(s.name, 80)));
  });
  root.append(names);
  const controls = make('div', { className: 'bar' });
  if (cloudCanvas) {
    const measure = make('select', {}, ...measures.map(m => make('option', { value: m, textContent: m, selected: m === state.measure })));
    measure.addEventListener('change', () => { state.measure = measure.value; state.pointed = null; select(null); });
    const log = make('input', { type: 'checkbox', checked: true });
    log.addEventListener('change', () => { state.log = log.checked; all(); });
    controls.append(make('label', {}, 'complexity', measure), make('label', {}, log, 'logarithmic'));
    for (const [name, text] of [['x0', 'complexity from'], ['x1', 'to'], ['y0', data.axis + ' from'], ['y1', 'to']]) {
      fields[name] = make('input', { type: 'number', step: 'any' });
      fields[name].setAttribute('aria-label', (name[0] === 'x' ? 'complexity' : data.axis) + (name[1] === '0' ? ' from' : ' to'));
      fields[name].addEventListener('change', () => {
        const typed = Object.fromEntries(Object.entries(fields).map(([n, f]) => [n, f.value === '' ? (n[1] === '0' ? -Infinity : Infinity) : Number(f.value)]));
        const [low, high] = extent(series.map(s => s[state.measure]));
        const clamp = (v, a, b) => Math.min(b, Math.max(a, v));
        select(Object.values(typed).every(v => !Number.isFinite(v)) ? null
          : { x0: clamp(typed.x0, low, high), x1: clamp(typed.x1, low, high), y0: clamp(typed.y0, valueRange[0], largest), y1: clamp(typed.y1, valueRange[0], largest) });
      });
      controls.append(make('label', {}, text, fields[name]));
    }
    const clear = make('button', { type: 'button', textContent: 'Clear selection' });
    clear.addEventListener('click', () => select(null));
    controls.append(clear);
  }
  root.append(controls);
  const plots = make('div', { className: 'plots' }, make('div', {}, make('h3', { textContent: 'Distribution' }), edfCanvas, edfText));
  if (cloudCanvas) plots.append(make('div', {}, make('h3', { textContent: 'Models' }), cloudCanvas, cloudText));
  root.append(plots);
  if (cloudCanvas) root.append(modelText);
  tellModel();
  all();
  window.addEventListener('resize', all);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', all);
  window.addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(d => { d.open = true; }));
})();
