namespace SegLstm.Data.Benchmarks;

/// <summary>ADE20K's scene parsing benchmark (Zhou et al. 2017; SceneParse150): photographs of 150 classes of things and stuff.</summary>
/// <remarks>
/// <c>ADEChallengeData2016/{images,annotations}/{training,validation}</c>; annotations are one band of numbers, 0 for everything else,
/// which is ignored, and class c as c + 1. Its order of classes is by how much of the training images each covers.
/// </remarks>
public static class Ade20k
{
    internal const string Layout = "ADEChallengeData2016/{images,annotations}/{training,validation}/NAME.{jpg,png}";

    private const string Folder = "ADEChallengeData2016";

    private const string Remedy = $"Expected {Layout} (http://data.csail.mit.edu/places/ADEchallenge/ADEChallengeData2016.zip).";

    private const string Names =
        "wall,building,sky,floor,tree,ceiling,road,bed,windowpane,grass,cabinet,sidewalk,person,earth,door,table,mountain,plant,curtain,"
        + "chair,car,water,painting,sofa,shelf,house,sea,mirror,rug,field,armchair,seat,fence,desk,rock,wardrobe,lamp,bathtub,railing,"
        + "cushion,base,box,column,signboard,chest of drawers,counter,sand,sink,skyscraper,fireplace,refrigerator,grandstand,path,stairs,"
        + "runway,case,pool table,pillow,screen door,stairway,river,bridge,bookcase,blind,coffee table,toilet,flower,book,hill,bench,"
        + "countertop,stove,palm,kitchen island,computer,swivel chair,boat,bar,arcade machine,hovel,bus,towel,light,truck,tower,chandelier,"
        + "awning,streetlight,booth,television receiver,airplane,dirt track,apparel,pole,land,bannister,escalator,ottoman,bottle,buffet,"
        + "poster,stage,van,ship,fountain,conveyer belt,canopy,washer,plaything,swimming pool,stool,barrel,basket,waterfall,tent,bag,"
        + "minibike,cradle,oven,ball,food,step,tank,trade name,microwave,pot,animal,bicycle,lake,dishwasher,screen,blanket,sculpture,hood,"
        + "sconce,vase,traffic light,tray,ashcan,fan,pier,crt screen,plate,monitor,bulletin board,shower,radiator,glass,clock,flag";

    private static readonly ClassLegend Legend = ClassColors.Legend(Names.Split(','));

    /// <summary>Opens the data set.</summary>
    /// <param name="root">The folder ADEChallengeData2016, or the one that holds it.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A picture has no annotation, or an annotation no picture.</exception>
    public static RasterCollection Open(string root) => Scan(root).Complete();

    internal static RasterCollection Scan(string root)
    {
        var scan = new CollectionScan(root, Remedy);
        string above = scan.Has(Folder) && !scan.Has("images") ? Folder + "/" : "";
        string first = scan.Folder($"{above}images/training", $"{above}images/validation");
        string folder = Path.GetFullPath(Path.Combine(first, "..", ".."));
        foreach ((string part, Split split) in new[] { ("training", Split.Train), ("validation", Split.Validation) })
        {
            if (!scan.Has($"{above}images/{part}")) continue;
            scan.Pair(Path.Combine(folder, "images", part), [".jpg"], [Path.Combine(folder, "annotations", part)], [".png"],
                stem => ($"{part}/{stem}", split));
        }

        return new RasterCollection(scan, "ADE20K", new LabelCode.OneBased(Legend.Count))
        {
            Legend = Legend,
            BandNames = ["red", "green", "blue"],
            DisplayBands = [0, 1, 2],
            Provenance = "ADE20K SceneParse150, B. Zhou et al. 2017, MIT CSAIL; images for research and teaching.",
        };
    }
}
