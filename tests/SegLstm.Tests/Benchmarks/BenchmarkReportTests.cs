using System.Text.Json;
using SegLstm.Benchmarks;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Benchmarks;

public sealed class BenchmarkReportTests
{
    private static readonly BenchmarkReport Report = new()
    {
        Environment = BenchmarkEnvironment.Of(2, [new MachineLimits(2, 512, 100, 0.1, [new CopyLimit(1, 40)])]),
        Rows =
        [
            new BenchmarkRow
            {
                Name = "a.forward", Shape = "S 4", Threads = 2, MedianNs = 10, IqrNs = 1, FastestNs = 9, Runs = 10,
                Unit = "token", NsPerUnit = 2.5, Gflops = 3, PercentOfLimit = 60, Limit = "exp",
            },
        ],
    };

    [Fact]
    public void The_file_holds_environment_and_rows_by_the_agreed_names()
    {
        using var folder = new TemporaryFolder();
        Report.Save(folder.File("bench.json"));
        using var file = JsonDocument.Parse(File.ReadAllText(folder.File("bench.json")));
        Assert.Equal(["environment", "rows"], file.RootElement.EnumerateObject().Select(property => property.Name));
        var row = Assert.Single(file.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal("a.forward", row.GetProperty("name").GetString());
        Assert.Equal("S 4", row.GetProperty("shape").GetString());
        Assert.Equal(2, row.GetProperty("threads").GetInt32());
        Assert.Equal(10, row.GetProperty("median_ns").GetDouble());
        Assert.Equal(60, row.GetProperty("percent_of_limit").GetDouble());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("ratio_to_reference").ValueKind);
        var limits = Assert.Single(file.RootElement.GetProperty("environment").GetProperty("limits").EnumerateArray());
        Assert.Equal(100, limits.GetProperty("giga_flops").GetDouble());
    }

    [Fact]
    public void Exponents_are_in_the_file_where_they_were_asked_for()
    {
        using var folder = new TemporaryFolder();
        (Report with { Scaling = [new ScalingCurve("a.scaling", 1.01)] }).Save(folder.File("bench.json"));
        using var file = JsonDocument.Parse(File.ReadAllText(folder.File("bench.json")));
        var curve = Assert.Single(file.RootElement.GetProperty("scaling").EnumerateArray());
        Assert.Equal(("a.scaling", 1.01), (curve.GetProperty("name").GetString(), curve.GetProperty("exponent").GetDouble()));
    }

    [Fact]
    public void The_environment_names_processor_and_versions()
    {
        var environment = Report.Environment;
        Assert.Equal(2, environment.Threads);
        Assert.Equal(Environment.ProcessorCount, environment.Processors);
        Assert.Matches(@"^\d+\.\d+", environment.Libtorch);
        Assert.StartsWith(".NET ", environment.Dotnet);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$", environment.Date);
        Assert.All(
            new[] { environment.Cpu, environment.Os, environment.Seglstm },
            text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }
}
