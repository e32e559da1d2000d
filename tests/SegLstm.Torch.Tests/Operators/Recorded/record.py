"""Records what PyTorch computes for each expression named in the JSON files of this folder.

Run with a python3 that has torch (the recorded values are of torch 1.13.1):  python3 record.py
"""
import json
import pathlib

import torch

x = (torch.arange(24.0).reshape(2, 3, 4) - 11.5) / 4
p = x.abs() + 0.25
u = x / 3
y = (torch.arange(24.0) * 7 % 11).reshape(2, 3, 4) - 4
n = torch.tensor([1.5, float("nan"), float("inf"), -float("inf"), -0.0, 2.0])
i = (torch.arange(24) * 5 % 13).reshape(2, 3, 4) - 4
j = (torch.arange(24) * 3 % 7).reshape(2, 3, 4) + 1
b = i > 0
v = torch.arange(6.0) - 2.5
k = torch.tensor([2, 0, 1, 1])
m = torch.tensor([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]], dtype=torch.float64)
A = (torch.arange(12, dtype=torch.float64).reshape(3, 4) - 5) / 3
B = (torch.arange(8, dtype=torch.float64).reshape(4, 2) - 2) / 5


def record(theme, expression):
    torch.manual_seed(1234)
    result = eval(expression)
    if theme == "Printing":
        return str(result)
    values = result.to(torch.float64 if result.dtype != torch.int64 else torch.int64).flatten().tolist()
    return {
        "type": str(result.dtype).removeprefix("torch."),
        "shape": list(result.shape),
        "values": [value if value == value and abs(value) != float("inf") else str(value) for value in values],
    }


for path in sorted(pathlib.Path(__file__).parent.glob("*.json")):
    lines = [f"{json.dumps(expression)}: {json.dumps(record(path.stem, expression))}" for expression in json.loads(path.read_text())]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(path.name, len(lines))
