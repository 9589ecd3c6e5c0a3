package org.sqltune.synthesis.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValueKind;

/** Queries that list rows of one table: columns, conditions, distinct values, order, limits. */
public final class SelectionShapes {
    private final Asker ask;

    public SelectionShapes(Asker ask) {
        this.ask = ask;
    }

    private InventedTable table(InventedSchema schema) {
        return ask.random().pick(schema.tables());
    }

    public Optional<QuestionAndSql> columns(InventedSchema schema) {
        InventedTable table = table(schema);
        Map<String, String> slots = ask.nouns(table);
        if (ask.random().chance(0.05)) {
            return ask.question("select.everything", slots, "SELECT * FROM " + table.name());
        }
        List<Attribute> columns = ask.columns(table);
        slots.put("columns", ask.spokenColumns(columns));
        return ask.question("select", slots, select(columns, table));
    }

    public Optional<QuestionAndSql> where(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.conditions().any(table, "").flatMap(condition -> {
            List<Attribute> columns = ask.columns(table);
            Map<String, String> slots = ask.nouns(table, condition);
            slots.put("columns", ask.spokenColumns(columns));
            String rule = ask.random().chance(0.1) ? "select.where.which" : "select.where";
            return ask.question(rule, slots, select(columns, table) + " WHERE " + condition.sql());
        });
    }

    /** Asks with two conditions, one before the verb and one after it. */
    public Optional<QuestionAndSql> whereBoth(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.twoConditions(table).flatMap(two -> {
            List<Attribute> columns = ask.columns(table);
            Map<String, String> slots = ask.nouns(table, two);
            slots.put("columns", ask.spokenColumns(columns));
            return ask.question("select.where.two", slots, select(columns, table) + " WHERE " + two.sql());
        });
    }

    public Optional<QuestionAndSql> distinct(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.some(table.facts()).flatMap(column -> {
            String sql = "SELECT DISTINCT " + column.name() + " FROM " + table.name();
            Optional<InventedCondition> condition =
                    ask.random().chance(0.25) ? ask.conditions().one(table, "") : Optional.empty();
            Map<String, String> slots =
                    condition.map(present -> ask.nouns(table, present)).orElseGet(() -> ask.nouns(table));
            slots.put("column", column.spoken());
            return condition.isPresent()
                    ? ask.question(
                            "distinct.where",
                            slots,
                            sql + " WHERE " + condition.get().sql())
                    : ask.question("distinct", slots, sql);
        });
    }

    public Optional<QuestionAndSql> ordered(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.ordered(table).flatMap(column -> {
            boolean down = ask.random().chance(0.5);
            List<Attribute> columns = ask.columns(table);
            String direction = " ORDER BY " + column.name() + (down ? " DESC" : "");
            Optional<InventedCondition> condition =
                    ask.random().chance(0.3) ? ask.conditions().one(table, "") : Optional.empty();
            Map<String, String> slots =
                    condition.map(present -> ask.nouns(table, present)).orElseGet(() -> ask.nouns(table));
            slots.put("columns", ask.spokenColumns(columns));
            slots.put("column", column.spoken());
            if (condition.isPresent()) {
                String where = " WHERE " + condition.get().sql();
                return ask.question(
                        down ? "order.where.down" : "order.where.up",
                        slots,
                        select(columns, table) + where + direction);
            }
            String rule = column.kind() == InventedValueKind.DATE
                    ? (down ? "order.latest" : "order.earliest")
                    : (down ? "order.down" : "order.up");
            return ask.question(rule, slots, select(columns, table) + direction);
        });
    }

    public Optional<QuestionAndSql> first(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.ordered(table).flatMap(column -> {
            boolean down = ask.random().chance(0.65);
            boolean one =
                    column.kind() == InventedValueKind.DATE || ask.random().chance(0.4);
            int count = one ? 1 : ask.random().between(2, 15);
            List<Attribute> columns = ask.columns(table);
            Map<String, String> slots = ask.nouns(table);
            slots.put("columns", ask.spokenColumns(columns));
            slots.put("column", column.spoken());
            slots.put("n", String.valueOf(count));
            String sql =
                    select(columns, table) + " ORDER BY " + column.name() + (down ? " DESC" : "") + " LIMIT " + count;
            return ask.question(firstRule(column, one, down), slots, sql);
        });
    }

    private static String firstRule(Attribute column, boolean one, boolean down) {
        if (column.kind() == InventedValueKind.DATE) {
            return down ? "one.latest" : "one.earliest";
        }
        return (one ? "one." : "top.") + (down ? "most" : "least");
    }

    private static String select(List<Attribute> columns, InventedTable table) {
        return "SELECT " + Asker.list(columns, "") + " FROM " + table.name();
    }
}
