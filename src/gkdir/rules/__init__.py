"""The rules, in one hand-written table, and the function that applies them all."""

from __future__ import annotations

from datetime import date

from gkdir.finding import Finding, Place
from gkdir.model.allowance import Allowance
from gkdir.model.county import Catalog, County, Overlay
from gkdir.model.project import Project
from gkdir.rules import (
    additions,
    addresses,
    allowances,
    attached,
    bases,
    basiswords,
    bounds,
    cells,
    cellwords,
    changes,
    channels,
    columns,
    completeness,
    consistency,
    contents,
    currency,
    dates,
    doubts,
    fees,
    forms,
    grounds,
    guides,
    inherited,
    interpretations,
    levels,
    limitwords,
    markup,
    navigation,
    numbers,
    omissions,
    openness,
    output,
    phones,
    privacy,
    promises,
    publication,
    publishers,
    reading,
    regions,
    reviews,
    site,
    spelling,
    standards,
    terms,
    times,
    towns,
    values,
    wording,
    words,
)
from gkdir.rules.checking import Judged
from gkdir.rules.rule import Context, Rule

__all__ = ["RULES", "check", "check_project", "judge", "judge_project"]

RULES: tuple[Rule, ...] = (
    reading.unreadable,
    reading.missing_file,
    reading.path_outside,
    reading.stray_file,
    reading.unread_row,
    reading.hidden_part,
    reading.struck_text,
    reading.beside_cells,
    reading.unread_cell,
    values.invisible_character,
    bounds.unbearable_text,
    bounds.own_fault,
    values.unknown_key,
    values.duplicate_key,
    values.missing_key,
    values.wrong_value,
    allowances.bare_allowance,
    allowances.expired_allowance,
    allowances.needless_allowance,
    allowances.unknown_allowance,
    allowances.forbidden_allowance,
    output.in_the_way,
    output.still_live,
    doubts.unsettled_row,
    doubts.unread_imported_row,
    dates.date_far_ahead,
    reviews.stale_review,
    reviews.altered_review,
    reviews.unreviewed,
    completeness.unknown_item,
    omissions.omission_without_reason,
    additions.similar_name,
    additions.duplicate_name,
    completeness.lost_item,
    numbers.number_taken,
    numbers.orphan_addition,
    completeness.unknown_domain,
    completeness.edit_of_omitted,
    completeness.guide_of_omitted,
    cells.missing_cell,
    publishers.unknown_publisher,
    publishers.plain_copy,
    completeness.guide_without_item,
    numbers.unlawful_level,
    omissions.doubtful_omission,
    contents.content_dropped,
    contents.content_gutted,
    times.late_disclosure,
    times.incomparable_limit,
    times.vague_limit,
    promises.promise_beyond_law,
    times.beyond_twenty_days,
    promises.vague_promise,
    promises.incomparable_promise,
    limitwords.unread_limit,
    limitwords.loosened_limit,
    limitwords.unread_promise,
    limitwords.loosened_promise,
    limitwords.incomparable_addition,
    openness.channel_removed,
    openness.on_request_without_ground,
    openness.narrowed_audience,
    openness.unnamed_group,
    openness.misspelt_channel,
    openness.channel_without_address,
    channels.board_without_sheet,
    channels.nothing_to_say,
    levels.level_removed,
    cells.no_audience,
    cells.no_mode,
    cellwords.unread_words,
    cellwords.loosened_words,
    cellwords.empty_entry,
    grounds.no_lawful_ground,
    grounds.doubtful_ground,
    cells.no_basis,
    bases.clause_in_basis,
    currency.outdated_number,
    currency.replaced_basis,
    currency.expired_basis,
    currency.unverified_basis,
    terms.obsolete_term,
    bases.sloppy_number,
    bases.no_local_basis,
    bases.no_national_basis,
    bases.unnamed_basis,
    basiswords.empty_title,
    basiswords.unread_basis,
    basiswords.loosened_basis,
    guides.vetoed_guide,
    guides.incomplete_guide,
    guides.unclear_material,
    wording.catch_all_demand,
    wording.vague_guide,
    forms.unknown_form,
    forms.form_without_instructions,
    forms.form_without_sample,
    forms.broken_form_file,
    phones.same_phone,
    phones.no_area_code,
    wording.placeholder_text,
    guides.unknown_office,
    phones.guide_phones_same,
    guides.no_online_degree,
    guides.no_plain_words,
    guides.items_without_guide,
    towns.added_demand,
    towns.slower_town,
    guides.related_unknown_item,
    fees.fee_without_ground,
    phones.guide_phone_no_area_code,
    markup.lost_markup,
    inherited.slower_than_above,
    inherited.more_than_above,
    inherited.unchecked_guides,
    inherited.blanks_in_guides,
    inherited.stricter_than_above,
    inherited.not_said_above,
    consistency.step_beyond_promise,
    consistency.online_without_way,
    consistency.nothing_promised,
    consistency.copied_guide,
    consistency.one_phone_for_all,
    consistency.miscounted_mobile,
    phones.lettered_phone,
    dates.review_due,
    dates.review_lapsed,
    dates.no_review_date,
    dates.date_ahead,
    dates.stale_guide,
    columns.empty_column,
    columns.half_interpretation,
    columns.old_response,
    columns.no_result,
    columns.expired_urgent,
    columns.article_of_unknown_item,
    columns.article_date_ahead,
    columns.policy_without_text,
    publication.published_late,
    publication.doubtful_due_day,
    changes.change_against_directory,
    changes.change_date_ahead,
    changes.no_change_list,
    publication.formed_after_publishing,
    columns.unjoined_interpretation,
    interpretations.policy_without_interpretation,
    interpretations.interpretation_only_text,
    interpretations.question_without_item,
    interpretations.interpretation_of_nothing,
    interpretations.crossed_articles,
    standards.amount_without_source,
    standards.stale_amount,
    standards.amount_ahead,
    standards.unlawful_benefit,
    standards.drawn_too_long,
    standards.pension_below_national,
    site.foreign_site_code,
    site.foreign_police_number,
    site.foreign_icp,
    site.not_a_government_domain,
    site.incomplete_footer,
    site.no_feedback,
    regions.address_elsewhere,
    regions.town_elsewhere,
    regions.doubtful_code,
    words.words_of_unknown_item,
    words.word_everywhere,
    words.short_word,
    words.needless_removal,
    navigation.way_to_unknown_item,
    navigation.way_without_address,
    navigation.address_taken,
    navigation.unknown_audience,
    privacy.identity_number,
    privacy.mobile_number,
    privacy.bank_card,
    privacy.office_mobile,
    privacy.unsearchable_file,
    spelling.grave_wording,
    spelling.misspelling,
    spelling.renamed_office,
    spelling.unfinished_text,
    spelling.misdated_text,
    addresses.dead_link,
    addresses.closed_address,
    forms.left_traces,
    attached.picture_without_words,
    attached.broken_attachment,
    attached.infographic_without_words,
    attached.unread_picture,
    attached.heavy_picture,
)
"""In the order of their ids, which are never reused."""


def judge(project: Project, county: County, catalog: Catalog | None, today: date) -> Judged:
    """What the rules find in one county's sources; ``today`` is the day that ages are counted from.

    ``catalog`` is ``None`` where the county could not be laid.
    """
    return Judged.of(Context(project, county, catalog, today, RULES))


def check(project: Project, county: County, catalog: Catalog | None, today: date) -> tuple[Finding, ...]:
    """All findings about the sources of one county, allowances applied, in the order of places."""
    return judge(project, county, catalog, today).with_files({})


def judge_project(project: Project, today: date | None = None) -> Judged:
    """What is found in what all counties share: national workbooks, stray files, word lists, templates.

    The project is judged like a county of which there is nothing but its allowances. ``today`` is ``None`` where the
    day is not known, on which none of them has run out.
    """
    overlay = Overlay("", Place(privacy.ALLOWANCES), name="", code="", allowances=project.allowances)
    county = County("", "", overlay, troubles=project.troubles)
    context = Context(project, county, None, today or date.min, RULES)
    found = [reading.finding(trouble, None) for trouble in project.troubles]
    found += [rule.finding(fault, None) for rule, fault in privacy.project_faults(project)]
    found += [rule.finding(fault, None) for rule, fault in spelling.project_faults(project)]
    answers = (each for each in RULES if Allowance in each.on)
    found += [
        each.finding(fault, None)
        for each in answers
        for one in project.allowances
        for fault in each.judge(one, context)
    ]
    return Judged(context, tuple(found))


def check_project(project: Project, today: date | None = None) -> tuple[Finding, ...]:
    """Findings about what all counties share, allowances applied."""
    return judge_project(project, today).with_files({})
