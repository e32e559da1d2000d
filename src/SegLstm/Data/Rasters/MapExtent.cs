namespace SegLstm.Data.Rasters;

/// <summary>What a raster covers of the map, in units of a coordinate system.</summary>
/// <param name="Left">Least x.</param>
/// <param name="Bottom">Least y.</param>
/// <param name="Right">Greatest x.</param>
/// <param name="Top">Greatest y.</param>
/// <param name="Pixel">Side of its pixels there.</param>
internal readonly record struct MapExtent(double Left, double Bottom, double Right, double Top, double Pixel);
