using System.Runtime.Loader;
using SegLstm.Jupyter.Languages.Assemblies;

namespace SegLstm.Jupyter.Tests.Languages.Assemblies;

public sealed class ReferencedAssembliesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assemblies-test-").FullName;
    private readonly ReferencedAssemblies assemblies;

    public ReferencedAssembliesTests() => assemblies = new ReferencedAssemblies(folder);

    public void Dispose()
    {
        assemblies.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_an_assembly_uses_is_found_beside_it_by_compiler_and_loader()
    {
        string inner = BuiltAssembly.Write(folder, "AssembliesInner", "public class Inner { public int Three => 3; }");
        BuiltAssembly.Write(folder, "AssembliesOuter", "public class Outer { public Inner Make() => new Inner(); }", inner);

        var references = assemblies.Add("AssembliesOuter.dll");

        Assert.Equal(
            ["AssembliesOuter.dll", "AssembliesInner.dll"], references.Select(reference => Path.GetFileName(reference.FilePath)));
        dynamic outer = Activator.CreateInstance(Loaded("AssembliesOuter").GetType("Outer")!)!;
        Assert.Equal(3, (int)outer.Make().Three);
    }

    [Fact]
    public void The_same_build_is_taken_once_even_from_another_place()
    {
        string path = BuiltAssembly.Write(folder, "AssembliesOnce", "public class Once;");
        string copy = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "copy")).FullName, "AssembliesOnce.dll");
        File.Copy(path, copy);

        Assert.Single(assemblies.Add("AssembliesOnce.dll"));
        Assert.Empty(assemblies.Add("AssembliesOnce.dll"));
        Assert.Empty(assemblies.Add(new Uri(copy).AbsoluteUri));
        Assert.Equal([path], assemblies.Paths);
    }

    [Fact]
    public void A_rebuilt_assembly_asks_for_a_restart()
    {
        BuiltAssembly.Write(folder, "AssembliesRebuilt", "public class First;");
        assemblies.Add("AssembliesRebuilt.dll");
        File.Delete(Path.Combine(folder, "AssembliesRebuilt.dll"));
        BuiltAssembly.Write(folder, "AssembliesRebuilt", "public class Second;");

        var error = Assert.Throws<ReferenceException>(() => assemblies.Add("AssembliesRebuilt.dll"));

        Assert.Contains("AssembliesRebuilt.dll was built again", error.Message);
        Assert.Contains("restart the kernel", error.Message);
    }

    [Fact]
    public void Another_version_from_another_place_names_the_one_that_is_loaded()
    {
        string other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        string first = BuiltAssembly.Write(folder, "AssembliesVersions", Versioned("1.0.0.0"));
        BuiltAssembly.Write(other, "AssembliesVersions", Versioned("2.0.0.0"));
        assemblies.Add("AssembliesVersions.dll");

        var error = Assert.Throws<ReferenceException>(() => assemblies.Add("other/AssembliesVersions.dll"));

        Assert.Contains("2.0.0.0", error.Message);
        Assert.Contains("1.0.0.0", error.Message);
        Assert.Contains(first, error.Message);
    }

    [Theory]
    [InlineData("System.Xml")]
    [InlineData("System.Xml.dll")]
    [InlineData("System.Text.Json, Version=10.0.0.0")]
    [InlineData("Microsoft.DotNet.Interactive.Formatting")]
    public void What_the_host_brings_needs_no_file(string name) => Assert.Empty(assemblies.Add(name));

    [Fact]
    public void A_copy_of_what_the_host_brings_does_not_replace_it()
    {
        var host = typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly;
        File.Copy(host.Location, Path.Combine(folder, "Microsoft.DotNet.Interactive.Formatting.dll"));

        Assert.Empty(assemblies.Add("Microsoft.DotNet.Interactive.Formatting.dll"));
        Assert.Same(host, Loaded("Microsoft.DotNet.Interactive.Formatting"));
    }

    [Fact]
    public void A_missing_file_is_named_with_its_place_and_a_near_name()
    {
        BuiltAssembly.Write(folder, "AssembliesNear", "public class Near;");

        var error = Assert.Throws<ReferenceException>(() => assemblies.Add("AssembliesNaer.dll"));

        Assert.Contains(Path.Combine(folder, "AssembliesNaer.dll"), error.Message);
        Assert.Contains("did you mean AssembliesNear.dll?", error.Message);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Contains("no folder", Assert.Throws<ReferenceException>(() => assemblies.Add("../artifacts/none/A.dll")).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4096)]
    public void A_file_that_is_no_assembly_is_refused(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(folder, "Noise.dll"), bytes);

        Assert.Contains("no .NET assembly", Assert.Throws<ReferenceException>(() => assemblies.Add("Noise.dll")).Message);
    }

    [Fact]
    public void A_truncated_assembly_is_refused_at_any_length()
    {
        byte[] whole = File.ReadAllBytes(BuiltAssembly.Write(folder, "AssembliesCut", "public class Cut;"));
        for (int length = 0; length < whole.Length - 512; length += 97)
        {
            File.WriteAllBytes(Path.Combine(folder, "AssembliesCutPart.dll"), whole[..length]);
            Assert.Throws<ReferenceException>(() => assemblies.Add("AssembliesCutPart.dll"));
        }
    }

    private static string Versioned(string version) => $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]";

    private static System.Reflection.Assembly Loaded(string name) =>
        AssemblyLoadContext.Default.Assemblies.Single(assembly => assembly.GetName().Name == name);
}
