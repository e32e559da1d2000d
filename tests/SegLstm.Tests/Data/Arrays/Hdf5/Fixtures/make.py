"""Makes the fixtures of this folder, with h5py 3.7 (Debian's python3-h5py): python3 make.py"""
import h5py
import numpy

cube = numpy.arange(5 * 7 * 6).reshape(5, 7, 6)


def matlab(name, **options):
    """A file that begins as MATLAB's version 7.3 do: 512 bytes of text before the HDF5 part."""
    return h5py.File(name, "w", userblock_size=512, **options)


with h5py.File("plain.h5", "w") as f:
    f["contiguous"] = cube.astype("<u2")
    f["big_endian"] = cube.astype(">f8") / 3
    f.create_dataset("gzip", data=cube.astype("<i4") - 100, chunks=(2, 3, 4), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("lzf", data=cube.astype("<f4") / 7, chunks=(5, 2, 6), compression="lzf")
    f.create_dataset("noise", data=(cube * 2654435761 % 251).astype("u1"), chunks=(3, 7, 2), compression="lzf", shuffle=True)
    f["group/inner/mask"] = cube[:, :, 0] // 6 % 2 == 0
    f["number"] = 2.5
    f["signed"] = numpy.array([-128, 127], "i1")
    f["big"] = numpy.array([2 ** 62, 5], "<u8")
    f["text"] = "no numbers"
    f["complex"] = cube[0] * 1j
    f["half"] = cube[0].astype("f2")
    f.create_dataset("unwritten", (4, 4), "f4", chunks=(2, 2))
    f.create_dataset("partly", (4, 4), "f4", chunks=(2, 2))[:2] = 1
    f.create_dataset("scaled", data=cube, chunks=(5, 7, 6), scaleoffset=0)
    f["again"] = f["gzip"]
    f["group/round"] = f["/"]

# A link to another file makes HDF5 write the group in the newer way.
with h5py.File("links.h5", "w") as f:
    f["here"] = cube[0]
    f["soft"] = h5py.SoftLink("/here")
    f["external"] = h5py.ExternalLink("other.h5", "/x")

with h5py.File("crowded.h5", "w", libver="latest") as f:
    f["few/one"] = cube[0]
    for i in range(12):
        f[f"crowd/array{i}"] = numpy.zeros(1, "u1")

with h5py.File("many.h5", "w") as f:
    for i in range(70):
        f[f"array{i:02d}"] = numpy.full((2,), i, "u1")

with h5py.File("latest.h5", "w", libver="latest") as f:
    f.create_dataset("one_chunk", data=cube.astype("<u2"), chunks=cube.shape, compression="gzip")
    f.create_dataset("more_chunks", data=cube, chunks=(2, 3, 4))
    f["contiguous"] = cube.astype("<f4")

with matlab("v73.mat") as f:
    def save(name, value, kind, **options):
        # MATLAB's first index is the fastest: HDF5 sees all indices in reverse.
        data = f.create_dataset(name, data=numpy.ascontiguousarray(value.T), **options)
        data.attrs["MATLAB_class"] = numpy.bytes_(kind)
        return data

    save("cube", cube.astype("<u2"), "uint16", chunks=(2, 3, 4), compression="gzip")
    save("labels", (cube[:, :, 0] // 6 % 4).astype("<f8"), "double")
    save("mask", (cube[:, :, 0] // 6 % 2).astype("u1"), "logical").attrs["MATLAB_int_decode"] = 1
    save("word", numpy.frombuffer("word".encode("utf-16-le"), "<u2").reshape(1, 4), "char")
    save("nothing", numpy.array([0, 0], "<u8"), "double").attrs["MATLAB_empty"] = 1
    cell = f.create_dataset("cell", (1, 1), h5py.ref_dtype)
    cell.attrs["MATLAB_class"] = numpy.bytes_("cell")
    f["#refs#/a"] = numpy.zeros((1, 1))
    cell[0, 0] = f["#refs#/a"].ref
    f["fields/inner"] = numpy.ascontiguousarray(cube[:, :, 1].astype("<f4").T)
    f["fields"].attrs["MATLAB_class"] = numpy.bytes_("struct")
    f["fields/inner"].attrs["MATLAB_class"] = numpy.bytes_("single")
    f["thin/ir"] = numpy.array([0], "<u8")
    f["thin"].attrs["MATLAB_class"] = numpy.bytes_("double")
    f["thin"].attrs["MATLAB_sparse"] = numpy.uint64(3)
head = b"MATLAB 7.3 MAT-file, written by h5py for a test".ljust(116) + bytes(8) + b"\x00\x02IM"
with open("v73.mat", "r+b") as f:
    f.write(head)
