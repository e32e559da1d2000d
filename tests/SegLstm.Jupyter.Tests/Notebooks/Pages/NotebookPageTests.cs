using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SegLstm.Jupyter.Notebooks;
using SegLstm.Jupyter.Notebooks.Pages;
using static SegLstm.Jupyter.Tests.Notebooks.TestNotebook;

namespace SegLstm.Jupyter.Tests.Notebooks.Pages;

public sealed class NotebookPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_loads_nothing_and_the_browser_is_told_so()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.png"), [1, 2, 3]);
        string page = Page(Markdown("# T\n\n$x^2$ ![a](a.png) ![b](https://example.com/b.png) <img src='http://example.com/c.png' alt=\"see c\">\n\n```mermaid\ngraph LR\n```"), Code("1"));
        string own = Regex.Replace(page, "<script>.*?</script>|<style>.*?</style>", "", RegexOptions.Singleline);
        Assert.Contains("default-src 'none'", own);
        Assert.Empty(Regex.Matches(own, "\\b(src|srcset|data|poster)\\s*=\\s*[\"'](?!data:)"));
        Assert.DoesNotContain("<link rel=\"stylesheet\"", own);
        Assert.Contains("src=\"data:image/png;base64,AQID\"", own);
        Assert.Contains("[b: <a href=\"https://example.com/b.png\">", Regex.Replace(own, "alt=\"b\"", ""));
        Assert.Contains("[see c: ", own);
        string style = string.Concat(Regex.Matches(page, "<style>.*?</style>", RegexOptions.Singleline).Select(part => part.Value));
        Assert.Contains("url(data:font/woff2", style);
        Assert.Empty(Regex.Matches(style, "url\\((?!data:)|@import"));
    }

    [Fact]
    public void What_draws_formulas_and_diagrams_is_in_the_page_only_where_there_are_some()
    {
        Assert.True(Page(Markdown("text"), Code("1")).Length < 40_000);
        string formulas = Page(Markdown("$\\alpha$"));
        Assert.Contains("KaTeX_Main", formulas);
        Assert.DoesNotContain("KaTeX_Fraktur-Regular;", formulas);
        Assert.InRange(formulas.Length, 400_000, 700_000);
        Assert.True(Page(Markdown("$\\mathfrak{g}$")).Length > formulas.Length + 20_000);
    }

    [Fact]
    public void Formulas_keep_their_backslashes_and_environments_need_no_dollars()
    {
        string page = Page(Markdown("a $b_1 * c_1 * d$ e\n\n\\begin{align}\na_1 &= b \\\\\nc &= d\n\\end{align}\n\n```\n\\begin{code}\n\\end{code}\n```\n"));
        Assert.Contains("<span class=\"math\">\\(b_1 * c_1 * d\\)</span>", page);
        Assert.Contains("<div class=\"math\">\\[\\begin{align}\na_1 &amp;= b \\\\\nc &amp;= d\n\\end{align}\\]</div>", page);
        Assert.DoesNotContain("\\[\\begin{code}", page);
    }

    [Fact]
    public void A_formula_of_several_lines_is_one_formula_and_no_emphasis()
    {
        string page = Page(Markdown("so\n\n$$a_t = b_{t-1}, \\qquad\nc_t = d_t$$\n\nand $$e_1 * f_1$$ `$$` text\nmore `$$`"));
        Assert.Contains("<div class=\"math\">\\[a_t = b_{t-1}, \\qquad\nc_t = d_t\\]</div>", page);
        Assert.Contains("e_1 * f_1", page);
        Assert.Contains("<code>$$</code> text", page);
    }

    [Fact]
    public void Headings_make_the_contents_and_links_find_them_by_Jupyters_and_by_GitHubs_names()
    {
        string page = Page(Markdown("# T\n\n[a](#Two-words!) [b](#two-words) [c](#nowhere)"), Markdown("## Two words!"), Markdown("## Two words!"));
        Assert.Contains("<h2 id=\"Two-words!\">", page);
        Assert.Contains("<h2 id=\"Two-words!-2\">", page);
        Assert.Contains("<a href=\"#Two-words!\">a</a> <a href=\"#Two-words!\">b</a> <a href=\"#nowhere\">c</a>", page);
        Assert.Contains("<li class=\"level-2\"><a href=\"#Two-words!\">Two words!</a></li>", page);
    }

    [Fact]
    public void Links_to_notebooks_lead_to_their_pages_and_to_files_to_where_they_lie()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, "sub", "a file.txt"), "");
        string page = Page(Markdown("[n](../x/next.ipynb#a) [o](other.ipynb) [f](sub/a%20file.txt) [w](https://example.com/z.ipynb)"));
        Assert.Contains("href=\"next.html#a\"", page);
        Assert.Contains("href=\"other.ipynb\"", page);
        Assert.Contains("href=\"../sub/a%20file.txt\"", page);
        Assert.Contains("href=\"https://example.com/z.ipynb\"", page);
    }

    [Fact]
    public void Of_each_value_the_richest_form_is_shown()
    {
        JsonObject both = Value("text/html", "<b>rich</b>");
        both["data"]!["image/png"] = "AAAA";
        JsonObject picture = Value("image/png", "AA\nAA\n");
        picture["metadata"] = new JsonObject { ["image/png"] = new JsonObject { ["width"] = 40 } };
        string page = Page(Shown("x", both, picture, Value("text/markdown", "*soft* $z$"), Value("text/latex", "$$y^2$$"), Value("image/svg+xml", "<?xml version=\"1.0\"?><svg></svg>"),
            Value("application/json", new JsonObject { ["k"] = 1 }), Value("text/vnd.mermaid", "graph LR"), Value("application/javascript", "element.textContent = '</script>';")));
        Assert.Contains("<div class=\"out value\"><b>rich</b></div>", page);
        Assert.DoesNotContain("base64,AAAA\" alt=\"rich", page);
        Assert.Contains("<img src=\"data:image/png;base64,AAAA\" width=\"40\" alt=\"plain form\">", page);
        Assert.Contains("<em>soft</em> <span class=\"math\">\\(z\\)</span>", page);
        Assert.Contains("<div class=\"math\">\\[y^2\\]</div>", page);
        Assert.Contains("<div class=\"out value\"><svg></svg></div>", page);
        Assert.Contains("&quot;k&quot;: 1", page);
        Assert.Contains("<pre class=\"mermaid\">graph LR</pre>", page);
        Assert.Contains("element.textContent = '<\\/script>';", page);
    }

    [Fact]
    public void Markdown_that_a_cell_shows_is_drawn_as_the_text_of_the_notebook_is()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.png"), [1, 2, 3]);
        JsonObject both = Value("text/markdown", "```mermaid\ngraph LR\n```\n\n```csharp\nint n;\n```\n\n![a](a.png)");
        both["data"]!["text/html"] = "<pre><code class=\"language-mermaid\">graph LR</code></pre>";
        string page = Page(Shown("x", both));
        Assert.Contains("<pre class=\"mermaid\">graph LR</pre>", page);
        Assert.Contains("<span class=\"keyword\">int</span>", page);
        Assert.Contains("src=\"data:image/png;base64,AQID\"", page);
        Assert.DoesNotContain("language-mermaid", page);
    }

    [Fact]
    public void Pictures_in_HTML_that_a_cell_shows_are_in_the_page_and_its_scripts_stay_as_they_are()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.png"), [1, 2, 3]);
        string page = Page(Shown("x", Value("text/html", "<script>f(\"<img src='b.png'>\")</script><img alt=\"a\" src='a.png'><img src=\"https://example.com/c.png\">")));
        Assert.Contains("<script>f(\"<img src='b.png'>\")</script><img alt=\"a\" src='data:image/png;base64,AQID'>", page);
        Assert.Contains("https://example.com/c.png</a> is not in this page]", page);
    }

    [Fact]
    public void Streams_and_errors_keep_their_colours_and_nothing_of_them_is_taken_for_HTML()
    {
        JsonObject Stream(string name, string text) => new() { ["name"] = name, ["output_type"] = "stream", ["text"] = text };
        var error = new JsonObject { ["ename"] = "E", ["evalue"] = "v", ["output_type"] = "error", ["traceback"] = new JsonArray("\u001b[1;31mbad\u001b[0m <here>") };
        string page = Page(Shown("x", Stream("stdout", "<script>alert(1)</script>\n"), Stream("stderr", "warn"), error));
        Assert.Contains("<pre class=\"out stdout\">&lt;script&gt;alert(1)&lt;/script&gt;</pre>", page);
        Assert.Contains("<pre class=\"out stderr\">warn</pre>", page);
        Assert.Contains("<span style=\"color:var(--ansi-1);font-weight:600;\">bad</span> &lt;here&gt;", page);
    }

    [Fact]
    public void Code_is_coloured_by_the_language_of_its_lines()
    {
        string page = Page(Code("int n = 1; // note\nvar s = \"<b>\";"), Code("#!fsharp\nlet x = 1\n#!sql\nSELECT a FROM b"), Code("1", "exercise"), Code("#!value --name x\nnew int there"));
        Assert.Contains("<span class=\"keyword\">int</span>", page);
        Assert.Contains("<span class=\"comment\">// note</span>", page);
        Assert.Contains("<span class=\"string\">&quot;&lt;b&gt;&quot;</span>", page);
        string modern = Page(Code("#r \"x.dll\"\nrecord A(double X = 3e-4);\nvar a = new A(\"\"\"raw \"it\" \"\"\".Length); // end"));
        Assert.Contains("<span class=\"preprocessorKeyword\">#r &quot;x.dll&quot;\n</span><span class=\"keyword\">record</span> <span class=\"className\">A</span>", modern);
        Assert.Contains("<span class=\"number\">3e-4</span>", modern);
        Assert.Contains("<span class=\"string\">&quot;&quot;&quot;raw &quot;it&quot; &quot;&quot;&quot;</span>", modern);
        Assert.Contains("<span class=\"magic\">#!fsharp</span>", page);
        Assert.Contains("<span class=\"keyword\">let</span>", page);
        Assert.Contains("<span class=\"keyword\">SELECT</span>", page);
        Assert.Contains("<details class=\"fold\"><summary>Exercise</summary>", page);
        Assert.Contains("\nnew int there</code>", page);
    }

    [Fact]
    public void Attachments_are_shown_and_a_fold_in_the_text_stays_one()
    {
        JsonObject cell = Markdown("![x](attachment:p.png)\n\n<details><summary>Hint</summary>\n\n*soft*\n\n</details>");
        cell["attachments"] = new JsonObject { ["p.png"] = new JsonObject { ["image/png"] = "BBBB" } };
        string page = Page(cell);
        Assert.Contains("src=\"data:image/png;base64,BBBB\"", page);
        Assert.Matches("<details><summary>Hint</summary>\\s*<p><em>soft</em></p>\\s*</details>", page);
    }

    private string Page(params JsonObject[] cells) => NotebookPage.ToHtml(Of(cells), new PageContext
    {
        Name = "test", NotebookFolder = _folder, PageFolder = Path.Combine(_folder, "out"), Pages = new HashSet<string> { "next" }, IndexLink = "index.html",
    });
}
