"""What each role learns from: its samples, their augmentation, its loss, its own check."""
import torch
from torch import nn
from torch.nn import functional as F

import nets
from data import load


def photometric(x, strength=1.0):
    """Gain, offset, gamma and noise of another exposure; `x` is 0…255, [n, c, h, w]."""
    n, c = x.shape[:2]
    x = (x / 255).clamp(0, 1)
    x = x ** torch.exp(0.2 * strength * torch.randn(n, 1, 1, 1))
    cast = 0.05 * torch.randn(n, c, 1, 1)
    x = x * torch.exp(strength * (0.2 * torch.randn(n, 1, 1, 1) + cast))
    x = x + 0.04 * strength * torch.randn(n, 1, 1, 1)
    x = x + 0.03 * strength * torch.rand(n, 1, 1, 1) * torch.randn_like(x)
    return (x * 255).clamp(0, 255)


def soften(x, part):
    """Blurs some of the pictures a little, as a lens out of focus would."""
    if torch.rand(1).item() < part:
        n = len(x) // 2
        low = F.avg_pool2d(x[:n], 3, 1, 1)
        x = torch.cat([low, x[n:]])
    return x


def spectacled(x, marks):
    """Draws somebody else's glasses over faces: `x` 0…255, [n, 3, h, w]; `marks` [n, 10], eyes first."""
    n, side = len(x), x.shape[-1]

    def some(low, high):
        return (low + (high - low) * torch.rand(n))[:, None, None]

    left, right = marks[:, 0:2], marks[:, 2:4]
    middle = (left + right) / 2
    apart = (right - left).norm(dim=1, keepdim=True)
    # Worn a little too high, too low or aside: the head turns, and they stand before the eyes.
    middle = middle + 0.07 * apart * torch.randn(n, 2)
    slope = torch.atan2(right[:, 1] - left[:, 1], right[:, 0] - left[:, 0]) + 0.03 * torch.randn(n)
    cos, sin = torch.cos(slope)[:, None, None], torch.sin(slope)[:, None, None]
    at = torch.arange(side) + 0.5
    dx, dy = at[None, None, :] - middle[:, 0, None, None], at[None, :, None] - middle[:, 1, None, None]
    across, down = cos * dx + sin * dy, cos * dy - sin * dx
    # Half an eye distance is about three centimetres.
    unit = apart[:, :, None] / 2
    wide, high, rim = unit * some(0.66, 0.88), unit * some(0.44, 0.8), unit * some(0.012, 0.045)
    from_lens = across.abs() - torch.maximum(unit * some(0.92, 1.08), wide * 1.02 + 0.12 * unit)
    u, v = from_lens.abs() / wide, down.abs() / high
    is_square = (torch.rand(n) < 0.5)[:, None, None]
    around = torch.where(is_square, (u**4 + v**4) ** 0.25, (u * u + v * v) ** 0.5)
    edge = (around - 1).abs() * torch.minimum(wide, high)
    bridge = (down + 0.3 * high).abs() + 99 * (across.abs() > unit * 0.25)
    ink = ((rim + 0.9 - torch.minimum(edge, bridge)) / 0.9).clamp(0, 1) * some(0.35, 1.0)
    streak = ((from_lens / wide + 0.8 * down / high + 0.5).abs() < 0.16) * some(0, 25)
    veil = (around < 1) * (some(0, 12) + streak)
    colour = 80 * torch.rand(n, 1) ** 2 + 25 * torch.rand(n, 3)
    ink = ink[:, None]
    return ((x + veil[:, None]) * (1 - ink) + colour[:, :, None, None] * ink).clamp(0, 255)


def bearded(x, marks):
    """Grows somebody else's moustache or beard on faces: `x` 0…255, [n, 3, h, w]; `marks` [n, 10], mouth last."""
    n, side = len(x), x.shape[-1]

    def some(low, high):
        return (low + (high - low) * torch.rand(n))[:, None, None]

    def ramp(value):
        return value.clamp(0, 1)

    eyes, mouth = (marks[:, 0:2] + marks[:, 2:4]) / 2, (marks[:, 6:8] + marks[:, 8:10]) / 2
    # Centimetres from the mouth, along the face and across it; eyes lie about six apart.
    cm = (marks[:, 2:4] - marks[:, 0:2]).norm(dim=1) / 6
    up = F.normalize(eyes - mouth, dim=1)
    at = torch.arange(side) + 0.5
    dx, dy = at[None, None, :] - mouth[:, 0, None, None], at[None, :, None] - mouth[:, 1, None, None]
    ux, uy, cm = up[:, 0, None, None], up[:, 1, None, None], cm[:, None, None]
    y, a = (dx * ux + dy * uy) / cm, (dx * uy - dy * ux).abs() / cm
    half = (marks[:, 8:10] - marks[:, 6:8]).norm(dim=1)[:, None, None] / (2 * cm)
    top = some(1.0, 1.7)
    moustache = ramp((top - y - 0.1 * a) / 0.5) * ramp((y + 0.06 * a - 0.1) / 0.3)
    moustache = moustache * ramp(half + some(0.4, 0.9) - a)
    lip = -some(0.7, 1.2)
    chin = ramp((lip - y) / 0.6) * ramp((half + some(0.3, 0.8) - a) / 1.2)
    down = (0.05 + 0.55 * (a - half).clamp(min=0) - y) / 1.3 + 0.4
    jaw = ramp(down) * ramp((a - half + 0.6) / 1.6)
    style = torch.randint(0, 3, (n, 1, 1))
    grown = moustache.maximum(chin * (style > 0)).maximum(jaw * (style > 1))
    # Not beyond the outline of a face, which lies some six centimetres aside and four below the lip.
    outline = ((a / some(5.6, 6.6)) ** 2 + ((y - 4.0) / some(8.6, 9.8)) ** 2) ** 0.5
    strands = F.avg_pool2d(torch.rand(n, 1, side, side), (3, 1), 1, (1, 0))[:, 0]
    ink = grown * ramp((1 - outline) * 8) * (0.55 + 0.7 * strands) * 0.9 * some(0.5, 1.0)
    # Hair reflects a part of what the face does, of the same light.
    light = x.flatten(2).mean(2) * (0.1 + 0.5 * torch.rand(n, 1) ** 2) * (1 + 0.08 * torch.randn(n, 3))
    ink = ink.clamp(0, 1)[:, None]
    return (x * (1 - ink) + light[:, :, None, None] * ink).clamp(0, 255)


def elsewhere(x):
    """The middle of a face, 64×64, with hair, ears and room of another: of where they meet, chance decides."""
    n = len(x)

    def some(low, high):
        return (low + (high - low) * torch.rand(n))[:, None, None]

    at = torch.arange(64) + 0.5
    dx = (at[None, None, :] - 32).abs() / some(22, 34)
    dy = at[None, :, None] - 34
    dy = torch.where(dy < 0, -dy / some(19, 32), dy / some(25, 40))
    inside = ((1 - (dx**3 + dy**3) ** (1 / 3)) * 10 + 0.5).clamp(0, 1)[:, None]
    return x * inside + x.roll(1, 0) * (1 - inside)


def normal(x):
    """Bytes to what the nets see; the exported graph does the same."""
    return ((x - 127.5) / 64).contiguous(memory_format=torch.channels_last)


def shuffled(count):
    """An order of all samples that is the same wherever it is trained."""
    order = torch.randperm(count, generator=torch.Generator("cpu").manual_seed(7), device="cpu")
    return order.to(torch.zeros(0).device)


def parted(order, held):
    """Samples that are held back for the role's own check, and the others; a fifth where there are few."""
    held = min(held, len(order) // 5)
    return order[:held], order[held:]


class DetectorRole:
    """Every cell near the middle of a face is a face, and says where box and landmarks are."""

    epochs, rate, decay, batch = 10, 4e-3, 0.05, 128
    shape, input_name, output_name = (1, 240, 320, 3), "frame", "faces"
    exported = nets.ExportedDetector
    optimiser = "adamw"
    extra = None

    def __init__(self, options):
        self.net = nets.Detector()
        kinds = ("attacks", "faces", "nobody", "wide")
        self.frames, labels = load(options.data, kinds, "frames", (120, 160))
        boxes = [box for shard in labels for box in shard["boxes"]]
        marks = [points for shard in labels for points in shard["landmarks"]]
        self.seen = torch.tensor([box is not None for box in boxes])
        # Native pixel centres to those of the half-size picture.
        self.boxes = (torch.tensor([box or [0, 0, 0, 0] for box in boxes]).float()) / 2
        self.boxes[:, :2] -= 0.25
        self.marks = torch.tensor([m or [0] * 10 for m in marks]).float() / 2 - 0.25
        keep = shuffled(len(boxes))
        self.held, self.used = parted(keep, 600)
        self.count = len(self.used)
        self.people = [1_000_000, 1_099_999]
        self.cx = ((torch.arange(40) + 0.5) * 4 - 0.5)[None, None, None, :]
        self.cy = ((torch.arange(30) + 0.5) * 4 - 0.5)[None, None, :, None]

    def loss(self, index, progress):
        index = self.used[index]
        x = self.frames[index].float()[:, None]
        box, marks = self.boxes[index], self.marks[index]
        seen = self.seen[index]
        x, box, marks = self.mirror(x, box, marks)
        x, boxes, points, seen = self.neighbours(x, box, marks, seen)
        x = soften(photometric(x), 0.3)
        return self.criterion(self.net(normal(x)), boxes, points, seen)

    def mirror(self, x, box, marks):
        flip = torch.rand(len(x)) < 0.5
        x = torch.where(flip[:, None, None, None], x.flip(3), x)
        box2 = box.clone()
        box2[:, 0] = 159 - box[:, 0] - box[:, 2]
        p = marks.reshape(-1, 5, 2).clone()
        p[:, :, 0] = 159 - p[:, :, 0]
        p = p[:, [1, 0, 2, 4, 3]].reshape(-1, 10)
        box = torch.where(flip[:, None], box2, box)
        return x, box, torch.where(flip[:, None], p, marks)

    def neighbours(self, x, box, marks, seen):
        """A second face for some: the right part of another picture laid beside a left face."""
        n = len(x)
        other = torch.randperm(n)
        right = (box[:, 0] + box[:, 2]) + 2
        left2 = box[other, 0] - 2
        fits = seen & seen[other] & (right < left2) & (right > 20) & (left2 < 150)
        split = torch.where(fits, (right + left2) / 2, torch.full_like(right, 1e3))
        columns = torch.arange(160.0)[None, None, None, :]
        x = torch.where(columns < split[:, None, None, None], x, x[other])
        seen2 = seen[other] & fits
        return (
            x,
            torch.stack([box, box[other]], 1),
            torch.stack([marks, marks[other]], 1),
            torch.stack([seen, seen2], 1),
        )

    def targets(self, boxes, points, seen):
        """Per face and cell: normalised distance to the middle of the face."""
        middle = points.reshape(*points.shape[:2], 5, 2).mean(2)
        rx = (0.26 * boxes[..., 2]).clamp(min=3.0)[..., None, None]
        ry = (0.26 * boxes[..., 3]).clamp(min=3.0)[..., None, None]
        dx = (self.cx - middle[..., 0][..., None, None]) / rx
        dy = (self.cy - middle[..., 1][..., None, None]) / ry
        away = torch.sqrt(dx * dx + dy * dy)
        return torch.where(seen[..., None, None], away, torch.full_like(away, 9.0))

    def criterion(self, y, boxes, points, seen):
        away = self.targets(boxes, points, seen)
        nearest, which = away.min(1)
        positive = nearest < 1
        counted = positive | (nearest > 2.0)
        p = torch.sigmoid(y[:, 0])
        focal = torch.where(positive, (1 - p) ** 2, p**2) * F.binary_cross_entropy_with_logits(
            y[:, 0], positive.float(), reduction="none"
        )
        scale = positive.sum().clamp(min=1)
        loss = (focal * counted).sum() / scale
        b, r, c = positive.nonzero(as_tuple=True)
        k = which[b, r, c]
        said = y[b, 1:15, r, c]
        x, yy = self.cx.flatten()[c], self.cy.flatten()[r]
        box, marks = boxes[b, k], points[b, k]
        want = torch.cat(
            [
                torch.stack([x, yy], 1) - box[:, :2],
                box[:, :2] + box[:, 2:] - torch.stack([x, yy], 1),
                marks - torch.stack([x, yy], 1).repeat(1, 5),
            ],
            1,
        ) / 16
        # Errors count in parts of the face, so that small faces matter as much as large ones.
        part = (32.0 / box[:, 2:].mean(1).clamp(min=12.0))[:, None]
        error = F.smooth_l1_loss(said * part, want * part, reduction="none", beta=0.05)
        weigh = torch.tensor([0.5] * 4 + [1.0] * 10)
        loss = loss + 2.0 * (error * weigh).mean(1).sum() / scale
        return loss + self.closer(y[:, 15:], points, seen)

    def closer(self, said, points, seen):
        """The cells within seven pixels of a landmark learn their way to it."""
        n = len(said)
        want = points.reshape(n, 2, 5, 2)
        dx = want[..., 0][..., None, None] - self.cx[:, :, None]
        dy = want[..., 1][..., None, None] - self.cy[:, :, None]
        far = torch.where(seen[:, :, None, None, None], dx * dx + dy * dy, torch.full_like(dx, 1e6))
        near, which = far.min(1, keepdim=True)
        pick = lambda all: all.expand(n, 2, 5, 30, 40).gather(1, which)[:, 0]  # noqa: E731
        way = torch.stack([pick(dx), pick(dy)], 2) / 4
        eyes = (want[:, :, 0] - want[:, :, 1]).norm(dim=2).clamp(min=6.0)
        part = pick((20 / eyes)[:, :, None, None, None])[:, :, None]
        error = F.smooth_l1_loss(said.reshape(n, 5, 2, 30, 40), way, reduction="none", beta=0.1)
        mask = (near[:, 0] < 49)[:, :, None]
        return 2.0 * (error * mask * part).sum() / (2 * mask.sum()).clamp(min=1)

    def validate(self):
        found, errors, ghosts, empty = 0, [], 0, 0
        for i in self.held.split(100):
            y = self.net(normal(self.frames[i].float()[:, None]))
            p = torch.sigmoid(y[:, 0]).flatten(1)
            best, at = p.max(1)
            flat = y[:, 1:15].flatten(2)
            local = y[:, 15:].reshape(-1, 5, 2, 30, 40)
            for j in range(len(i)):
                if not self.seen[i[j]]:
                    empty += 1
                    ghosts += int(best[j] > 0.5)
                    continue
                votes = (p[j] > 0.5 * best[j]).nonzero()[:, 0]
                w = p[j, votes] ** 2
                row = torch.div(votes, 40, rounding_mode="floor")
                cells = torch.stack([self.cx.flatten()[votes % 40], self.cy.flatten()[row]])
                marks = flat[j, 4:, votes] * 16 + cells.repeat(5, 1)
                marks = (marks * w).sum(1) / w.sum()
                marks = self.closest(local[j], marks)
                true = self.marks[i[j]]
                eyes = (true[:2] - true[2:4]).norm()
                errors.append(((marks - true).reshape(5, 2).norm(dim=1).mean() / eyes).item())
                found += int(best[j] > 0.5)
        error = torch.tensor(errors)
        marks = f"landmarks {error.mean():.4f} median {error.median():.4f}"
        return f"found {found}/{len(errors)}, ghosts {ghosts}/{empty}, {marks}"


    def closest(self, local, marks):
        """Landmarks by the 3×3 cells round where the votes put them, as the decoder does."""
        found = []
        for k, (x, y) in enumerate(marks.reshape(5, 2).tolist()):
            c = min(38, max(1, round((x - 1.5) / 4)))
            r = min(28, max(1, round((y - 1.5) / 4)))
            area = local[k, :, r - 1 : r + 2, c - 1 : c + 2] * 4
            column = self.cx.flatten()[c - 1 : c + 2][None, :].expand(3, 3)
            row = self.cy.flatten()[r - 1 : r + 2][:, None].expand(3, 3)
            found.append((area + torch.stack([column, row])).mean((1, 2)))
        return torch.stack(found).flatten()


class LandmarksRole:
    """Five landmarks on a canvas that rough ones made upright, as the detector's would."""

    epochs, rate, decay, batch = 6, 6e-3, 0.02, 128
    shape, input_name, output_name = (1, 80, 80, 3), "canvas", ("points", "states")
    exported = nets.ExportedLandmarks
    optimiser = "adamw"
    extra = None
    # Where the canvas has the template (`core/face/refine.ts`), and where the faces of the shards do.
    template = (
        [38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]
    )
    scale = 0.72

    def __init__(self, options):
        self.net = nets.Landmarks()
        self.canvas = 40 + self.scale * (torch.tensor(self.template) - torch.tensor([56.0, 66.0]))
        kinds = ("faces", "wide")
        self.faces, labels = load(options.data, kinds, "faces", (128, 128, 3))
        marks = [points for shard in labels for points in shard["marks"]]
        self.marks = torch.tensor(marks).float().reshape(-1, 5, 2)
        states = [[v for shard in labels for v in shard[k]] for k in ("closed", "covered")]
        self.states = torch.tensor(states).float().t()
        keep = shuffled(len(marks))
        self.held, self.used = parted(keep, 600)
        self.count = len(self.used)
        self.people = [1_000_000, 1_099_999]

    def cut(self, index, jitter):
        """80×80 round the face as the detector's errors would lay it, and the landmarks there."""
        x = self.faces[index].permute(0, 3, 1, 2).float()
        marks = self.marks[index]
        n = len(x)
        # Rough landmarks: the true ones, each with an error, and all with the same one.
        rough = marks + jitter * (1.0 * torch.randn(n, 5, 2) + 1.4 * torch.randn(n, 1, 2))
        a, b, shift = similarity(rough, self.canvas)
        # Back from canvas pixels to those of the shard's face: u + iv = (x + iy − t) / (a + ib).
        turn = torch.complex(a, b)
        grid = torch.complex(*torch.meshgrid(torch.arange(80.0), torch.arange(80.0), indexing="xy"))
        source = (grid[None] - shift[:, None, None]) / turn[:, None, None]
        at = torch.stack([source.real, source.imag], 3)
        x = F.grid_sample(x, (2 * at + 1) / 128 - 1, align_corners=False)
        true = torch.complex(marks[..., 0], marks[..., 1]) * turn[:, None] + shift[:, None]
        return x, torch.stack([true.real, true.imag], 2)

    def loss(self, index, progress):
        index = self.used[index]
        x, marks = self.cut(index, 1.0)
        if torch.rand(1).item() < 0.5:
            x = x.flip(3)
            marks = torch.stack([79 - marks[..., 0], marks[..., 1]], 2)[:, [1, 0, 2, 4, 3]]
        x = soften(photometric(x), 0.3)
        said, states = self.net(normal(x))
        truth = self.states[index]
        doubt = F.binary_cross_entropy_with_logits(
            states, truth.clamp(0, 1), weight=(truth >= 0).float()
        )
        return F.smooth_l1_loss(said / 4, marks / 4, beta=0.05) + 0.1 * doubt

    def validate(self):
        errors, before, said_states = [], [], []
        for i in self.held.split(100):
            x, marks = self.cut(i, 1.0)
            said, states = self.net(normal(x))
            eyes = (marks[:, 0] - marks[:, 1]).norm(dim=1)
            errors.append((said - marks).norm(dim=2).mean(1) / eyes)
            before.append((self.canvas - marks).norm(dim=2).mean(1) / eyes)
            said_states.append(states)
        error, rough = torch.cat(errors), torch.cat(before).mean()
        truth, states = self.states[self.held], torch.cat(said_states) > 0
        wrong = [
            f"{(states[truth[:, k] == v, k] != bool(v)).sum()}/{(truth[:, k] == v).sum()}"
            for k in (0, 1)
            for v in (0, 1)
        ]
        marks = f"landmarks {error.mean():.4f} median {error.median():.4f}, rough {rough:.4f}"
        return f"{marks}, wrong: open {wrong[0]} closed {wrong[1]} bare {wrong[2]} covered {wrong[3]}"


def similarity(points, onto):
    """The least squares similarity of `core/face/align.ts`, for a batch: a, b, and the shift."""
    p = torch.complex(points[..., 0], points[..., 1])
    q = torch.complex(onto[..., 0], onto[..., 1]).expand_as(p)
    p0, q0 = p.mean(1, keepdim=True), q.mean(1, keepdim=True)
    turn = ((p - p0).conj() * (q - q0)).sum(1) / ((p - p0).abs() ** 2).sum(1)
    return turn.real, turn.imag, q0[:, 0] - turn * p0[:, 0]


class LivenessRole:
    """A live face, or something held up; four views of it, none of which may rely on the others.

    `--without a,b` leaves species out, to measure what the model makes of things it never saw.
    """

    epochs, rate, decay, batch = 44, 4e-3, 0.05, 256
    shape, input_name, output_name = (1, 5, 160, 160), "planes", "live"
    exported = nets.ExportedLiveness
    optimiser = "adamw"
    extra = None

    def __init__(self, options):
        self.net = nets.Liveness()
        kinds = ("attacks", "faces", "mishaps", "wide")
        self.planes, labels = load(options.data, kinds, "planes", (5, 160, 160))
        self.live = torch.tensor([v for shard in labels for v in shard["live"]]).float()
        species = [v for shard in labels for v in shard["species"]]
        self.species = species
        seen = torch.tensor([v not in options.without for v in species])
        self.held, self.used = parted(shuffled(len(self.live)), 4000)
        self.used = self.used[seen[self.used]]
        self.count = len(self.used)
        self.people = [1_000_000, 1_099_999]
        self.sets = torch.tensor(self.SETS) > 0
        self.often = torch.tensor(self.OFTEN)

    def samples(self):
        """A thousand of what it learns from, as the net sees them."""
        return self.planes[self.used[:1000]].float()

    def go_on(self):
        """Nothing but the net's weights was learned."""

    def loss(self, index, progress):
        index = self.used[index]
        x = self.planes[index]
        if torch.rand(1).item() < 0.5:
            x = x.flip(3)
        # A box is never where another would be.
        x = torch.roll(x, torch.randint(-4, 5, (2,)).tolist(), (2, 3)).float()
        coarse = self.drop_planes(self.another(F.avg_pool2d(x, 2)))
        scene, face, lower, maps = self.net.see(coarse, self.another(self.net.face_of(x)))
        wanted = self.live[index] * 0.98 + 0.01
        apart = F.binary_cross_entropy_with_logits
        return (
            apart(scene, wanted)
            + apart(face, wanted)
            + apart(lower, wanted)
            + apart(nets.least(maps), wanted)
            + 0.5 * apart(maps, wanted[:, None].expand_as(maps))
        )

    @staticmethod
    def another(x):
        """The same planes, exposed once more by other sensors: colour, infrared and, if it is there, depth."""
        seen = [photometric(x[:, :3]), photometric(x[:, 3:4])]
        if x.shape[1] > 4:
            depth = x[:, 4:] + 6 * torch.rand(len(x), 1, 1, 1) * torch.randn_like(x[:, 4:])
            seen.append(depth.clamp(0, 255))
        return soften(torch.cat(seen, 1), 0.3)

    # Colour, infrared, depth: which the scene is seen with, and how often. The first three are machines'
    # sensors, the others make each be learned by itself.
    SETS = ([1, 1, 1], [1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1])
    OFTEN = (0.5, 0.2, 0.14, 0.06, 0.05, 0.05)

    def drop_planes(self, x):
        """Blanks planes as `core/face/planes.ts` does where a machine has no such sensor."""
        kept = self.sets[torch.multinomial(self.often, len(x), replacement=True)]
        mask = torch.stack([kept[:, 0]] * 3 + [kept[:, 1], kept[:, 2]], 1)[:, :, None, None]
        return torch.where(mask, x, torch.full_like(x, 128))

    # Of each logit: how many planes are seen, and how many of the living may lie below its `low`.
    SETTLED = ((5, 0.0025), (5, 0.0025), (5, 0.0025), (5, 0.001), (4, 0.001), (3, 0.0025))

    def validate(self):
        live = self.live[self.held] > 0.5
        logits = {kept: self.answers(kept) for kept in (5, 4, 3)}
        # The net is told where the living lie, by those that were held back.
        for k, (kept, part) in enumerate(self.SETTLED):
            self.net.low[k] = at_rank(logits[kept][live, k], part)
            self.net.usual[k] = at_rank(logits[kept][live, k], 0.25)
        said = []
        for name, kept in (("all", 5), ("rgb+nir", 4), ("rgb", 3)):
            s = self.net.together(logits[kept], torch.tensor(kept > 3), torch.tensor(kept > 4))
            # What passes where one in two hundred of the living is refused, as the rule has it.
            limit = at_rank(s[live], 0.005)
            passed = s[~live] >= limit
            worst = {}
            for i, through in zip(self.held[~live].tolist(), passed.tolist()):
                if through:
                    worst[self.species[i]] = worst.get(self.species[i], 0) + 1
            said.append(f"{name} from {limit:.3f} passed {passed.sum()}/{(~live).sum()} {worst}")
        return "; ".join(said)

    def answers(self, kept):
        """Logits of those held back, of whose planes the first are kept."""
        logits = []
        for i in self.held.split(200):
            x = self.planes[i].float()
            x[:, kept:] = 128
            logits.append(self.net(x))
        return torch.cat(logits)


def at_rank(values, part):
    """The value below which this part of the values lies."""
    return values.kthvalue(1 + int(part * (len(values) - 1))).values.item()


class Margin(nn.Module):
    """CosFace (Wang et al. 2018): the true person's cosine must win by a margin."""

    def __init__(self, size, people, scale=30.0, margin=0.35):
        super().__init__()
        self.weight = nn.Parameter(0.05 * torch.randn(people, size))
        self.scale, self.margin = scale, margin

    def forward(self, x, person, part):
        cosine = F.normalize(x) @ F.normalize(self.weight).t()
        off = F.one_hot(person, cosine.shape[1]) * (self.margin * part)
        return F.cross_entropy(self.scale * (cosine - off), person)


class EmbedderRole:
    """The same person on other days lands near, everybody else far."""

    epochs, rate, decay, batch = 24, 0.15, 5e-4, 128
    shape, input_name, output_name = (1, 112, 112, 3), "face", "embedding"
    exported = nets.ExportedEmbedder
    optimiser = "sgd"

    def __init__(self, options):
        self.net = nets.Embedder()
        self.faces, labels = load(options.data, ("faces", "harsh", "tilted"), "faces", (128, 128, 3))
        person = torch.tensor([p for shard in labels for p in shard["person"]])
        _, self.person = torch.unique(person, return_inverse=True)
        self.marks = torch.tensor([m for shard in labels for m in shard["marks"]]).float()
        self.people = [int(person.min()), int(person.max())]
        held = self.person >= self.person.max() + 1 - max(20, int(self.person.max()) // 25)
        self.held = held.nonzero()[:, 0]
        self.used = (~held).nonzero()[:, 0]
        self.count = len(self.used)
        self.extra = Margin(128, int(self.person[self.used].max()) + 1)
        # From which part of the training on the margin is whole.
        self.grown = 0.5

    def samples(self):
        """Two thousand of what it learns from, as the net sees them."""
        some = self.used[shuffled(len(self.used))[:2000]]
        return normal(self.cut(some, 0.7))

    def all(self):
        """All that it learns from, batch by batch, as the net sees it."""
        order = self.used[shuffled(len(self.used))]
        return (normal(self.cut(index, 0.7)) for index in order.split(self.batch))

    def go_on(self):
        """Everybody's direction, which no model keeps, is the mean of what the net makes of them."""
        means = torch.zeros_like(self.extra.weight)
        with torch.no_grad():
            for i in self.used.split(500):
                e = F.normalize(self.net(normal(self.cut(i, 0.7))))
                means.index_add_(0, self.person[i], e)
            # As long as they are when a training ends: the rate was made for that.
            self.extra.weight.copy_(0.42 * F.normalize(means))
        self.grown = 0

    def cut(self, index, jitter, glasses=0.0, beards=0.0):
        """64×64 of the canvas, brows to chin, misaligned as found landmarks would misalign."""
        x = self.faces[index].permute(0, 3, 1, 2).float()
        growing = torch.rand(len(x)) < beards
        x[growing] = bearded(x[growing], self.marks[index][growing])
        wearing = torch.rand(len(x)) < glasses
        x[wearing] = spectacled(x[wearing], self.marks[index][wearing])
        n = len(x)
        turn = 0.025 * jitter * torch.randn(n)
        size = torch.exp(0.022 * jitter * torch.randn(n)) * 96 / 128
        move = 0.9 * jitter * torch.randn(n, 2) * 2 / 128
        cos, sin = size * torch.cos(turn), size * torch.sin(turn)
        move[:, 1] += 0.125
        rows = [torch.stack([cos, -sin, move[:, 0]], 1), torch.stack([sin, cos, move[:, 1]], 1)]
        grid = F.affine_grid(torch.stack(rows, 1), (n, 3, 64, 64), align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)

    def loss(self, index, progress):
        index = self.used[index]
        x = self.cut(index, 1.0, 0.4, 0.3)
        moved = torch.rand(len(x)) < 0.2
        x[moved] = elsewhere(x[moved])
        x = soften(photometric(x, 0.5), 0.15)
        part = min(1.0, progress / self.grown) if self.grown else 1.0
        return self.extra(self.net(normal(x)), self.person[index], part)

    def validate(self):
        answers = [self.net(normal(self.cut(i, 0.7))) for i in self.held.split(200)]
        e = F.normalize(torch.cat(answers))
        person = self.person[self.held]
        cosine = e @ e.t()
        same = person[:, None] == person[None, :]
        upper = torch.ones_like(cosine).triu(1) > 0
        own, other = cosine[same & upper], cosine[~same & upper]
        said = []
        for rate in (1e-2, 1e-3, 1e-4):
            limit = other.kthvalue(int(len(other) * (1 - rate))).values
            said.append(f"FNMR@{rate:g} {(own < limit).float().mean():.4f} ({limit:.3f})")
        return f"own {own.mean():.3f} other {other.mean():.3f}, " + ", ".join(said)


ROLES = {
    "detector": DetectorRole,
    "landmarks": LandmarksRole,
    "liveness": LivenessRole,
    "embedder": EmbedderRole,
}
