using TorchSharp;
using SegLstm.Parity;
using SegLstm.Pretraining.Losses;
using static TorchSharp.torch;

namespace SegLstm.Tests.Parity;

/// <summary>Whatever is wrong with a case, it fails; nothing is skipped.</summary>
public class AlteredCasesTests
{
    private const string Layer = "vil/layer_v2_conv2d_rev";
    private const string Kernel = "mlstm/recurrent_s11";

    [Fact]
    public void An_unaltered_copy_passes()
    {
        using var copy = new AlteredCase(Layer);
        Assert.True(copy.Check().Passed, string.Join('\n', copy.Check().Problems));
    }

    [Fact]
    public void An_output_that_is_a_little_off_fails_at_its_place()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["output.y"][1, 2, 3] += 3e-5 * tensors["output.y"].abs().max()).AssertFails("f32 output.y: relative error 3.0e-05");
        copy.AssertFails("at [1, 2, 3]");
    }

    [Fact]
    public void A_float64_output_that_is_off_by_1e8_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["output.y"] += 1e-8 * tensors["output.y"].abs().max(), Precision.Float64).AssertFails("f64 output.y");
    }

    [Fact]
    public void A_parameter_that_is_a_little_off_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["param.proj_down.weight"] += 1e-3).AssertFails("output.y");
    }

    [Fact]
    public void A_gradient_that_is_off_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["grad.param.mlstm_cell.fgate.weight"] *= 1.001).AssertFails("grad.param.mlstm_cell.fgate.weight");
    }

    [Fact]
    public void A_gradient_that_is_off_fails_also_where_the_case_sits_at_a_kink()
    {
        using var copy = new AlteredCase("glcnet/deeplabv3p_ft_train_f32");
        copy.Tensors(tensors => tensors["grad.decoder_ft.conv4.bias"] *= 1.01).AssertFails("grad.param.decoder_ft.conv4.bias");
    }

    [Fact]
    public void A_golden_float32_gradient_that_misses_double_precision_by_rounding_passes_and_is_told()
    {
        using var copy = new AlteredCase("glcnet/inpainting_loss_f32");
        copy.Side(json => json["tolerance"]!["grad_rtol"] = 1e-9).Side(json => json["tolerance"]!["grad_atol"] = 0);
        var result = copy.Tensors(tensors => tensors["grad.weight"] *= 1.000003).Check();
        Assert.True(result.Passed, string.Join('\n', result.Problems));
        Assert.Contains("golden grad.param.weight is ", result.ToString());
        // More than rounding.
        copy.Tensors(tensors => tensors["grad.weight"] *= 1.001).AssertFails("grad.param.weight");
    }

    [Fact]
    public void A_golden_float32_output_that_misses_double_precision_by_rounding_passes_and_is_told()
    {
        using var copy = new AlteredCase("lseg/lseg_zs_f32");
        copy.Side(json => json["tolerance"]!["rtol"] = 1e-9).Side(json => json["tolerance"]!["atol"] = 0);
        var result = copy.Tensors(tensors => tensors["output.out"] *= 1.000003).Check();
        Assert.True(result.Passed, string.Join('\n', result.Problems));
        Assert.Contains("golden output.out is ", result.ToString());
        // More than rounding.
        copy.Tensors(tensors => tensors["output.out"] *= 1.0001).AssertFails("output.out");
    }

    [Fact]
    public void A_positive_in_the_denominator_of_NT_Xent_fails()
    {
        using var copy = new AlteredCase("glcnet/ntxent_f64");
        copy.Tensors(
            tensors => tensors["output.loss"] = new NtXentLoss(0.5, positiveInDenominator: true).forward(tensors["input.zi"], tensors["input.zj"]),
            Precision.Float64).AssertFails("output.loss");
    }

    [Fact]
    public void A_box_that_is_a_pixel_off_fails()
    {
        using var copy = new AlteredCase("glcnet/local_regions_rot3");
        copy.Tensors(tensors => tensors["output.rois"][2, 3] += 1).AssertFails("output.rois");
    }

    [Fact]
    public void A_case_of_GLCNet_of_no_known_kind_says_which_there_are()
    {
        using var copy = new AlteredCase("glcnet/ntxent_f64");
        copy.Config(config => config.Remove("tau")).AssertFails("none of the keys low (encoder and decoder), view_size");
    }

    [Fact]
    public void A_gradient_of_an_input_that_is_off_fails()
    {
        using var copy = new AlteredCase(Kernel);
        copy.Tensors(tensors => tensors["grad.input.f"] *= 1.001).AssertFails("grad.input.f");
    }

    [Fact]
    public void A_running_statistic_that_is_off_fails()
    {
        using var copy = new AlteredCase("heads/fcn_aux_train");
        copy.Tensors(tensors => tensors["output.buffer_after.convs.0.bn.running_var"] *= 1.001).AssertFails("output.buffer_after.convs.0.bn.running_var");
        using var counted = new AlteredCase("heads/fcn_aux_train");
        counted.Tensors(tensors => tensors["output.buffer_after.convs.0.bn.num_batches_tracked"] += 1).AssertFails("allowed none (integers)");
    }

    [Fact]
    public void A_NaN_on_either_side_alone_fails()
    {
        using var golden = new AlteredCase(Kernel);
        golden.Tensors(tensors => tensors["output.h"][0, 0, 0, 0] = double.NaN).AssertFails("output.h");
        using var ours = new AlteredCase(Kernel);
        ours.Tensors(tensors => tensors["input.v"][0, 0, 0, 0] = double.NaN).AssertFails("are NaN where the golden ones are numbers");
    }

    [Fact]
    public void A_gradient_that_overflowed_in_the_golden_float32_is_compared_with_the_float64_one_and_said_so()
    {
        using var copy = new AlteredCase(Kernel);
        var result = copy.Tensors(tensors => tensors["grad.input.i"][1, 0, 4] = double.NaN).Check();
        Assert.True(result.Passed, string.Join('\n', result.Problems));
        Assert.Contains("1 NaN of the golden grad.input.i taken from f64", result.ToString());
        copy.Tensors(tensors => tensors["grad.input.i"][1, 0, 4] += 1, Precision.Float64).AssertFails("f32 grad.input.i");
        copy.Tensors(tensors => tensors["grad.input.i"][1, 0, 4] = double.NaN, Precision.Float64).AssertFails("expected NaN");
    }

    [Fact]
    public void A_missing_parameter_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors.Remove("param.learnable_skip")).AssertFails("lacks parameters that the model has: learnable_skip");
    }

    [Fact]
    public void A_parameter_that_nothing_uses_fails()
    {
        using var layer = new AlteredCase(Layer);
        layer.Tensors(tensors => tensors["param.extra.weight"] = ones(2)).AssertFails("has parameters that the model lacks: extra.weight");
        using var function = new AlteredCase(Kernel);
        function.Tensors(tensors => tensors["param.weight"] = ones(2)).AssertFails("but the subject is a function");
    }

    [Fact]
    public void A_parameter_of_another_shape_fails()
    {
        using var copy = new AlteredCase("seglstm/backbone_1111");
        copy.Tensors(tensors => tensors["param.pos_embed.embed"] = ones(1, 2, 2, 8)).AssertFails("pos_embed.embed [1, 2, 2, 8], model [1, 3, 3, 8]");
    }

    [Fact]
    public void A_missing_input_fails()
    {
        using var copy = new AlteredCase(Kernel);
        copy.Tensors(tensors => tensors.Remove("input.v")).AssertFails("has no input.v");
    }

    [Fact]
    public void An_input_that_nothing_uses_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["input.mask"] = ones(2)).AssertFails("has inputs that nothing uses: mask");
    }

    [Fact]
    public void A_missing_output_fails_on_either_side()
    {
        using var ours = new AlteredCase(Layer);
        ours.Tensors(tensors => tensors["output.z"] = ones(2)).AssertFails("output.z was not computed");
        using var theirs = new AlteredCase("seglstm/backbone_1111");
        theirs.Tensors(tensors => tensors.Remove("output.out2")).AssertFails("lacks outputs that the model gives: out2");
    }

    [Fact]
    public void A_gradient_of_a_parameter_that_is_not_there_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["grad.param.extra"] = ones(2)).AssertFails("has gradients of parameters that the model lacks: extra");
    }

    [Fact]
    public void Gradients_without_loss_weights_fail()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors.Remove("input.lossw.y")).AssertFails("no loss weights");
    }

    [Fact]
    public void A_tensor_of_no_known_kind_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Tensors(tensors => tensors["weights.y"] = ones(2)).AssertFails("neither param.*, input.*, output.* nor grad.*");
    }

    [Fact]
    public void An_unknown_key_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Config(config => config["rotary"] = true).AssertFails("config has the unknown key rotary");
    }

    [Fact]
    public void A_value_that_contradicts_the_tensors_fails()
    {
        using var copy = new AlteredCase(Kernel);
        copy.Config(config => config["NH"] = 3).AssertFails("by its config input.q is [2, 3, 11, 4]");
    }

    [Fact]
    public void A_value_of_the_wrong_kind_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Config(config => config["dim"] = "wide").AssertFails("config.dim must be a number, got \"wide\"");
    }

    [Fact]
    public void Another_class_form_or_function_fails()
    {
        using var layer = new AlteredCase(Layer);
        layer.Config(config => config["cls"] = "ViLMixer").AssertFails("config.cls must be");
        using var kernel = new AlteredCase(Kernel);
        kernel.Config(config => config["form"] = "associative scan").AssertFails("config.form must be");
        using var function = new AlteredCase("mlstm/parallel_s1");
        function.Config(config => config["function"] = "parallel_fused").AssertFails("config.function must be");
        using var head = new AlteredCase("heads/fcn_aux_train");
        head.Config(config => config["norm"] = "GroupNorm").AssertFails("config.norm must be");
    }

    [Fact]
    public void A_system_that_is_not_there_fails_as_such()
    {
        using var copy = new AlteredCase(Layer);
        copy.Side(side => side["system"] = "alexnet").AssertFails("cannot be built yet: system alexnet is not in this library");
    }

    [Fact]
    public void A_missing_tensor_file_fails()
    {
        using var copy = new AlteredCase(Layer);
        File.Delete(Path.Combine(copy.Folder, "layer_v2_conv2d_rev.f64.safetensors"));
        copy.AssertFails("f64 lacks its tensor file layer_v2_conv2d_rev.f64.safetensors");
    }

    [Fact]
    public void A_damaged_tensor_file_fails()
    {
        using var copy = new AlteredCase(Layer);
        using (var file = File.OpenWrite(Path.Combine(copy.Folder, "layer_v2_conv2d_rev.f32.safetensors")))
        {
            file.SetLength(file.Length - 1);
        }

        copy.AssertFails("1 bytes are missing");
    }

    [Fact]
    public void A_side_file_that_names_no_tensor_file_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Side(side => side["files"] = new System.Text.Json.Nodes.JsonObject()).AssertFails("names no tensor file");
        copy.Side(side => side.Remove("files")).AssertFails("has no cases without");
    }

    [Fact]
    public void A_tensor_file_outside_the_folder_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Side(side => side["files"]!["f32"] = "../layer.safetensors").AssertFails("expected a file beside it");
    }

    [Fact]
    public void A_side_file_without_tolerance_fails()
    {
        using var copy = new AlteredCase(Layer);
        copy.Side(side => side.Remove("tolerance_advice")).AssertFails("states neither 'tolerance_advice' nor 'tolerance'");
    }

    [Fact]
    public void A_learning_rate_that_is_off_fails()
    {
        using var copy = new AlteredCase("seglstm/schedule");
        copy.Side(side => side["learning_rate_at_iteration"]!["14998"] = 4.4448e-08).AssertFails("learning_rate_at_iteration: relative error");
    }

    [Fact]
    public void A_score_that_is_off_fails()
    {
        using var copy = new AlteredCase("seglstm/metric_absent_and_missed");
        copy.Tensors(tensors => tensors["output.mDice"] = tensor(new[] { 0.633475958120734 })).AssertFails("output.mDice");
    }
}
