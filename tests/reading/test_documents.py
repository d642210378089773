from collections.abc import Callable

import pytest

from scripts import problem
from scripts.reading import documents, fitting

JSON = '{"a":\n 1, "list": [1,\n{"b":"2",\n"c":{}}]}'
YAML = "a: 1\nlist:\n  - 1\n  - b: '2'\n    c: {}\n"


def refusals(read: Callable[[str, str], object], text: str) -> list[str]:
    with pytest.raises(problem.Problems) as error:
        read(text, "x")
    return [str(one) for one in error.value.all]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("[" * 100_000, ["x:1: not read: nested 100000 levels deep; the limit is 20"]),
        ('{"a":\n1e999}', ["x:2: not JSON: 1e999 is larger than a floating-point number can be"]),
        ('{"a":\n' + "1" * 5000 + "}", ["x:2: not JSON: a number of 5000 digits"]),
        ('{"a":\nNaN}', ["x:2: not JSON: NaN is not a JSON number"]),
        ('{"a":\n"\\ud800b"}', [r"x:2: not JSON: '\ud800b' has a lone surrogate; UTF-8 has none"]),
        ('{"\\uDE00":\n1}', [r"x:1: not JSON: '\ude00' has a lone surrogate; UTF-8 has none"]),
        ('{"a":\n1, b}', ["x:2: not JSON: Expecting property name enclosed in double quotes"]),
        ('{"a": 1, "b": {"c": 1,\n"c": 2},\n"a": 2}', ["x:2: property 'c' is duplicated", "x:3: property 'a' is duplicated"]),
        ('{"' + "a" * 2000 + '": 1,\n"b": 1, "b": 2}', ["x:1: a property is duplicated"]),
        ('{"a": {"b": 1, "b": 2},\n{', ["x:2: not JSON: Expecting property name enclosed in double quotes"]),
        ("", ["x:1: not JSON: Expecting value"]),
    ],
)  # fmt: skip
def test_ambiguous_json_is_refused_with_its_line(text: str, faults: list[str]):
    assert refusals(documents.parse_json, text) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: [" + "[" * 100_000, ["x:1: not read: nested more than 20 levels deep"]),
        ("a: 1\nb: &b [1]\nc: [*b, *b]", ["x:2: not read: YAML anchor or alias; write the text out"]),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", ["x:4: key 'c' is duplicated; first in line 3"]),
        ("a: 1\nyes: 2\n", ["x:2: key is not a string; put it in quotation marks"]),
        ("a: 1\nb: !!timestamp 2022-03-09\n", ["x:2: YAML tag timestamp is not read; put the text in quotation marks"]),
        ("a: !!python/object:os.system x\n", ["x:1: YAML tag python/object:os.system is not read; put the text in quotation marks"]),
        ("a: 1\nb: " + "1" * 5000, ["x:2: a number of 5000 digits"]),
        ('a: 1\nb: "\n', ["x:3: not YAML: found unexpected end of stream"]),
        ("a: 1\nb: \x01\n", ["x:2: not YAML: control characters are not allowed"]),
        ('a: 1\nb: "x\\x07"\n', ["x:2: hidden character U+0007; remove it"]),
        ("a: 1\n---\nb: 1\n", ["x:2: not YAML: but found another document"]),
    ],
)  # fmt: skip
def test_yaml_that_json_cannot_express_is_refused_with_its_line(text: str, faults: list[str]):
    assert refusals(documents.parse_yaml, text) == faults


@pytest.mark.parametrize(("document", "lines"), [
    (documents.parse_json(JSON, "x"), [1, 1, 2, 3, 3, 4]), (documents.parse_yaml(YAML, "x"), [1, 1, 2, 4, 4, 5]),
    (documents.parse_json(JSON.replace('"2"', r'"\ud83c\udf0a \u6d77\/"'), "x"), [1, 1, 2, 3, 3, 4]),
    (documents.parse_json(JSON.replace("\n", "\n\t"), "x"), [1, 1, 2, 3, 3, 4]),
    (documents.parse_yaml(YAML, "x", 10), [10, 10, 11, 13, 13, 14]),
])  # fmt: skip
def test_every_value_knows_its_line(document: documents.Document, lines: list[int]):
    steps = [(), ("a",), ("list",), ("list", 1), ("list", 1, "b"), ("list", 1, "c")]
    assert [document.line(*way) for way in steps] == lines
    assert document.line("list", 1, "c", "nothing") == lines[-1]  # the nearest one around


def test_schema_violation_is_reported_with_its_line_and_the_remedy_of_the_schema():
    schema = {
        "properties": {
            "a": {"type": "string"},
            "list": {"items": {"type": "integer", "remedy": "is no number"}},
            "more": {"type": "string"},
        },
        "required": ["more"],
    }
    for document, lines in ((documents.parse_json(JSON, "x"), (1, 1, 3)), (documents.parse_yaml(YAML, "x"), (1, 1, 4))):
        assert sorted(str(one) for one in fitting.misfits(document, schema)) == [
            f"x:{lines[0]}: 'more' is a required property",
            f"x:{lines[1]}: a: 1 is not of type 'string'",
            f"x:{lines[2]}: list[1]: is no number",
        ]
    assert not fitting.fits({"a": 1}, schema)
    assert fitting.fits({"a": "x", "more": "y"}, schema)


def test_yaml_date_is_read_as_text():
    assert documents.parse_yaml("a: 2022-03-09\nb: 2022-13-45\n", "x").value == {"a": "2022-03-09", "b": "2022-13-45"}
