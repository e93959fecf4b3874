/* The lives of pods: a lane for each, grouped by what they belong to, coloured and sized by what they are doing. */
const Lanes = (() => {
  'use strict';
  const {el, css, clock} = WT;

  const STATES = [
    {name: 'pending', color: '--pending', height: 0.42},
    {name: 'starting', color: '--starting', height: 0.68},
    {name: 'ready', color: '--ready', height: 1},
    {name: 'not ready', color: '--not-ready', height: 0.68},
    {name: 'failing', color: '--failing', height: 1},
    {name: 'terminating', color: '--terminating', height: 0.5},
    {name: 'finished', color: '--finished', height: 0.42},
  ];

  /** Lanes, with a row for the name of each workload where there are several. */
  function rowsOf(workloads) {
    const rows = [];
    for (const workload of workloads) {
      if (workloads.length > 1) rows.push({title: workload.name || 'pods of their own'});
      for (const pod of workload.pods) rows.push({pod, workload: workload.name});
    }
    return rows;
  }

  const rowHeight = n => n <= 14 ? 21 : n <= 30 ? 17 : n <= 60 ? 12 : n <= 150 ? 6 : 3;

  function stretchAt(pod, millis) {
    if (pod.gone !== undefined && millis > pod.gone) return null;
    for (let i = pod.stretches.length - 1; i >= 0; i--) {
      const [from, state, reason] = pod.stretches[i];
      if (from <= millis) return {from, to: pod.stretches[i + 1]?.[0] ?? pod.gone ?? null, state, reason};
    }
    return null;
  }

  function draw(u, rows, until) {
    const ctx = u.ctx, ratio = devicePixelRatio, left = u.bbox.left, right = left + u.bbox.width;
    const one = u.bbox.height / rows.length;
    const at = millis => Math.min(right, Math.max(left, u.valToPos(millis / 1000, 'x', true)));
    ctx.save();
    ctx.textBaseline = 'middle';
    rows.forEach((row, i) => {
      const middle = u.bbox.top + (i + 0.5) * one;
      if (row.title) {
        ctx.fillStyle = css('--ink');
        ctx.font = `600 ${12 * ratio}px ${css('--sans')}`;
        ctx.textAlign = 'left';
        ctx.fillText(row.title, left + 2 * ratio, middle + ratio);
        return;
      }
      row.pod.stretches.forEach(([from, state], j) => {
        const to = row.pod.stretches[j + 1]?.[0] ?? row.pod.gone ?? until * 1000;
        const x = at(from), width = Math.max(at(to) - x, ratio);
        if (at(to) <= left || x >= right) return;
        const height = Math.max(one * 0.74 * STATES[state].height, ratio);
        ctx.fillStyle = css(STATES[state].color);
        ctx.beginPath();
        ctx.roundRect(x, middle - height / 2, width, height, Math.min(2.5 * ratio, width / 3, height / 3));
        ctx.fill();
      });
      for (const restart of row.pod.restarts || []) {
        const x = at(restart), size = Math.max(3 * ratio, Math.min(5 * ratio, one * 0.3));
        if (x <= left || x >= right) continue;
        ctx.fillStyle = css('--ink');
        ctx.beginPath();
        ctx.moveTo(x, middle - size);
        ctx.lineTo(x + size, middle);
        ctx.lineTo(x, middle + size);
        ctx.lineTo(x - size, middle);
        ctx.fill();
      }
    });
    ctx.restore();
  }

  function tell(row, seconds, decisionsOf) {
    if (!row?.pod) return [];
    const pod = row.pod, stretch = stretchAt(pod, seconds * 1000);
    const children = [el('div', {}, el('span', {class: 'what'}, pod.pod), el('span', {class: 'muted'}, '  ' + pod.name))];
    if (!stretch) {
      const gone = pod.gone !== undefined && seconds * 1000 > pod.gone;
      children.push(el('div', {class: 'muted'}, gone ? 'gone since ' + clock(pod.gone / 1000) : 'not there yet'));
    } else {
      const state = STATES[stretch.state].name + (stretch.reason && stretch.reason !== 'ContainerCreating' ? ' (' + stretch.reason + ')' : '');
      children.push(el('div', {}, state, el('span', {class: 'muted'},
        '  ' + clock(stretch.from / 1000) + (stretch.to === null ? ' to the end' : ' to ' + clock(stretch.to / 1000)))));
    }
    const restarts = (pod.restarts || []).filter(at => at <= seconds * 1000).length;
    const facts = [row.workload, pod.node ? 'on ' + pod.node : '', restarts ? restarts + (restarts === 1 ? ' restart' : ' restarts') : ''];
    children.push(el('div', {class: 'muted'}, facts.filter(fact => fact).join(' · ')));
    const decision = decisionsOf(pod.pod).filter(each => each.t <= seconds * 1000).at(-1);
    if (decision) {
      children.push(el('div', {class: 'why'}, el('span', {class: 'muted'}, clock(decision.t / 1000) + ' ' + decision.actor + ': '), decision.text));
    }
    return children;
  }

  /** The card with the lanes; options: group, until, markers, decisionsOf(pod). */
  function card(parent, run, options) {
    const rows = rowsOf(run.workloads);
    const pods = rows.filter(row => row.pod).length;
    if (pods === 0) return null;
    const used = new Set(run.workloads.flatMap(workload => workload.pods.flatMap(pod => pod.stretches.map(([, state]) => state))));
    const restarts = run.workloads.some(workload => workload.pods.some(pod => pod.restarts));
    const keys = STATES.map((state, i) => used.has(i) ? el('span', {class: 'key'}, el('span', {class: 'swatch', style: `background: var(${state.color})`}), state.name) : null);
    if (restarts) keys.push(el('span', {class: 'key'}, '◆ restart'));
    const left = run.podsLeftOut ? `; ${WT.count(run.podsLeftOut)} more have no lane` : '';
    const section = el('section', {class: 'card chart', 'data-chart': 'pods'},
      el('div', {class: 'head'}, el('h2', {}, 'Pods'), el('span', {class: 'note'}, `${WT.count(pods)} pods, a lane each${left}`)),
      el('div', {class: 'keys'}, keys));
    parent.append(section);
    const one = rowHeight(rows.length), labelled = one >= 12;
    WT.plot(section, {
      group: options.group,
      height: rows.length * one + 19 + 32,
      build: () => ({
        data: [[0, options.until], [null, null]],
        options: {
          scales: {x: {time: false, range: (u, min, max) => [min, max]}, y: {range: [0, rows.length], dir: -1}},
          axes: [WT.timeAxis(), WT.axis({
            size: WT.axisWidth(),
            grid: {show: false},
            ticks: {show: false},
            gap: 4,
            font: (one < 17 ? '10px ' : '12px ') + css('--sans'),
            splits: () => labelled ? rows.map((row, i) => i + 0.5) : [],
            values: () => labelled ? rows.map(row => row.title ? '' : row.pod.pod) : [],
          })],
          series: [{}, {points: {show: false}}],
          cursor: Object.assign(WT.cursor(options.group), {points: {show: false}}),
          hooks: {draw: [u => draw(u, rows, options.until), u => WT.drawMarkers(u, options.markers)]},
        },
      }),
      tip: (u, seconds, y, left) => [
        ...WT.markerNear(u, options.markers, left).map(marker => el('div', {}, el('span', {class: 'what'}, marker.flag + '  ' + marker.text))),
        ...tell(rows[Math.floor(y)], seconds, options.decisionsOf)],
    });
    return section;
  }

  return {card};
})();
