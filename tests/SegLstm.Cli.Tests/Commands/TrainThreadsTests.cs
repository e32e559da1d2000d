namespace SegLstm.Cli.Tests.Commands;

public sealed class TrainThreadsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("seglstm-threads-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Two_threads_for_our_kernels_alone_end_in_the_bits_of_one()
    {
        byte[] Trained(string name, params string[] more)
        {
            string run = Path.Combine(folder, name);
            SeglstmProcess train = SeglstmProcess.Run(["train", "--data", "statlog", "--size", "16", "--block", "16", "--iterations", "3", "--out", run, .. more]);
            Assert.True(train.ExitCode == 0, train.Output);
            return File.ReadAllBytes(Path.Combine(run, "last.safetensors"));
        }

        Assert.Equal(Trained("one", "--threads", "1"), Trained("two", "--threads", "2", "--same-bits"));
    }
}
