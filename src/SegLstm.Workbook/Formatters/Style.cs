namespace SegLstm.Workbook.Formatters;

/// <summary>How our outputs look: the page's own colours, light or dark, whichever notebook shows them.</summary>
internal static class Style
{
    /// <summary>The rules; every output carries them, so that it also stands alone.</summary>
    internal const string Element = "<style>" + Rules + "</style>\n";

    private const string Rules = """
        .seglstm{--ink:var(--jp-content-font-color1,var(--vscode-editor-foreground,inherit));
        --line:rgba(128,128,128,.38);--soft:rgba(128,128,128,.12);
        color:var(--ink);font:14px/1.45 system-ui,"Segoe UI","DejaVu Sans",sans-serif;max-width:100%}
        .seglstm table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.3em 0;border:0;
        color:inherit;background:none;font-size:13.5px}
        .seglstm caption{caption-side:top;text-align:left;font-weight:600;padding:.2em 0;color:inherit}
        .seglstm th,.seglstm td{padding:.22em .7em;border:0;border-bottom:1px solid var(--line);text-align:left;
        background:none;color:inherit}
        .seglstm td.number,.seglstm th.number{text-align:right}
        .seglstm thead th{border-bottom:2px solid var(--line);vertical-align:bottom}
        .seglstm tbody th{font-weight:600}
        .seglstm .scroll{overflow-x:auto}
        .seglstm pre{font:12.5px/1.4 ui-monospace,"DejaVu Sans Mono",monospace;margin:.4em 0;padding:.5em .7em;
        background:var(--soft);color:inherit;overflow-x:auto;border:0}
        .seglstm code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;background:none;color:inherit;padding:0}
        .seglstm .pictures{display:flex;flex-wrap:wrap;gap:14px;align-items:flex-start}
        .seglstm figure{margin:0}
        .seglstm figure img{display:block;max-width:100%;height:auto;image-rendering:pixelated;border:1px solid var(--line)}
        .seglstm figcaption{margin-top:.25em}
        .seglstm ul.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15em 1.2em;padding:0;margin:.5em 0 0}
        .seglstm ul.legend li{margin:0}
        .seglstm .swatch{display:inline-block;width:.95em;height:.95em;border:1px solid rgba(128,128,128,.8);
        vertical-align:-.1em;margin-right:.4em;
        print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .seglstm .muted{opacity:.72}
        .seglstm details{margin-left:1.1em}
        .seglstm summary{cursor:pointer;display:list-item}
        .seglstm progress{width:min(420px,60%);height:1em;vertical-align:-.15em;accent-color:#0072B2}
        """;
}
