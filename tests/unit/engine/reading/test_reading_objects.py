"""Lists of objects in MDX: what is read of them, what stays as it is, and what they cost."""

from __future__ import annotations

import time

import pytest

from drift.engine.reading import read
from drift.engine.reading.objects import as_tables
from drift.model import Page, Snapshot


def rows(text: str) -> list[tuple[tuple[str, ...], str]]:
    """(row, text) of the cells that have one."""
    article = read(Snapshot(Page("page.mdx"), text.encode(), "text/markdown"))
    return [(one.row, one.text) for one in article.passages if one.row]


@pytest.mark.parametrize(
    "text",
    [
        '<Plans items={[{name: "Basic", price: "$9"}, {name: "Pro", price: "$19"}]} />',
        '<Plans items={[{name: "Basic", price: "$9"}, {name: "Pro", price: "$19"}]}>\n\nChoose one.\n\n</Plans>',
        "<Plans\n  a='b'\n  items={[\n\n{'name': 'Basic', 'price': `$9`}, //\n{name: 'Pro', price: \"$19\",},]}\n/>",
        'export const plans = [\n  {name: "Basic", price: "$9"},\n  {name: "Pro", price: "$19"},\n];',
        'export const plans: Plan[] = [{name: "Basic", price: "$9"}, {name: "Pro", price: "$19"}]',
        'export const plans = {basic: {name: "Basic", price: "$9"}, pro: {name: "Pro", price: "$19"}}',
        '<Plans items={[{name: "Basic", buy: () => pay("x"), price: "$9"}, {name: "Pro", old, price: <b>$19</b>}]} />',
    ],
)
def test_each_object_is_a_row(text: str) -> None:
    assert rows(f"# Plans\n\n{text}\n\nAfter.\n") == [(("Basic",), "$9"), (("Pro",), "$19")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<Prices rows={[["Basic", "$9"], ["Pro", "$19"]]} />', [(("Basic",), "$9"), (("Pro",), "$19")]),
        ('export const fees = {late: "$9", lost: "$12"}', [(("late",), "$9"), (("lost",), "$12")]),
        ('<Terms points={["Return within 30 days", "Delivery is free"]} />', []),
    ],
)
def test_lists_and_single_objects_are_rows_too(text: str, found: list[tuple[tuple[str, ...], str]]) -> None:
    assert rows(f"# Plans\n\n{text}\n") == found


@pytest.mark.parametrize(
    "value", ["price", "from(9)", "`${low} to $9`", '"$" + 9', "<b>{low}</b>", "9 * 12", "true", "null", '"/plans/9"']
)
def test_what_a_program_works_out_is_left_out(value: str) -> None:
    assert rows(f'<Plans items={{[{{name: "Basic", price: {value}, per: "month"}}]}} />') == [(("Basic",), "month")]


@pytest.mark.parametrize(
    "text",
    [
        '```jsx\n<Plans items={[{name: "Basic"}]} />\n```\n',
        "~~~\nexport const plans = [{name: 1}]\n",
        'Write `<Plans items={[{name: "Basic"}]} />` here.',
        "<Plans items={[{name: 1]} />",
        "<Plans items={[{name: 1}, ",
        "export const plans = [1, 2].map(two)",
        "<Box style={{width: 9}}>x</Box>",
        "{{ site.name }} and <a href={{ link }}>",
    ],
)
def test_what_is_no_list_of_objects_stays(text: str) -> None:
    assert as_tables(text) == text


@pytest.mark.parametrize(
    "unit",
    [
        "a={[",
        '\n<A b={["a={[" , "',
        "export const a = [\n",
        "export const a = [`\n",
        'export const a = [{b: "1"}]\n',
        "<A b={[(]} />\n",
        "<A b={[<b>",
        "\n<A b={x(",
        "export const a = {b: {",
        "```\n<A b={[1]} />\n",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def cost(many: int) -> float:
        start = time.process_time()
        as_tables(unit * many + "={")
        return time.process_time() - start

    assert cost(12_000) < 8 * cost(3_000) + 0.1


@pytest.mark.parametrize(
    ("head", "unit"),
    [("<A b={[1", ",/*"), ("<A b={(", "\\'"), ("<A b={x(", "\\`"), ("<A b={x", "("), ("<A b={[1", ",'")],
)
def test_time_grows_with_one_list(head: str, unit: str) -> None:
    def cost(many: int) -> float:
        start = time.process_time()
        as_tables(head + unit * many)
        return time.process_time() - start

    assert cost(16_000) < 3 * cost(8_000) + 0.1


def test_objects_with_no_name_in_common_are_no_table() -> None:
    text = "export const plans = [" + ",".join(f'{{k{at}: "5 days"}}' for at in range(2_000)) + "]"
    assert as_tables(text) == text


def test_objects_that_lack_most_of_their_fields_are_a_table() -> None:
    text = "export const plans = [" + ",".join(f'{{name: "{at}", k{at}: "5 days"}}' for at in range(12)) + "]"
    assert "<table>" in as_tables(text)


def test_escapes_say_characters_and_no_marks_of_the_reader() -> None:
    text = r'export const plans = [{name: "Basic \ud83d\ude00", price: "\ufdd0\u0000$9\ud800 \u0031\ufdd1"}]'
    assert rows(f"{text}\n\nAfter.\n") == [(("Basic \U0001f600",), "$9\ufffd 1")]


def test_a_long_text_named_a_thousand_times_is_not_said_a_thousand_times() -> None:
    text = f'export const long = "{"x" * 10_000}"\n\n' + "{long} " * 10_000
    article = read(Snapshot(Page("page.mdx"), text.encode(), "text/markdown"))
    assert sum(len(one.text) for one in article.passages) < 2 * len(text)
