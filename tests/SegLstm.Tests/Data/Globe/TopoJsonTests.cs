using System.Text;
using SegLstm.Data.Globe;

namespace SegLstm.Tests.Data.Globe;

public sealed class TopoJsonTests
{
    private const string Two = """
        {"type":"Topology","transform":{"scale":[0.5,2],"translate":[10,-20]},
         "objects":{"pair":{"type":"GeometryCollection","geometries":[
            {"type":"Polygon","arcs":[[0,1]]},{"type":"MultiPolygon","arcs":[[[-1,2]]]},{"type":"Point","coordinates":[0,0]},{"type":null}]}},
         "arcs":[[[2,0],[0,4]],[[2,4],[-2,0],[0,-4],[2,0]],[[2,0],[2,0],[0,4],[-2,0]]]}
        """;

    [Fact]
    public void Arcs_are_summed_scaled_shifted_joined_and_reversed()
    {
        var polygons = Read(Two, "pair");
        Assert.Equal(2, polygons.Count);
        Assert.Equal([(11, -20), (11, -12), (10, -12), (10, -20), (11, -20)], polygons[0][0]);
        Assert.Equal([(11, -12), (11, -20), (12, -20), (12, -12), (11, -12)], polygons[1][0]);
    }

    [Fact]
    public void Without_a_transform_positions_are_plain()
    {
        const string plain = """{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0]]}},"arcs":[[[1.5,2],[3,2],[3,4],[1.5,2]]]}""";
        Assert.Equal([(1.5, 2), (3, 2), (3, 4), (1.5, 2)], Read(plain, "a")[0][0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"FeatureCollection"}""")]
    [InlineData("""{"type":"Topology","objects":{"b":{}},"arcs":[]}""")]
    [InlineData("""{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[7]]}},"arcs":[]}""")]
    [InlineData("""{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0]]}},"arcs":[[[1]]]}""")]
    [InlineData("""{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[["x"]]}},"arcs":[[[1,2]]]}""")]
    [InlineData("""{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[99999999999]]}},"arcs":[[[1,2]]]}""")]
    public void What_is_no_such_topology_is_refused(string json) => Assert.Throws<InvalidDataException>(() => Read(json, "a"));

    [Fact]
    public void A_ring_over_the_antimeridian_is_drawn_at_both_edges()
    {
        var rings = Antimeridian.Unwrap([[(170, 0), (-170, 0), (-170, 10), (170, 10), (170, 0)]]);
        Assert.Equal([(-190.0, -170.0), (170.0, 190.0)], rings.Select(r => (r.Min(p => p.X), r.Max(p => p.X))).Order());
    }

    [Fact]
    public void A_ring_around_a_pole_is_closed_by_way_of_it()
    {
        var rings = Antimeridian.Unwrap([[(-180, -70), (-60, -65), (60, -70), (180, -70)]]);
        Assert.Single(rings);
        rings = Antimeridian.Unwrap([[(-100, -70), (20, -65), (140, -70), (-100, -70)]]);
        Assert.All(rings, r => Assert.Equal(-90, r.Min(p => p.Y)));
        Assert.Contains(rings, r => r.Min(p => p.X) < -99 && r.Max(p => p.X) > 250);
    }

    private static IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)>>> Read(string json, string name) =>
        TopoJson.Polygons(Encoding.UTF8.GetBytes(json), name);
}
