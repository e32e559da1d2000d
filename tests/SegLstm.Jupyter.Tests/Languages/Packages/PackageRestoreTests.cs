using System.Diagnostics;
using SegLstm.Jupyter.Languages.Packages;
using SegLstm.Jupyter.Tests.Languages.CSharp;

namespace SegLstm.Jupyter.Tests.Languages.Packages;

public sealed class PackageRestoreTests : IDisposable
{
    private readonly string cache = Directory.CreateTempSubdirectory("restore-test-").FullName;
    private readonly Recorder output = new();

    public void Dispose() => Directory.Delete(cache, recursive: true);

    [Fact]
    public async Task A_package_brings_its_assemblies_and_the_next_session_asks_nobody()
    {
        PackageRequest[] requests = [new("Newtonsoft.Json", "13.0.4")];

        IReadOnlyList<RestoredPackage> first = await new PackageRestore(cache).RestoreAsync(requests, [], output, default);

        RestoredPackage package = Assert.Single(first);
        Assert.Equal(("Newtonsoft.Json", "13.0.4"), (package.Name, package.Version));
        Assert.All(package.Files(), file => Assert.True(File.Exists(file), file));
        Assert.Equal("Newtonsoft.Json.dll", Path.GetFileName(Assert.Single(package.RuntimeAssemblies)));
        Assert.StartsWith("restoring Newtonsoft.Json, 13.0.4", output.Shown[0]);
        Assert.StartsWith("restored Newtonsoft.Json, 13.0.4", output.Shown[^1]);

        output.Shown.Clear();
        var clock = Stopwatch.StartNew();
        IReadOnlyList<RestoredPackage> second = await new PackageRestore(cache).RestoreAsync(requests, [], output, default);

        Assert.Equal(first.SelectMany(item => item.Files()), second.SelectMany(item => item.Files()));
        Assert.Empty(output.Shown);
        Assert.True(clock.ElapsedMilliseconds < 500, $"{clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_missing_package_is_named_and_nothing_is_remembered()
    {
        string empty = Directory.CreateDirectory(Path.Combine(cache, "feed")).FullName;
        PackageRequest[] requests = [new("SegLstm.NoSuchPackage", "1.0.0")];

        var error = await Assert.ThrowsAsync<PackageRestoreException>(
            () => new PackageRestore(cache).RestoreAsync(requests, [empty], output, default));

        Assert.Contains("SegLstm.NoSuchPackage", error.Message);
        Assert.DoesNotContain("packages.csproj", error.Message);
        Assert.StartsWith("not restored: SegLstm.NoSuchPackage, 1.0.0", output.Shown[^1]);
        Assert.Empty(Directory.GetFiles(cache));
    }

    [Fact]
    public async Task An_interrupt_ends_the_restore()
    {
        using var interrupt = new CancellationTokenSource(300);
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new PackageRestore(cache).RestoreAsync([new("Newtonsoft.Json", "*")], [], output, interrupt.Token));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("""[{"Name":null,"Version":"1","CompileAssemblies":[],"RuntimeAssemblies":[],"NativeLibraries":[]}]""")]
    [InlineData("""[{"Name":"A","Version":"1","CompileAssemblies":["/gone"],"RuntimeAssemblies":[],"NativeLibraries":[]}]""")]
    public void A_damaged_or_outdated_memory_is_no_answer(string text)
    {
        File.WriteAllText(Path.Combine(cache, "key.json"), text);

        Assert.Null(new RestoreCache(cache).Find("key"));
    }
}
