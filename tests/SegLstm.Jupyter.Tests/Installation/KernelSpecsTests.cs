using System.Text.Json.Nodes;
using SegLstm.Jupyter.Installation;

namespace SegLstm.Jupyter.Tests.Installation;

public sealed class KernelSpecsTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("specs");

    public void Dispose() => _root.Delete(recursive: true);

    private string Folder => Path.Combine(_root.FullName, "share", "jupyter", "kernels");

    [Fact]
    public void An_installed_kernel_names_programs_that_exist_and_messages_as_its_interrupt()
    {
        IReadOnlyList<KernelSpec> written = KernelSpecs.Install(Folder, []);
        Assert.Equal(["seglstm-csharp", ".net-csharp"], written.Select(spec => spec.Name));
        foreach (KernelSpec spec in written)
        {
            JsonObject json = JsonNode.Parse(File.ReadAllText(Path.Combine(spec.Folder, "kernel.json")))!.AsObject();
            Assert.Equal(("C#", "message"), (json["language"]!.GetValue<string>(), json["interrupt_mode"]!.GetValue<string>()));
            Assert.True(File.Exists(spec.Command[0]), spec.Command[0]);
            Assert.True(Path.IsPathRooted(spec.Command[1]) && File.Exists(spec.Command[1]), spec.Command[1]);
            Assert.Equal("{connection_file}", spec.Command[2]);
            Assert.Equal(
                ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"],
                Directory.GetFiles(spec.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        Assert.Equal(["C# (SegLstm)", ".NET (C#)"], written.Select(spec => spec.DisplayName));
    }

    [Fact]
    public void Installing_again_replaces_our_own_and_leaves_nothing_else_behind()
    {
        KernelSpecs.Install(Folder, []);
        string description = Path.Combine(Folder, KernelSpecs.Name, "kernel.json");
        string fresh = File.ReadAllText(description);
        File.WriteAllText(description, fresh.Replace("C# (SegLstm)", "old"));
        Assert.Equal(2, KernelSpecs.Install(Folder, [Folder]).Count);
        Assert.Equal(fresh, File.ReadAllText(description));
        Assert.Equal(["kernels"], Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder)!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_kernel_of_NET_Interactive_keeps_its_name_wherever_Jupyter_finds_it()
    {
        string elsewhere = Path.Combine(_root.FullName, "elsewhere");
        string foreign = Foreign(elsewhere, KernelSpecs.CompatibleName);
        Assert.Equal([KernelSpecs.Name], KernelSpecs.Install(Folder, [elsewhere]).Select(spec => spec.Name));
        Foreign(Folder, KernelSpecs.CompatibleName);
        Assert.Equal([KernelSpecs.Name], KernelSpecs.Install(Folder, []).Select(spec => spec.Name));
        Assert.Equal([KernelSpecs.Name], KernelSpecs.Remove(Folder).Select(spec => spec.Name));
        Assert.True(File.Exists(Path.Combine(foreign, "kernel.json")));
        Assert.True(File.Exists(Path.Combine(Folder, KernelSpecs.CompatibleName, "kernel.json")));
    }

    [Theory]
    [InlineData("{\"display_name\": \"mine\"}")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData(null)]
    public void A_folder_of_our_name_that_is_not_ours_is_never_touched(string? content)
    {
        string folder = Path.Combine(Folder, KernelSpecs.Name);
        Directory.CreateDirectory(folder);
        if (content is not null) File.WriteAllText(Path.Combine(folder, "kernel.json"), content);
        Assert.Contains("another program's kernel", Assert.Throws<IOException>(() => KernelSpecs.Install(Folder, [])).Message);
        Assert.Empty(KernelSpecs.Remove(Folder));
        Assert.True(Directory.Exists(folder));
        Assert.Equal(content is null ? 0 : 1, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void Kernels_are_listed_by_name_and_the_first_folder_wins()
    {
        string second = Path.Combine(_root.FullName, "second");
        Foreign(Folder, "python3", "first");
        Foreign(second, "python3", "second");
        Foreign(second, "ir", "R");
        Directory.CreateDirectory(Path.Combine(second, "no kernel"));
        Assert.Equal(
            [("ir", "R", false), ("python3", "first", false)],
            KernelSpecs.List([Folder, second, "/nowhere"]).Select(spec => (spec.Name, spec.DisplayName, spec.IsOurs)));
    }

    [Fact]
    public void A_removed_kernel_is_gone()
    {
        KernelSpecs.Install(Folder, []);
        Assert.Equal(2, KernelSpecs.Remove(Folder).Count);
        Assert.Empty(KernelSpecs.List([Folder]));
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    private static string Foreign(string kernels, string name, string displayName = "theirs")
    {
        string folder = Path.Combine(kernels, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "kernel.json"), $$"""{"argv": ["theirs"], "display_name": "{{displayName}}"}""");
        return folder;
    }
}
