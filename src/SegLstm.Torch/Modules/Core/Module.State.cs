using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// The module's state by dotted name: all parameters first, then all persistent buffers. The tensors are the
            /// module's own, not copies.
            /// </summary>
            /// <param name="destination">A dictionary to add to, or null for a new one.</param>
            /// <param name="prefix">Put before each name, with a dot between.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>();
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(start + key, buffer);

                // A tensor that two submodules share is listed once above; here its other names are added.
                foreach (var (childName, child) in named_children()) child.state_dict(destination, start + childName);
                return destination;
            }

            /// <summary>
            /// Copies tensors into the parameters and buffers of the same names, converting type and device. Nothing is
            /// changed unless all of them fit.
            /// </summary>
            /// <param name="source">Tensors by dotted name.</param>
            /// <param name="strict">Whether both sides must have the same names.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>The names that the module has and <paramref name="source"/> lacks, and the reverse.</returns>
            /// <exception cref="InvalidOperationException">Names differ and <paramref name="strict"/> is set, or a shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var left = new HashSet<string>(skip ?? []);
                var destination = state_dict();
                var missing = destination.Keys.Where(key => !left.Contains(key) && !source.ContainsKey(key)).ToList();
                var unexpected = source.Keys.Where(key => !left.Contains(key) && !destination.ContainsKey(key)).ToList();
                var matches = destination.Where(pair => !left.Contains(pair.Key) && source.ContainsKey(pair.Key)).ToList();
                var misshaped = matches.Where(pair => !pair.Value.shape.AsSpan().SequenceEqual(source[pair.Key].shape))
                    .Select(pair => $"'{pair.Key}' of {GetName()} has shape ({string.Join(", ", pair.Value.shape)}), but the state holds ({string.Join(", ", source[pair.Key].shape)})").ToList();
                if (misshaped.Count > 0 || (strict && missing.Count + unexpected.Count > 0))
                    throw new InvalidOperationException($"The state does not fit {GetName()}. Missing: {Names(missing)}. Unexpected: {Names(unexpected)}. Of another shape: {Names(misshaped)}. Pass strict: false to load the names that both have, and add those of another shape to skip.");

                using var noGradient = no_grad();
                foreach (var (key, target) in matches) target.copy_(source[key]);
                return (missing, unexpected);
            }

            private static string Names(List<string> keys)
                => keys.Count == 0 ? "none" : string.Join(", ", keys.Take(10)) + (keys.Count > 10 ? $" and {keys.Count - 10} more" : "");
        }
    }
}
