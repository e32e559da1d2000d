using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>PyTorch's default initialisation of linear and convolution layers, drawing the same random numbers in the same order.</summary>
internal static class LayerInitialization
{
    /// <summary>A parameter with uninitialised contents.</summary>
    internal static Parameter Empty(long[] shape, ScalarType? dtype, Device? device)
    {
        using var data = torch.empty(shape, dtype, device);
        return new Parameter(data);
    }

    /// <summary>A parameter filled with one value.</summary>
    internal static Parameter Full(long[] shape, double value, ScalarType? dtype, Device? device)
    {
        var parameter = Empty(shape, dtype, device);
        nn.init.constant_(parameter, value);
        return parameter;
    }

    /// <summary>A parameter that shares the data of a tensor, or holds a converted copy where type or device differ.</summary>
    internal static Parameter Converted(Tensor data, bool requiresGrad, ScalarType? dtype, Device? device)
    {
        using var converted = data.to(dtype ?? data.dtype, device ?? data.device);
        return new Parameter(converted, requiresGrad);
    }

    /// <summary>
    /// The weight from U(-1/√fan_in, 1/√fan_in), written as Kaiming's rule with a = √5 as PyTorch does, so that even the
    /// rounding is PyTorch's; then the bias from the same interval.
    /// </summary>
    internal static void WeightAndBias(Parameter weight, Parameter? bias)
    {
        nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        nn.init.uniform_(bias, -bound, bound);
    }
}
