using System.Text;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>Writes files whole or not at all.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string part = path + ".part";
        using (FileStream stream = File.Create(part))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
