package org.sqltune.synthesis.grammar;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sqltune.synthesis.grammar.DraftCondition.Compound;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.ProfiledValue;

/** Draws conditions whose values occur in the column or are close to such values. */
public final class Conditions {
    private static final List<ConditionKind> COMMON = List.of(
            ConditionKind.EQUALS,
            ConditionKind.EQUALS,
            ConditionKind.EQUALS,
            ConditionKind.EQUALS,
            ConditionKind.GREATER,
            ConditionKind.GREATER,
            ConditionKind.LESS,
            ConditionKind.AT_LEAST,
            ConditionKind.AFTER,
            ConditionKind.BEFORE,
            ConditionKind.AFTER_YEAR,
            ConditionKind.BEFORE_YEAR,
            ConditionKind.IN_YEAR,
            ConditionKind.IN_YEAR,
            ConditionKind.NOT_EQUALS);

    private static final List<ConditionKind> CATEGORIES =
            List.of(ConditionKind.EQUALS, ConditionKind.EQUALS, ConditionKind.EQUALS, ConditionKind.ONE_OF);

    private static final List<ConditionKind> LIMITS = List.of(
            ConditionKind.GREATER,
            ConditionKind.GREATER,
            ConditionKind.LESS,
            ConditionKind.AT_LEAST,
            ConditionKind.AT_MOST,
            ConditionKind.AFTER,
            ConditionKind.BEFORE,
            ConditionKind.BEFORE_YEAR,
            ConditionKind.SINCE_YEAR,
            ConditionKind.IN_YEAR,
            ConditionKind.IN_YEAR,
            ConditionKind.IN_MONTH);

    private Conditions() {}

    /** Draws a condition of a kind on one of the table's columns. */
    public static Optional<Single> of(ConditionKind kind, DraftScope scope) {
        return scope.column(kind::fits).flatMap(column -> on(kind, column, scope));
    }

    /** Draws a condition of a common kind. */
    public static Optional<Single> common(DraftScope scope) {
        return any(scope, COMMON);
    }

    /** Draws an equality, which sounds most natural inside longer questions. */
    public static Optional<Single> category(DraftScope scope) {
        return scope.column(c -> c.is(ColumnRole.CATEGORY)).flatMap(c -> on(ConditionKind.EQUALS, c, scope));
    }

    /** Draws a condition of one of these kinds, of a column other than a name. */
    public static Optional<Single> any(DraftScope scope, List<ConditionKind> kinds) {
        return scope.choice().shuffled(kinds).stream()
                .flatMap(kind -> scope
                        .column(c -> kind.fits(c) && !c.is(ColumnRole.NAME))
                        .flatMap(column -> on(kind, column, scope))
                        .stream())
                .findFirst();
    }

    /** Draws one value or several of a category, mostly, else a common condition. */
    public static Optional<Single> telling(DraftScope scope) {
        return any(scope, CATEGORIES).filter(c -> scope.choice().chance(0.6)).or(() -> common(scope));
    }

    /** Draws a value, or several, of a category and a limit or a period, which must both hold: "open orders of 2024". */
    public static Optional<Compound> categoryAndLimit(DraftScope scope) {
        return any(scope, CATEGORIES)
                .flatMap(first -> any(scope, LIMITS)
                        .filter(second -> !second.column().equals(first.column()))
                        .map(second -> new Compound(first, true, second)));
    }

    /** Draws two common conditions on different columns. */
    public static Optional<Compound> compound(DraftScope scope, boolean both) {
        return common(scope)
                .flatMap(first -> common(scope)
                        .filter(second -> !second.column().equals(first.column()))
                        .map(second -> new Compound(first, both, second)));
    }

    private static Optional<Single> on(ConditionKind kind, ColumnProfile column, DraftScope scope) {
        Choice choice = scope.choice();
        return switch (kind) {
            case EQUALS ->
                sayable(column, choice, 1)
                        .map(v -> Flags.condition(scope, column, v.get(0))
                                .orElseGet(() -> single(kind, scope, column, " = " + literal(v, 0), v)));
            case NOT_EQUALS ->
                sayable(column, choice, 1).map(v -> single(kind, scope, column, " != " + literal(v, 0), v));
            case GREATER -> threshold(column, choice, " > ", kind, scope);
            case LESS -> threshold(column, choice, " < ", kind, scope);
            case AT_LEAST -> threshold(column, choice, " >= ", kind, scope);
            case AT_MOST -> threshold(column, choice, " <= ", kind, scope);
            case BETWEEN -> range(column, choice, kind, scope);
            case STARTS_WITH ->
                part(column, choice, kind)
                        .map(v -> single(kind, scope, column, " LIKE '" + v.text() + "%'", List.of(v)));
            case ENDS_WITH ->
                part(column, choice, kind)
                        .map(v -> single(kind, scope, column, " LIKE '%" + v.text() + "'", List.of(v)));
            case CONTAINS ->
                part(column, choice, kind)
                        .map(v -> single(kind, scope, column, " LIKE '%" + v.text() + "%'", List.of(v)));
            case ONE_OF ->
                sayable(column, choice, choice.between(2, 3))
                        .map(v -> single(kind, scope, column, " IN (" + literals(v) + ")", v));
            case MISSING -> Optional.of(single(kind, scope, column, " IS NULL", List.of()));
            case PRESENT -> Optional.of(single(kind, scope, column, " IS NOT NULL", List.of()));
            case AFTER -> days(column, choice, 1).map(v -> single(kind, scope, column, " > " + literal(v, 0), v));
            case BEFORE -> days(column, choice, 1).map(v -> single(kind, scope, column, " < " + literal(v, 0), v));
            case ON_DAY ->
                choice.some(column.values(), 1).map(v -> single(kind, scope, column, " = " + literal(v, 0), v));
            case DAYS ->
                days(column, choice, 2)
                        .map(v ->
                                single(kind, scope, column, " BETWEEN " + literal(v, 0) + " AND " + literal(v, 1), v));
            case AFTER_YEAR -> bound(column, choice, kind, scope, " > '", "-12-31'");
            case BEFORE_YEAR -> bound(column, choice, kind, scope, " < '", "-01-01'");
            case SINCE_YEAR -> bound(column, choice, kind, scope, " >= '", "-01-01'");
            case IN_YEAR -> days(column, choice, 1).map(v -> year(scope, column, v.get(0)));
            case IN_MONTH -> choice.from(column.values()).map(v -> month(scope, column, v));
        };
    }

    private static Optional<Single> threshold(
            ColumnProfile column, Choice choice, String operator, ConditionKind kind, DraftScope scope) {
        ProfiledValue value = Thresholds.near(choice.one(column.values()));
        return Optional.of(single(kind, scope, column, operator + value.literal(), List.of(value)));
    }

    private static Optional<Single> range(ColumnProfile column, Choice choice, ConditionKind kind, DraftScope scope) {
        return choice.some(column.values(), 2)
                .map(ends -> ends.stream()
                        .map(Thresholds::near)
                        .sorted(Thresholds.BY_SIZE)
                        .toList())
                .filter(ends -> !ends.get(0).equals(ends.get(1)))
                .map(v -> single(kind, scope, column, " BETWEEN " + literal(v, 0) + " AND " + literal(v, 1), v));
    }

    private static Optional<Single> bound(
            ColumnProfile column, Choice choice, ConditionKind kind, DraftScope scope, String operator, String day) {
        return choice.from(column.values())
                .map(value -> ProfiledValue.ofText(value.text().substring(0, 4)))
                .map(year -> single(kind, scope, column, operator + year.text() + day, List.of(year)));
    }

    private static Single year(DraftScope scope, ColumnProfile column, ProfiledValue day) {
        String year = day.text().substring(0, 4);
        return new Single(
                ConditionKind.IN_YEAR.section(),
                column,
                "strftime('%Y', ",
                ") = '" + year + "'",
                terms(scope, column, List.of(ProfiledValue.ofText(year))));
    }

    private static Single month(DraftScope scope, ColumnProfile column, ProfiledValue day) {
        String month = day.text().substring(0, 7);
        int number = Integer.parseInt(month.substring(5));
        String spoken = number < 1 || number > 12
                ? month
                : Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + month.substring(0, 4);
        return new Single(
                ConditionKind.IN_MONTH.section(),
                column,
                "strftime('%Y-%m', ",
                ") = '" + month + "'",
                terms(scope, column, List.of(ProfiledValue.ofText(spoken))));
    }

    private static Optional<List<ProfiledValue>> sayable(ColumnProfile column, Choice choice, int count) {
        return choice.some(column.values().stream().filter(Thresholds::sayable).toList(), count);
    }

    private static Optional<List<ProfiledValue>> days(ColumnProfile column, Choice choice, int count) {
        return choice.some(column.values(), count)
                .map(days -> days.stream()
                        .map(day -> Thresholds.day(day, choice))
                        .sorted((a, b) -> a.text().compareTo(b.text()))
                        .toList())
                .filter(days -> days.stream().distinct().count() == count);
    }

    private static Optional<ProfiledValue> part(ColumnProfile column, Choice choice, ConditionKind kind) {
        return choice.from(column.values()).flatMap(value -> Thresholds.part(value, kind, choice));
    }

    private static Single single(
            ConditionKind kind, DraftScope scope, ColumnProfile column, String after, List<ProfiledValue> values) {
        return new Single(kind.section(), column, "", after, terms(scope, column, values));
    }

    private static Map<String, Term> terms(DraftScope scope, ColumnProfile column, List<ProfiledValue> values) {
        Map<String, Term> terms = new HashMap<>();
        terms.put("column", scope.attribute(column));
        for (int i = 0; i < values.size(); i++) {
            terms.put(
                    i == 0 ? "value" : "value" + (i + 1),
                    new Term.Words(values.get(i).text()));
        }
        terms.put("choices", new Term.Words(Thresholds.either(values)));
        return terms;
    }

    private static String literal(List<ProfiledValue> values, int index) {
        return values.get(index).literal();
    }

    private static String literals(List<ProfiledValue> values) {
        return values.stream().map(ProfiledValue::literal).collect(Collectors.joining(", "));
    }
}
