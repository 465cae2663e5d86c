"""Lists of objects in MDX: what is read of them, what stays as it is, and what they cost."""

from __future__ import annotations

import time

import pytest

from drift.model import Page, Snapshot
from drift.reading import read
from drift.reading.objects import as_tables


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

    assert cost(40_000) < 4 * cost(20_000) + 0.1
