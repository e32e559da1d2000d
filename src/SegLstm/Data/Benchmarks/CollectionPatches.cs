using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Data.Benchmarks;

/// <summary>The windows that a collection's images are cut into, in the order of the images, or the images themselves.</summary>
internal static class CollectionPatches
{
    /// <summary>Lists them.</summary>
    /// <param name="reader">Knows the images' sizes.</param>
    /// <param name="items">The images.</param>
    /// <param name="size">Side of a window; 0 for whole images, whose window is null until they are opened.</param>
    internal static IReadOnlyList<(CollectionItem Item, Window? Window)> Of(CollectionReader reader, IReadOnlyList<CollectionItem> items,
        int size) =>
        size == 0 ? [.. items.Select(item => (item, (Window?)null))] : [.. items.SelectMany(item =>
        {
            var (height, width) = reader.Size(item);
            return Windows(height, width, size).Select(window => (item, (Window?)window));
        })];

    /// <summary>The windows of one image, row by row.</summary>
    internal static IEnumerable<Window> Windows(int height, int width, int size)
    {
        var grid = new SlidingWindows(width, height, size, overlap: 0);
        return grid.Rows.SelectMany(top =>
            grid.Columns.Select(left => new Window(left, top, Math.Min(size, width), Math.Min(size, height))));
    }
}
