"""Records what PyTorch computes, for the tests of SegLstm.Torch: python3 record.py (made with PyTorch 1.13.1, CPU).

Every case runs in float64 on inputs and parameters that both sides build from linspace, so that nothing but the
functions themselves is compared. The gradient is that of sum(output * linspace(1, 2)).
"""
import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim import lr_scheduler as S

torch.set_default_dtype(torch.float64)


def ramp(*shape, low=-1.0, high=1.0):
    count = 1
    for size in shape:
        count *= size
    return torch.linspace(low, high, count).reshape(shape)


def labels(*values):
    return torch.tensor(values)


def case(function, *shape, low=-1.0, high=1.0):
    x = ramp(*shape, low=low, high=high).requires_grad_()
    y = function(x)
    (y * ramp(*y.shape, low=1.0, high=2.0)).sum().backward()
    return {"shape": list(shape), "low": low, "high": high, "outputShape": list(y.shape),
            "output": y.flatten().tolist(), "gradient": x.grad.flatten().tolist()}


def module_case(module, *shape):
    for k, p in enumerate(module.parameters()):
        p.data = ramp(*p.shape, low=-0.5 + 0.1 * k, high=0.6)
    return case(module, *shape)


functional = {
    "relu": case(F.relu, 2, 3),
    "relu6": case(F.relu6, 2, 5, low=-3, high=9),
    "leaky_relu": case(lambda x: F.leaky_relu(x, 0.2), 2, 3),
    "elu": case(lambda x: F.elu(x, 1.5), 2, 3),
    "gelu": case(F.gelu, 2, 3),
    "silu": case(F.silu, 2, 3),
    "mish": case(F.mish, 2, 3),
    "hardswish": case(F.hardswish, 2, 5, low=-4, high=4),
    "hardsigmoid": case(F.hardsigmoid, 2, 5, low=-4, high=4),
    "sigmoid": case(torch.sigmoid, 2, 3),
    "tanh": case(torch.tanh, 2, 3),
    "softplus": case(lambda x: F.softplus(x, 2, 1), 2, 3),
    "softmax": case(lambda x: F.softmax(x, 1), 2, 3),
    "log_softmax": case(lambda x: F.log_softmax(x, 0), 2, 3),
    "logsigmoid": case(F.logsigmoid, 2, 3),
    "glu": case(lambda x: F.glu(x, 1), 2, 4),
    "linear": case(lambda x: F.linear(x, ramp(2, 3), ramp(2)), 2, 3),
    "conv1d": case(lambda x: F.conv1d(x, ramp(3, 2, 3), ramp(3), 2, 1), 1, 2, 6),
    "conv1d_same": case(lambda x: F.conv1d(x, ramp(3, 2, 4), padding="same"), 1, 2, 6),
    "conv2d": case(lambda x: F.conv2d(x, ramp(4, 1, 3, 2), ramp(4), (2, 1), (1, 0), (1, 2), 2), 1, 2, 5, 6),
    "conv2d_same": case(lambda x: F.conv2d(x, ramp(1, 2, 3, 3), padding="same", dilation=2), 1, 2, 4, 4),
    "conv3d": case(lambda x: F.conv3d(x, ramp(1, 1, 2, 2, 2)), 1, 1, 3, 3, 3),
    "conv_transpose1d": case(lambda x: F.conv_transpose1d(x, ramp(2, 1, 3), None, 2), 1, 2, 3),
    "conv_transpose2d": case(lambda x: F.conv_transpose2d(x, ramp(2, 2, 3, 3), ramp(2), 2, 1, 1), 1, 2, 3, 3),
    "layer_norm": case(lambda x: F.layer_norm(x, (3,), ramp(3), ramp(3), 1e-3), 2, 3),
    "group_norm": case(lambda x: F.group_norm(x, 2, ramp(4), ramp(4)), 2, 4, 3),
    "batch_norm": case(lambda x: F.batch_norm(x, None, None, ramp(3), ramp(3), True), 2, 3, 2),
    "instance_norm": case(lambda x: F.instance_norm(x), 2, 2, 3),
    "normalize": case(lambda x: F.normalize(x, 2, 1), 2, 3),
    "max_pool1d": case(lambda x: F.max_pool1d(x, 2), 1, 2, 6),
    "max_pool2d": case(lambda x: F.max_pool2d(x, 3, 2, 1), 1, 1, 5, 5),
    "avg_pool1d": case(lambda x: F.avg_pool1d(x, 2), 1, 2, 6),
    "avg_pool2d": case(lambda x: F.avg_pool2d(x, (2, 3), (1, 2), (1, 1), True, False), 1, 1, 4, 5),
    "adaptive_avg_pool1d": case(lambda x: F.adaptive_avg_pool1d(x, 4), 1, 2, 6),
    "adaptive_avg_pool2d": case(lambda x: F.adaptive_avg_pool2d(x, (2, 3)), 1, 1, 5, 7),
    "adaptive_max_pool2d": case(lambda x: F.adaptive_max_pool2d(x, (2, 3)), 1, 1, 5, 7),
    "nearest": case(lambda x: F.interpolate(x, (5, 3), mode="nearest"), 1, 1, 3, 4),
    "nearest_exact": case(lambda x: F.interpolate(x, (5, 3), mode="nearest-exact"), 1, 1, 3, 4),
    "linear_resize": case(lambda x: F.interpolate(x, 7, mode="linear", align_corners=True), 1, 2, 4),
    "bilinear": case(lambda x: F.interpolate(x, (5, 7), mode="bilinear", align_corners=False), 1, 1, 3, 4),
    "bilinear_corners": case(lambda x: F.interpolate(x, (5, 7), mode="bilinear", align_corners=True), 1, 1, 3, 4),
    "bilinear_scale": case(lambda x: F.interpolate(x, scale_factor=(1.7, 0.6), mode="bilinear"), 1, 1, 3, 5),
    "bilinear_rescaled": case(lambda x: F.interpolate(x, scale_factor=1.7, mode="bilinear", recompute_scale_factor=True), 1, 1, 3, 5),
    "bilinear_antialias": case(lambda x: F.interpolate(x, (2, 3), mode="bilinear", antialias=True), 1, 1, 5, 7),
    "bicubic": case(lambda x: F.interpolate(x, (5, 6), mode="bicubic", align_corners=False), 1, 1, 4, 4),
    "bicubic_antialias": case(lambda x: F.interpolate(x, (2, 3), mode="bicubic", antialias=True), 1, 1, 5, 7),
    "trilinear": case(lambda x: F.interpolate(x, (3, 3, 3), mode="trilinear", align_corners=False), 1, 1, 2, 2, 2),
    "area": case(lambda x: F.interpolate(x, scale_factor=0.6, mode="area"), 1, 1, 5, 5),
    "pad_constant": case(lambda x: F.pad(x, (1, 2, 0, 1), value=3), 1, 1, 2, 3),
    "pad_reflect": case(lambda x: F.pad(x, (1, 2, 1, 0), mode="reflect"), 1, 1, 3, 4),
    "pad_replicate": case(lambda x: F.pad(x, (1, 2, 1, 0), mode="replicate"), 1, 1, 3, 4),
    "pad_circular": case(lambda x: F.pad(x, (1, 2, 1, 0), mode="circular"), 1, 1, 3, 4),
    "unfold": case(lambda x: F.unfold(x, (2, 3), 1, (1, 0), (2, 1)), 1, 2, 4, 4),
    "fold": case(lambda x: F.fold(x, (3, 4), (2, 2), 1, 0, 1), 1, 4, 6),
    "pixel_shuffle": case(lambda x: F.pixel_shuffle(x, 2), 1, 4, 2, 2),
    "pixel_unshuffle": case(lambda x: F.pixel_unshuffle(x, 2), 1, 1, 4, 4),
    "grid_sample": case(lambda x: F.grid_sample(x, ramp(1, 2, 3, 2, low=-1.2, high=1.1), "bilinear", "border", False), 1, 2, 3, 3),
    "grid_sample_reflection": case(lambda x: F.grid_sample(x, ramp(1, 2, 3, 2, low=-1.7, high=1.6), "nearest", "reflection", True), 1, 2, 3, 3),
    "affine_grid": case(lambda x: F.affine_grid(x, [1, 1, 2, 3], True), 1, 2, 3),
    "cosine_similarity": case(lambda x: F.cosine_similarity(x, ramp(2, 3, low=0.2, high=3), 1), 2, 3),
    "attention": case(lambda x: F._scaled_dot_product_attention(x, x.flip(1), x * 2, None, 0.0, False, False)[0], 1, 3, 4),
    "attention_causal": case(lambda x: F._scaled_dot_product_attention(x, x.flip(1), x * 2, None, 0.0, False, True)[0], 1, 3, 4),
    "attention_mask": case(lambda x: F._scaled_dot_product_attention(x, x.flip(1), x * 2, ramp(3, 3), 0.0, False, False)[0], 1, 3, 4),
    "cross_entropy": case(lambda x: F.cross_entropy(x, labels(2, 0, 1, 255), ramp(3, low=1, high=2), ignore_index=255, label_smoothing=0.1), 4, 3),
    "cross_entropy_none": case(lambda x: F.cross_entropy(x, labels(2, 0), reduction="none"), 2, 3),
    "nll_loss": case(lambda x: F.nll_loss(x, labels(2, 0), ramp(3, low=1, high=2), reduction="sum"), 2, 3),
    "mse_loss": case(lambda x: F.mse_loss(x, ramp(2, 3, low=0)), 2, 3),
    "l1_loss": case(lambda x: F.l1_loss(x, ramp(2, 3, low=0), reduction="sum"), 2, 3),
    "smooth_l1_loss": case(lambda x: F.smooth_l1_loss(x, ramp(2, 3, low=0, high=3), beta=0.5), 2, 3),
    "huber_loss": case(lambda x: F.huber_loss(x, ramp(2, 3, low=0, high=3), delta=0.5), 2, 3),
    "binary_cross_entropy": case(lambda x: F.binary_cross_entropy(x, ramp(2, 3, low=0)), 2, 3, low=0.1, high=0.9),
    "binary_cross_entropy_with_logits": case(lambda x: F.binary_cross_entropy_with_logits(x, ramp(2, 3, low=0), pos_weight=ramp(3, low=1, high=2)), 2, 3),
    "kl_div": case(lambda x: F.kl_div(x, ramp(2, 3, low=-2, high=-1), log_target=True), 2, 3),
    "kl_div_probabilities": case(lambda x: F.kl_div(x, ramp(2, 3, low=0.1, high=0.9), reduction="sum"), 2, 3),
    "cosine_embedding_loss": case(lambda x: F.cosine_embedding_loss(x, ramp(2, 3, low=0.2, high=3), labels(1, -1), 0.1), 2, 3),
}

modules = {
    "Linear": module_case(nn.Linear(3, 2), 2, 3),
    "Conv1d": module_case(nn.Conv1d(2, 3, 3, padding=1, padding_mode="replicate"), 1, 2, 4),
    "Conv2d": module_case(nn.Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2), 2), 1, 2, 5, 6),
    "Conv2d_same": module_case(nn.Conv2d(1, 2, (3, 2), padding="same"), 1, 1, 3, 4),
    "Conv2d_same_circular": module_case(nn.Conv2d(1, 2, (3, 2), padding="same", padding_mode="circular"), 1, 1, 3, 4),
    "Conv2d_reflect": module_case(nn.Conv2d(1, 2, 3, padding=(1, 2), padding_mode="reflect"), 1, 1, 3, 4),
    "ConvTranspose2d": module_case(nn.ConvTranspose2d(2, 4, 3, 2, 1, 1, 2), 1, 2, 3, 3),
    "LayerNorm": module_case(nn.LayerNorm((2, 3)), 2, 2, 3),
    "GroupNorm": module_case(nn.GroupNorm(2, 4), 2, 4, 2),
    "BatchNorm1d": module_case(nn.BatchNorm1d(3), 4, 3),
    "BatchNorm2d": module_case(nn.BatchNorm2d(2), 2, 2, 2, 2),
    "BatchNorm2d_eval": module_case(nn.BatchNorm2d(2).eval(), 2, 2, 2, 2),
    "InstanceNorm2d": module_case(nn.InstanceNorm2d(2, affine=True), 2, 2, 2, 3),
    "Flatten": module_case(nn.Flatten(1, 2), 1, 2, 3, 2),
    "Upsample": module_case(nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False), 1, 1, 2, 3),
    "MaxPool2d": module_case(nn.MaxPool2d(2), 1, 1, 4, 4),
    "AvgPool2d": module_case(nn.AvgPool2d(2, 1), 1, 1, 3, 3),
    "AdaptiveAvgPool2d": module_case(nn.AdaptiveAvgPool2d(1), 1, 2, 3, 3),
    "Sequential": module_case(nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 2)), 2, 3),
}


def attention(make, mask=None, padding=None, keys=4, values=4):
    layer = make()
    for k, p in enumerate(layer.parameters()):
        p.data = ramp(*p.shape, low=-0.5 + 0.1 * k, high=0.6)
    def run(x):
        output, weights = layer(x, ramp(5, 2, keys), ramp(5, 2, values, low=-2), padding, True, mask)
        return torch.cat([output.flatten(), weights.flatten()])
    return case(run, 3, 2, 4)


attentions = {
    "plain": attention(lambda: nn.MultiheadAttention(4, 2)),
    "without_bias": attention(lambda: nn.MultiheadAttention(4, 4, bias=False)),
    "other_dims": attention(lambda: nn.MultiheadAttention(4, 2, kdim=3, vdim=6), keys=3, values=6),
    "masked": attention(lambda: nn.MultiheadAttention(4, 2), torch.ones(3, 5).triu(2).bool(), torch.tensor([[False] * 4 + [True], [False] * 5])),
    "added_mask": attention(lambda: nn.MultiheadAttention(4, 2), ramp(4, 3, 5)),
    "extra_keys": attention(lambda: nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True), torch.ones(3, 5).triu(2).bool(), torch.tensor([[False] * 4 + [True], [False] * 5])),
}


def draw(function):
    torch.manual_seed(0)
    return [t.detach().flatten().tolist() for t in function()]


torch.set_default_dtype(torch.float32)
initial = {
    "Linear": draw(lambda: nn.Linear(4, 3).parameters()),
    "Conv1d": draw(lambda: nn.Conv1d(2, 3, 3).parameters()),
    "Conv2d": draw(lambda: nn.Conv2d(2, 3, (3, 2), groups=1).parameters()),
    "ConvTranspose2d": draw(lambda: nn.ConvTranspose2d(2, 3, 2).parameters()),
    "Embedding": draw(lambda: nn.Embedding(4, 3, padding_idx=1).parameters()),
    "MultiheadAttention": draw(lambda: nn.MultiheadAttention(4, 2, add_bias_kv=True).parameters()),
    "xavier_uniform_": draw(lambda: [nn.init.xavier_uniform_(torch.empty(3, 4), 2)]),
    "xavier_normal_": draw(lambda: [nn.init.xavier_normal_(torch.empty(3, 4))]),
    "kaiming_normal_": draw(lambda: [nn.init.kaiming_normal_(torch.empty(3, 4, 2, 2), mode="fan_out", nonlinearity="relu")]),
    "trunc_normal_": draw(lambda: [nn.init.trunc_normal_(torch.empty(20), 0.1, 0.5, -0.6, 0.6)]),
    "normal_": draw(lambda: [nn.init.normal_(torch.empty(20), 0.1, 0.5)]),
    "orthogonal_": draw(lambda: [nn.init.orthogonal_(torch.empty(3, 5), 2)]),
    "dirac_": draw(lambda: [nn.init.dirac_(torch.empty(3, 2, 3, 3))]),
    "dropout": draw(lambda: [F.dropout(torch.ones(20), 0.3)]),
    "dropout2d": draw(lambda: [F.dropout2d(torch.ones(2, 4, 1, 2), 0.3)]),
}
torch.set_default_dtype(torch.float64)


def trajectory(make, steps=5):
    p = ramp(3, low=-1, high=2).requires_grad_()
    q = ramp(2, 2, low=0.5, high=1.5).requires_grad_()
    optimizer = make(p, q)
    track = []
    for _ in range(steps):
        optimizer.zero_grad()
        ((p ** 2).sum() * 0.5 + (p[:2] @ q).sin().sum() + (q ** 4).sum()).backward()
        optimizer.step()
        track.append(p.tolist() + q.flatten().tolist())
    return track


optimizers = {
    "SGD": trajectory(lambda p, q: torch.optim.SGD([p, q], 0.1)),
    "SGD_momentum": trajectory(lambda p, q: torch.optim.SGD([p, q], 0.1, momentum=0.9, dampening=0.1, weight_decay=0.01)),
    "SGD_nesterov": trajectory(lambda p, q: torch.optim.SGD([p, q], 0.1, momentum=0.9, nesterov=True)),
    "SGD_maximize": trajectory(lambda p, q: torch.optim.SGD([p, q], 0.01, maximize=True)),
    "Adam": trajectory(lambda p, q: torch.optim.Adam([p, q], 0.1)),
    "Adam_decay": trajectory(lambda p, q: torch.optim.Adam([p, q], 0.1, (0.8, 0.95), 1e-6, 0.02)),
    "Adam_amsgrad": trajectory(lambda p, q: torch.optim.Adam([p, q], 0.1, amsgrad=True)),
    "AdamW": trajectory(lambda p, q: torch.optim.AdamW([p, q], 0.1, weight_decay=0)),
    "AdamW_decay": trajectory(lambda p, q: torch.optim.AdamW([p, q], 0.1, (0.8, 0.95), 1e-6, 0.02, True)),
    "AdamW_groups": trajectory(lambda p, q: torch.optim.AdamW([{"params": [p], "weight_decay": 0.0}, {"params": [q], "lr": 0.05}], 0.1, weight_decay=0.1)),
    "RMSProp": trajectory(lambda p, q: torch.optim.RMSprop([p, q], 0.1, 0.9)),
    "RMSProp_centered": trajectory(lambda p, q: torch.optim.RMSprop([p, q], 0.05, 0.9, 1e-6, 0.01, 0.8, True)),
    "AdamW_maximize": trajectory(lambda p, q: torch.optim.AdamW([p, q], 0.1, weight_decay=0.01, maximize=True)),
}


def rates(make, steps=25, momentum=False, metrics=None):
    optimizer = torch.optim.SGD([{"params": [torch.zeros(1)]}, {"params": [torch.zeros(1)], "lr": 0.2}], 0.5, momentum=0.9)
    schedule = make(optimizer)
    track = []
    for k in range(steps):
        track.append([g["lr"] for g in optimizer.param_groups] + ([g["momentum"] for g in optimizer.param_groups] if momentum else []))
        optimizer.step()
        schedule.step() if metrics is None else schedule.step(metrics(k))
    return track


schedules = {
    "LambdaLR": rates(lambda o: S.LambdaLR(o, lambda k: 0.9 ** k + 0.1)),
    "MultiplicativeLR": rates(lambda o: S.MultiplicativeLR(o, lambda k: 0.95)),
    "StepLR": rates(lambda o: S.StepLR(o, 4, 0.3)),
    "MultiStepLR": rates(lambda o: S.MultiStepLR(o, [3, 7, 7, 15], 0.4)),
    "PolynomialLR": rates(lambda o: S.PolynomialLR(o, 20, 0.9)),
    "ExponentialLR": rates(lambda o: S.ExponentialLR(o, 0.8)),
    "ConstantLR": rates(lambda o: S.ConstantLR(o, 0.25, 6)),
    "LinearLR": rates(lambda o: S.LinearLR(o, 0.1, 0.9, 8)),
    "CosineAnnealingLR": rates(lambda o: S.CosineAnnealingLR(o, 8, 0.01)),
    "SequentialLR": rates(lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, 1.0, 5), S.PolynomialLR(o, 15, 0.9)], [5])),
    "ChainedLR": rates(lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 4), S.ExponentialLR(o, 0.9)])),
    "OneCycleLR": rates(lambda o: S.OneCycleLR(o, 0.7, 26), momentum=True),
    "OneCycleLR_three_phase": rates(lambda o: S.OneCycleLR(o, [0.7, 0.3], 30, pct_start=0.25, anneal_strategy="linear", three_phase=True), momentum=True),
    "CyclicLR": rates(lambda o: S.CyclicLR(o, 0.1, 0.6, 4, 6), momentum=True),
    "CyclicLR_triangular2": rates(lambda o: S.CyclicLR(o, 0.1, 0.6, 4, mode="triangular2"), momentum=True),
    "CyclicLR_exp_range": rates(lambda o: S.CyclicLR(o, [0.1, 0.2], [0.6, 0.9], 4, mode="exp_range", gamma=0.9, cycle_momentum=False)),
    "ReduceLROnPlateau": rates(lambda o: S.ReduceLROnPlateau(o, "min", 0.5, 2, 0.01, cooldown=1, min_lr=0.03), metrics=lambda k: max(1.0 - 0.1 * k, 0.5)),
    "ReduceLROnPlateau_max": rates(lambda o: S.ReduceLROnPlateau(o, "max", 0.5, 1, 0.05, "abs"), metrics=lambda k: min(0.1 * k, 0.7)),
}


def clip(norm_type):
    p, q = torch.zeros(3, requires_grad=True), torch.zeros(2, 2, requires_grad=True)
    p.grad, q.grad = ramp(3), ramp(2, 2, low=0, high=3)
    norm = nn.utils.clip_grad_norm_([p, q], 1.5, norm_type)
    return [norm.item()] + p.grad.tolist() + q.grad.flatten().tolist()


here = pathlib.Path(__file__).parent
for name, recorded in {"functional": functional, "modules": modules, "attention": attentions, "initial": initial, "optimizers": optimizers, "schedules": schedules,
                       "clipping": {"two": clip(2.0), "infinity": clip(float("inf"))}}.items():
    text = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in recorded.items())
    (here / f"{name}.json").write_text("{\n" + text + "\n}\n")
