/*
 * Building blocks for pages about a run: elements, numbers as people read them, light and dark, and charts over time that
 * share one cursor and one zoom. Text from data only ever goes in as text, never as markup.
 */
const WT = (() => {
  'use strict';

  const data = id => JSON.parse(document.getElementById(id).textContent);

  /** An element with attributes (or properties, for functions) and children, of which null ones are left out. */
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === 'function') element[name] = value;
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children.flat().filter(child => child !== null && child !== undefined));
    return element;
  }

  // ---- numbers ----

  const count = n => Math.round(n).toLocaleString('en-US');
  const short = n => n === null || n === undefined ? '–' : Math.abs(n) >= 1000 ? count(n) : String(+n.toPrecision(3));
  const compact = n => Math.abs(n) >= 1e6 ? +(n / 1e6).toFixed(1) + ' M' : Math.abs(n) >= 1e4 ? +(n / 1e3).toFixed(1) + ' k' : short(n);
  const percent = share => (100 * share).toFixed(share < 0.1 ? 2 : 1) + ' %';

  function latency(ms) {
    if (ms === null || ms === undefined) return '–';
    if (ms === 0) return '0';
    if (ms < 1) return ms.toFixed(2) + ' ms';
    if (ms < 10) return ms.toFixed(1) + ' ms';
    if (ms < 1000) return ms.toFixed(0) + ' ms';
    return +(ms / 1000).toFixed(ms < 10000 ? 2 : 1) + ' s';
  }

  /** Seconds as a clock shows them: 12.046 s, 4:05.1, 13:07:30. */
  function clock(seconds, digits) {
    const pad = n => String(n).padStart(2, '0');
    if (seconds < 0) return '-' + clock(-seconds, digits);
    if (seconds < 120) return seconds.toFixed(digits ?? 3) + ' s';
    const whole = Math.floor(seconds), h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60, s = whole % 60;
    const rest = h > 0 || !digits ? '' : (seconds - whole).toFixed(digits).slice(1);
    return (h > 0 ? h + ':' + pad(m) : m) + ':' + pad(s) + rest;
  }

  function axisClock(seconds, step) {
    if (step >= 3600) return Math.round(seconds / 3600) + ' h';
    if (seconds >= 3600) return Math.floor(seconds / 3600) + ':' + String(Math.floor(seconds / 60) % 60).padStart(2, '0');
    if (step >= 60) return Math.round(seconds / 60) + ' min';
    if (seconds >= 120) return Math.floor(seconds / 60) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0');
    return +seconds.toFixed(3) + ' s';
  }

  // ---- light and dark ----

  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const themed = new Set();

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    const button = document.getElementById('theme');
    if (button) button.textContent = theme === 'dark' ? 'Light' : 'Dark';
    themed.forEach(draw => draw());
  }

  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  let chosen = null;
  systemDark.addEventListener('change', () => chosen || setTheme(systemDark.matches ? 'dark' : 'light'));
  setTheme(systemDark.matches ? 'dark' : 'light');
  const themeButton = document.getElementById('theme');
  if (themeButton) {
    themeButton.onclick = () => {
      chosen = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
      setTheme(chosen);
    };
  }

  // ---- what is told at the pointer ----

  const tip = el('div', {class: 'tip', hidden: true, role: 'status'});
  document.body.append(tip);

  function showTip(event, children) {
    if (!children || children.length === 0) {
      tip.hidden = true;
      return;
    }
    tip.replaceChildren(...children);
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = event.clientX + 16 + box.width > innerWidth ? event.clientX - box.width - 16 : event.clientX + 16;
    const top = event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 12 : event.clientY + 18;
    tip.style.left = Math.max(8, Math.min(left, innerWidth - box.width - 8)) + 'px';
    tip.style.top = Math.max(8, top) + 'px';
  }

  // ---- charts ----

  const NARROW = 600;
  const axisWidth = () => innerWidth < NARROW ? 52 : 62;
  const TIME_STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
    3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 604800];

  const charts = [];

  /** Lists with times of their own on one list of times; between its times a line holds its last value, or has none. */
  function align(lines, until, hold) {
    const times = [...new Set([0, until, ...lines.flatMap(line => line.t)])].filter(t => t <= until).sort((a, b) => a - b);
    return [times, ...lines.map(line => {
      let next = 0, last = null;
      return times.map(t => {
        let here = null;
        while (next < line.t.length && line.t[next] <= t) here = last = line.values[next++];
        return hold ? last : here;
      });
    })];
  }

  /** Vertical lines at certain times, with a flag on top where there is room. */
  function drawMarkers(u, markers) {
    const ctx = u.ctx, ratio = devicePixelRatio;
    let flagged = -Infinity;
    ctx.save();
    for (const marker of markers) {
      const x = Math.round(u.valToPos(marker.t, 'x', true));
      if (x < u.bbox.left - 1 || x > u.bbox.left + u.bbox.width + 1) continue;
      ctx.strokeStyle = ctx.fillStyle = css(marker.color);
      ctx.lineWidth = ratio;
      ctx.globalAlpha = 0.75;
      ctx.setLineDash([4 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, u.bbox.top);
      ctx.lineTo(x, u.bbox.top + u.bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      if (marker.flag && x - flagged > 17 * ratio) {
        flagged = x;
        ctx.setLineDash([]);
        ctx.beginPath();
        ctx.arc(x, u.bbox.top - 9 * ratio, 8 * ratio, 0, 2 * Math.PI);
        ctx.fill();
        ctx.fillStyle = css('--surface');
        ctx.font = `700 ${10.5 * ratio}px ${css('--sans')}`;
        ctx.textAlign = 'center';
        ctx.textBaseline = 'middle';
        ctx.fillText(marker.flag, x, u.bbox.top - 8.5 * ratio);
      }
    }
    ctx.restore();
  }

  const markerNear = (u, markers, left) => markers.filter(marker => Math.abs(u.valToPos(marker.t, 'x') - left) < 7);

  function axis(extra) {
    return Object.assign({
      stroke: () => css('--muted'),
      font: (innerWidth < NARROW ? '11px ' : '12px ') + css('--sans'),
      grid: {stroke: () => css('--grid'), width: 1},
      ticks: {stroke: () => css('--grid'), width: 1, size: 5},
    }, extra);
  }

  const timeAxis = () => axis({
    incrs: TIME_STEPS,
    space: 58,
    size: 32,
    values: (u, splits, index, space, step) => splits.map(t => axisClock(t, step)),
  });

  /**
   * A uPlot over time that follows its container's width, the theme, and the cursor of its group.
   *
   * options.build returns uPlot's options (without size) and data, and is called again whenever the theme changes;
   * options.tip(u, seconds, y, left, top) returns what to tell at the pointer; options.onCursor(u, seconds or null) is told
   * whenever the cursor of the group moves.
   */
  function plot(parent, options) {
    const holder = el('div', {class: 'plot'});
    parent.append(holder);
    let u = null;
    const chart = {holder, group: options.group, get u() { return u; }};

    function draw() {
      if (!holder.isConnected) return;
      const zoom = u && options.group ? [u.scales.x.min, u.scales.x.max] : null;
      if (u) u.destroy();
      const built = options.build();
      const hooks = built.options.hooks || {};
      hooks.setCursor = [...(hooks.setCursor || []), self => {
        const at = self.cursor.left === null || self.cursor.left < 0 ? null : self.posToVal(self.cursor.left, 'x');
        if (options.onCursor) options.onCursor(self, at);
      }];
      u = new uPlot(Object.assign({
        width: holder.clientWidth,
        height: options.height,
        legend: {show: false},
        padding: [19, 14, 0, 0],
      }, built.options, {hooks}), built.data, holder);
      if (zoom && zoom[0] !== null) u.setScale('x', {min: zoom[0], max: zoom[1]});
      u.over.addEventListener('mousemove', event => {
        if (!options.tip) return;
        const box = u.over.getBoundingClientRect(), left = event.clientX - box.left, top = event.clientY - box.top;
        showTip(event, options.tip(u, u.posToVal(left, 'x'), u.posToVal(top, 'y'), left, top));
      });
      u.over.addEventListener('mouseleave', () => showTip(null, null));
    }

    draw();
    const resized = new ResizeObserver(() => {
      if (u && holder.clientWidth && holder.clientWidth !== u.width) u.setSize({width: holder.clientWidth, height: options.height});
    });
    resized.observe(holder);
    themed.add(draw);
    chart.remove = () => {
      themed.delete(draw);
      resized.disconnect();
      if (u) u.destroy();
      holder.remove();
    };
    charts.push(chart);
    return chart;
  }

  const cursor = group => ({
    sync: {key: group, scales: ['x', null], setSeries: false},
    drag: {x: true, y: false},
    y: false,
    points: {size: 7},
  });

  /**
   * A card with a chart of lines over time.
   *
   * options: title, note, group, until (seconds), height, markers [{t, flag, color, text}], hold (values hold until the next
   * ones come), log, format, axisFormat, integers, stack, readout(seconds), tip(seconds), and lines [{label, color, t, values,
   * kind: line | area | bars, dash, width}] with times in seconds.
   */
  function timeCard(parent, options) {
    const lines = options.lines, hold = !!options.hold, format = options.format || short;
    const values = align(lines, options.until, hold);
    const shown = lines.map(() => true);
    const keys = lines.map((line, i) => {
      const swatch = el('span', {class: 'swatch ' + (line.dash ? 'dash' : line.kind === 'area' || line.kind === 'bars' ? '' : 'thin')});
      const value = el('b', {});
      const key = el('button', {class: 'key', type: 'button', title: 'Show or hide'}, swatch, line.label, value);
      key.onclick = () => {
        shown[i] = !shown[i];
        key.classList.toggle('off', !shown[i]);
        chart.u.setSeries(i + 1, {show: shown[i]});
      };
      return {key, swatch, value};
    });
    const paintKeys = () => keys.forEach(({swatch}, i) => {
      const color = css(lines[i].color);
      swatch.style.background = swatch.classList.contains('thin') || swatch.classList.contains('dash') ? 'none' : color;
      swatch.style.borderColor = color;
    });
    const readout = options.readout ? el('div', {class: 'readout'}) : null;
    const head = el('div', {class: 'head'}, el('h2', {}, options.title), options.note ? el('span', {class: 'note'}, options.note) : null,
      el('span', {class: 'spacer'}), options.controls);
    const card = el('section', {class: 'card chart', 'data-chart': options.id || options.title}, head,
      el('div', {class: 'keys'}, keys.map(({key}) => key)));
    parent.append(card);

    // stacked lines are drawn highest first, each over the one before
    const drawn = values.slice(1).map(line => line.slice());
    if (options.stack) {
      for (let i = drawn.length - 2; i >= 0; i--) drawn[i] = drawn[i].map((v, j) => (v ?? 0) + (drawn[i + 1][j] ?? 0));
    }

    function series(line) {
      const color = () => css(line.color), soft = () => css(line.color) + '2e';
      const base = {label: line.label, stroke: color, width: line.width || 2, points: {show: false}, spanGaps: false};
      if (line.dash) base.dash = line.dash;
      if (hold) base.paths = uPlot.paths.stepped({align: 1});
      if (line.kind === 'area') base.fill = soft;
      if (line.kind === 'bars') {
        base.paths = uPlot.paths.bars({size: [0.92, 60]});
        base.fill = color;
        base.width = 0;
      }
      if (line.points) base.points = {show: true, size: 5, fill: color};
      return base;
    }

    const chart = plot(card, {
      group: options.group,
      height: options.height || 210,
      build: () => {
        paintKeys();
        return {
          data: [values[0], ...drawn],
          options: {
            scales: {
              x: {time: false, range: (u, min, max) => [min, max]},
              y: options.log ? {distr: 3} : {range: (u, min, max) => [0, ceiling(Math.max(max ?? 0, options.least || 0), options.integers)]},
            },
            axes: [timeAxis(), axis({
              size: axisWidth(),
              space: 34,
              incrs: options.integers ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000] : undefined,
              values: (u, splits) => splits.map(v => v === null ? '' : (options.axisFormat || options.format || compact)(v)),
            })],
            series: [{}, ...lines.map(series)],
            cursor: Object.assign(cursor(options.group), hold ? {
              dataIdx: (u, si, closest, x) => u.data[0][closest] > x && closest > 0 ? closest - 1 : closest,
            } : {}),
            hooks: {draw: [u => drawMarkers(u, options.markers || [])]},
          },
        };
      },
      onCursor: (u, at) => {
        const index = at === null ? null : u.cursor.idxs?.[1] ?? u.cursor.idx;
        keys.forEach(({value}, i) => {
          const v = index === null || index === undefined ? null : values[i + 1][index];
          value.textContent = index === null || index === undefined ? '' : v === null || v === undefined ? '–' : format(v);
        });
        if (readout) options.readout(readout, at);
      },
      tip: (u, seconds, y, left) => {
        const near = markerNear(u, options.markers || [], left).map(marker =>
          el('div', {}, el('span', {class: 'what'}, (marker.flag ? marker.flag + '  ' : '') + marker.text), el('span', {class: 'muted'}, '  ' + clock(marker.t))));
        const more = options.tip ? options.tip(seconds) : [];
        return [...near, ...(more || [])];
      },
    });
    if (readout) {
      card.append(readout);
      options.readout(readout, null);
    }
    chart.card = card;
    return chart;
  }

  /** A round number at or a little above a maximum, to end an axis with. */
  function ceiling(max, integers) {
    if (!(max > 0)) return 1;
    const wanted = max * 1.06;
    if (integers) return Math.max(Math.ceil(wanted), 1);
    const size = 10 ** Math.floor(Math.log10(wanted));
    return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * size >= wanted) * size;
  }

  /** Puts the cursor of a group at a time, and the first chart of it into sight if it is not. */
  function moveCursor(group, seconds) {
    const own = charts.filter(chart => chart.group === group && chart.u && chart.holder.isConnected);
    if (own.length === 0) return;
    const first = own[0].u, left = first.valToPos(seconds, 'x');
    if (left < 0 || left > first.over.clientWidth) own.forEach(chart => chart.u.setScale('x', {min: chart.u.data[0][0], max: chart.u.data[0].at(-1)}));
    own.forEach(chart => chart.u.setCursor({left: chart.u.valToPos(seconds, 'x'), top: 8}, true, false));
    const box = own[0].holder.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) own[0].holder.scrollIntoView({behavior: 'smooth', block: 'center'});
  }

  function clearCharts() {
    charts.splice(0).forEach(chart => chart.remove());
    showTip(null, null);
  }

  return {data, el, count, short, compact, percent, latency, clock, css, plot, timeCard, timeAxis, axis, axisWidth, cursor, drawMarkers,
    markerNear, moveCursor, clearCharts, charts, ceiling, align, NARROW};
})();
