package org.sqltune.synthesis.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValue;
import org.sqltune.synthesis.invention.InventedValueKind;

/** Queries with a subquery. */
public final class NestedShapes {
    private final Asker ask;

    public NestedShapes(Asker ask) {
        this.ask = ask;
    }

    private InventedTable table(InventedSchema schema) {
        return ask.random().pick(schema.tables());
    }

    /** Asks for rows with or without a row that refers to them. */
    public Optional<QuestionAndSql> membership(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            List<Attribute> columns = ask.columns(link.parent());
            Map<String, String> slots = JoinShapes.nouns(ask, link);
            slots.put("columns", ask.spokenColumns(columns));
            String listed = select(columns, link.parent()) + " WHERE ";
            boolean restricted = ask.random().chance(0.45);
            boolean without = ask.random().chance(restricted ? 0.35 : 0.75);
            if (!restricted) {
                return ask.question(without ? "without" : "with_some", slots, listed + in(link, without, ""));
            }
            return ask.conditions()
                    .one(link.child(), "")
                    .filter(condition -> condition.prefix().isEmpty())
                    .flatMap(condition -> {
                        slots.put("attached", condition.with());
                        return ask.question(
                                without ? "without.where" : "with_some.where",
                                slots,
                                listed + in(link, without, " WHERE " + condition.sql()));
                    });
        });
    }

    /** Asks for rows to which one table refers and another doesn't. */
    public Optional<QuestionAndSql> withAndWithout(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            List<InventedLink> others = schema.links().stream()
                    .filter(other -> other.parent().equals(link.parent()) && !other.equals(link))
                    .toList();
            return ask.some(others).flatMap(other -> {
                List<Attribute> columns = ask.columns(link.parent());
                Map<String, String> slots = JoinShapes.nouns(ask, link);
                slots.put("columns", ask.spokenColumns(columns));
                slots.put("other_child", other.child().noun().spokenSingular());
                return ask.question(
                        "with_and_without",
                        slots,
                        select(columns, link.parent()) + " WHERE " + in(link, false, "") + " AND "
                                + in(other, true, ""));
            });
        });
    }

    private static String in(InventedLink link, boolean negated, String where) {
        return link.parentColumn() + (negated ? " NOT IN" : " IN") + " (SELECT " + link.childColumn() + " FROM "
                + link.child().name() + where + ")";
    }

    /** Asks for rows above or below the average, or at an extreme. */
    public Optional<QuestionAndSql> againstAggregate(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.quantity(table).flatMap(column -> {
            List<Attribute> columns = ask.columns(table);
            Map<String, String> slots = ask.nouns(table);
            slots.put("columns", ask.spokenColumns(columns));
            slots.put("column", column.spoken());
            String start = select(columns, table) + " WHERE " + column.name();
            String end = "(" + column.name() + ") FROM " + table.name() + ")";
            boolean high = ask.random().chance(0.65);
            if (ask.random().chance(0.3)) {
                slots.put("agg", ask.grammar().phrase(high ? "highest" : "lowest", Map.of()));
                return ask.question("at_extreme", slots, start + " = (SELECT " + (high ? "MAX" : "MIN") + end);
            }
            return ask.question(
                    high ? "above_average" : "below_average",
                    slots,
                    start + (high ? " > (SELECT AVG" : " < (SELECT AVG") + end);
        });
    }

    /** Asks for rows that share a value with a named row. */
    public Optional<QuestionAndSql> sameAs(InventedSchema schema) {
        InventedTable table = table(schema);
        return table.caption().flatMap(caption -> {
            List<Attribute> shared = table.attributes().stream()
                    .filter(attribute -> !attribute.equals(table.key()) && !attribute.equals(caption))
                    .toList();
            return ask.some(shared).flatMap(column -> {
                List<Attribute> columns = ask.columns(table);
                InventedValue value = ask.values().value(InventedValueKind.NAME);
                Map<String, String> slots = ask.nouns(table);
                slots.put("columns", ask.spokenColumns(columns));
                slots.put("column", column.spoken().replaceFirst(" id$", ""));
                slots.put("value", value.spoken());
                boolean others = ask.random().chance(0.5);
                String sql = select(columns, table) + " WHERE " + column.name() + " = (SELECT " + column.name()
                        + " FROM " + table.name() + " WHERE " + caption.name() + " = " + value.literal() + ")";
                return others
                        ? ask.question(
                                "same_as.others", slots, sql + " AND " + caption.name() + " <> " + value.literal())
                        : ask.question("same_as", slots, sql);
            });
        });
    }

    /** Asks for rows compared with their own group, and for averages of group totals. */
    public Optional<QuestionAndSql> groups(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.quantity(table)
                .flatMap(column -> ask.group(table).flatMap(group -> {
                    List<Attribute> columns = ask.random().pickSome(ask.columns(table), 2);
                    Map<String, String> slots = ask.nouns(table);
                    slots.put("columns", ask.spokenColumns(columns));
                    slots.put("column", column.spoken());
                    slots.put("group", group.spoken());
                    String name = table.name();
                    String ownGroup = "(T2." + column.name() + ") FROM " + name + " AS T2 WHERE T2." + group.name()
                            + " = T1." + group.name() + ")";
                    String rows = Asker.list(columns, "T1.");
                    return switch (ask.random().between(0, 2)) {
                        case 0 ->
                            ask.question(
                                    "above_group_average",
                                    slots,
                                    "SELECT " + rows + " FROM " + name + " AS T1 WHERE T1." + column.name()
                                            + " > (SELECT AVG" + ownGroup);
                        case 1 ->
                            ask.question(
                                    "best_of_group",
                                    slots,
                                    "SELECT T1." + group.name() + ", " + rows + ", T1." + column.name() + " FROM "
                                            + name + " AS T1 WHERE T1." + column.name() + " = (SELECT MAX" + ownGroup);
                        default ->
                            ask.question(
                                    "average_of_sums",
                                    slots,
                                    "SELECT AVG(total) FROM (SELECT SUM(" + column.name() + ") AS total FROM " + name
                                            + " GROUP BY " + group.name() + ")");
                    };
                }));
    }

    /** Asks for values that only some rows have. */
    public Optional<QuestionAndSql> except(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.some(table.facts())
                .flatMap(column -> ask.conditions()
                        .one(table, "")
                        .flatMap(first -> ask.conditions()
                                .one(table, "")
                                .filter(second -> !second.sql().equals(first.sql()))
                                .flatMap(second -> {
                                    Map<String, String> slots = ask.nouns(table, first);
                                    slots.put("column", column.spoken());
                                    slots.put(
                                            "other_subjects",
                                            second.attachedTo(table.noun().spokenPlural()));
                                    String start = "SELECT " + column.name() + " FROM " + table.name() + " WHERE ";
                                    return ask.question(
                                            "only_one_value",
                                            slots,
                                            start + first.sql() + " EXCEPT " + start + second.sql());
                                })));
    }

    private static String select(List<Attribute> columns, InventedTable table) {
        return "SELECT " + Asker.list(columns, "") + " FROM " + table.name();
    }
}
