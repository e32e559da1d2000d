using System.Diagnostics;
using System.Globalization;

namespace SegLstm.Parity;

/// <summary>Compares this library with golden cases: tensors that the papers' own code computed.</summary>
public static class ParityRunner
{
    /// <summary>Compares every side file in folders and the folders in them, and writes one line a case and a summary.</summary>
    /// <param name="folders">Folders with side files (*.json).</param>
    /// <param name="output">Where the lines go.</param>
    /// <returns>0 if there was at least one case and all passed; else 1.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    public static int Run(IEnumerable<string> folders, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        int passed = 0, failed = 0;
        foreach (var folder in folders.ToArray())
        {
            var paths = GoldenCase.Find(folder);
            if (paths.Count == 0)
            {
                failed++;
                output.WriteLine($"FAIL  {folder} holds no side files (*.json)");
            }

            foreach (var path in paths)
            {
                var result = Check(path);
                output.WriteLine(result);
                _ = result.Passed ? passed++ : failed++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed + failed} cases: {passed} passed, {failed} failed, in {watch.Elapsed.TotalSeconds:F1} s"));
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    /// <summary>Compares one case at every precision that it has.</summary>
    /// <param name="path">The side file.</param>
    /// <returns>The result; a case that cannot be built is a failed one, not an exception.</returns>
    public static CaseResult Check(string path)
    {
        try
        {
            var golden = GoldenCase.Read(path);
            var name = $"{golden.System}/{golden.Name}";
            try
            {
                _ = GoldenSystems.Get(golden.System);

                // A case without tensor files has its numbers, which are doubles, in the side file.
                IReadOnlyList<Precision> precisions = golden.Root.TryGetProperty("files", out _) ? golden.Precisions : [Precision.Float64];
                return precisions.Count > 0
                    ? new CaseResult(path, name, [.. precisions.Select(precision => CaseRun.Run(golden, precision))])
                    : new CaseResult(path, name, [], "names no tensor file under f32 or f64");
            }
            catch (GoldenException wrong)
            {
                return new CaseResult(path, name, [], wrong.Message);
            }
        }
        catch (GoldenException wrong)
        {
            return new CaseResult(path, Path.GetFileName(path), [], wrong.Message);
        }
    }
}
