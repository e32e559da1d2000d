namespace SegLstm.Workbook.Reports;

/// <summary>How the page looks: dark on light, one column of text, figures side by side where there is room, fit for printing.</summary>
internal static class PageStyle
{
    internal const string Css = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1180px; padding: 1.5rem 1.25rem 3rem; background: #fff; color: #222;
               font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.7rem; margin: 0 0 .25rem; line-height: 1.2; }
        h2 { font-size: 1.2rem; margin: 2.2rem 0 .7rem; border-bottom: 1px solid #ddd; padding-bottom: .25rem; }
        p { margin: .5rem 0; max-width: 76ch; }
        .lead { color: #555; }
        .verdict { border-left: 6px solid #D55E00; background: #fdf3ec; padding: .6rem .9rem; max-width: none; font-size: 1.05rem; }
        .verdict.beats { border-color: #0072B2; background: #edf5fb; }
        .maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 1rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 1.25rem; align-items: start; }
        figure { margin: 0; }
        figcaption { font-size: .9rem; color: #444; margin-top: .3rem; }
        .maps img { display: block; width: 100%; height: auto; image-rendering: pixelated; border: 1px solid #ccc; }
        svg { display: block; width: 100%; height: auto; }
        .confusion { max-width: 640px; }
        ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; padding: 0; margin: .9rem 0 0; }
        .swatch { display: inline-block; width: 1em; height: 1em; border: 1px solid #444; vertical-align: -.12em; margin-right: .45em; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: #444; font-size: .9rem; padding-bottom: .4rem; }
        th, td { padding: .3rem .75rem; border-bottom: 1px solid #e2e2e2; text-align: right; white-space: nowrap; }
        th:first-child, table.facts th, table.facts td { text-align: left; }
        table.facts td { white-space: normal; overflow-wrap: anywhere; }
        table.facts th { font-weight: 600; vertical-align: top; white-space: normal; width: 36%; }
        thead th { border-bottom: 2px solid #888; vertical-align: bottom; white-space: normal; }
        tr.total th, tr.total td { background: #f4f4f4; font-weight: 600; }
        td.best { font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
        .facts-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 0 2rem; align-items: start; }
        .facts-row table { width: 100%; }
        code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .92em; background: #f4f4f4; padding: .1em .35em; overflow-wrap: anywhere; }
        @media (max-width: 700px) { .charts { grid-template-columns: 1fr; } th:first-child { white-space: normal; } body { padding: 1rem .75rem 2rem; } }
        @media print {
          body { max-width: none; padding: 0; font-size: 9.5pt; }
          .maps { grid-template-columns: repeat(4, 1fr); }
          .charts { grid-template-columns: repeat(2, 1fr); }
          .scroll { overflow: visible; }
          th, td { padding: .2rem .4rem; }
          figure, table, .verdict { break-inside: avoid; }
          h2 { break-after: avoid; }
          .swatch, svg, .verdict, tr.total th, tr.total td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """;
}
