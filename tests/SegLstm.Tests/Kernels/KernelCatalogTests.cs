using System.Runtime.CompilerServices;
using System.Text.Json;
using SegLstm.Kernels;
using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.Simd;

namespace SegLstm.Tests.Kernels;

public sealed class KernelCatalogTests
{
    private const string Goldens = "goldens/";

    [Fact]
    public void Every_form_names_tests_and_goldens_that_there_are()
    {
        var tests = typeof(KernelCatalogTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        foreach (var form in KernelCatalog.Forms)
        {
            var named = form.Tests.Split(", ");
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(
                name.StartsWith(Goldens, StringComparison.Ordinal)
                    ? Directory.Exists(GoldenFolder(name[Goldens.Length..])) : tests.Contains(name),
                $"{form.Family}, {form.Name}: there is no {name}"));
        }
    }

    [Fact]
    public void No_form_is_there_twice()
    {
        var forms = KernelCatalog.Forms.Select(form => (form.Family, form.Name)).ToArray();
        Assert.Equal(forms.Length, forms.Distinct().Count());
    }

    [Fact]
    public void Every_form_of_the_mlstm_that_a_layer_may_ask_for_is_there() =>
        Assert.All(Enum.GetValues<MlstmForm>().Where(form => form != MlstmForm.Automatic), form => Assert.Contains(
            JsonNamingPolicy.SnakeCaseLower.ConvertName($"{form}"),
            KernelCatalog.Forms.Where(known => known.Family == "mlstm").Select(known => known.Name)));

    [Fact]
    public void Every_kernel_has_a_form_that_is_taken_by_default() =>
        Assert.All(KernelCatalog.Forms.GroupBy(form => form.Family), family => Assert.Contains(
            family, form => form.Chosen.StartsWith("by default", StringComparison.Ordinal)));

    [Fact]
    public void Kernels_of_ours_name_the_widest_vectors_first()
    {
        var portable = KernelCatalog.Forms.Single(form => form is { Family: "selective_scan", Name: "portable" });
        Assert.StartsWith($"{(int)LaneWidths.Widest}", portable.Vectors);
        Assert.EndsWith("128", portable.Vectors);
    }

    private static string GoldenFolder(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Parity", "goldens", name);
}
