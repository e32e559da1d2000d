using SegLstm.Checkpoints;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>CLIP's weights: OpenAI's TorchScript archives, state dicts in .pth and .safetensors, and the text side inside a
/// checkpoint of LSeg. Sizes are told from the tensors. Nothing in a file is executed.</summary>
public static class ClipCheckpoint
{
    private const string Block = "transformer.resblocks.", Visual = "visual.";
    private static readonly string[] Prefixes = ["net.clip_pretrained.", "clip_pretrained."];

    // Numbers that OpenAI's archives keep beside the weights.
    private static readonly string[] Numbers = ["input_resolution", "context_length", "vocab_size"];

    /// <summary>Loads a model in evaluation mode, in float32 (files hold half precision).</summary>
    /// <param name="path">The file.</param>
    /// <param name="textOnly">Leaves the image side out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointException">It is no checkpoint, malformed or hostile.</exception>
    /// <exception cref="InvalidDataException">It holds no CLIP model, or one whose tensors contradict each other.</exception>
    public static ClipModel Load(string path, bool textOnly = false)
    {
        using var scope = NewDisposeScope();
        return Build(Checkpoint.Load(path), textOnly, path);
    }

    /// <summary>Builds the model that a state dict describes, and fills it.</summary>
    /// <param name="state">Tensors by OpenAI's names, with or without LSeg's prefix.</param>
    /// <param name="textOnly">Leaves the image side out.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It holds no CLIP model, or one whose tensors contradict each other.</exception>
    public static ClipModel Build(IReadOnlyDictionary<string, Tensor> state, bool textOnly = false, string source = "the state dict")
    {
        var own = Own(state);
        var text = TextOf(own, source);
        var hasVit = own.ContainsKey(Visual + "class_embedding");
        var vision = textOnly || !hasVit ? null : VisionOf(own, source);
        var wanted = own.Where(entry => vision is not null || !entry.Key.StartsWith(Visual, StringComparison.Ordinal)).ToDictionary();
        try
        {
            var model = new ClipModel(text, vision);
            try
            {
                model.load_state_dict(wanted);
                model.eval();
                return model;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }
        catch (Exception misfit) when (misfit is StateDictException or ArgumentException)
        {
            throw new InvalidDataException($"{source} holds no CLIP model that is known here: {misfit.Message}", misfit);
        }
    }

    private static Dictionary<string, Tensor> Own(IReadOnlyDictionary<string, Tensor> state)
    {
        var prefix = Prefixes.FirstOrDefault(prefix => state.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal))) ?? "";
        return state.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(entry => (Name: entry.Key[prefix.Length..], entry.Value))
            .Where(entry => !Numbers.Contains(entry.Name)).ToDictionary(entry => entry.Name, entry => entry.Value);
    }

    private static ClipTextConfig TextOf(Dictionary<string, Tensor> state, string source)
    {
        var tokens = Shape(state, "token_embedding.weight", 2, source);
        return new ClipTextConfig
        {
            Width = (int)tokens[1],
            Vocabulary = (int)tokens[0],
            Layers = Layers(state, Block),
            ContextLength = (int)Shape(state, "positional_embedding", 2, source)[0],
            EmbedDim = (int)Shape(state, "text_projection", 2, source)[1],
        };
    }

    private static ClipVisionConfig VisionOf(Dictionary<string, Tensor> state, string source)
    {
        var patches = Shape(state, Visual + "conv1.weight", 4, source);
        var positions = Shape(state, Visual + "positional_embedding", 2, source)[0] - 1;
        var side = (long)Math.Round(Math.Sqrt(positions));
        return side * side == positions
            ? new ClipVisionConfig
            {
                Width = (int)patches[0],
                PatchSize = (int)patches[3],
                Layers = Layers(state, Visual + Block),
                Resolution = (int)(side * patches[3]),
            }
            : throw new InvalidDataException(
                $"{source} holds no CLIP model: visual.positional_embedding has {positions} positions beside the class token's, "
                + "which is no square grid.");
    }

    private static int Layers(Dictionary<string, Tensor> state, string block) => state.Keys
        .Where(name => name.StartsWith(block, StringComparison.Ordinal))
        .Select(name => name[block.Length..].Split('.')[0]).Distinct().Count();

    private static long[] Shape(Dictionary<string, Tensor> state, string name, int dimensions, string source) =>
        !state.TryGetValue(name, out var found)
            ? throw new InvalidDataException(
                $"{source} holds no CLIP model: it lacks {name}. Expected OpenAI's names, such as those of ViT-B-32.pt; a file of "
                + "Hugging Face has others.")
            : found.dim() == dimensions ? found.shape
            : throw new InvalidDataException(
                $"{source} holds no CLIP model: {name} is ({string.Join(", ", found.shape)}), expected {dimensions} dimensions.");
}
