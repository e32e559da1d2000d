namespace TorchSharp.Utils;

/// <summary>Writes a file under a temporary name beside its place and renames it when it is complete.</summary>
internal static class AtomicFile
{
    internal static void Write(string location, Action<BinaryWriter> write)
    {
        var temporary = $"{location}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            using (var writer = new BinaryWriter(file))
            {
                write(writer);
                writer.Flush();
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, location, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
