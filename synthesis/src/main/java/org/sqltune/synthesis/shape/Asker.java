package org.sqltune.synthesis.shape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValueKind;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.ValueInventor;

/** What all families of query shapes share: phrases, conditions, random choices, and lists of columns. */
public record Asker(Grammar grammar, ConditionWriter conditions, ValueInventor values, Sampler random) {
    /** Picks columns of a table: usually one to three, occasionally with a key. */
    List<Attribute> columns(InventedTable table) {
        int count = random.weighted(new double[] {0, 5, 4, 2.5, 0.5});
        List<Attribute> choices = random.chance(0.25) ? table.attributes() : table.facts();
        List<Attribute> chosen = random.pickSome(choices, count);
        if (table.caption().isPresent() && random.chance(0.3)) {
            return List.of(table.caption().get());
        }
        return chosen.isEmpty() ? List.of(table.key()) : chosen;
    }

    /** Returns {@code name, city and price}. */
    String spoken(List<String> names) {
        boolean articles = random.chance(0.1);
        List<String> items = names;
        if (articles && names.size() > 1) {
            items = names.stream()
                    .map(name -> name.equals(names.get(0)) ? name : "the " + name)
                    .toList();
        }
        int last = items.size() - 1;
        if (last == 0) {
            return items.get(0);
        }
        return String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    String spokenColumns(List<Attribute> columns) {
        return spoken(columns.stream().map(Attribute::spoken).toList());
    }

    /** Returns {@code name, city}, each with the qualifier. */
    static String list(List<Attribute> columns, String qualifier) {
        return String.join(
                ", ", columns.stream().map(column -> qualifier + column.name()).toList());
    }

    Optional<Attribute> quantity(InventedTable table) {
        return some(table.matching(InventedValueKind::isQuantity));
    }

    Optional<Attribute> ordered(InventedTable table) {
        return some(table.matching(InventedValueKind::isOrdered));
    }

    Optional<Attribute> group(InventedTable table) {
        return some(table.matching(InventedValueKind::isGroup));
    }

    <T> Optional<T> some(List<T> choices) {
        return choices.isEmpty() ? Optional.empty() : Optional.of(random.pick(choices));
    }

    /** Returns two conditions on a table; the second is phrased as after "Which things". */
    Optional<InventedCondition> twoConditions(InventedTable table) {
        return conditions
                .one(table, "")
                .flatMap(first -> conditions
                        .one(table, "")
                        .filter(second -> !second.sql().equals(first.sql()))
                        .map(second -> new InventedCondition(
                                first.sql() + " AND " + second.sql(), first.prefix(), first.with(), second.have())));
    }

    /** Returns the nouns for a table's rows. */
    Map<String, String> nouns(InventedTable table) {
        Map<String, String> slots = new HashMap<>();
        slots.put("things", table.noun().spokenPlural());
        slots.put("thing", table.noun().spokenSingular());
        return slots;
    }

    /** Returns the nouns for rows that satisfy a condition. */
    Map<String, String> nouns(InventedTable table, InventedCondition condition) {
        Map<String, String> slots = nouns(table);
        slots.put("subjects", condition.attachedTo(table.noun().spokenPlural()));
        slots.put("have", condition.have());
        return slots;
    }

    Optional<QuestionAndSql> question(String rule, Map<String, String> slots, String sql) {
        return Optional.of(new QuestionAndSql(grammar.phrase(rule, slots), sql));
    }
}
