/* Puts the report of a run together; with several runs, a list of them first and the one that is asked for under it. */
(() => {
  'use strict';
  const {el, clock, count, short, percent, latency} = WT;
  const page = document.getElementById('page');
  const CLIENT_COLORS = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6'];
  const ERROR_COLORS = ['--failing', '--c2', '--c5', '--c4', '--c6', '--c3', '--muted'];

  const runs = [];
  for (let i = 0; document.getElementById('run-' + i); i++) {
    const run = WT.data('run-' + i);
    run.anchor = encodeURIComponent(run.name) + (runs.some(other => other.name === run.name) ? '-' + i : '');
    runs.push(run);
  }
  const seconds = times => times.map(t => t / 1000);

  function header(run) {
    const broken = run.verdicts.filter(verdict => !verdict.held).length;
    const text = run.verdicts.length === 0 ? (run.held ? 'nothing was expected' : 'failed')
      : broken ? `${broken} of ${run.verdicts.length} expectations broken` : `${run.verdicts.length} of ${run.verdicts.length} expectations held`;
    const mark = run.verdicts.length === 0 && run.held ? '' : run.held ? 'good' : 'bad';
    return el('div', {class: 'story'},
      el('div', {class: 'title'}, el('h1', {}, run.name), el('span', {class: 'pill ' + mark}, text)),
      run.description ? el('p', {class: 'description'}, run.description) : null,
      el('p', {class: 'muted'}, `${run.cluster} · seed ${run.seed}`),
      run.endedEarly ? el('div', {class: 'ended'}, 'Ended early, at ' + clock(run.duration / 1000) + ': ' + run.endedEarly) : null);
  }

  function tiles(run) {
    const tile = (value, label, mark) => el('div', {class: 'tile'}, el('div', {class: 'value ' + (mark || '')}, value), el('div', {class: 'label'}, label));
    const sent = run.clients.reduce((sum, client) => sum + client.sent, 0);
    const failed = run.clients.reduce((sum, client) => sum + client.failed, 0);
    const measured = run.clients.filter(client => client.latency);
    const worst = measured.reduce((a, b) => !a || b.latency[2] > a.latency[2] ? b : a, null);
    const most = Math.max(0, ...run.replicas.flatMap(line => line.replicas));
    const least = Math.min(...run.replicas.flatMap(line => line.ready), Infinity);
    const restarts = run.workloads.reduce((sum, workload) => sum + workload.pods.reduce((own, pod) => own + (pod.restarts || []).length, 0), 0);
    return el('div', {class: 'tiles'},
      run.clients.length ? tile(count(sent), 'requests sent') : null,
      run.clients.length ? tile(failed ? count(failed) : '0', failed ? 'failed, ' + percent(failed / sent) : 'failed', failed ? 'bad' : 'good') : null,
      worst ? tile(latency(worst.latency[2]), '99 % answered within' + (measured.length > 1 ? ' (' + worst.name + ')' : '')) : null,
      run.replicas.length === 1 ? tile(least === Infinity ? '–' : `${least} – ${Math.max(0, ...run.replicas[0].ready)}`, 'ready pods, fewest to most') : tile(count(most), 'pods of a workload at most'),
      restarts ? tile(count(restarts), restarts === 1 ? 'restart' : 'restarts', 'bad') : null,
      tile(count(run.cost.podSeconds), 'pod-seconds paid for'));
  }

  /** Buttons to choose one of several clients. */
  function chooser(clients, current, choose) {
    if (clients.length < 2) return null;
    return el('span', {class: 'segmented'}, clients.map((client, i) =>
      el('button', {type: 'button', 'aria-pressed': String(i === current), onclick: () => choose(i)}, client.name)));
  }

  function requests(run, place, shared) {
    const one = run.clients.length === 1;
    const lines = run.clients.flatMap((client, i) => {
      const color = CLIENT_COLORS[i % CLIENT_COLORS.length], t = seconds(client.t);
      const answers = {label: one ? 'answered' : client.name, color, t, values: client.answers, kind: one ? 'area' : 'line'};
      return one ? [answers, {label: 'sent', color: '--muted', t, values: client.sends, dash: [5, 4], width: 1.5}] : [answers];
    });
    WT.timeCard(place, Object.assign({}, shared, {id: 'requests', title: 'Requests per second', lines,
      note: one ? `client ${run.clients[0].name}` : 'answered, by client', format: v => short(v) + '/s', axisFormat: WT.compact}));
    const errors = run.clients.flatMap(client => Object.entries(client.errors).map(([kind, values]) =>
      ({label: one ? kind : client.name + ': ' + kind, t: seconds(client.t), values, kind: 'bars'})));
    errors.forEach((line, i) => { line.color = ERROR_COLORS[i % ERROR_COLORS.length]; });
    if (errors.length) {
      WT.timeCard(place, Object.assign({}, shared, {id: 'errors', title: 'Errors per second', note: 'failed requests, by kind', lines: errors, stack: true,
        height: 150, format: v => short(v) + '/s', axisFormat: WT.compact}));
    }
  }

  function latencies(run, place, shared) {
    const clients = run.clients.filter(client => client.latency);
    if (clients.length === 0) return;
    const holder = el('div', {});
    place.append(holder);
    let chart = null;
    const show = index => {
      if (chart) { WT.charts.splice(WT.charts.indexOf(chart), 1); chart.remove(); }
      holder.replaceChildren();
      const client = clients[index], t = seconds(client.t), l = client.latencies;
      const known = values => values.filter(v => v !== null && v > 0);
      const log = Math.max(...known(l.p99), 1) > 40 * Math.min(...known(l.p50), Infinity);
      const line = (name, color, more) => Object.assign({label: name, color, t, values: l[name]}, more);
      chart = WT.timeCard(holder, Object.assign({}, shared, {id: 'latency', title: 'Latency', log,
        note: (clients.length > 1 ? '' : 'of answered requests') + (log ? ', logarithmic' : ''), controls: chooser(clients, index, show), format: latency,
        lines: [line('max', '--muted', {width: 1, dash: [3, 3]}), line('p99', '--c5'), line('p90', '--c2'), line('p50', '--c1', {kind: log ? 'line' : 'area'})]}));
    };
    show(0);
  }

  function underWay(run, place, shared) {
    const lines = run.clients.flatMap((client, i) => {
      const under = client.under, color = CLIENT_COLORS[i % CLIENT_COLORS.length], name = run.clients.length > 1 ? client.name + ': ' : '';
      if (Math.max(0, ...under.queued) < 2) return [];
      return [{label: name + 'under way', color, t: seconds(under.t), values: under.inFlight},
        {label: name + 'of these, waiting in pods', color, t: seconds(under.t), values: under.queued, dash: [5, 4]}];
    });
    if (lines.length) {
      WT.timeCard(place, Object.assign({}, shared, {id: 'queues', title: 'Requests under way', lines, height: 160, axisFormat: WT.compact}));
    }
  }

  function reasonsOf(run, autoscaler) {
    // KEDA scales to and from zero itself, and names the HPA it has for the rest after the ScaledObject
    const names = ['hpa/' + autoscaler.name, 'scaledobject/' + autoscaler.name.replace(/^keda-hpa-/, '')];
    return run.decisions.filter(decision => names.includes(decision.about));
  }

  function replicas(run, place, shared) {
    for (const line of run.replicas) {
      const scalers = run.autoscalers.filter(autoscaler => autoscaler.target === line.name);
      const t = seconds(line.t);
      const lines = [{label: 'ready', color: '--ready', t, values: line.ready, kind: 'area'},
        {label: 'pods', color: '--muted', t, values: line.replicas, width: 1.5, dash: [2, 3]},
        {label: 'asked for', color: '--c1', t, values: line.spec}];
      if (line.updated.some((n, i) => n !== line.replicas[i])) {
        lines.splice(1, 0, {label: 'updated', color: '--c3', t, values: line.updated, width: 1.5});
      }
      scalers.forEach(autoscaler => lines.push({label: `desired by HPA ${autoscaler.name}`, color: '--c2', t: seconds(autoscaler.t), values: autoscaler.desired, dash: [7, 4], width: 2.5}));
      const reasons = scalers.flatMap(autoscaler => reasonsOf(run, autoscaler)).sort((a, b) => a.t - b.t);
      const reasonAt = at => reasons.filter(reason => reason.t <= at * 1000 + 1).at(-1);
      const changes = reasons.filter(reason => !/^(stays|keeps)/.test(reason.text));
      const bounds = scalers.map(autoscaler => `HPA between ${autoscaler.min} and ${autoscaler.max}`).join(', ');
      const showReason = (readout, at) => {
        const reason = at === null ? null : reasonAt(at);
        if (reason) readout.replaceChildren(el('span', {class: 'when'}, clock(reason.t / 1000)), reason.text);
        else readout.replaceChildren(el('span', {class: 'muted'}, at === null ? `Move over the chart for the autoscaler's reason at each moment; it changed the count ${changes.length === 1 ? 'once' : changes.length + ' times'}.` : 'No decision yet.'));
      };
      WT.timeCard(place, Object.assign({}, shared, {id: 'replicas ' + line.name, title: 'Replicas of ' + line.name, note: bounds, lines, hold: true, integers: true,
        height: 220, format: v => String(v), markers: shared.markers, readout: reasons.length ? showReason : null,
        tip: at => {
          const reason = reasonAt(at);
          return reason ? [el('div', {class: 'reason'}, el('span', {class: 'muted'}, clock(reason.t / 1000) + '  '), reason.text)] : [];
        }}));
      for (const autoscaler of scalers) {
        for (const metric of autoscaler.metrics) {
          const at = seconds(metric.t);
          WT.timeCard(place, Object.assign({}, shared, {id: 'metric ' + metric.name, title: `What HPA ${autoscaler.name} looks at`, note: metric.name, hold: true, height: 160, least: metric.target,
            format: v => short(v) + (metric.unit ? ' ' + metric.unit : ''),
            lines: [{label: metric.name, color: '--c4', t: at, values: metric.value, kind: 'area'},
              {label: 'target', color: '--c2', t: [0], values: [metric.target], dash: [6, 4]}]}));
        }
      }
    }
  }

  function endpoints(run, place, shared) {
    for (const service of run.services) {
      const t = seconds(service.t);
      const lines = [{label: 'take new connections', color: '--ready', t, values: service.ready, kind: 'area'}];
      if (service.notReady.some(n => n)) lines.push({label: 'not ready', color: '--not-ready', t, values: service.notReady});
      if (service.terminating.some(n => n)) lines.push({label: 'on their way out', color: '--terminating', t, values: service.terminating, dash: [4, 3]});
      WT.timeCard(place, Object.assign({}, shared, {id: 'endpoints ' + service.name, title: 'Endpoints of ' + service.name, note: 'as its EndpointSlices list them', lines, hold: true, integers: true, height: 140, format: v => String(v)}));
    }
  }

  /** Who answered how much, with a tick where equal chances would have put each pod. */
  function shares(run, place) {
    const clients = run.clients.filter(client => client.pods.length > 0 && client.answered > 0);
    if (clients.length === 0) return;
    const holder = el('div', {});
    place.append(holder);
    let chart = null;
    const show = index => {
      if (chart) { WT.charts.splice(WT.charts.indexOf(chart), 1); chart.remove(); }
      const client = clients[index], pods = client.pods;
      const left = client.podsLeftOut ? `; ${count(client.podsLeftOut)} more pods are not shown` : '';
      const section = el('section', {class: 'card chart', 'data-chart': 'shares'},
        el('div', {class: 'head'}, el('h2', {}, 'Who answered'), el('span', {class: 'note'}, 'each pod\'s share of the answers, over the whole run' + left), el('span', {class: 'spacer'}), chooser(clients, index, show)),
        el('div', {class: 'keys'}, el('span', {class: 'key'}, el('span', {class: 'swatch', style: 'background: var(--c1)'}), 'share of answers'),
          el('span', {class: 'key'}, el('span', {class: 'swatch thin', style: 'border-color: var(--c2)'}), 'expected, if every new connection had equal chances among the pods that took them')));
      holder.replaceChildren(section);
      const answered = pods.map(pod => pod.answers / client.answered);
      const expected = pods.map(pod => pod.expected ?? null);
      chart = WT.plot(section, {
        height: 230,
        build: () => ({
          data: [pods.map((pod, i) => i), answered],
          options: {
            padding: [12, 14, 0, 0],
            scales: {x: {time: false, range: [-0.6, pods.length - 0.4]}, y: {range: () => [0, WT.ceiling(Math.max(...answered, ...expected.map(e => e ?? 0)))]}},
            axes: [WT.axis({grid: {show: false}, size: pods.length > 9 ? 48 : 30, rotate: pods.length > 9 ? -50 : 0, splits: () => ticks(pods.length), values: (u, splits) => splits.map(i => pods[i]?.pod ?? ''), space: 1}),
              WT.axis({size: WT.axisWidth(), space: 36, values: (u, splits) => splits.map(share => +(100 * share).toFixed(2) + ' %')})],
            series: [{}, {fill: () => WT.css('--c1'), width: 0, points: {show: false}, paths: uPlot.paths.bars({size: [0.66, 70]})}],
            cursor: {drag: {x: false, y: false}, y: false, x: false, points: {show: false}},
            hooks: {draw: [u => drawExpected(u, expected)]},
          },
        }),
        tip: (u, at) => {
          const pod = pods[Math.round(at)];
          return pod ? [el('div', {class: 'what'}, pod.pod), el('div', {}, `${count(pod.answers)} answers, ${percent(pod.answers / client.answered)}`),
            pod.expected === undefined ? null : el('div', {class: 'muted'}, `${count(pod.connections)} connections; equal chances would have given ${percent(pod.expected)}`)].filter(child => child) : [];
        },
      });
    };
    show(0);
  }

  const ticks = n => Array.from({length: Math.ceil(n / Math.ceil(n / 40))}, (unused, i) => i * Math.ceil(n / 40));

  function drawExpected(u, expected) {
    const ctx = u.ctx, ratio = devicePixelRatio;
    const half = Math.min(35 * ratio, u.bbox.width / (expected.length + 0.2) * 0.42);
    ctx.save();
    ctx.strokeStyle = WT.css('--c2');
    ctx.lineWidth = 3 * ratio;
    expected.forEach((share, i) => {
      if (share === null) return;
      const x = u.valToPos(i, 'x', true), y = u.valToPos(share, 'y', true);
      ctx.beginPath();
      ctx.moveTo(x - half, y);
      ctx.lineTo(x + half, y);
      ctx.stroke();
    });
    ctx.restore();
  }

  function render(run, place) {
    const group = 'run', until = Math.max(run.duration / 1000, 0.001);
    const markers = run.steps.map((step, i) => ({t: step.t / 1000, flag: String(i + 1), color: '--step', text: step.text}));
    run.verdicts.filter(verdict => !verdict.held).forEach(verdict =>
      markers.push({t: verdict.t / 1000, flag: '✘', color: '--bad', text: `broken: ${verdict.form}: ${verdict.that}`}));
    markers.sort((a, b) => a.t - b.t);
    const jump = at => WT.moveCursor(group, at);
    const shared = {group, until, markers};
    const byPod = new Map();
    for (const decision of run.decisions) {
      const pod = decision.about.split(' ')[0];
      if (!byPod.has(pod)) byPod.set(pod, []);
      byPod.get(pod).push(decision);
    }
    place.append(header(run), tiles(run));
    const told = [Tables.verdicts(run, jump), Tables.steps(run, jump)].filter(part => part);
    if (told.length) place.append(el('div', {class: told.length > 1 ? 'columns' : ''}, told));
    place.append(el('p', {class: 'hint'}, 'The cursor stands at the same moment in all charts. Drag to zoom in, double-click to zoom out. Click a step, an expectation or a decision to go to its moment.'));
    Lanes.card(place, run, Object.assign({decisionsOf: pod => byPod.get(pod) || []}, shared));
    replicas(run, place, shared);
    if (run.clients.length) requests(run, place, shared);
    latencies(run, place, shared);
    underWay(run, place, shared);
    endpoints(run, place, shared);
    shares(run, place);
    for (const part of [Tables.account(run), Tables.decisions(run, jump), Tables.replay(run)]) if (part) place.append(part);
  }

  function show() {
    WT.clearCharts();
    page.replaceChildren();
    const wanted = location.hash.slice(1);
    const current = Math.max(0, runs.findIndex(run => run.anchor === wanted));
    if (runs.length > 1) page.append(Tables.index(runs, current));
    render(runs[current], page);
    page.append(el('footer', {}, 'Made by Wavetank. Charts by uPlot (MIT). This page loads nothing from anywhere.'));
    if (runs.length > 1 && wanted) page.querySelector('.story').scrollIntoView();
  }

  addEventListener('hashchange', show);
  show();
})();
