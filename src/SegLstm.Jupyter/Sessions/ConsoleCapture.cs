using System.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Sessions;

/// <summary>
/// Leads the console of this process to the cell that uses it. Outside cells it stays the process's own. A cell that calls
/// `Console.SetOut` is respected until it sets another; what native libraries print is not led anywhere.
/// </summary>
internal static class ConsoleCapture
{
    private static readonly TextWriter HostOut = Console.Out;
    private static readonly TextWriter HostError = Console.Error;
    private static readonly TextReader HostIn = Console.In;

    /// <summary>Starts leading the console to cells. Further calls put it back where a cell has led it elsewhere.</summary>
    public static void Install()
    {
        Console.SetOut(new CellWriter(OutputStream.Stdout, HostOut));
        Console.SetError(new CellWriter(OutputStream.Stderr, HostError));
        Console.SetIn(new CellReader(HostIn));
    }

    private sealed class CellWriter(OutputStream stream, TextWriter host) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value)
        {
            if (string.IsNullOrEmpty(value))
            {
                return;
            }

            if (RunningCell.Current is { } cell)
            {
                cell.Output.Write(stream, value);
            }
            else
            {
                host.Write(value);
            }
        }

        public override void WriteLine(string? value) => Write(string.Concat(value, Environment.NewLine));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (!buffer.IsEmpty)
            {
                Write(new string(buffer));
            }
        }

        // Only the host's: what a cell writes is its output's at once.
        public override void Flush()
        {
            if (RunningCell.Current is null)
            {
                host.Flush();
            }
        }
    }

    private sealed class CellReader(TextReader host) : TextReader
    {
        public override string? ReadLine() => RunningCell.Current is { } cell
            ? cell.Typed.ReadLine() ?? cell.Output.ReadInput("", password: false, cell.Interrupt)
            : host.ReadLine();

        public override int Peek() => RunningCell.Current is { } cell ? Typed(cell).Peek() : host.Peek();

        public override int Read() => RunningCell.Current is { } cell ? Typed(cell).Read() : host.Read();

        public override string ReadToEnd() => RunningCell.Current is null ? host.ReadToEnd() : ReadLine() ?? "";

        private static TextReader Typed(RunningCell cell)
        {
            if (cell.Typed.Peek() < 0)
            {
                cell.Typed = new StringReader(cell.Output.ReadInput("", password: false, cell.Interrupt) + "\n");
            }

            return cell.Typed;
        }
    }
}
