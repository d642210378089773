"""PNG files made small without a change of colour. In: a PNG as the renderer writes it; out: one a sixth of its size.

The renderer writes four bytes a pixel and packs them in haste; a chart has a few dozen colours, so one byte a pixel
does. The format is W3C's *PNG Specification (Third Edition)*; the numbers below are its sections.
"""

import struct
import zlib
from collections.abc import Iterator

import numpy

SIGNATURE = b"\x89PNG\r\n\x1a\n"  # 5.2
_RGBA, _INDEXED, _RGB = (8, 6), (8, 3), (8, 2)  # bit depth and colour type, 11.2.1
_AS_IT_IS, _LESS_LEFT = 0, 1  # filters, 9.2
_LEVEL = 8  # the highest takes twice as long for a fifteenth


def read(png: bytes) -> numpy.ndarray:
    """The pixels of an opaque RGBA image: height × width × 4, a byte a channel. Raises ValueError for any other."""
    chunks = list(_chunks(png))
    width, height, *kind = struct.unpack(">IIBBBBB", chunks[0][1])
    if tuple(kind) != (*_RGBA, 0, 0, 0):
        raise ValueError(f"the renderer writes PNG of another kind now: {kind}")
    packed = b"".join(data for name, data in chunks if name == b"IDAT")
    rows = numpy.frombuffer(zlib.decompress(packed), numpy.uint8).reshape(height, 1 + width * 4)
    if set(rows[:, 0].tolist()) - {_LESS_LEFT}:
        raise ValueError("the renderer filters the rows of its PNG otherwise now")
    pixels = numpy.add.accumulate(rows[:, 1:].reshape(height, width, 4), axis=1, dtype=numpy.uint8)
    if (pixels[:, :, 3] != 255).any():
        raise ValueError("the picture lets something shine through")
    return pixels


def write(pixels: numpy.ndarray) -> bytes:
    """A PNG of these opaque pixels, with a palette where 256 colours are enough."""
    height, width, _ = pixels.shape
    codes = numpy.ascontiguousarray(pixels).view("<u4")[:, :, 0] & 0xFFFFFF  # red in the lowest byte
    used = numpy.zeros(1 << 24, bool)
    used[codes] = True
    colours = numpy.flatnonzero(used)
    chunks = []
    if indexed := len(colours) <= 256:
        places = numpy.zeros(1 << 24, numpy.uint8)
        places[colours] = numpy.arange(len(colours))
        chunks = [(b"PLTE", b"".join(int(colour).to_bytes(3, "little") for colour in colours))]
    rows = (places[codes] if indexed else pixels[:, :, :3]).reshape(height, -1)
    filtered = numpy.insert(rows, 0, _AS_IT_IS, axis=1).tobytes()
    head = struct.pack(">IIBBBBB", width, height, *(_INDEXED if indexed else _RGB), 0, 0, 0)
    chunks = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(filtered, _LEVEL)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        yield name, png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
