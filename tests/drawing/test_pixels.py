"""PNG files made small: another size, the same picture."""

import struct
import zlib

import numpy
import pytest

from scripts.drawing import pixels

HEAD = struct.Struct(">IIBBBBB")


def rgba(image: numpy.ndarray, filtered: int = 1, kind: int = 6) -> bytes:
    """An image as the renderer writes it: each row starts with 1 and each pixel is what its left one lacks."""
    height, width, _ = image.shape
    rows = image.copy()
    rows[:, 1:] -= image[:, :-1]
    packed = zlib.compress(numpy.insert(rows.reshape(height, -1), 0, filtered, axis=1).tobytes(), 1)
    head = HEAD.pack(width, height, 8, kind, 0, 0, 0)
    return pixels.SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", packed[:9]), (b"IDAT", packed[9:]), (b"IEND", b""))
    )


def decoded(png: bytes) -> numpy.ndarray:
    """The pixels of a PNG of ours, height × width × 3, with every checksum compared."""
    assert png.startswith(pixels.SIGNATURE)
    at, chunks = len(pixels.SIGNATURE), {}
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        chunks[name] = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + chunks[name])
        at += length + 12
    width, height, depth, kind, *rest = HEAD.unpack(chunks[b"IHDR"])
    assert (depth, rest) == (8, [0, 0, 0])
    assert list(chunks) == [b"IHDR", *([b"PLTE"] if kind == 3 else []), b"IDAT", b"IEND"]
    rows = numpy.frombuffer(zlib.decompress(chunks[b"IDAT"]), numpy.uint8).reshape(height, -1)
    assert not rows[:, 0].any()
    if kind == 3:
        return numpy.frombuffer(chunks[b"PLTE"], numpy.uint8).reshape(-1, 3)[rows[:, 1:]]
    return rows[:, 1:].reshape(height, width, 3)


def noise(colours: int) -> numpy.ndarray:
    """An opaque image of so many colours."""
    some = numpy.random.default_rng(1).permutation(1 << 20)[:colours]
    codes = numpy.resize(some, (40, 50))
    parts = [codes & 255, codes >> 8 & 255, codes >> 16 & 255, numpy.full_like(codes, 255)]
    return numpy.stack(parts, axis=2).astype(numpy.uint8)


@pytest.mark.parametrize("colours", [1, 2, 255, 256, 257, 1500])
def test_no_pixel_changes_its_colour(colours: int):
    image = noise(colours)
    assert (pixels.read(rgba(image)) == image).all()
    assert (decoded(pixels.write(image)) == image[:, :, :3]).all()


def test_few_colours_take_a_byte_a_pixel():
    few, many = (pixels.write(noise(colours)) for colours in (256, 257))
    assert b"PLTE" in few
    assert b"PLTE" not in many


def test_what_the_renderer_never_wrote_is_refused():
    image = noise(4)
    for png in (rgba(image, filtered=4), rgba(image, kind=4)):
        with pytest.raises(ValueError, match="now"):
            pixels.read(png)
    image[3, 3, 3] = 254
    with pytest.raises(ValueError, match="shine through"):
        pixels.read(rgba(image))
