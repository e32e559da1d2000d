using SegLstm.Jupyter.Notebooks;
using SegLstm.Jupyter.Notebooks.Parameters;

namespace SegLstm.Cli.Notebooks;

/// <summary>The part of a help page that lists what notebooks take.</summary>
internal static class ParameterHelp
{
    /// <summary>Lists the parameters of notebooks.</summary>
    public static void Write(string[] files, TextWriter output)
    {
        foreach (string file in files)
        {
            Require.File(file, "notebook");
            IReadOnlyList<NotebookParameter> parameters = ParameterCell.Read(NotebookDocument.Read(file));
            output.WriteLine(
                parameters.Count == 0
                    ? $"{file} takes no parameters: no code cell is tagged 'parameters'." : $"Parameters of {file}:");
            int name = parameters.Select(p => p.Name.Length).DefaultIfEmpty().Max();
            int type = parameters.Select(p => p.Type.Length).DefaultIfEmpty().Max();
            int value = parameters.Select(p => p.Default.Length).DefaultIfEmpty().Max();
            foreach (NotebookParameter p in parameters)
            {
                string facts = $"  {p.Name.PadRight(name)}  {p.Type.PadRight(type)}  {p.Default.PadRight(value)}";
                output.WriteLine($"{facts}  {p.Description}".TrimEnd());
            }

            output.WriteLine();
        }
    }
}
