"""The closed word lists of a language file, each by its name: what they are for, the files say beside them.

They are tuples because making a frozen dataclass of so many fields takes every start 8 ms longer. Annotations are
objects here, not text as elsewhere: a file is read by them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

Words = tuple[str, ...]
Groups = Mapping[str, Words]  # 'free' -> its words
Amounts = Mapping[str, Decimal]  # 'fifth' -> 5; written 'fifth=5'
Pairs = Mapping[str, str]  # 'p/m' -> 'month'; written 'p/m=month'
Months = Mapping[str, int]  # 'january' -> 1; written as twelve lists of names


class Phrases(NamedTuple):
    """A field a list of the file: `age_or` is 'age or' there."""

    after_at_least: Words
    after_at_most: Words
    least_label: Words
    most_label: Words
    fillers: Words
    articles: Words
    bound_turners: Words
    scope_contrasts: Words
    scope_exclusions: Words
    relatives: Words
    and_: Words
    and_a_half: Words
    to: Words
    between: Words
    changes: Words
    from_: Words
    or_: Words
    per: Words
    per_article: Words
    per_article_of_measures: Words
    per_article_things: Words
    per_modifiers: Words
    per_occasion: Words
    per_window: Words
    per_in_letters: Pairs
    per_unit_in_letters: Groups
    per_letters: Words
    magnitudes: Amounts
    magnitude_of: Words
    by: Words
    part_shares: Amounts
    part_articles: Words
    part_off: Words
    part_saved: Words
    paid: Words
    paid_of: Words
    discounts: Words
    half_price: Words
    parts: Words
    ordinals: Amounts
    ordinal_tens: Words
    ordinal_at_most: Words
    ordinal_exactly: Words
    per_adverbs: Groups
    references: Words
    duration_modifiers: Words
    first: Words
    leaning_words: Words
    counted_before: Words
    counted_after: Words
    in_advance: Words
    limits: Groups
    at_the_latest: Words
    at_the_earliest: Words
    acts_with_a_last_moment: Words
    acts_done_early: Words
    opposites: Pairs
    occasions: Words
    not_a_part: Words
    priced: Pairs
    noun_stops: Words
    number_of: Words
    number_is: Words
    age_after: Words
    age_or: Words
    age_or_with_years: Words
    age_before: Words
    age_minimum: Words
    age_compared: Words
    age_people: Words
    age_words: Words
    age_persons: Words
    age_young: Words
    age_groups: Words
    age_being: Words
    age_sides: Words
    age_turns: Words
    age_once: Words
    age_until: Words
    age_verbs: Words
    age_groups_over: Words
    age_groups_under: Words
    years: Words
    months: Months
    capital_months: Words
    day_suffixes: Words
    day_of: Words
    date_order: Words
    am: Words
    pm: Words
    hour_marks: Words
    noon: Words
    midnight: Words
    until: Words
    o_clock: Words
    fractions_before_an_hour: Amounts
    fractions_after_an_hour: Amounts
    minutes_from_an_hour: Words
    in_the_morning: Words
    in_the_evening: Words
    at_an_hour: Words
    before_an_hour: Words
    length_before_hours: Words
    opening_words: Words
    days_off: Words
    first_day: Words
    every_day: Words
    house_hours: Words
    closing_words: Words
    clock_context: Words
    desks: Words
    surely: Groups
    conditions: Words
    free_unless: Words
    unless_before: Words
    whole: Groups
    header_stops: Words
    abbreviations: Words
    abbreviations_before_numbers: Words
    abbreviations_that_may_end: Words
    clause_words: Words
    respectively: Words
    contrasts: Words
    page_not_found: Words
    bot_wall: Words


class Sentences(NamedTuple):
    """How a language says what the structured data of a page (JSON-LD) states. Names in braces are filled in."""

    price: str
    no_returns: str
    returns: str
    free_returns: str
    return_shipping: str
    restocking: str
    shipping: str
    handling: str
    delivery: str
    warranty: str
    range: str
