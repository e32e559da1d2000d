using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>The Markdown of a page: all its cells, so that headings have names of their own and links find them.</summary>
internal sealed class PageText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseMathematics().UsePipeTables().UseGridTables().UseFootnotes().UseTaskLists().UseAutoLinks().UseEmphasisExtras()
        .UseDefinitionLists().UseAbbreviations().UseFigures().UseGenericAttributes().Build();

    private readonly Dictionary<int, MarkdownDocument> _cells = [];
    private readonly Dictionary<string, string> _anchors = new(StringComparer.OrdinalIgnoreCase);
    private readonly LocalFiles _files;

    /// <summary>Reads the Markdown cells of a notebook.</summary>
    public PageText(NotebookDocument notebook, LocalFiles files)
    {
        _files = files;
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown))
        {
            MarkdownDocument text = Markdown.Parse(Formulas.Fence(cell.Source), Pipeline);
            _cells[cell.Index] = text;
            foreach (HeadingBlock heading in text.Descendants<HeadingBlock>()) Add(heading);
        }

        Title = Headings.Where(heading => heading.Level == 1).Concat(Headings).FirstOrDefault()?.PlainText;
        Summary = _cells.Values.SelectMany(text => text.OfType<ParagraphBlock>()).Select(block => Plain(block.Inline))
            .FirstOrDefault(text => text.Length > 0) ?? "";
    }

    /// <summary>The headings, in order.</summary>
    public List<PageHeading> Headings { get; } = [];

    /// <summary>The first heading; null where there is none.</summary>
    public string? Title { get; }

    /// <summary>The first paragraph, without its marks; empty where there is none.</summary>
    public string Summary { get; }

    /// <summary>A cell's text as HTML.</summary>
    public string Cell(NotebookCell cell)
    {
        MarkdownDocument text = _cells[cell.Index];
        foreach (LinkInline link in text.Descendants<LinkInline>().Where(link => !link.IsImage))
            link.Url = Target(link.Url ?? "");
        return _files.EmbedPictures(Render(text), cell.Attachments);
    }

    /// <summary>Markdown that a cell has shown, as HTML.</summary>
    public string Output(string markdown) => WithPictures(Render(Markdown.Parse(Formulas.Fence(markdown), Pipeline)));

    /// <summary>HTML that a cell has shown, its pictures in it.</summary>
    public string WithPictures(string html) => _files.EmbedPictures(html, []);

    private string Target(string url)
    {
        if (!url.StartsWith('#')) return _files.Link(url);
        string name = Uri.UnescapeDataString(url[1..]);
        return _anchors.TryGetValue(name, out string? anchor) ? "#" + anchor : url;
    }

    private void Add(HeadingBlock heading)
    {
        string text = Plain(heading.Inline);
        // Jupyter's names: spaces become hyphens, all else stays.
        string name = string.Join('-', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0) name = "section";
        string unique = name;
        for (int n = 2; !_anchors.TryAdd(unique, unique); n++) unique = $"{name}-{n}";
        // GitHub's name for the same heading: small letters, no punctuation.
        _anchors.TryAdd(new string([.. name.Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')]), unique);
        heading.GetAttributes().Id = unique;
        string html = heading.Inline is null ? "" : Fragment(heading.Inline);
        Headings.Add(new PageHeading(heading.Level, unique, text, html));
    }

    private static string Render(MarkdownDocument text)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(r => r.GetType() == typeof(CodeBlockRenderer));
        renderer.ObjectRenderers.Insert(0, new FenceRenderer());
        renderer.Render(text);
        return writer.ToString();
    }

    // A heading's inside for the table of contents, where links would stand inside a link.
    private static string Fragment(ContainerInline inline)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.WriteChildren(inline);
        return Tags.Links().Replace(writer.ToString(), "");
    }

    private static string Plain(ContainerInline? inline)
    {
        if (inline is null) return "";
        using var writer = new StringWriter();
        foreach (Inline part in inline.Descendants())
        {
            switch (part)
            {
                case LiteralInline literal: writer.Write(literal.Content.ToString()); break;
                case CodeInline code: writer.Write(code.Content); break;
                case LineBreakInline: writer.Write(' '); break;
                case HtmlEntityInline entity: writer.Write(entity.Transcoded.ToString()); break;
                case Markdig.Extensions.Mathematics.MathInline math: writer.Write(math.Content.ToString()); break;
            }
        }

        return writer.ToString().Trim();
    }
}
