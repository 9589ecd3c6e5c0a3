package org.sqltune.synthesis.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValue;
import org.sqltune.synthesis.invention.InventedValueKind;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.ValueInventor;

/** Invents conditions on a table's rows. */
public final class ConditionWriter {
    private static final double[] WORD_WEIGHTS = {6, 0.6, 0.8, 1.2, 0.5};
    private static final double[] ORDER_WEIGHTS = {4, 4, 1.2, 0.8, 1.2, 1.2, 0.4};

    private final Grammar grammar;
    private final ValueInventor values;
    private final Sampler random;

    public ConditionWriter(Grammar grammar, ValueInventor values, Sampler random) {
        this.grammar = grammar;
        this.values = values;
        this.random = random;
    }

    /** Writes a condition, or two connected by AND or OR. */
    Optional<InventedCondition> any(InventedTable table, String qualifier) {
        Optional<InventedCondition> first = one(table, qualifier);
        if (first.isEmpty() || random.chance(0.75)) {
            return first;
        }
        Optional<InventedCondition> second = one(table, qualifier);
        boolean both = random.chance(0.75);
        return second.filter(other -> other.prefix().isEmpty())
                .filter(other -> !other.sql().equals(first.get().sql()))
                .map(other -> both ? first.get().and(other) : first.get().or(other))
                .or(() -> first);
    }

    /**
     * Writes a single condition.
     *
     * @param table the table to restrict
     * @param qualifier the prefix of column names in the SQL: {@code T1.} or empty
     */
    Optional<InventedCondition> one(InventedTable table, String qualifier) {
        List<Attribute> facts = table.facts();
        if (facts.isEmpty() || random.chance(0.03)) {
            return Optional.of(equal(table, table.key(), qualifier));
        }
        Attribute attribute = random.pick(facts);
        if (random.chance(0.05)) {
            return Optional.of(presence(attribute, qualifier));
        }
        if (attribute.kind().isQuantity() && random.chance(0.05)) {
            return comparison(table, attribute, qualifier);
        }
        return Optional.of(
                attribute.kind().isOrdered()
                        ? ordered(table, attribute, qualifier)
                        : words(table, attribute, qualifier));
    }

    /** Writes an equality of the column with a value. */
    InventedCondition equal(InventedTable table, Attribute attribute, String qualifier) {
        InventedValue value = values.value(attribute.kind());
        String sql = qualifier + attribute.name() + " = " + value.literal();
        Map<String, String> slots = Map.of("column", attribute.spoken(), "value", value.spoken());
        if (attribute.kind() == InventedValueKind.CATEGORY && isOnlyOne(table, attribute) && random.chance(0.3)) {
            return new InventedCondition(sql, value.spoken(), "", "are " + value.spoken());
        }
        String rule = "equal";
        if (attribute.kind() == InventedValueKind.PLACE && isOnlyOne(table, attribute) && random.chance(0.45)) {
            rule = "place";
        } else if (attribute.kind().isQuantity()) {
            rule = "equal.number";
        }
        return condition(sql, rule, slots);
    }

    private InventedCondition words(InventedTable table, Attribute attribute, String qualifier) {
        String column = qualifier + attribute.name();
        int choice = attribute.kind() == InventedValueKind.TEXT ? 3 : random.weighted(WORD_WEIGHTS);
        return switch (choice) {
            case 0 -> equal(table, attribute, qualifier);
            case 1 -> {
                InventedValue value = values.value(attribute.kind());
                yield condition(column + " <> " + value.literal(), "unequal", slots(attribute, value));
            }
            case 2 -> either(table, attribute, column);
            case 3 -> like(attribute, column, "contains", "%", "%");
            default ->
                random.chance(0.7)
                        ? like(attribute, column, "starts", "", "%")
                        : like(attribute, column, "ends", "%", "");
        };
    }

    private InventedCondition either(InventedTable table, Attribute attribute, String column) {
        InventedValue value = values.value(attribute.kind());
        InventedValue other = values.value(attribute.kind());
        boolean place =
                attribute.kind() == InventedValueKind.PLACE && isOnlyOne(table, attribute) && random.chance(0.5);
        return condition(
                column + " IN (" + value.literal() + ", " + other.literal() + ")",
                place ? "either.place" : "either",
                slots(attribute, value, other));
    }

    private InventedCondition like(Attribute attribute, String column, String rule, String before, String after) {
        String fragment = values.fragment();
        return condition(
                column + " LIKE " + InventedValue.quote(before + fragment + after),
                rule,
                Map.of("column", attribute.spoken(), "value", fragment));
    }

    private InventedCondition ordered(InventedTable table, Attribute attribute, String qualifier) {
        boolean date = attribute.kind() == InventedValueKind.DATE;
        String column = qualifier + attribute.name();
        InventedValue value = values.value(attribute.kind());
        Map<String, String> slots = slots(attribute, value);
        String counted = attribute.kind() == InventedValueKind.COUNT && random.chance(0.3) ? ".count" : "";
        return switch (random.weighted(ORDER_WEIGHTS)) {
            case 0 -> condition(column + " > " + value.literal(), date ? "after" : "more" + counted, slots);
            case 1 -> condition(column + " < " + value.literal(), date ? "before" : "less" + counted, slots);
            case 2 -> condition(column + " >= " + value.literal(), date ? "since" : "at_least", slots);
            case 3 ->
                date
                        ? condition(column + " < " + value.literal(), "before", slots)
                        : condition(column + " <= " + value.literal(), "at_most", slots);
            case 4 -> between(attribute, column);
            case 5 -> equal(table, attribute, qualifier);
            default -> condition(column + " <> " + value.literal(), "unequal", slots);
        };
    }

    private InventedCondition between(Attribute attribute, String column) {
        InventedValue value = values.value(attribute.kind());
        InventedValue other = values.value(attribute.kind());
        boolean swapped = attribute.kind() == InventedValueKind.DATE
                ? value.spoken().compareTo(other.spoken()) > 0
                : Double.parseDouble(value.spoken()) > Double.parseDouble(other.spoken());
        InventedValue low = swapped ? other : value;
        InventedValue high = swapped ? value : other;
        return condition(
                column + " BETWEEN " + low.literal() + " AND " + high.literal(),
                "between",
                slots(attribute, low, high));
    }

    private InventedCondition presence(Attribute attribute, String qualifier) {
        boolean missing = random.chance(0.7);
        return condition(
                qualifier + attribute.name() + (missing ? " IS NULL" : " IS NOT NULL"),
                missing ? "missing" : "present",
                Map.of("column", attribute.spoken()));
    }

    private Optional<InventedCondition> comparison(InventedTable table, Attribute attribute, String qualifier) {
        List<Attribute> others = table.matching(InventedValueKind::isQuantity).stream()
                .filter(other -> !other.equals(attribute))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Attribute other = random.pick(others);
        boolean more = random.chance(0.5);
        return Optional.of(condition(
                qualifier + attribute.name() + (more ? " > " : " < ") + qualifier + other.name(),
                more ? "columns.more" : "columns.less",
                Map.of("column", attribute.spoken(), "other_column", other.spoken())));
    }

    private InventedCondition condition(String sql, String rule, Map<String, String> slots) {
        return new InventedCondition(
                sql, "", grammar.phrase(rule + ".with", slots), grammar.phrase(rule + ".have", slots));
    }

    private static boolean isOnlyOne(InventedTable table, Attribute attribute) {
        return table.matching(kind -> kind == attribute.kind()).size() == 1;
    }

    private static Map<String, String> slots(Attribute attribute, InventedValue value) {
        return Map.of("column", attribute.spoken(), "value", value.spoken());
    }

    private static Map<String, String> slots(Attribute attribute, InventedValue value, InventedValue other) {
        return Map.of("column", attribute.spoken(), "value", value.spoken(), "other", other.spoken());
    }
}
