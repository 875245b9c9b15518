"""Reads the shards that `export.ts` wrote."""
import glob
import json
import os

import numpy as np
import torch


def shards(folder, kinds):
    """Names of the finished shards of these kinds, in an order that never changes."""
    names = []
    for kind in kinds:
        paths = sorted(glob.glob(os.path.join(folder, kind + "-*.json")))
        names += [path[: -len(".json")] for path in paths]
    if not names:
        raise SystemExit(f"Cannot train: {folder} holds no shard of {kinds}; run export.ts first")
    return names


def load(folder, kinds, array, shape):
    """The bytes `array` of these kinds as one uint8 tensor [n, *shape], and the shards' labels."""
    names = shards(folder, kinds)
    size = int(np.prod(shape))
    files = [name + "." + array for name in names]
    counts = [os.path.getsize(file) // size for file in files]
    data = np.empty((sum(counts), *shape), np.uint8)
    at = 0
    for file, count in zip(files, counts):
        data[at : at + count] = np.fromfile(file, np.uint8).reshape(count, *shape)
        at += count
    labels = [json.load(open(name + ".json", encoding="utf-8")) for name in names]
    return torch.from_numpy(data).to(torch.zeros(0).device), labels
