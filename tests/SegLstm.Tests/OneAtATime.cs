// Training draws from the process's one default generator, and libtorch's threads wait actively for each other: tests side by
// side would change each other's numbers and, on two cores, take longer than one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
