using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A trained tensor that shares the data of <paramref name="data"/>.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new Parameter(data, requires_grad);

        /// <summary>An empty sequence.</summary>
        public static Sequential Sequential() => new Sequential(Array.Empty<Module<Tensor, Tensor>>());

        /// <summary>Modules under given names, called one after the other.</summary>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new Sequential(modules);

        /// <summary>Modules called one after the other.</summary>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new Sequential(modules);

        /// <summary>Modules under given names, called one after the other.</summary>
        public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules)
            => new Sequential(Array.ConvertAll(modules, step => (step.Item1, step.Item2)));

        /// <summary>Modules under given names, called one after the other.</summary>
        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
            => new Sequential(modules.ToArray());

        /// <summary>Modules under given names, called one after the other.</summary>
        public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules)
            => new Sequential(modules.Select(step => (step.Item1, step.Item2)).ToArray());

        /// <summary>Modules called one after the other.</summary>
        public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new Sequential(modules.ToArray());

        /// <summary>Modules in a list.</summary>
        public static ModuleList<Module> ModuleList(params Module[] modules) => new ModuleList<Module>(modules);

        /// <summary>Modules of one type in a list.</summary>
        public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new ModuleList<T>(modules);

        /// <summary>Modules by name.</summary>
        public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => new ModuleDict<Module>(modules);

        /// <summary>Modules of one type by name.</summary>
        public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module => new ModuleDict<T>(modules);

        /// <summary>Parameters in a list.</summary>
        public static ParameterList ParameterList(params Parameter[] parameters) => new ParameterList(parameters);

        /// <summary>Parameters by name.</summary>
        public static ParameterDict ParameterDict(params (string, Parameter)[] parameters) => new ParameterDict(parameters);
    }
}
