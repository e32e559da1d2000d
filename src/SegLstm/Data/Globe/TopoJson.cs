using System.Text.Json;

namespace SegLstm.Data.Globe;

/// <summary>Reads polygons out of TopoJSON: arcs that neighbours share, delta-coded integers under a scale and a shift, or plain numbers.</summary>
/// <remarks>The TopoJSON Format Specification, 2.1 (arcs, transforms) and 2.2.</remarks>
internal static class TopoJson
{
    private const int MaxDepth = 32;

    /// <summary>All polygons of one object of the topology, each a list of closed rings (outline, then holes) of (x, y).</summary>
    /// <param name="json">The file.</param>
    /// <param name="name">The object's name.</param>
    /// <exception cref="InvalidDataException">It is no topology, has no such object, or an arc is out of range.</exception>
    internal static IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)>>> Polygons(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = document.RootElement;
            if (root.GetProperty("type").GetString() != "Topology")
                throw new InvalidDataException("The file is JSON but no TopoJSON topology.");
            var objects = root.GetProperty("objects");
            if (!objects.TryGetProperty(name, out var geometry))
            {
                throw new InvalidDataException(
                    $"The topology has no object '{name}': {string.Join(", ", objects.EnumerateObject().Select(o => o.Name))}.");
            }
            var arcs = Arcs(root);
            return [.. Polygons(geometry).Select(rings => rings.EnumerateArray().Select(ring => Ring(ring, arcs)).ToArray())];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The TopoJSON cannot be read: {error.Message}", error);
        }
    }

    private static IEnumerable<JsonElement> Polygons(JsonElement geometry) => geometry.GetProperty("type").GetString() switch
    {
        "Polygon" => [geometry.GetProperty("arcs")],
        "MultiPolygon" => geometry.GetProperty("arcs").EnumerateArray(),
        "GeometryCollection" => geometry.GetProperty("geometries").EnumerateArray().SelectMany(Polygons),
        _ => [],
    };

    private static (double X, double Y)[][] Arcs(JsonElement root)
    {
        double[] scale = [1, 1], shift = [0, 0];
        bool delta = root.TryGetProperty("transform", out var transform);
        if (delta)
            (scale, shift) = (Pair(transform.GetProperty("scale")), Pair(transform.GetProperty("translate")));
        return [.. root.GetProperty("arcs").EnumerateArray().Select(arc =>
        {
            double x = 0, y = 0;
            return arc.EnumerateArray().Select(position =>
            {
                double[] p = Pair(position);
                (x, y) = delta ? (x + p[0], y + p[1]) : (p[0], p[1]);
                return (x * scale[0] + shift[0], y * scale[1] + shift[1]);
            }).ToArray();
        })];
    }

    private static double[] Pair(JsonElement element) => element.GetArrayLength() >= 2
        ? [element[0].GetDouble(), element[1].GetDouble()] : throw new InvalidDataException("A position has fewer than two numbers.");

    /// <summary>Joins arcs; a negative index ~i is arc i backwards; the first point of each but the first arc repeats the last one's.</summary>
    private static (double X, double Y)[] Ring(JsonElement indices, (double X, double Y)[][] arcs)
    {
        var points = new List<(double X, double Y)>();
        foreach (var element in indices.EnumerateArray())
        {
            int index = element.GetInt32(), forward = index < 0 ? ~index : index;
            if (forward >= arcs.Length)
                throw new InvalidDataException($"Arc {index} is wanted; the topology has {arcs.Length}.");
            IEnumerable<(double X, double Y)> arc = index < 0 ? Enumerable.Reverse(arcs[forward]) : arcs[forward];
            points.AddRange(points.Count == 0 ? arc : arc.Skip(1));
        }

        return [.. points];
    }
}
