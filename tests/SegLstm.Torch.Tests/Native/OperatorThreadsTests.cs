using SegLstm.Torch.Native;

namespace SegLstm.Tests.Torch.Native;

public sealed class OperatorThreadsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("cores").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Two_processors_of_one_core_count_once()
    {
        Processors("0-1", "0-1");
        Assert.Equal(1, OperatorThreads.Cores(root));
    }

    [Fact]
    public void Cores_beyond_what_the_process_may_use_do_not_count()
    {
        Processors([.. Enumerable.Range(0, Environment.ProcessorCount + 3).Select(core => $"{core}")]);
        Assert.Equal(Environment.ProcessorCount, OperatorThreads.Cores(root));
    }

    [Fact]
    public void Without_a_description_every_processor_counts()
    {
        Assert.Equal(Environment.ProcessorCount, OperatorThreads.Cores(root));
        Assert.Equal(Environment.ProcessorCount, OperatorThreads.Cores(Path.Combine(root, "missing")));
    }

    private void Processors(params string[] siblings)
    {
        for (var processor = 0; processor < siblings.Length; processor++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, $"cpu{processor}", "topology")).FullName;
            File.WriteAllText(Path.Combine(folder, "thread_siblings_list"), siblings[processor] + "\n");
        }
    }
}
