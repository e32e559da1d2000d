"""Makes the fixtures of this folder, with torch 1.13.1 (Debian's python3-torch): python3 make.py"""
import collections
import os

import numpy
import torch


class Planted:
    """What a hostile file does: it asks the reader to call something."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def both(name, value, **options):
    torch.save(value, f"{name}.pth", **options)
    torch.save(value, f"{name}_legacy.pth", _use_new_zipfile_serialization=False, **options)


numbers = torch.tensor([0, 1, 2, 100])
torch.save({str(t)[6:]: numbers.to(t) for t in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)},
           "integers.pth")
both("floats", {str(t)[6:]: torch.tensor([-1.5, 0, float("inf"), 3.140625]).to(t)
                for t in (torch.float16, torch.bfloat16, torch.float32, torch.float64)})
both("others", {"complex64": torch.tensor([1 + 2j, -3j]), "complex128": torch.tensor([1 + 2j, -3j], dtype=torch.complex128),
                "bool": torch.tensor([True, False, True])})

base = torch.arange(24, dtype=torch.float32)
tied = torch.arange(6, dtype=torch.float32).view(2, 3)
both("views", {
    "whole": base.view(4, 6), "transposed": base.view(4, 6).t(), "column": base.view(4, 6)[1:, 2], "step": base[3::5],
    "scalar": base[7], "expanded": base[:2].view(2, 1).expand(2, 3), "none": torch.zeros(0, 3), "tied": tied, "tied_too": tied,
    "parameter": torch.nn.Parameter(tied.clone()),
})

model = torch.nn.Sequential(collections.OrderedDict(fc=torch.nn.Linear(2, 2), bn=torch.nn.BatchNorm1d(2, affine=False)))
with torch.no_grad():
    model.fc.weight.copy_(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    model.fc.bias.copy_(torch.tensor([5.0, 6.0]))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
training = {
    "epoch": 12, "best": numpy.float64(0.75), "step": numpy.int64(300), "big": 2**70, "schedule": [1, 2.5, None, True],
    "milestones": collections.Counter([30, 60]), "size": torch.Size([2, 3]), "dtype": torch.bfloat16, "device": torch.device("cpu"),
    "note": "é\n", "raw": b"\x00\xff", "args": {"lr": 0.1, "betas": (0.9, 0.999)}, "set": {1},
    "optimizer": optimizer.state_dict(), "state_dict": torch.nn.DataParallel(model).state_dict(),
}
for protocol in (2, 5):
    torch.save(training, f"training_protocol{protocol}.pth", pickle_protocol=protocol)
torch.save(training, "training_legacy.pth", _use_new_zipfile_serialization=False)

hostile = {
    "system": Planted(os.system, "touch planted"), "eval": Planted(eval, "open('planted', 'w')"),
    "getattr": Planted(getattr, torch.zeros(1), "numpy"), "bytes": Planted(torch.serialization.load, "planted"),
}
for name, planted in hostile.items():
    both(f"hostile_{name}", {"weight": torch.zeros(2), "payload": planted})
