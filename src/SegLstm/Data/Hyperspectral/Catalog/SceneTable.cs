namespace SegLstm.Data.Hyperspectral.Catalog;

/// <summary>The benchmark scenes. What is not checked against a file or a publication stands under "Unverified".</summary>
internal static class SceneTable
{
    private const string Ehu = "the page 'Hyperspectral Remote Sensing Scenes' of the Grupo de Inteligencia Computacional, EHU";

    private const string EhuDigest = "the digest is of a third party's copy";

    internal static IReadOnlyList<SceneEntry> Entries { get; } =
    [
        new()
        {
            Name = "houston2013",
            Title = "University of Houston campus, CASI, GRSS Data Fusion Contest 2013",
            Size = (349, 1905, 144),
            Classes =
            [
                "healthy grass", "stressed grass", "synthetic grass", "trees", "soil", "water", "residential", "commercial", "road",
                "highway", "railway", "parking lot 1", "parking lot 2", "tennis court", "running track",
            ],
            Cube = SceneFile.Of("2013_IEEE_GRSS_DF_Contest_CASI.tif", "HSI.mat", "Houston.mat")
                .Known("1440f38594e8e82cc1944c084fc138ef55a70af54122828e999c4fb438574c14"),
            Split = (
                SceneFile.Of("2013_IEEE_GRSS_DF_Contest_Samples_TR.txt", "TR.mat")
                    .Known("16c69cf216535d7b4df2045b05d49c50a078609aa6d011a5e23e54f4cd08abda"),
                SceneFile.Of("2013_IEEE_GRSS_DF_Contest_Samples_VA.txt", "TE.mat")
                    .Known("768bb02193d04c8020b45f1f31a49926a5b914040f77f71a81df756d6e8b8dcb")),
            SplitPixels = (
                [198, 190, 192, 188, 186, 182, 196, 191, 193, 191, 181, 192, 184, 181, 187],
                [1053, 1064, 505, 1056, 1056, 143, 1072, 1053, 1059, 1036, 1054, 1041, 285, 247, 473]),
            Wavelengths = (364, 1046.1),
            Terms = "for research under the contest's terms (copyright.txt in its archive), with acknowledgement",
            Source = "the Hyperspectral Image Analysis Laboratory, University of Houston (2013_DFTC.zip)",
            Unverified = "the size and the pixels of the split; wavelengths are evenly spaced between the stated ends; the regions' text counts from 1, as ENVI does",
        },
        new()
        {
            Name = "houston2018",
            Title = "University of Houston campus, CASI, GRSS Data Fusion Contest 2018",
            Size = (1202, 4172, 48),
            OtherLayers = 2,
            Classes =
            [
                "healthy grass", "stressed grass", "artificial turf", "evergreen trees", "deciduous trees", "bare earth", "water",
                "residential buildings", "non-residential buildings", "roads", "sidewalks", "crosswalks", "major thoroughfares",
                "highways", "railways", "paved parking lots", "unpaved parking lots", "cars", "trains", "stadium seats",
            ],
            Cube = SceneFile.Of("20170218_UH_CASI_S4_NAD83.tif", "20170218_UH_CASI_S4_NAD83.dat", "20170218_UH_CASI_S4_NAD83.img"),
            Labels = SceneFile.Of("2018_IEEE_GRSS_DFC_GT_TR.tif"),
            Wavelengths = (374.4, 1047.1),
            Terms = "for research under the contest's terms, with acknowledgement",
            Source = "the Hyperspectral Image Analysis Laboratory, University of Houston (2018IEEE/phase2.zip); the .pix file must be converted first: "
                + "gdal_translate 20170218_UH_CASI_S4_NAD83.pix 20170218_UH_CASI_S4_NAD83.tif",
            Unverified = "the size; that the labels of half a metre meet the cube's grid by their coordinates",
        },
        new()
        {
            Name = "longkou",
            Title = "Crops at LongKou, Hubei, from a drone, Headwall Nano-Hyperspec (WHU-Hi)",
            Size = (550, 400, 270),
            Classes = ["corn", "cotton", "sesame", "broad-leaf soybean", "narrow-leaf soybean", "rice", "water",
                "roads and houses", "mixed weed"],
            Cube = SceneFile.Of("WHU_Hi_LongKou.mat"),
            Labels = SceneFile.Of("WHU_Hi_LongKou_gt.mat"),
            Wavelengths = (400, 1000),
            Terms = "free for research, with a citation (from memory)",
            Source = "the RSIDEA group, Wuhan University (WHU-Hi)",
            Unverified = "the sensor, the wavelengths (400 to 1000 nm, taken as evenly spaced) and the terms",
        },
        new()
        {
            Name = "botswana",
            Title = "Okavango Delta, EO-1 Hyperion, 145 of 242 bands",
            Size = (1476, 256, 145),
            Classes =
            [
                "water", "hippo grass", "floodplain grasses 1", "floodplain grasses 2", "reeds", "riparian", "firescar",
                "island interior", "acacia woodlands", "acacia shrublands", "acacia grasslands", "short mopane", "mixed mopane",
                "exposed soils",
            ],
            Cube = SceneFile.Of("Botswana.mat").Known("f1603903c844cdc2980550b0180688e8e1a72d4292595d1120e1dec2a80a91c7"),
            Labels = SceneFile.Of("Botswana_gt.mat"),
            DisplayBands = [75, 33, 15],
            Terms = "NASA; no licence text found",
            Source = Ehu,
            Unverified = "the size; " + EhuDigest,
        },
        new()
        {
            Name = "ksc",
            Title = "Kennedy Space Center, AVIRIS, 176 of 224 bands",
            Size = (512, 614, 176),
            Classes =
            [
                "scrub", "willow swamp", "cabbage palm hammock", "cabbage palm/oak hammock", "slash pine", "oak/broadleaf hammock",
                "hardwood swamp", "graminoid marsh", "spartina marsh", "cattail marsh", "salt marsh", "mud flats", "water",
            ],
            Cube = SceneFile.Of("KSC.mat").Known("b1ad011cfdb65c853e4f9f6108ca4774467d87f90a5c23b74ff3a2984a3b4786"),
            Labels = SceneFile.Of("KSC_gt.mat"),
            DisplayBands = [43, 21, 11],
            Terms = "NASA; no licence text found",
            Source = Ehu,
            Unverified = "the size; " + EhuDigest,
        },
        new()
        {
            Name = "paviau",
            Title = "Pavia University, ROSIS, 1.3 m",
            Size = (610, 340, 103),
            Classes =
            [
                "asphalt", "meadows", "gravel", "trees", "painted metal sheets", "bare soil", "bitumen",
                "self-blocking bricks", "shadows",
            ],
            Cube = SceneFile.Of("PaviaU.mat").Known("28447fa87f7a5797845e9a189c0da85e23b1d06a4ba7361e5ff44efbf834d2fb"),
            Labels = SceneFile.Of("PaviaU_gt.mat"),
            ClassPixels = [6631, 18649, 2099, 3064, 1345, 5029, 1330, 3682, 947],
            DisplayBands = [55, 41, 12],
            Terms = "P. Gamba, University of Pavia; no licence text found",
            Source = Ehu,
            Unverified = EhuDigest,
        },
        new()
        {
            Name = "paviac",
            Title = "Pavia Centre, ROSIS, 1.3 m",
            Size = (1096, 715, 102),
            Classes = ["water", "trees", "asphalt", "self-blocking bricks", "bitumen", "tiles", "shadows", "meadows", "bare soil"],
            Cube = SceneFile.Of("Pavia.mat"),
            Labels = SceneFile.Of("Pavia_gt.mat"),
            DisplayBands = [55, 41, 12],
            Terms = "P. Gamba, University of Pavia; no licence text found",
            Source = Ehu,
            Unverified = "the order of the classes: lists differ",
        },
        new()
        {
            Name = "salinas",
            Title = "Salinas Valley, AVIRIS, 204 of 224 bands",
            Size = (512, 217, 204),
            Classes = SalinasClasses,
            Cube = SceneFile.Of("Salinas_corrected.mat").Known("5ec1c0d22f56d18ecd336f8e35735863c0f160682e04e0c18ef3f89a3334d87d"),
            Labels = SceneFile.Of("Salinas_gt.mat"),
            DisplayBands = [43, 21, 11],
            Terms = "NASA/JPL; no licence text found",
            Source = Ehu,
            Unverified = EhuDigest,
        },
        new()
        {
            Name = "salinasa",
            Title = "A part of Salinas with six of its classes, under their numbers there",
            Size = (83, 86, 204),
            Classes = SalinasClasses,
            Cube = SceneFile.Of("SalinasA_corrected.mat").Known("d75684ed3ab71a1024cee0f9db9061f50a3523a92ff5edfbbb1eed976b9f1721"),
            Labels = SceneFile.Of("SalinasA_gt.mat"),
            DisplayBands = [43, 21, 11],
            Terms = "NASA/JPL; no licence text found",
            Source = Ehu,
            Unverified = EhuDigest,
        },
        new()
        {
            Name = "indianpines",
            Title = "Indian Pines, AVIRIS, 200 of 224 bands, 20 m",
            Size = (145, 145, 200),
            Classes =
            [
                "alfalfa", "corn-notill", "corn-mintill", "corn", "grass-pasture", "grass-trees", "grass-pasture-mowed",
                "hay-windrowed", "oats", "soybean-notill", "soybean-mintill", "soybean-clean", "wheat", "woods",
                "buildings-grass-trees-drives", "stone-steel-towers",
            ],
            Cube = SceneFile.Of("Indian_pines_corrected.mat").Known("ec2f8808710919d566f70f0d4aa885aae1ddfd42b734aba71c5e12ca65450939"),
            Labels = SceneFile.Of("Indian_pines_gt.mat"),
            DisplayBands = [43, 21, 11],
            Terms = "Purdue University; no licence text found",
            Source = Ehu,
            Unverified = EhuDigest,
        },
        new()
        {
            Name = "augsburg",
            Title = "Augsburg, HySpex (with DSM and SAR beside it, which are not read)",
            Size = (332, 485, 180),
            Classes = ["forest", "residential area", "industrial area", "low plants", "allotment", "commercial area", "water"],
            Cube = SceneFile.Of("data_HS_LR.mat"),
            Split = (SceneFile.Of("TrainImage.mat"), SceneFile.Of("TestImage.mat")),
            Terms = "see its publication (Hong et al. 2021); terms not found",
            Source = "the publication's repository of multimodal remote sensing data",
            Unverified = "everything but the number of bands and classes and the size: names of files and the order of the classes are from memory; the split of the SpectralMamba paper is its authors' own",
        },
    ];

    private static IReadOnlyList<string> SalinasClasses =>
    [
        "broccoli green weeds 1", "broccoli green weeds 2", "fallow", "fallow rough plow", "fallow smooth", "stubble", "celery",
        "grapes untrained", "soil vineyard develop", "corn senesced green weeds", "lettuce romaine 4wk", "lettuce romaine 5wk",
        "lettuce romaine 6wk", "lettuce romaine 7wk", "vineyard untrained", "vineyard vertical trellis",
    ];
}
