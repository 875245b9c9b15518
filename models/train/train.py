"""Trains one model and exports it to ONNX.

    python3 models/train/train.py ROLE --data DIR --out DIR [--epochs N] [--seed N] [--mean FILE...]

ROLE is `detector`, `landmarks`, `liveness` or `embedder`. A checkpoint is kept after every epoch; the same
command goes on from it. What is random comes from the seed and the epoch alone. With `--device cuda`
(torch 2) it stops at the last checkpoint, from which the same command without it exports.
"""
import argparse
import hashlib
import json
import math
import os
import random
import time
import warnings

warnings.filterwarnings("ignore")
# One thread a training, as `--threads` has it for torch itself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import torch  # noqa: E402

import exported  # noqa: E402
import roles  # noqa: E402


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def learning_rate(step, steps, top):
    """A short warm-up, then a half cosine down to nothing."""
    warm = max(1, steps // 20)
    if step < warm:
        return top * (step + 1) / warm
    return top * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def train(role, options):
    seed_all(options.seed)
    task = roles.ROLES[role](options)
    if options.start is not None:
        exported.restore(task.net, options.start, task.samples())
        task.go_on()
        task.rate *= 0.25
    net = task.net.to(memory_format=torch.channels_last)
    modules = [module for module in (net, task.extra) if module is not None]
    parameters = [p for module in modules for p in module.parameters()]
    if task.optimiser == "sgd":
        optimiser = torch.optim.SGD(
            parameters, lr=task.rate, momentum=0.9, weight_decay=task.decay, nesterov=True
        )
    else:
        optimiser = torch.optim.AdamW(parameters, lr=task.rate, weight_decay=task.decay)
    steps = max(1, task.count // task.batch)
    checkpoint = os.path.join(options.out, options.name + ".pt")
    first = 0
    if os.path.exists(checkpoint):
        kept = torch.load(checkpoint, map_location=options.device)
        if kept["epochs"] == options.epochs and kept["seed"] == options.seed:
            net.load_state_dict(kept["net"])
            if task.extra is not None:
                task.extra.load_state_dict(kept["extra"])
            optimiser.load_state_dict(kept["optimiser"])
            first = kept["epoch"] + 1
    for epoch in range(first, options.epochs):
        seed_all(options.seed * 1000 + epoch)
        net.train()
        order = torch.randperm(task.count)
        began, total = time.time(), 0.0
        for step in range(steps):
            rate = learning_rate(epoch * steps + step, options.epochs * steps, task.rate)
            for group in optimiser.param_groups:
                group["lr"] = rate
            progress = (epoch * steps + step) / (options.epochs * steps)
            loss = task.loss(order[step * task.batch : (step + 1) * task.batch], progress)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 5.0)
            optimiser.step()
            total += loss.item()
            if step % 50 == 49:
                pace = (step + 1) * task.batch / (time.time() - began)
                loss = total / (step + 1)
                print(f"  {role} {epoch} {step + 1}/{steps} {loss:.4f} {pace:.0f}/s", flush=True)
        net.eval()
        with torch.no_grad():
            seen = task.validate()
        took = f"{time.time() - began:.0f} s"
        print(f"{role} epoch {epoch}: loss {total / steps:.4f}, {seen}, {took}", flush=True)
        torch.save(
            {
                "net": net.state_dict(),
                "extra": None if task.extra is None else task.extra.state_dict(),
                "optimiser": optimiser.state_dict(),
                "epoch": epoch,
                "epochs": options.epochs,
                "seed": options.seed,
            },
            checkpoint + ".part",
        )
        os.replace(checkpoint + ".part", checkpoint)
    if options.device == "cpu":
        export(role, task, net, options)
    else:
        print(f"{role}: trained; the same command without --device writes the ONNX file", flush=True)


def average(role, options):
    """Writes the mean of several trainings that went on from one another: no slower, and errs less."""
    seed_all(options.seed)
    task = roles.ROLES[role](options)
    kept = [torch.load(path, map_location="cpu") for path in options.mean]
    options.epochs = sum(one["epochs"] for one in kept)
    nets = [one["net"] for one in kept]
    task.net.load_state_dict({
        name: sum(net[name].float() for net in nets).div(len(nets)).to(value.dtype)
        for name, value in nets[0].items()
    })
    # Between its layers it has other means and spreads than any of them: they are counted anew.
    for module in task.net.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.reset_running_stats()
            module.momentum = None
    task.net.train()
    with torch.no_grad():
        for some in task.all():
            task.net(some)
        task.net.eval()
        print(f"{role}: {task.validate()}")
    export(role, task, task.net, options)


def export(role, task, net, options):
    """Writes ROLE.onnx, and ROLE.json with what the manifest says of the training."""
    net = net.to(memory_format=torch.contiguous_format)
    wrapper = task.exported(net).eval()
    path = os.path.join(options.out, options.name + ".onnx")
    torch.onnx.export(
        wrapper,
        torch.zeros(task.shape, dtype=torch.uint8),
        path,
        input_names=[task.input_name],
        output_names=[task.output_name] if isinstance(task.output_name, str) else task.output_name,
        opset_version=14,
    )
    said = {
        "seed": options.seed,
        "epochs": options.epochs,
        "samples": task.count,
        "people": task.people,
        "without": sorted(options.without),
        "mean": None if options.mean is None else len(options.mean),
        "start": options.start and hashlib.sha256(open(options.start, "rb").read()).hexdigest(),
    }
    with open(os.path.join(options.out, options.name + ".json"), "w", encoding="utf-8") as file:
        json.dump(said, file)
    print(f"{role}: {os.path.getsize(path)} bytes in {path}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", choices=sorted(roles.ROLES))
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", default=None, help="liveness, embedder: an ONNX file to go on from, at a quarter of the rate")
    parser.add_argument("--mean", nargs="+", default=None, help="embedder: checkpoints to write the mean of, instead")
    parser.add_argument("--device", default="cpu", help="cuda where there is one; needs torch 2")
    parser.add_argument("--without", type=lambda v: frozenset(v.split(",")), default=frozenset())
    parser.add_argument("--name", default=None, help="of the files; the role's unless told")
    options = parser.parse_args()
    options.name = options.name or options.role
    if options.start is not None and not hasattr(roles.ROLES[options.role], "go_on"):
        parser.error("--start is for liveness and embedder alone")
    if options.epochs is None:
        options.epochs = roles.ROLES[options.role].epochs
    torch.set_num_threads(options.threads)
    if options.device != "cpu":
        torch.set_default_device(options.device)
    if options.mean is not None and options.role != "embedder":
        parser.error("--mean is for embedder alone")
    os.makedirs(options.out, exist_ok=True)
    (train if options.mean is None else average)(options.role, options)


if __name__ == "__main__":
    main()
