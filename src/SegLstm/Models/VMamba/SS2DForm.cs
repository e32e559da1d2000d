using System.Text.RegularExpressions;

namespace SegLstm.Models.VMamba;

/// <summary>What VMamba's text <c>forward_type</c> says.</summary>
/// <remarks>
/// A version, then marks. <c>v0</c> (and <c>v0seq</c>, which scans one direction after the other) is the first release.
/// <c>v01 .. v05, v2, v3, v4</c> compute one function with different kernels; <c>v051d</c>, <c>v052d</c> and <c>v052d3</c>
/// (older: <c>v31d, v32d</c>) read the map in other orders. <c>_noz</c>: no gate; <c>_nozact</c>: the gate is not activated;
/// <c>_oact</c>: GELU on the output; <c>_on...</c>: another <see cref="SS2DNorm"/>; <c>_no32</c> concerns half precision only.
/// Source: MzeroMiko/VMamba, <c>SS2D</c>, <c>SS2Dv2.__initv2__</c>.
/// </remarks>
/// <param name="Vanilla">The first release, with its parameter names.</param>
/// <param name="Gate">A second half of the input projection multiplies the output.</param>
/// <param name="GateActivation">SiLU on the gate.</param>
/// <param name="OutputActivation">GELU after the norm.</param>
/// <param name="Norm">What is done to the merged sequences.</param>
/// <param name="Scan">The orders in which the map is read.</param>
public sealed partial record SS2DForm(
    bool Vanilla, bool Gate, bool GateActivation, bool OutputActivation, SS2DNorm Norm, ScanMode Scan)
{
    private static readonly Dictionary<string, SS2DNorm> Norms = new()
    {
        ["onnone"] = SS2DNorm.None,
        ["ondwconv3"] = SS2DNorm.DepthwiseConvolution,
        ["oncnorm"] = SS2DNorm.LayerNormAndConvolution,
        ["onsoftmax"] = SS2DNorm.Softmax,
        ["onsigmoid"] = SS2DNorm.Sigmoid,
    };

    /// <summary>Reads a text such as <c>v05_noz</c>.</summary>
    /// <exception cref="ArgumentException">It is none of VMamba's; the message says which are.</exception>
    public static SS2DForm Parse(string text)
    {
        if (text is "v0" or "v0seq" or "v0_seq")
        {
            return new SS2DForm(true, true, true, false, SS2DNorm.LayerNorm, ScanMode.Cross);
        }

        if (Pattern().Match(text) is not { Success: true } match)
        {
            throw new ArgumentException(
                "Expected a forward type v0, v0seq, or one of v01 .. v05, v2, v3, v4, v051d, v052d, v052d3 followed by any of " +
                "_noz, _nozact, _oact, _no32 and one of " +
                $"{string.Join(", ", Norms.Keys.Select(mark => "_" + mark))}, got '{text}'.",
                nameof(text));
        }

        string[] marks = [.. match.Groups["mark"].Captures.Select(mark => mark.Value)];
        return new SS2DForm(
            false, !marks.Contains("noz"), !marks.Contains("nozact"), marks.Contains("oact"),
            marks.Where(Norms.ContainsKey).Select(mark => Norms[mark]).FirstOrDefault(SS2DNorm.LayerNorm),
            match.Groups["version"].Value switch
            {
                "v051d" or "v31d" => ScanMode.Unidirectional,
                "v052d" or "v32d" => ScanMode.Bidirectional,
                "v052d3" => ScanMode.Rotating,
                _ => ScanMode.Cross,
            });
    }

    // Early files write the marks without underscore: v3noz.
    [GeneratedRegex(@"^(?<version>v051d|v052d3|v052d|v31d|v32d|v0[1-5]|v[234])" +
        @"(?:_?(?<mark>nozact|noz|oact|no32|onnone|ondwconv3|oncnorm|onsoftmax|onsigmoid))*$")]
    private static partial Regex Pattern();
}
