namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>What a page does when it is opened: it draws formulas, diagrams and plots that came as data.</summary>
internal static class PageScript
{
    internal const string Code = """
        (function () {
          "use strict";
          if (window.katex) {
            var macros = {};
            document.querySelectorAll(".math").forEach(function (element) {
              var source = element.textContent.trim();
              var display = source.startsWith("\\[");
              var body = /^\\[\[(]/.test(source) ? source.slice(2, -2) : source;
              try {
                katex.render(body, element, { displayMode: display, throwOnError: false, macros: macros, globalGroup: true });
              } catch (fault) {
                element.title = String(fault);
              }
            });
          }
          var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
          if (window.Plotly) {
            document.querySelectorAll("script.plot-data").forEach(function (data) {
              var figure = JSON.parse(data.textContent);
              Plotly.newPlot(data.dataset.for, figure.data || [], figure.layout || {},
                Object.assign({ responsive: true, displaylogo: false }, figure.config));
            });
          }
          if (window.mermaid) {
            mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark ? "dark" : "neutral" });
            document.querySelectorAll("pre.mermaid").forEach(function (element) {
              var source = element.textContent;
              mermaid.run({ nodes: [element] }).catch(function (fault) {
                element.textContent = source;
                element.title = String(fault.message || fault);
              });
            });
          }
          // Below this width the contents would push the text away.
          if (window.innerWidth < 1100) {
            document.querySelectorAll("nav.contents details").forEach(function (list) { list.open = false; });
          }
          // What is folded away is printed too.
          window.addEventListener("beforeprint", function () {
            document.querySelectorAll("main details:not([open])").forEach(function (fold) {
              fold.open = true;
              fold.dataset.printed = "";
            });
          });
          window.addEventListener("afterprint", function () {
            document.querySelectorAll("details[data-printed]").forEach(function (fold) {
              fold.open = false;
              delete fold.dataset.printed;
            });
          });
        })();
        """;
}
