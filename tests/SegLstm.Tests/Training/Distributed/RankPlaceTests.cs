using SegLstm.Training.Distributed;

namespace SegLstm.Tests.Training.Distributed;

public class RankPlaceTests
{
    [Fact]
    public void A_process_that_was_started_by_itself_has_no_place() => Assert.Null(Of());

    [Fact]
    public void Torchruns_variables_are_read() => Assert.Equal(
        new RankPlace(3, 8, 4, "first", 1234, "torchrun"),
        Of("RANK=3", "WORLD_SIZE=8", "LOCAL_RANK=3", "LOCAL_WORLD_SIZE=4", "MASTER_ADDR=first", "MASTER_PORT=1234"));

    [Fact]
    public void One_process_alone_shares_with_nobody() =>
        Assert.Null(Of("RANK=0", "WORLD_SIZE=1", "MASTER_ADDR=first", "MASTER_PORT=1234"));

    [Fact]
    public void Open_mpis_variables_are_read_and_on_one_machine_need_no_address() => Assert.Equal(
        new RankPlace(1, 2, 2, "127.0.0.1", RankPlace.DefaultPort, "mpirun"),
        Of("OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_LOCAL_SIZE=2"));

    [Fact]
    public void Open_mpi_over_machines_needs_an_address() => Assert.Contains(
        "MASTER_ADDR is not set",
        Fault("OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_LOCAL_SIZE=2"));

    [Fact]
    public void Slurms_variables_are_read_and_its_jobs_have_ports_of_their_own() => Assert.Equal(
        new RankPlace(5, 8, 4, "gpu03", 15_000 + 2345, "srun"),
        Of("SLURM_PROCID=5", "SLURM_STEP_NUM_TASKS=8", "SLURM_STEP_NODELIST=gpu[03-04]", "SLURM_JOB_ID=12345",
            "SLURM_STEP_TASKS_PER_NODE=4(x2)", "SLURM_LOCALID=1"));

    [Fact]
    public void A_batch_script_of_slurm_is_no_rank() => Assert.Null(Of("SLURM_PROCID=0", "SLURM_NTASKS=8", "SLURM_JOB_ID=12345"));

    [Theory]
    [InlineData("node7", "node7")]
    [InlineData("node7,node9", "node7")]
    [InlineData("node[03-07,12],gpu1", "node03")]
    [InlineData("node[5]", "node5")]
    [InlineData("a,node[03-07]", "a")]
    [InlineData("rack[1-2]-node,b", "rack1-node")]
    public void The_first_machine_of_slurms_list_is_found(string list, string first) =>
        Assert.Equal(first, RankPlace.FirstNode(list));

    [Theory]
    [InlineData("WORLD_SIZE is not set", "RANK=0")]
    [InlineData("RANK is not set", "WORLD_SIZE=2", "MASTER_ADDR=a", "MASTER_PORT=1")]
    [InlineData("MASTER_ADDR is not set", "RANK=0", "WORLD_SIZE=2", "MASTER_PORT=1")]
    [InlineData("MASTER_PORT is not set", "RANK=0", "WORLD_SIZE=2", "MASTER_ADDR=a")]
    [InlineData("RANK is 'one': expected a whole number", "RANK=one", "WORLD_SIZE=2", "MASTER_ADDR=a", "MASTER_PORT=1")]
    [InlineData("WORLD_SIZE is '0': expected a whole number of at least 1", "RANK=0", "WORLD_SIZE=0", "MASTER_ADDR=a", "MASTER_PORT=1")]
    [InlineData("MASTER_PORT is '70000': expected a whole number from 1 to 65535", "RANK=0", "WORLD_SIZE=2", "MASTER_ADDR=a",
        "MASTER_PORT=70000")]
    [InlineData("torchrun says that this is rank 2 of 2 processes: expected 0 to 1", "RANK=2", "WORLD_SIZE=2", "MASTER_ADDR=a",
        "MASTER_PORT=1")]
    public void Wrong_variables_are_named_with_what_is_expected(string expected, params string[] variables) =>
        Assert.Contains(expected, Fault(variables));

    private static string Fault(params string[] variables) => Assert.Throws<ArgumentException>(() => Of(variables)).Message;

    private static RankPlace? Of(params string[] variables) =>
        RankPlace.Of(variables.Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));
}
