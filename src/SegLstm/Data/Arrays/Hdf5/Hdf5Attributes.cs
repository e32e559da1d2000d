using System.Text;

namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>The attributes of an object: their names, and the text of those that are text of a fixed length.</summary>
/// <remarks>HDF5 File Format Specification 3.0, section IV.A.2.m. MATLAB says its classes by them.</remarks>
internal static class Hdf5Attributes
{
    internal static Dictionary<string, string?> Of(Hdf5ObjectHeader header)
    {
        var attributes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (Hdf5Block block in header.All(Hdf5ObjectHeader.Attribute))
        {
            int version = block.Byte();
            block.Skip(1);
            int nameSize = block.Short(), typeSize = block.Short(), spaceSize = block.Short();
            if (version is < 1 or > 3)
                throw ArrayFileException.Unsupported($"an HDF5 attribute of version {version}.");
            if (version == 3) block.Skip(1);
            int Padded(int size) => version == 1 ? (size + 7) & ~7 : size;
            string name = Encoding.UTF8.GetString(block.Take(Padded(nameSize))).TrimEnd('\0');
            byte[] type = block.Take(Padded(typeSize)).ToArray();
            block.Skip(Padded(spaceSize));
            var datatype = Hdf5Datatype.Read(new Hdf5Block(type, new Hdf5Superblock(0, 8, 8, 0)));
            attributes[name] = datatype.IsText && datatype.Size <= block.Left
                ? Encoding.UTF8.GetString(block.Take(datatype.Size)).TrimEnd('\0') : null;
        }

        return attributes;
    }
}
