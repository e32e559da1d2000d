using System.Globalization;
using System.Text;
using TorchSharp;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>A module as a tree: what each part is, how many numbers it learns, and their shapes.</summary>
internal static class ModuleTree
{
    /// <summary>Levels that are open at first.</summary>
    private const int OpenLevels = 2;

    internal static string ToHtml(torch.nn.Module module)
    {
        var html = new StringBuilder(Style.Element).Append("<div class=\"seglstm\">");
        AppendHtml(html, "", module, 0);
        return html.Append("</div>").ToString();
    }

    internal static string ToText(torch.nn.Module module)
    {
        var text = new StringBuilder();
        AppendText(text, "", module, 0);
        return text.ToString().TrimEnd();
    }

    private static void AppendHtml(StringBuilder html, string name, torch.nn.Module module, int level)
    {
        var children = module.named_children().ToArray();
        var own = Own(module).ToArray();
        string head = $"{(name.Length > 0 ? $"<code>{Escape(name)}</code> " : "")}<strong>{Escape(TypeName(module))}</strong> <span class=\"muted\">{Escape(Count(module))}</span>";
        if (children.Length + own.Length == 0)
        {
            html.Append($"<div style=\"margin-left:{(level == 0 ? "0" : "2.1em")}\">{head}</div>\n");
            return;
        }

        html.Append($"<details{(level < OpenLevels && children.Length > 0 ? " open" : "")}{(level == 0 ? " style=\"margin-left:0\"" : "")}><summary>{head}</summary>\n");
        foreach (var (parameter, shape) in own)
            html.Append($"<div style=\"margin-left:2.1em\"><code>{Escape(parameter)}</code> {Escape(shape)}</div>\n");
        foreach (var (childName, child) in children) AppendHtml(html, childName, child, level + 1);
        html.Append("</details>\n");
    }

    private static void AppendText(StringBuilder text, string name, torch.nn.Module module, int level)
    {
        text.Append(' ', 2 * level).Append(name.Length > 0 ? $"{name}: " : "").Append($"{TypeName(module)}, {Count(module)}\n");
        foreach (var (parameter, shape) in Own(module)) text.Append(' ', 2 * level + 2).Append($"{parameter} {shape}\n");
        foreach (var (childName, child) in module.named_children()) AppendText(text, childName, child, level + 1);
    }

    private static IEnumerable<(string Name, string Shape)> Own(torch.nn.Module module) =>
        module.named_parameters(recurse: false)
            .Select(p => (p.name, Shape(p.parameter, p.parameter.requires_grad ? "" : ", frozen")))
            .Concat(module.named_buffers(recurse: false).Select(b => (b.name, Shape(b.buffer, ", buffer"))));

    private static string Shape(torch.Tensor tensor, string remark) => $"({string.Join(", ", tensor.shape)}){remark}";

    private static string Count(torch.nn.Module module)
    {
        long numbers = module.parameters().Sum(p => p.numel());
        return numbers == 0 ? "no parameters" : numbers.ToString("N0", CultureInfo.InvariantCulture)
            + (numbers == 1 ? " parameter" : " parameters");
    }

    private static string TypeName(torch.nn.Module module) => module.GetType().Name.Split('`')[0];
}
