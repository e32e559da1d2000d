using System.IO.Enumeration;
using System.Text.Json;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.Records;

public class RecordYamlTests
{
    private static readonly SceneRecipe Demo = DemoRecipe.Olinda;

    [Fact]
    public void What_is_given_is_set_and_the_rest_keeps_its_value()
    {
        SceneRecipe read = RecordYaml.Read("""
            model: vil2_tiny
            split: {block_size: 64}
            training:
              schedule:
                iterations: 500
                decay: cosine
              learning_rate: 1e-3        # a remark
              clip_norm: null
              class_weights: [1, 2.5]
              no_decay: []
              average_labelled_only: false
            """, "a.yaml", Demo);
        SceneRecipe expected = Demo with
        {
            Model = "vil2_tiny",
            Split = Demo.Split with { BlockSize = 64 },
            Training = Demo.Training with
            {
                Schedule = Demo.Training.Schedule with { Iterations = 500, Decay = Decay.Cosine },
                LearningRate = 1e-3,
                ClipNorm = null,
                ClassWeights = [1, 2.5],
                NoDecay = [],
                AverageLabelledOnly = false,
            },
        };
        Assert.Equal(Json(expected), Json(read));
        Assert.NotEqual(Json(Demo), Json(read));
    }

    [Fact]
    public void Optimizer_losses_and_milestones_are_set_from_a_file_and_from_the_command_line()
    {
        SceneRecipe read = RecordYaml.Read("""
            training:
              optimizer: lars
              layer_decay: 0.65
              losses:
              - weight: 1
              - {kind: dice, weight: 3}
              schedule: {decay: step, milestones: [200, 260]}
            """, "a.yaml", Demo);
        Assert.Equal((OptimizerKind.Lars, 0.65), (read.Training.Optimizer, read.Training.LayerDecay));
        Assert.Equal([new LossTerm(), new LossTerm { Kind = LossKind.Dice, Weight = 3 }], read.Training.Losses);
        Assert.Equal([200, 260], read.Training.Schedule.Milestones);
        Assert.Equal(Json(read), Json(RecordYaml.Read<SceneRecipe>(RecordYaml.Write(read), "b.yaml")));
        SceneRecipe set = RecordYaml.Apply(
            Demo, ["training.optimizer=sgd", "training.nesterov=true", "training.losses=[{kind: focal}]"], "the recipe");
        Assert.Equal((OptimizerKind.Sgd, true, LossKind.Focal),
            (set.Training.Optimizer, set.Training.Nesterov, Assert.Single(set.Training.Losses).Kind));
    }

    [Fact]
    public void Without_a_start_the_types_defaults_hold_and_what_has_none_must_be_given()
    {
        Assert.Equal(Json(new SceneRecipe { Model = "a" }), Json(RecordYaml.Read<SceneRecipe>("model: a", "a.yaml")));
        Assert.Equal(["a.yaml: 'model' is missing."], Faults<SceneRecipe>("window_size: 64"));
        Assert.Equal(["a.yaml: 'model' is missing."], Faults<SceneRecipe>("# nothing"));
        Assert.Equal(new BlockSplit(4, 0.1, 0.2, 7),
            RecordYaml.Read<BlockSplit>("{block_size: 4, validation: 0.1, test: 0.2, seed: 7}", "a.yaml"));
        Assert.Equal(["a.yaml: 'seed' is missing.", "a.yaml: 'test' is missing."],
            Faults<BlockSplit>("{block_size: 4, validation: 0.1}"));
    }

    [Fact]
    public void All_faults_are_told_at_once_with_their_places_the_records_own_among_them()
    {
        Assert.Equal(
            [
                "a.yaml:2: there is no 'windowsize' (did you mean 'window_size'?).",
                "a.yaml:5: training.batch_size: expected a whole number of at most 2147483647, got 'many'.",
                "a.yaml:6: training.schedule.decay: expected one of poly, cosine, step, exponential, got 'Poly'.",
                "a.yaml:9: training.class_weights[1]: expected a number, got 'x'.",
                "a.yaml:3: overlap: Overlap is 99: expected 0 to 15, less than the window.",
                "a.yaml:10: split.block_size: Split.BlockSize is 0: expected at least 1.",
            ],
            Faults("""
                model: a
                windowsize: 8
                overlap: 99
                training:
                  batch_size: many
                  schedule: {decay: Poly}
                  class_weights:
                    - 1
                    - x
                split: {block_size: 0}
                """, Demo));
    }

    [Theory]
    [InlineData("learning_rate: 1", "a.yaml:1: there is no 'learning_rate' (did you mean 'training.learning_rate'?).")]
    [InlineData("training: {learningRate: 1}",
        "a.yaml:1: there is no 'training.learningRate' (did you mean 'training.learning_rate'?).")]
    [InlineData("qqqqqqqqqq: 1",
        "a.yaml:1: there is no 'qqqqqqqqqq'; there are model, window_size, overlap, split, " + "label_fraction, label_fraction_unit, label_fraction_seed, " + "pretraining, words, collection, classification, training.")]
    [InlineData("model:", "a.yaml:1: model: expected text, got nothing.")]
    [InlineData("window_size: '16'", "a.yaml:1: window_size: expected a whole number of at most 2147483647, got '16'.")]
    [InlineData("window_size: 16.5", "a.yaml:1: window_size: expected a whole number of at most 2147483647, got '16.5'.")]
    [InlineData("window_size: 3000000000",
        "a.yaml:1: window_size: expected a whole number of at most 2147483647, got '3000000000'.")]
    [InlineData("training: {average_labelled_only: yes}",
        "a.yaml:1: training.average_labelled_only: expected true or false, got 'yes'.")]
    [InlineData("training: {schedule: {decay: 1}}",
        "a.yaml:1: training.schedule.decay: expected one of poly, cosine, step, exponential, got '1'.")]
    [InlineData("training: {no_decay: norm}", "a.yaml:1: training.no_decay: expected a list, each text, got 'norm'.")]
    [InlineData("training: 3", "a.yaml:1: training: expected a mapping with schedule, batch_size, *, got '3'.")]
    [InlineData("[1, 2]", "a.yaml:1: expected keys and values, got a list.")]
    [InlineData("model: b\nmodel: c", "a.yaml:2: 'model' is given twice, first at a.yaml:1.")]
    [InlineData("model: [", "a.yaml:*: this is no YAML: *.")]
    [InlineData("split: {validation: 0.75}",
        "a.yaml:1: split.validation: Split.Validation is 0.75 and Split.Test is 0.25: expected 0 or more, *.")]
    [InlineData("training: {schedule: {warmup_iterations: 400}}",
        "a.yaml:1: training.schedule.warmup_iterations: WarmupIterations is 400: expected 0 to 319, fewer than the 320 *.")]
    public void A_fault_is_told_with_its_place_what_was_expected_and_what_is_near(string text, string fault)
    {
        string found = Assert.Single(Faults(text, Demo));
        string pattern = fault.Replace("?", "\\?", StringComparison.Ordinal);
        Assert.True(FileSystemName.MatchesSimpleExpression(pattern, found, ignoreCase: false), found);
    }

    [Fact]
    public void A_record_that_lacks_a_value_is_not_asked_what_it_thinks_of_the_rest() =>
        Assert.Equal(["a.yaml:1: training.schedule.iterations: expected a whole number of at most 2147483647, got 'x'."],
            Faults("training: {schedule: {iterations: x, warmup_iterations: 3000}}", Demo));

    [Fact]
    public void Overrides_come_after_the_file_in_their_order_and_name_themselves_when_wrong()
    {
        SceneRecipe read = RecordYaml.Read("model: a\noverlap: 1", "a.yaml", Demo,
            ["model=b", "training.class_weights=[1, 2]", "training.seed=1", "training.seed=-2", "training.clip_norm="]);
        Assert.Equal(("b", 1, -2L), (read.Model, read.Overlap, read.Training.Seed));
        Assert.Equal([1.0, 2], read.Training.ClassWeights);
        Assert.Null(read.Training.ClipNorm);

        var fault = Assert.Throws<RecordException>(() => RecordYaml.Apply(Demo,
            ["training.learning_rte=1", "window_size=x", "training.schedule.iterations=0", "model.name=a"]));
        Assert.Equal(
            [
                "'training.learning_rte=1': there is no 'training.learning_rte' (did you mean 'training.learning_rate'?).",
                "'window_size=x': window_size: expected a whole number of at most 2147483647, got 'x'.",
                "'model.name=a': model: expected text, got a mapping.",
                "'training.schedule.iterations=0': training.schedule.iterations: Iterations is 0: expected at least 1.",
                "the record: training.schedule.warmup_iterations: WarmupIterations is 30: expected 0 to 0, fewer than the 0 "
                    + "iterations of the run.",
            ], fault.Problems);
        Assert.StartsWith("5 problems:\n", fault.Message);
    }

    [Theory]
    [InlineData("training.seed")]
    [InlineData("=3")]
    [InlineData("training..seed=3")]
    [InlineData("")]
    public void What_is_no_assignment_is_refused(string assignment) => Assert.Contains(
        "expected path=value", Assert.Throws<RecordException>(() => RecordYaml.Apply(Demo, [assignment])).Message);

    [Fact]
    public void The_start_is_left_as_it_was()
    {
        string before = Json(Demo);
        RecordYaml.Read("model: x\nsplit: {seed: 9}\ntraining: {seed: 3, schedule: {power: 2}}", "a.yaml", Demo);
        Assert.Equal(before, Json(Demo));
    }

    [Fact]
    public void The_text_of_a_record_reads_as_people_write_it()
    {
        Assert.Equal("""
            model: seglstm_nano
            window_size: 16
            overlap: 8
            split:
              block_size: 44
              validation: 0.15625
              test: 0.25
              seed: 0
            label_fraction: 1
            label_fraction_unit: block
            label_fraction_seed: 0
            pretraining: null
            words: null
            collection: null
            classification: null
            training:
              schedule:
                iterations: 320
                warmup_iterations: 30
                start_factor: 1.0e-06
                decay: poly
                power: 1
                milestones: []
                gamma: 0.1
                epoch_iterations: null
                minimum_factor: 0
              batch_size: 16
              accumulate: 1
              learning_rate: 0.004
              precision: float32
              kernel: fastest
              optimizer: adamw
              beta1: 0.9
              beta2: 0.999
              momentum: 0.9
              nesterov: false
              trust_coefficient: 0.001
              layer_decay: null
              rate_factors: []
              weight_decay: 0.01
              no_decay: [pos_embed, cls_token, norm]
              no_decay_names: [A_log, A_b_log, A_logs, D, D_b, Ds]
              clip_norm: 1
              ema_decay: null
              mixing: null
              losses:
              - kind: cross_entropy
                weight: 1
              auxiliary_weight: 0.4
              class_weights: null
              average_labelled_only: true
              validate_every: 40
              log_every: 10
              save_every: null
              keep_checkpoints: 2
              workers: 2
              seed: 0

            """, RecordYaml.Write(Demo));
    }

    [Fact]
    public void A_file_is_read_as_it_was_saved_and_a_file_that_is_no_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("recipe.yaml");
        RecordYaml.Save(path, Demo);
        Assert.Equal(Json(Demo), Json(RecordYaml.Load<SceneRecipe>(path)));
        File.WriteAllBytes(path, [.. "model: "u8, 0xC3, 0x28]);
        Assert.Contains("no text in UTF-8", Assert.Throws<RecordException>(() => RecordYaml.Load<SceneRecipe>(path)).Message);
    }

    private static string[] Faults<T>(string text, T? start = null)
        where T : class => [.. Assert.Throws<RecordException>(() => RecordYaml.Read(text, "a.yaml", start)).Problems];

    private static string Json(object record) => JsonSerializer.Serialize(record);
}
