using System.Diagnostics;
using SegLstm.Tests.EndToEnd.Setup;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>A person with a browser: opens a notebook in classic Notebook, runs it, looks at it, stops a cell.</summary>
[Collection(JupyterCollection.Name)]
public sealed class BrowserTests(InstalledKernel kernel, ITestOutputHelper output)
{
    private static readonly TimeSpan Notebook = TimeSpan.FromMinutes(4), Step = TimeSpan.FromMinutes(1);
    private const string Kernel = "Jupyter.notebook.kernel", Cells = "Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code')";

    [Fact]
    public void A_reader_runs_the_first_notebook_sees_scene_legend_and_plot_and_stops_an_endless_cell()
    {
        PythonSuite.SkipWhereJupyterIsMissing();
        using (var server = new NotebookServer(kernel))
        using (var browser = new Browser(kernel.Folder))
        {
            browser.Open(server.Address("00-start.ipynb"));
            browser.Await("window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded", Step, "the notebook");
            browser.Await($"{Kernel} && {Kernel}.is_connected() && !window.busy", Step, "the kernel");
            var clock = Stopwatch.StartNew();
            browser.Do("Jupyter.notebook.execute_all_cells()");
            try
            {
                // A failed cell ends the wait: those behind it do not run.
                browser.Await($"{Cells}.every(c => !c.get_text().trim() || typeof c.input_prompt_number === 'number')"
                    + " || document.querySelector('div.output_error')", Notebook, "the end of the last cell");
                output.WriteLine($"00-start ran in {clock.Elapsed.TotalSeconds:f1} s");
                LookAt(browser);
            }
            finally
            {
                browser.Picture(Path.Combine(Pictures, "00-start-scene.png"), "div.output_area img");
                browser.Picture(Path.Combine(Pictures, "00-start-plot.png"), "div.output_area .js-plotly-plot");
            }

            Interrupt(browser);
            browser.Picture(Path.Combine(Pictures, "00-start-interrupted.png"), "div.cell:last-child");
        }

        Assert.Empty(kernel.Survivors());
    }

    private static string Pictures => Path.Combine(Repository.Root, "out", "browser");

    private void LookAt(Browser browser)
    {
        Assert.Equal("", browser.Ask<string>("[...document.querySelectorAll('div.output_error')].map(e => e.innerText).join('\\n')"));

        // Decoded pictures of a scene's size, not icons.
        long pictures = browser.Ask<long>(
            "[...document.querySelectorAll('div.output_area img')].filter(i => i.complete && i.naturalWidth >= 64 && i.clientWidth >= 64).length");
        Assert.True(pictures >= 1, "no cell shows a picture");
        output.WriteLine($"{pictures} pictures");
        string shown = browser.Ask<string>("[...document.querySelectorAll('div.output_area')].map(e => e.innerText).join('\\n')");
        Assert.Matches(@"water\s+\d+(\.\d+)? %[\s\S]*built or bare\s+\d+(\.\d+)? %", shown);

        // Drawn after the cell has ended: the picture's frame first, its lines and points a moment later.
        const string marks = "[...document.querySelectorAll('.js-plotly-plot :is(path.js-line, path.point, .points path, .hm image)')]"
            + ".filter(mark => mark.getBoundingClientRect().width > 0).length";
        browser.Await($"{marks} > 0", Step, "a Plotly plot with drawn marks");
        output.WriteLine($"{browser.Ask<long>(marks)} drawn marks");
    }

    private void Interrupt(Browser browser)
    {
        Run(browser, "var remembered = 41;\nwhile (true) remembered = 42;");
        browser.Await($"{Cells}.slice(-1)[0].element.hasClass('running')", Step, "the running cell");
        Thread.Sleep(1500);
        Assert.True(browser.Ask<bool>("document.querySelector('#kernel_indicator_icon').classList.contains('kernel_busy_icon')"));
        var clock = Stopwatch.StartNew();
        browser.Click("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']");
        // The icon alone would not do: it also shows the interrupt request itself as done.
        browser.Await($"!{Cells}.slice(-1)[0].element.hasClass('running')", TimeSpan.FromSeconds(20), "the end of the cell");
        output.WriteLine($"stopped {clock.ElapsedMilliseconds} ms after the click");
        browser.Await("document.querySelector('#kernel_indicator_icon').classList.contains('kernel_idle_icon')", Step, "idle");
        // The page learns that the cell has ended from another message than the one that says why.
        browser.Await(
            $"{Cells}.slice(-1)[0].element.find('.output').text().includes('KeyboardInterrupt')", Step, "the reason of the end");

        Run(browser, "remembered");
        browser.Await($"{Cells}.slice(-1)[0].element.find('.output_result').length > 0", Step, "the result of the cell after it");
        Assert.Equal("42", browser.Ask<string>($"{Cells}.slice(-1)[0].element.find('.output_result')[0].innerText.trim()"));
    }

    private static void Run(Browser browser, string code) =>
        browser.Do($$"""
            var cell = Jupyter.notebook.insert_cell_at_bottom('code');
            cell.set_text({{System.Text.Json.JsonSerializer.Serialize(code)}});
            Jupyter.notebook.select(Jupyter.notebook.ncells() - 1);
            cell.execute();
            """);
}
