using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Counts what a model gets right on a dataset.</summary>
public static class Evaluator
{
    /// <summary>Predicts every image as a whole, one at a time, and counts its labelled pixels.</summary>
    /// <param name="model">Images `(N, C, H, W)` to logits `(N, classes, H, W)`; left in evaluation mode.</param>
    /// <param name="data">Yields "image" `(C, H, W)` and "label" `(H, W)`.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ignoreIndex">Label that is not counted.</param>
    /// <param name="progress">Is told how many images are done.</param>
    public static ConfusionMatrix Evaluate(
        nn.Module<Tensor, Tensor> model, utils.data.Dataset data, int classes, int ignoreIndex, Action<long>? progress = null)
    {
        var matrix = new ConfusionMatrix(classes, ignoreIndex);
        Device device = model.parameters().FirstOrDefault()?.device ?? CPU;
        model.eval();
        using var inference = inference_mode();
        for (long i = 0; i < data.Count; i++)
        {
            using var scope = NewDisposeScope();
            Dictionary<string, Tensor> item = data.GetTensor(i);
            Tensor logits = model.call(item["image"].unsqueeze(0).to(device));
            matrix.Add(logits.argmax(1).squeeze(0).cpu(), item["label"]);
            progress?.Invoke(i + 1);
        }

        return matrix;
    }
}
