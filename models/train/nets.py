"""The networks, small enough for one WASM thread; each takes raw bytes when exported.

Normalisation lives inside the graph (`Exported*`), so the program that uses a model hands over the
very bytes it has: no mean, no scale, no channel order to get wrong.
"""
import torch
from torch import nn
from torch.nn import functional as F


def conv(inp, out, stride=1, kernel=3):
    return nn.Sequential(
        nn.Conv2d(inp, out, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two 3×3 convolutions and a short cut: dense convolutions are what a CPU trains fastest."""

    def __init__(self, channels):
        super().__init__()
        self.one = conv(channels, channels)
        self.two = nn.Sequential(
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels)
        )
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.act(x + self.two(self.one(x)))


class Detector(nn.Module):
    """Grey 120×160 → at stride 4 (30×40): face logit, 4 box distances, 5 + 5 landmark offsets.

    Distances and the first offsets are in units of 16 input pixels from the middle of the cell, so
    that they are of order one. Every cell of the middle of a face votes on box and landmarks; the
    decoder averages the votes. The second offsets are a closer look: the cells beside a landmark say
    where it is, in units of 4 input pixels.
    """

    def __init__(self, c=(12, 24, 40, 56)):
        super().__init__()
        self.stem = conv(1, c[0], 2)
        self.s4 = nn.Sequential(conv(c[0], c[1], 2), Residual(c[1]))
        self.s8 = nn.Sequential(conv(c[1], c[2], 2), Residual(c[2]))
        self.s16 = nn.Sequential(conv(c[2], c[3], 2), Residual(c[3]), Residual(c[3]))
        self.to8 = conv(c[3], c[2], 1, 1)
        self.at8 = conv(c[2], c[2])
        self.to4 = conv(c[2], c[1], 1, 1)
        self.at4 = conv(c[1], 32)
        self.head = nn.Conv2d(32, 25, 1)
        nn.init.constant_(self.head.bias[:1], -4.0)

    def forward(self, x):
        x4 = self.s4(self.stem(x))
        x8 = self.s8(x4)
        x16 = self.s16(x8)
        up8 = F.interpolate(self.to8(x16), scale_factor=2, mode="nearest")[:, :, :15, :]
        x8 = self.at8(x8 + up8)
        up4 = F.interpolate(self.to4(x8), scale_factor=2, mode="nearest")
        return self.head(self.at4(x4 + up4))


class Landmarks(nn.Module):
    """RGB 80×80, a face laid upright by rough landmarks → where the five really are, in its pixels,
    and logits of closed eyes and of a face that something covers.

    Each landmark is a map of 20×20 cells whose softmax says how likely it lies there; its place is
    the mean of the cells' middles under it.
    """

    def __init__(self, c=(16, 32, 48)):
        super().__init__()
        self.s4 = nn.Sequential(conv(3, c[0], 2), conv(c[0], c[1], 2), Residual(c[1]))
        self.s8 = nn.Sequential(conv(c[1], c[2], 2), Residual(c[2]))
        self.to4 = conv(c[2], c[1], 1, 1)
        self.at4 = conv(c[1], c[1])
        self.head = nn.Conv2d(c[1], 5, 1)
        self.states = nn.Sequential(
            conv(c[2], 12, 1, 1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(1200, 2)
        )
        self.register_buffer("middles", (torch.arange(20.0) + 0.5) * 4 - 0.5)

    def forward(self, x):
        # Another light is another brightness and contrast of the whole face: take both out.
        middle = x.mean((1, 2, 3), keepdim=True)
        spread = torch.sqrt(((x - middle) ** 2).mean((1, 2, 3), keepdim=True) + 0.01)
        x4 = self.s4(((x - middle) / spread).clamp(-4, 4))
        x8 = self.s8(x4)
        up4 = F.interpolate(self.to4(x8), scale_factor=2, mode="nearest")
        maps = self.head(self.at4(x4 + up4))
        part = torch.softmax(maps.reshape(-1, 5, 400), 2).reshape(-1, 5, 20, 20)
        across = (part.sum(2) * self.middles).sum(2)
        down = (part.sum(3) * self.middles).sum(2)
        return torch.stack([across, down], 2), self.states(x8)


class View(nn.Module):
    """A part of the planes → logit of a live face, by all of it together."""

    def __init__(self, c=(16, 32, 48, 64)):
        super().__init__()
        self.body = nn.Sequential(
            conv(5, c[0], 2),
            conv(c[0], c[1], 2),
            Residual(c[1]),
            conv(c[1], c[2], 2),
            Residual(c[2]),
            conv(c[2], c[3], 2),
        )
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(c[3], 1)

    def forward(self, x):
        return self.head(self.drop(self.body(x).mean((2, 3))))[:, 0]


class Places(nn.Module):
    """A part of the planes → logits of every place in it, each seen with few centimetres round it."""

    def __init__(self, c=(24, 48, 64)):
        super().__init__()
        self.body = nn.Sequential(
            conv(5, c[0], 2),
            conv(c[0], c[1], 2),
            conv(c[1], c[1]),
            conv(c[1], c[2]),
            nn.Dropout(0.1),
            nn.Conv2d(c[2], 1, 1),
        )

    def forward(self, x):
        return self.body(x)[:, 0].flatten(1)


def least(maps):
    """Mean of the least live fifth of the places: what decides."""
    return maps.topk(maps.shape[1] // 5, 1, largest=False).values.mean(1)


def band(size, reach):
    """Matrix [size, size] of means over `reach` neighbours; beyond the edge lies more of the edge."""
    near = (torch.arange(size)[:, None] + torch.arange(reach)[None] - reach // 2).clamp(0, size - 1)
    return F.one_hot(near, size).float().mean(1)


def contrast(x, reach):
    """Brightness of colour and of infrared beside their neighbourhood's: what is dark or bright here,
    whatever the tone; 0 for as bright as round about. `x` is bytes, [n, 4, h, w]."""
    both = torch.cat([x[:, :3].mean(1, keepdim=True), x[:, 3:4]], 1) + 8
    down, across = band(x.shape[2], reach).to(x.device), band(x.shape[3], reach).to(x.device)
    return (both / (down @ both @ across.t()) - 1) * 3


def told(x):
    """What is seen of the face: contrasts near and far."""
    nothing = torch.zeros_like(x[:, :1])
    return torch.cat([contrast(x, 9), contrast(x, 31), nothing], 1)


def told_once(x):
    """What is seen of the lower face: contrasts, and how colour's differ from infrared's."""
    near = contrast(x, 15)
    nothing = torch.zeros_like(x[:, :1])
    return torch.cat([near, near[:, :1] - near[:, 1:], nothing, nothing], 1)


class Liveness(nn.Module):
    """Five planes (R, G, B, NIR, depth) of bytes 160×160 → logits of a live face by four views.

    | view  | sees                                      | misses                         |
    |-------|-------------------------------------------|--------------------------------|
    | scene | all planes, coarsely: hands, edges, depth | what is narrow                 |
    | face  | contrasts of the face, finely             | tones, depth, what is round it |
    | lower | contrasts from under the eyes to the chin | eyes, which a mask may leave   |
    | parts | the same, place by place                  | what only the whole tells      |

    Only the first knows tones and depth. The others must see in infrared what colour shows (brows,
    lips, nostrils, lashes), which none of this camera's paints and prints does: their dyes vanish.
    """

    # Rows and columns of the face in the 160×160 planes, and in the face's those from under the eyes on.
    face_part = (36, 116, 40, 120)
    lower_part = (38, 80, 4, 76)

    def __init__(self):
        super().__init__()
        self.scene, self.face, self.lower, self.parts = View(), View(), View(), Places()
        # Of the logits of face, lower and parts, and of the scene with all planes, without depth, and in
        # colour alone: where the living's least lie, and their least quarter.
        self.register_buffer("low", torch.zeros(6))
        self.register_buffer("usual", torch.ones(6))

    def face_of(self, x):
        """Colour and infrared of the face: [n, 4, 80, 80]."""
        top, bottom, left, right = self.face_part
        return x[:, :4, top:bottom, left:right]

    def see(self, coarse, face):
        """Logits of all planes at 80×80 and of the face; those of the places one by one."""
        top, bottom, left, right = self.lower_part
        lower = laid(told_once(face[:, :, top:bottom, left:right]))
        scene = self.scene(laid((coarse - 127.5) / 64))
        return scene, self.face(laid(told(face))), self.lower(lower), self.parts(lower)

    def forward(self, x):
        """The six logits that `low` speaks of: face, lower, parts, and the scene's one thrice."""
        scene, face, lower, maps = self.see(F.avg_pool2d(x, 2), self.face_of(x))
        return torch.stack([face, lower, least(maps), scene, scene, scene], 1)

    def together(self, logits, infrared, depth):
        """One number: each of the three that see the face says up to 1, from 0 where the least of the
        living are; the scene takes away where it is below all but one in a thousand of them. `infrared` and
        `depth` say whether they were seen."""
        said = (logits - self.low) / (self.usual - self.low)
        scene = torch.where(depth, said[:, 3], said[:, 4])
        seen = said[:, :3].clamp(max=1).sum(1) + 6 * scene.clamp(max=0)
        # Without infrared there is nothing to compare: the scene alone has to do.
        return torch.where(infrared, seen, 3 * said[:, 5].clamp(max=1))


def laid(x):
    """Laid out in memory as the convolutions want it."""
    return x.contiguous(memory_format=torch.channels_last)


def there(plane):
    """Whether a sensor gave these planes, or one even grey stands for it."""
    flat = plane.flatten(1)
    return flat.amax(1) > flat.amin(1)


class Embedder(nn.Module):
    """RGB 64×64, aligned: brows to chin → 128 numbers; cosine compares two of them."""

    def __init__(self, c=(24, 40, 80, 128), size=128):
        super().__init__()
        self.body = nn.Sequential(
            conv(3, c[0], 2),
            conv(c[0], c[1], 2),
            Residual(c[1]),
            conv(c[1], c[2], 2),
            Residual(c[2]),
            conv(c[2], c[3], 2),
            Residual(c[3]),
            conv(c[3], 48, 1, 1),
        )
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(48 * 4 * 4, size, bias=False)
        self.norm = nn.BatchNorm1d(size)

    def forward(self, x):
        # Another light is another brightness and contrast of the whole face: take both out.
        face = x[:, :, 8:58, 11:53]
        middle = face.mean((1, 2, 3), keepdim=True)
        spread = torch.sqrt(((face - middle) ** 2).mean((1, 2, 3), keepdim=True) + 0.01)
        x = ((x - middle) / spread).clamp(-4, 4)
        return self.norm(self.head(self.drop(self.body(x).flatten(1))))


class ExportedDetector(nn.Module):
    """`frame` uint8 [1, 240, 320, 3] → `faces` [1, 25, 30, 40], its logit a probability."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, frame):
        x = F.avg_pool2d(frame.float().permute(0, 3, 1, 2), 2)
        grey = 0.299 * x[:, 0:1] + 0.587 * x[:, 1:2] + 0.114 * x[:, 2:3]
        y = self.net((grey - 127.5) / 64)
        return torch.cat([torch.sigmoid(y[:, :1]), y[:, 1:]], 1)


class ExportedLandmarks(nn.Module):
    """`canvas` uint8 [1, 80, 80, 3] → `points` [1, 10], x and y of five landmarks in its pixels;
    `states` [1, 2], how likely the eyes are closed and the face is covered."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, canvas):
        x = (canvas.float().permute(0, 3, 1, 2) - 127.5) / 64
        points, states = self.net(x)
        return points.reshape(1, 10), torch.sigmoid(states)


class ExportedLiveness(nn.Module):
    """`planes` uint8 [1, 5, 160, 160] → `live` [1], a probability: 0.5 for two of the three that may be had,
    and 0.88 for all, so that a threshold can lie among the living."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, planes):
        x = planes.float()
        return torch.sigmoid(2 * self.net.together(self.net(x), there(x[:, 3]), there(x[:, 4])) - 4)


class ExportedEmbedder(nn.Module):
    """`face` uint8 [1, 112, 112, 3] → `embedding` [1, 128] of length one."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, face):
        x = (face.float().permute(0, 3, 1, 2) - 127.5) / 64
        x = F.interpolate(x[:, :, 16:, 8:104], size=(64, 64), mode="bilinear", align_corners=False)
        return F.normalize(self.net(x))
