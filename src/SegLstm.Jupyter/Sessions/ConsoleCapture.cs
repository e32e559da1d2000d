using System.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Sessions;

/// <summary>
/// Leads the console of this process to the cell that uses it. Outside cells it stays the process's own. A cell that calls
/// `Console.SetOut` is respected until it sets another; what native libraries print is not led anywhere.
/// </summary>
public static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static TextWriter? routedOut;

    /// <summary>The process's own standard output, for what the host says while cells run.</summary>
    public static TextWriter HostOut { get; private set; } = Console.Out;

    /// <summary>The process's own standard error, for what the host says while cells run.</summary>
    public static TextWriter HostError { get; private set; } = Console.Error;

    /// <summary>Starts leading the console to cells. Further calls put it back where a cell has led it elsewhere.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (routedOut is not null && ReferenceEquals(Console.Out, routedOut))
            {
                return;
            }

            if (routedOut is null)
            {
                HostOut = Console.Out;
                HostError = Console.Error;
            }

            Console.SetOut(new CellWriter(OutputStream.Stdout, HostOut));
            Console.SetError(new CellWriter(OutputStream.Stderr, HostError));
            Console.SetIn(new CellReader(Console.In));
            routedOut = Console.Out;
        }
    }

    /// <summary>Removes what the running cell has shown, as `Console.Clear` does in a terminal.</summary>
    public static void Clear() => RunningCell.Current?.Output.Clear(wait: false);

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
        private string line = "";
        private int position;

        public override string? ReadLine()
        {
            if (RunningCell.Current is not { } cell)
            {
                return host.ReadLine();
            }

            if (position < line.Length)
            {
                var rest = line[position..].TrimEnd('\n');
                position = line.Length;
                return rest;
            }

            return cell.Output.ReadInput("", password: false, cell.Interrupt);
        }

        public override int Peek() => Fill() ? line[position] : host.Peek();

        public override int Read() => Fill() ? line[position++] : host.Read();

        public override string ReadToEnd() => RunningCell.Current is null ? host.ReadToEnd() : ReadLine() ?? "";

        private bool Fill()
        {
            if (RunningCell.Current is not { } cell)
            {
                return false;
            }

            if (position >= line.Length)
            {
                line = cell.Output.ReadInput("", password: false, cell.Interrupt) + "\n";
                position = 0;
            }

            return true;
        }
    }
}
