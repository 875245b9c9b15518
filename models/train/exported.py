"""Puts an exported model's weights back into a net, so that a training can go on from them."""
import numpy as np
import torch
from onnx import load, numpy_helper
from torch import nn


def restore(net, path, samples):
    """Gives `net` the weights of the ONNX file at `path`; `samples` is what a batch of its input looks like.

    The export folded every batch norm into the convolution before it. So each norm is told the mean and the
    spread that the samples have there, and scales by just these: the net answers as the file does, and the
    norms go on from where training would have left them.
    """
    stored = {entry.name: numpy_helper.to_array(entry) for entry in load(path).graph.initializer}
    folded = [stored[name] for name in sorted(stored, key=order) if name.startswith("onnx::Conv_")]
    pairs = [(conv, norm) for block in net.modules() for conv, norm in normed(block)]
    if len(folded) != 2 * len(pairs):
        raise SystemExit(f"Cannot go on from {path}: it is a model of another kind")
    for (conv, _), weight in zip(pairs, folded[::2]):
        conv.weight.data.copy_(torch.from_numpy(weight.copy()))
    plain = [layer for layer in net.modules() if isinstance(layer, nn.Linear) and layer.bias is None]
    transposed = [stored[name] for name in sorted(stored, key=order) if name.startswith("onnx::MatMul_")]
    for layer, weight in zip(plain, transposed):
        layer.weight.data.copy_(torch.from_numpy(weight.T.copy()))
    state = net.state_dict()
    for name, value in stored.items():
        if name.startswith("net.") and name[4:] in state:
            state[name[4:]].copy_(torch.from_numpy(np.array(value)))
    hooks = [
        norm.register_forward_pre_hook(settle(torch.from_numpy(bias.copy())))
        for (_, norm), bias in zip(pairs, folded[1::2])
    ]
    net.eval()
    with torch.no_grad():
        net(samples)
    for hook in hooks:
        hook.remove()


def order(name):
    """The place that the export gave a constant."""
    digits = name.rsplit("_", 1)[-1]
    return int(digits) if digits.isdigit() else -1


def normed(block):
    """Convolutions of a sequence and the batch norms after them, in the order in which they run."""
    if not isinstance(block, nn.Sequential):
        return
    layers = list(block)
    for conv, norm in zip(layers, layers[1:]):
        if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
            yield conv, norm


def settle(bias):
    """A hook that gives a norm the statistics of what reaches it, and takes them out again."""

    def hook(norm, inputs):
        x = inputs[0]
        mean, spread = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(spread)
        norm.weight.data.copy_(torch.sqrt(spread + norm.eps))
        norm.bias.data.copy_(bias.to(mean.device) + mean)

    return hook
