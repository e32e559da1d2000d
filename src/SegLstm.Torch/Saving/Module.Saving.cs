using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Writes the state dictionary to a file, which appears only when it is complete. The format is TorchSharp's.</summary>
            /// <param name="location">The file.</param>
            /// <param name="skip">Names to leave out.</param>
            public Module save(string location, IList<string>? skip = null)
            {
                AtomicFile.Write(location, writer => save(writer, skip));
                return this;
            }

            /// <summary>Writes the state dictionary.</summary>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the state dictionary to a stream, which it closes.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes tensors with their names.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var left = new HashSet<string>(skip ?? []);
                var kept = sd.Where(pair => !left.Contains(pair.Key)).ToList();
                writer.Encode(kept.Count);
                foreach (var (key, tensor) in kept)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            /// <summary>Reads a file that <see cref="save(string, IList{string})"/> wrote.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Whether the file and the module must have the same names.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <param name="loadedParameters">Receives each name in the file, and whether the module has it.</param>
            /// <exception cref="ArgumentException">Names differ and <paramref name="strict"/> is set, or a type or shape differs.</exception>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(File.OpenRead(location));
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads a stream, which it closes.</summary>
            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads what <see cref="save(BinaryWriter, IList{string})"/> wrote.</summary>
            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var left = new HashSet<string>(skip ?? []);
                var state = state_dict();
                var entries = reader.Decode();
                if (strict && entries != state.Count) throw new ArgumentException($"The file holds {entries} tensors; {GetName()} has {state.Count}. Pass strict: false to load the names that both have.");
                for (var k = 0L; k < entries; k++)
                {
                    var key = ReadName(reader);
                    var found = state.TryGetValue(key, out var target);
                    if (strict && !found) throw new ArgumentException($"The file holds '{key}', which {GetName()} does not have. Pass strict: false to load the names that both have.");
                    Load(target, reader, key, skipping: !found || left.Contains(key));
                    loadedParameters?.Add(key, found);
                }
                return this;
            }

            /// <summary>A new module of a type, with the state in a file.</summary>
            /// <typeparam name="T">The type of the module.</typeparam>
            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);

            private static string ReadName(BinaryReader reader)
            {
                try
                {
                    return reader.ReadString();
                }
                catch (FormatException wrong)
                {
                    throw new InvalidDataException("The file holds no name where one must be: it is no saved module, or it is damaged.", wrong);
                }
            }

            private static void Load(Tensor? target, BinaryReader reader, string key, bool skipping)
            {
                try
                {
                    if (skipping) TensorExtensionMethods.PassOver(reader);
                    else target!.Load(reader);
                }
                catch (Exception wrong) when (wrong is ArgumentException or IOException or InvalidDataException)
                {
                    throw new ArgumentException($"'{key}': {wrong.Message}", wrong);
                }
            }
        }
    }
}
