namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>How pages look: a column of text that is comfortable to read, light or dark as the reader's system, fit for
/// printing.</summary>
internal static class PageStyle
{
    /// <summary>What all pages share.</summary>
    internal const string Css = """
        :root { color-scheme: light dark; --page: #ffffff; --text: #1f2328; --soft: #59636e; --line: #d5dae0; --code: #f5f7f9;
          --link: #0550ae;
          --good: #0a6b30; --bad: #a8201a; --bad-page: #fdf0ef; --warn-page: #fdf6e3;
          --keyword: #8a1fa8; --string: #0a5c36; --comment: #59636e; --name: #0550ae; --digit: #8a4600; --magic: #a04100;
          --ansi-0: #24292f; --ansi-1: #a8201a; --ansi-2: #0a6b30; --ansi-3: #7a5200; --ansi-4: #0550ae; --ansi-5: #8a1fa8;
            --ansi-6: #0b6374;
          --ansi-7: #59636e; --ansi-8: #57606a; --ansi-9: #b3261e; --ansi-10: #0a6b30; --ansi-11: #7a5200; --ansi-12: #0550ae;
            --ansi-13: #8a1fa8;
          --ansi-14: #0b6374; --ansi-15: #3d444d; }
        @media (prefers-color-scheme: dark) { :root { --page: #14181d; --text: #e3e8ed; --soft: #9fa9b4; --line: #363d46; --code:
          #1d232a; --link: #7cb8ff;
          --good: #6fd38d; --bad: #ff9a92; --bad-page: #33201f; --warn-page: #2e2815;
          --keyword: #d9a0f0; --string: #8fd6a8; --comment: #9fa9b4; --name: #7cb8ff; --digit: #f0b072; --magic: #f0b072;
          --ansi-0: #c5ccd3; --ansi-1: #ff9a92; --ansi-2: #6fd38d; --ansi-3: #e3c067; --ansi-4: #7cb8ff; --ansi-5: #d9a0f0;
            --ansi-6: #74cfdb;
          --ansi-7: #c5ccd3; --ansi-8: #9fa9b4; --ansi-9: #ffb0a9; --ansi-10: #8fe0a7; --ansi-11: #f0d080; --ansi-12: #9ccaff;
            --ansi-13: #e5baf5;
          --ansi-14: #93dde7; --ansi-15: #f0f3f6; } }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
        body { margin: 0; background: var(--page); color: var(--text); font: 16.5px/1.6 system-ui, "Segoe UI", "Noto Sans",
          "DejaVu Sans", sans-serif; }
        main { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.8em 0 .6em; text-wrap: balance; }
        h1 { font-size: 2rem; margin-top: .4em; } h2 { font-size: 1.45rem; border-bottom: 1px solid var(--line); padding-bottom:
          .25em; } h3 { font-size: 1.18rem; }
        h4, h5, h6 { font-size: 1rem; }
        a { color: var(--link); text-underline-offset: 2px; }
        p, ul, ol, blockquote, dl { margin: .8em 0; }
        blockquote { border-left: 4px solid var(--line); margin-left: 0; padding-left: 1rem; color: var(--soft); }
        img, svg, video { max-width: 100%; height: auto; }
        code, pre { font-family: ui-monospace, "Cascadia Mono", "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
        code { font-size: .9em; background: var(--code); padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere; }
        pre { font-size: .86rem; line-height: 1.5; margin: .6em 0; overflow-x: auto; }
        pre code { font-size: 1em; background: none; padding: 0; overflow-wrap: normal; }
        table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums; }
        th, td { border-bottom: 1px solid var(--line); padding: .35em .8em; text-align: left; vertical-align: top; }
        thead th { border-bottom: 2px solid var(--soft); }
        footer { margin-top: 4rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
        """;

    /// <summary>What a notebook's page needs besides.</summary>
    internal const string Notebook = """
        nav.contents { padding: 1rem 1.25rem 0; max-width: 56rem; margin: 0 auto; font-size: .9rem; }
        nav.contents ul { list-style: none; padding: 0; margin: .5rem 0; } nav.contents li { margin: .3rem 0; line-height: 1.35; }
        nav.contents .level-2 { padding-left: .9rem; } nav.contents .level-3 { padding-left: 1.8rem; font-size: .94em; }
        nav.contents a { text-decoration: none; } nav.contents a:hover { text-decoration: underline; } nav.contents summary {
          cursor: pointer; font-weight: 600; }
        @media (min-width: 1100px) {
          body { display: grid; grid-template-columns: 17rem minmax(0, 58rem); justify-content: center; gap: 1rem; }
          nav.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; margin: 0; padding:
            2rem .5rem 2rem 1rem; }
          main { margin: 0; width: 100%; max-width: none; }
        }
        .cell { margin: 1rem 0; } .cell.program { display: grid; grid-template-columns: minmax(0, 1fr); position: relative; }
        .cell.text > :first-child { margin-top: .3em; }
        .number { color: var(--soft); font: .78rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; text-decoration: none;
          white-space: pre; }
        .number:hover { text-decoration: underline; }
        @media (min-width: 760px) { .cell.program { grid-template-columns: 2.9rem minmax(0, 1fr); } .number { padding-top: .75rem;
          } .cell.text, .cell.raw { margin-left: 2.9rem; } }
        pre.code { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .65rem .85rem; margin: 0;
          tab-size: 4; }
        .cell.text pre.code { margin: .8em 0; }
        pre.code .keyword, pre.code .controlKeyword, pre.code .htmlElementName, pre.code .xmlName, pre.code .cssSelector { color:
          var(--keyword); }
        pre.code .string, pre.code .stringCSharpVerbatim, pre.code .stringEscape, pre.code .htmlAttributeValue, pre.code
          .xmlAttributeValue { color: var(--string); }
        pre.code .comment, pre.code .htmlComment, pre.code .xmlComment, pre.code .xmlDocComment, pre.code .xmlDocTag { color:
          var(--comment); font-style: italic; }
        pre.code .className, pre.code .type, pre.code .typeVariable, pre.code .namespace, pre.code .constructor, pre.code
          .sqlSystemFunction, pre.code .builtinFunction,
        pre.code .htmlAttributeName, pre.code .xmlAttribute, pre.code .cssPropertyName { color: var(--name); }
        pre.code .number, pre.code .htmlEntity { color: var(--digit); font: inherit; padding: 0; } pre.code .preprocessorKeyword,
          pre.code .magic { color: var(--magic); }
        .out { margin: .55rem 0 0; padding: 0 .85rem; overflow-x: auto; max-width: 100%; }
        pre.out { max-height: 38rem; overflow: auto; white-space: pre; }
        pre.stderr { background: var(--warn-page); border-left: 3px solid var(--digit); padding: .4rem .85rem; }
        pre.error { background: var(--bad-page); border-left: 3px solid var(--bad); padding: .5rem .85rem; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        .out table { margin: .3em 0; font-size: .88rem; } .out th, .out td { padding: .25em .7em; }
        .cell.failed > .body > pre.code { border-color: var(--bad); }
        .failure { border-left: 6px solid var(--bad); background: var(--bad-page); padding: .6rem .9rem; }
        details.fold > summary, .cell.text details > summary { cursor: pointer; color: var(--link); margin: .3rem 0; }
        .cell.text details { border: 1px solid var(--line); border-radius: 6px; padding: .35rem .9rem; margin: .8em 0; }
        pre.mermaid { background: none; white-space: pre; text-align: center; }
        div.math { overflow-x: auto; overflow-y: hidden; padding: .2rem 0; } .katex { font-size: 1.08em; } div.math .katex-display
          > .katex > .katex-html > .tag { right: 4px; } .cell.raw pre { color: var(--soft); }
        .plot { min-height: 26rem; }
        @media print {
          body { display: block; font-size: 10.5pt; } nav.contents { display: none; } main { max-width: none; padding: 0; }
          pre.out { max-height: none; } pre, pre code { white-space: pre-wrap; overflow-wrap: anywhere; } .out, div.math {
            overflow: visible; }
          pre.code, .out img, .out svg, figure, table { break-inside: avoid; } h1, h2, h3, h4 { break-after: avoid; }
        }
        """;
}
