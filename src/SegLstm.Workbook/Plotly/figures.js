// Draws the figures of a page, once plotly.js is there: follows the page's light or dark colours, and the column's width.
(function () {
  if (window.SegLstmFigures) return;
  // The nearest background that is not transparent says whether the page is dark: pages set it in too many ways to ask them.
  function isDark(node) {
    for (var n = node; n && n.nodeType === 1; n = n.parentElement) {
      var c = getComputedStyle(n).backgroundColor.match(/[\d.]+/g);
      if (c && (c.length < 4 || +c[3] > 0.5)) return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2] < 128;
    }
    return getComputedStyle(document.documentElement).colorScheme.indexOf('dark') >= 0 &&
      matchMedia('(prefers-color-scheme: dark)').matches;
  }
  function layoutFor(node, figure) {
    var layout = JSON.parse(JSON.stringify(figure.spec.layout));
    var theme = figure.theme === 'auto' ? (isDark(node.parentElement) ? 'dark' : 'light') : figure.theme;
    node.dataset.theme = theme;
    layout.template = window.SegLstmFigures.templates[theme];
    if (figure.theme === 'auto') layout.paper_bgcolor = layout.plot_bgcolor = 'rgba(0,0,0,0)';
    // Less than the nominal width where the column is narrower, never more.
    delete layout.width;
    layout.autosize = true;
    return layout;
  }
  function draw(node, figure) {
    node.textContent = '';
    node.dataset.drawn = 'yes';
    node.figure = figure;
    return window.Plotly.newPlot(node, figure.spec.data, layoutFor(node, figure), figure.spec.config);
  }
  function follow() {
    document.querySelectorAll('[data-seglstm-figure][data-drawn]').forEach(function (node) {
      if (!node.figure || node.figure.theme !== 'auto') return;
      if (isDark(node.parentElement) !== (node.dataset.theme === 'dark'))
        window.Plotly.react(node, node.figure.spec.data, layoutFor(node, node.figure), node.figure.spec.config);
    });
  }
  window.SegLstmFigures = { draw: draw, templates: /*templates*/ };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow);
  new MutationObserver(function () { setTimeout(follow, 100); })
    .observe(document.body || document.documentElement, { attributes: true, attributeFilter: ['class', 'data-jp-theme-light', 'data-vscode-theme-kind'] });
})();
